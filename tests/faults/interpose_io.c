/* The calls that make descriptors and use them, and the clock that waiting is
 * measured by. */
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/pidfd.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "tests/faults/interpose_next.h"

/* open() and its relatives take a mode with some flags only. */
#define OPEN_MODE(flags, ret_mode)                                             \
    do {                                                                       \
        va_list rest;                                                          \
        va_start(rest, flags);                                                 \
        *(ret_mode) =                                                          \
            (flags) & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;        \
        va_end(rest);                                                          \
    } while (0)

int
open(const char *path, int flags, ...) {
    mode_t mode;

    OPEN_MODE(flags, &mode);
    return FAIL_OR(FAULT_OPEN, open, path, flags, mode);
}

int
open64(const char *path, int flags, ...) {
    mode_t mode;

    OPEN_MODE(flags, &mode);
    return FAIL_OR(FAULT_OPEN, open64, path, flags, mode);
}

int
openat(int at, const char *path, int flags, ...) {
    mode_t mode;

    OPEN_MODE(flags, &mode);
    return FAIL_OR(FAULT_OPEN, openat, at, path, flags, mode);
}

int
openat64(int at, const char *path, int flags, ...) {
    mode_t mode;

    OPEN_MODE(flags, &mode);
    return FAIL_OR(FAULT_OPEN, openat64, at, path, flags, mode);
}

FILE *
fopen(const char *path, const char *mode) {
    return fault_judge(FAULT_OPEN) ? NULL : NEXT(fopen)(path, mode);
}

FILE *
fopen64(const char *path, const char *mode) {
    return fault_judge(FAULT_OPEN) ? NULL : NEXT(fopen64)(path, mode);
}

int
socket(int domain, int type, int protocol) {
    return FAIL_OR(FAULT_OPEN, socket, domain, type, protocol);
}

int
socketpair(int domain, int type, int protocol, int ends[2]) {
    return FAIL_OR(FAULT_OPEN, socketpair, domain, type, protocol, ends);
}

int
signalfd(int fd, const sigset_t *signals, int flags) {
    return FAIL_OR(FAULT_OPEN, signalfd, fd, signals, flags);
}

int
timerfd_create(clockid_t clock, int flags) {
    return FAIL_OR(FAULT_OPEN, timerfd_create, clock, flags);
}

int
pidfd_open(pid_t pid, unsigned flags) {
    return FAIL_OR(FAULT_OPEN, pidfd_open, pid, flags);
}

int
inotify_init1(int flags) {
    return FAIL_OR(FAULT_OPEN, inotify_init1, flags);
}

int
pipe2(int ends[2], int flags) {
    return FAIL_OR(FAULT_OPEN, pipe2, ends, flags);
}

int
dup2(int from, int to) {
    return FAIL_OR(FAULT_OPEN, dup2, from, to);
}

int
mkstemp64(char *path) {
    return FAIL_OR(FAULT_OPEN, mkstemp64, path);
}

DIR *
opendir(const char *path) {
    return fault_judge(FAULT_OPEN) ? NULL : NEXT(opendir)(path);
}

/* How much of `size` bytes a call may handle; 0: it fails. */
static size_t
allowance(enum fault_class class, size_t size) {
    switch (fault_judge(class)) {
    case FAULT_FAIL: return 0;
    case FAULT_SHORT: return size > 1 ? size / 2 : 1;
    case FAULT_NONE: break;
    }
    return size > 0 ? size : 1;
}

/* As above, and never more than was asked for. */
#define SHORT_OR(class, name, size, call)                                      \
    size_t room = allowance(class, size);                                      \
    size_t part = room < (size) ? room : (size);                               \
    return room == 0 ? -1 : NEXT(name) call

ssize_t
read(int fd, void *bytes, size_t size) {
    SHORT_OR(FAULT_READ, read, size, (fd, bytes, part));
}

ssize_t
recv(int fd, void *bytes, size_t size, int flags) {
    SHORT_OR(FAULT_READ, recv, size, (fd, bytes, part, flags));
}

