/*
 * Time that passes only where the loop waits for it: hours in moments, and the
 * same on every machine. Include in one file of a test program, after unit.h;
 * it stands in front of the C library's clock_gettime() and poll().
 */
#ifndef TESTS_UNIT_VIRTUAL_TIME_H
#define TESTS_UNIT_VIRTUAL_TIME_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

static struct {
    int64_t wall_ms; /* CLOCK_REALTIME */
    int64_t mono_ms; /* all the others */
    /* How long a poll() really waits for a descriptor, such as the end of a
     * child, before it says that its whole timeout is over. */
    int patience_ms;
    /* What the rest of the world does at this time, or NULL; it says whether
     * it did anything. Before time passes, and at world_ms. */
    bool (*world)(void);
    int64_t world_ms; /* monotonic; INT64_MAX: only in answer */
    uint64_t wakeups; /* polls that waited, and have returned */
    int ready;        /* descriptors, at the last poll() */
} virtual_time = {1800000000000, 3600000, 0, NULL, INT64_MAX, 0, 0};

static inline void
virtual_time_pass(int64_t ms) {
    virtual_time.wall_ms += ms;
    virtual_time.mono_ms += ms;
}

int
clock_gettime(clockid_t id, struct timespec *at) {
    int64_t ms =
        id == CLOCK_REALTIME ? virtual_time.wall_ms : virtual_time.mono_ms;

    at->tv_sec = (time_t)(ms / 1000);
    at->tv_nsec = (long)(ms % 1000 * 1000000);
    return 0;
}

#if __TIMESIZE == 32
/* Debian 12's libraries of 32 bits ask by this name, and for 32-bit times;
 * ours above has another in the object file. */
struct virtual_time_32 {
    int32_t tv_sec, tv_nsec;
};

int
virtual_clock_gettime_32(clockid_t id,
                         struct virtual_time_32 *at) __asm__("clock_gettime");

int
virtual_clock_gettime_32(clockid_t id, struct virtual_time_32 *at) {
    struct timespec whole;
    int failed = clock_gettime(id, &whole);

    at->tv_sec = (int32_t)whole.tv_sec;
    at->tv_nsec = (int32_t)whole.tv_nsec;
    return failed;
}
#endif

/* The C library's own poll(), by its other name. Not ppoll(): in glibc 2.36,
 * with 32 bits, _FORTIFY_SOURCE makes it the one of 32-bit times, which reads
 * our 5 ms as none. */
int
__poll(struct pollfd *fds, nfds_t count, int timeout_ms);

static inline int
virtual_time_look(struct pollfd *fds, nfds_t count, bool waiting) {
    return __poll(fds, count,
                  count > 0 && waiting ? virtual_time.patience_ms : 0);
}

/* Something is ready, or something happens in the world, or time passes: until
 * the world's next time, or the end of the timeout. */
int
poll(struct pollfd *fds, nfds_t count, int timeout_ms) {
    int64_t end_ms =
        timeout_ms < 0 ? INT64_MAX : virtual_time.mono_ms + timeout_ms;
    int ready = virtual_time_look(fds, count, timeout_ms != 0);

    while (ready == 0 && virtual_time.mono_ms < end_ms) {
        if (virtual_time.world == NULL || !virtual_time.world()) {
            int64_t next_ms =
                virtual_time.world_ms < end_ms ? virtual_time.world_ms : end_ms;

            if (next_ms == INT64_MAX) {
                break; /* for ever, and nobody to end it */
            }
            virtual_time_pass(next_ms - virtual_time.mono_ms);
        }
        ready = virtual_time_look(fds, count, false);
    }
    virtual_time.ready = ready;
    if (timeout_ms != 0) {
        virtual_time.wakeups++;
    }
    return ready;
}

#endif
