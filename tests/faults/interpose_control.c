/* The calls that set something up: descriptors, sockets, processes. */
#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/faults/interpose_next.h"

int
ioctl(int fd, unsigned long request, ...) {
    void *value;

    OPTIONAL(request, void *, &value);
    return FAIL_OR(FAULT_CONTROL, ioctl, fd, request, value);
}

int
fcntl(int fd, int command, ...) {
    void *value;

    OPTIONAL(command, void *, &value);
    return FAIL_OR(FAULT_CONTROL, fcntl, fd, command, value);
}

int
fcntl64(int fd, int command, ...) {
    void *value;

    OPTIONAL(command, void *, &value);
    return FAIL_OR(FAULT_CONTROL, fcntl64, fd, command, value);
}

int
bind(int fd, const struct sockaddr *address, socklen_t size) {
    return FAIL_OR(FAULT_CONTROL, bind, fd, address, size);
}

int
getsockname(int fd, struct sockaddr *address, socklen_t *size) {
    return FAIL_OR(FAULT_CONTROL, getsockname, fd, address, size);
}

int
getpeername(int fd, struct sockaddr *address, socklen_t *size) {
    return FAIL_OR(FAULT_CONTROL, getpeername, fd, address, size);
}

int
getsockopt(int fd, int level, int option, void *value, socklen_t *size) {
    return FAIL_OR(FAULT_CONTROL, getsockopt, fd, level, option, value, size);
}

int
setsockopt(int fd, int level, int option, const void *value, socklen_t size) {
    return FAIL_OR(FAULT_CONTROL, setsockopt, fd, level, option, value, size);
}

int
timerfd_settime(int fd, int flags, const struct itimerspec *time,
                struct itimerspec *before) {
    return FAIL_OR(FAULT_CONTROL, timerfd_settime, fd, flags, time, before);
}

int
inotify_add_watch(int fd, const char *path, uint32_t events) {
    return FAIL_OR(FAULT_CONTROL, inotify_add_watch, fd, path, events);
}

int
prctl(int option, ...) {
    unsigned long value[4];
    va_list rest;

    va_start(rest, option);
    for (int i = 0; i < 4; i++) {
        value[i] = va_arg(rest, unsigned long);
    }
    va_end(rest);
    return FAIL_OR(FAULT_CONTROL, prctl, option, value[0], value[1], value[2],
                   value[3]);
}

long
syscall(long number, ...) {
    long value[6];
    va_list rest;

    va_start(rest, number);
    for (int i = 0; i < 6; i++) {
        value[i] = va_arg(rest, long);
    }
    va_end(rest);
    return FAIL_OR(FAULT_CONTROL, syscall, number, value[0], value[1], value[2],
                   value[3], value[4], value[5]);
}

int
getrlimit64(__rlimit_resource_t what, struct rlimit64 *limit) {
    return FAIL_OR(FAULT_CONTROL, getrlimit64, what, limit);
}

int
setrlimit64(__rlimit_resource_t what, const struct rlimit64 *limit) {
    return FAIL_OR(FAULT_CONTROL, setrlimit64, what, limit);
}

pid_t
fork(void) {
    return FAIL_OR(FAULT_CONTROL, fork);
}

int
execve(const char *path, char *const words[], char *const environment[]) {
    return FAIL_OR(FAULT_CONTROL, execve, path, words, environment);
}

int
execvp(const char *name, char *const words[]) {
    return FAIL_OR(FAULT_CONTROL, execvp, name, words);
}

pid_t
waitpid(pid_t pid, int *status, int flags) {
    return FAIL_OR(FAULT_CONTROL, waitpid, pid, status, flags);
}