ssize_t
recvfrom(int fd, void *bytes, size_t size, int flags, struct sockaddr *from,
         socklen_t *from_size) {
    SHORT_OR(FAULT_READ, recvfrom, size,
             (fd, bytes, part, flags, from, from_size));
}

ssize_t
getrandom(void *bytes, size_t size, unsigned flags) {
    SHORT_OR(FAULT_READ, getrandom, size, (bytes, part, flags));
}

ssize_t
write(int fd, const void *bytes, size_t size) {
    SHORT_OR(FAULT_WRITE, write, size, (fd, bytes, part));
}

ssize_t
send(int fd, const void *bytes, size_t size, int flags) {
    SHORT_OR(FAULT_WRITE, send, size, (fd, bytes, part, flags));
}

ssize_t
sendto(int fd, const void *bytes, size_t size, int flags,
       const struct sockaddr *to, socklen_t to_size) {
    return FAIL_OR(FAULT_WRITE, sendto, fd, bytes, size, flags, to, to_size);
}

ssize_t
recvmsg(int fd, struct msghdr *message, int flags) {
    return FAIL_OR(FAULT_READ, recvmsg, fd, message, flags);
}

ssize_t
sendmsg(int fd, const struct msghdr *message, int flags) {
    return FAIL_OR(FAULT_WRITE, sendmsg, fd, message, flags);
}

int
connect(int fd, const struct sockaddr *address, socklen_t size) {
    return FAIL_OR(FAULT_WRITE, connect, fd, address, size);
}

/* Waits less where the clock runs faster, but never not at all. */
static int
scaled(int timeout_ms) {
    return timeout_ms > 0 ? (timeout_ms + fault_speed() - 1) / fault_speed()
                          : timeout_ms;
}

int
poll(struct pollfd *fds, nfds_t count, int timeout_ms) {
    return FAIL_OR(FAULT_WAIT, poll, fds, count, scaled(timeout_ms));
}

int
__poll_chk(struct pollfd *fds, nfds_t count, int timeout_ms, size_t room);

/* What poll() becomes where the compiler knows the size of `fds`. */
int
__poll_chk(struct pollfd *fds, nfds_t count, int timeout_ms, size_t room) {
    (void)room;
    return poll(fds, count, timeout_ms);
}

/* Monotonic clocks run faster from the time that they had at first. */
int
clock_gettime(clockid_t clock, struct timespec *ret_now) {
    static struct timespec begin[16];
    int result = NEXT(clock_gettime)(clock, ret_now);
    int64_t passed;

    if (result != 0 || fault_speed() == 1 || clock == CLOCK_REALTIME ||
        clock < 0 || clock >= 16) {
        return result;
    }
    if (begin[clock].tv_sec == 0) {
        begin[clock] = *ret_now;
    }
    passed = (ret_now->tv_sec - begin[clock].tv_sec) * INT64_C(1000000000) +
             ret_now->tv_nsec - begin[clock].tv_nsec;
    passed = passed * fault_speed() + begin[clock].tv_nsec;
    ret_now->tv_sec = begin[clock].tv_sec + passed / 1000000000;
    ret_now->tv_nsec = passed % 1000000000;
    return 0;
}

/* What these become where the compiler knows the room behind a pointer, or
 * that there is no mode. */
ssize_t
__read_chk(int fd, void *bytes, size_t size, size_t room);
ssize_t
__recv_chk(int fd, void *bytes, size_t size, size_t room, int flags);
int
__open_2(const char *path, int flags);
int
__open64_2(const char *path, int flags);

ssize_t
__read_chk(int fd, void *bytes, size_t size, size_t room) {
    (void)room;
    return read(fd, bytes, size);
}

ssize_t
__recv_chk(int fd, void *bytes, size_t size, size_t room, int flags) {
    (void)room;
    return recv(fd, bytes, size, flags);
}

int
__open_2(const char *path, int flags) {
    return open(path, flags);
}

int
__open64_2(const char *path, int flags) {
    return open64(path, flags);
}
