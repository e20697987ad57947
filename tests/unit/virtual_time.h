/*
 * Time that passes only where the loop waits for it: hours in moments, and the
 * same on every machine. Include in one file of a test program, after unit.h;
 * it stands in front of the C library's clock_gettime() and poll().
 */
#ifndef TESTS_UNIT_VIRTUAL_TIME_H
#define TESTS_UNIT_VIRTUAL_TIME_H

#include <poll.h>
#include <stdint.h>
#include <time.h>

static struct {
    int64_t wall_ms; /* CLOCK_REALTIME */
    int64_t mono_ms; /* all the others */
    /* How long a poll() really waits for a descriptor, such as the end of a
     * child, before it says that its whole timeout is over. */
    int patience_ms;
    int ready; /* descriptors, at the last poll() */
} virtual_time = {1800000000000, 3600000, 0, 0};

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

int
poll(struct pollfd *fds, nfds_t count, int timeout_ms) {
    int really_ms = count > 0 && timeout_ms != 0 ? virtual_time.patience_ms : 0;
    struct timespec patience = {really_ms / 1000, really_ms % 1000 * 1000000L};
    int ready = ppoll(fds, count, &patience, NULL);

    virtual_time.ready = ready;
    if (ready == 0 && timeout_ms > 0) {
        virtual_time_pass(timeout_ms);
    }
    return ready;
}

#endif
