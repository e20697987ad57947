/*
 * A library to preload: the clocks of a program as a test wants them. The file
 * in $MIRROR_CLOCK holds two numbers of 64 bits, which are added to the wall
 * time and to the monotonic clocks, in ms. Writing to it is a step: whoever
 * waits for TFD_TIMER_CANCEL_ON_SET is told, as by the kernel.
 *
 * Time itself goes on as usual: what poll() waits for is real.
 *
 * In $MIRROR_SYS stands what is read in the place of /sys/class.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

struct offsets {
    int64_t wall_ms;
    int64_t mono_ms;
};

static const volatile struct offsets *offsets; /* NULL: none wanted */
static int step_fd = -1;                       /* stands in for a timerfd */
static char
    file[256]; /* of the offsets: a program may clear what it inherits */

static void *
next(const char *name) {
    return dlsym(RTLD_NEXT, name);
}

__attribute__((constructor)) static void
start(void) {
    const char *path = getenv("MIRROR_CLOCK");
    int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    void *page;

    if (fd < 0) {
        return;
    }
    snprintf(file, sizeof file, "%s", path);
    page = mmap(NULL, sizeof *offsets, PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    offsets = page != MAP_FAILED ? page : NULL;
}

static void
add_ms(struct timespec *at, int64_t ms) {
    int64_t ns = at->tv_nsec + ms % 1000 * 1000000;

    at->tv_sec += (time_t)(ms / 1000);
    at->tv_sec += ns < 0 ? -1 : ns >= 1000000000 ? 1 : 0;
    at->tv_nsec = (long)((ns + 1000000000) % 1000000000);
}

int
clock_gettime(clockid_t id, struct timespec *at) {
    int (*real)(clockid_t, struct timespec *) =
        (int (*)(clockid_t, struct timespec *))next("clock_gettime");
    int result = real(id, at);

    if (offsets == NULL || result != 0) {
        return result;
    }
    switch (id) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE: add_ms(at, offsets->wall_ms); break;
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_BOOTTIME: add_ms(at, offsets->mono_ms); break;
    default: break; /* of processes and threads */
    }
    return 0;
}

time_t
time(time_t *ret_s) {
    struct timespec now = {0};

    clock_gettime(CLOCK_REALTIME, &now);
    if (ret_s != NULL) {
        *ret_s = now.tv_sec;
    }
    return now.tv_sec;
}

int
gettimeofday(struct timeval *ret_at, void *zone) {
    struct timespec now = {0};

    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    *ret_at = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
    return 0;
}

/* As 64-bit offsets have it. */
int
open(const char *path, int flags, ...) {
    static const char prefix[] = "/sys/class";
    int (*real)(const char *, int, ...) =
        (int (*)(const char *, int, ...))next("open64");
    const char *instead = getenv("MIRROR_SYS");
    char moved[PATH_MAX];
    mode_t mode = 0;
    va_list args;

    if ((flags & O_CREAT) != 0) {
        va_start(args, flags);
        mode = va_arg(args, mode_t);
        va_end(args);
    }
    if (instead != NULL && strncmp(path, prefix, sizeof prefix - 1) == 0) {
        snprintf(moved, sizeof moved, "%s%s", instead,
                 path + sizeof prefix - 1);
        path = moved;
    }
    return real(path, flags, mode);
}

/* The program has one such timer, its watch for steps. */
int
timerfd_create(int clock, int flags) {
    int (*real)(int, int) = (int (*)(int, int))next("timerfd_create");

    if (offsets == NULL || clock != CLOCK_REALTIME) {
        return real(clock, flags);
    }
    step_fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    inotify_add_watch(step_fd, file, IN_CLOSE_WRITE);
    return step_fd;
}

int
timerfd_settime(int fd, int flags, const struct itimerspec *at,
                struct itimerspec *ret_old) {
    int (*real)(int, int, const struct itimerspec *, struct itimerspec *) =
        (int (*)(int, int, const struct itimerspec *, struct itimerspec *))next(
            "timerfd_settime");

    return fd == step_fd && fd >= 0 ? 0 : real(fd, flags, at, ret_old);
}

ssize_t
read(int fd, void *buffer, size_t size) {
    ssize_t (*real)(int, void *, size_t) =
        (ssize_t(*)(int, void *, size_t))next("read");
    char events[4096];

    if (fd != step_fd || fd < 0) {
        return real(fd, buffer, size);
    }
    if (real(fd, events, sizeof events) > 0) {
        errno = ECANCELED;
    }
    return -1;
}
