#include "fetch/selftest.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/log.h"
#include "common/probe.h"

#define STRAY_FILE "/tmp/mirror-selftest"

enum { NOBODY = 65534 };

/* Keeps errno. */
static long
close_after(int fd, long answer) {
    int error = errno;

    close(fd);
    errno = error;
    return answer;
}

static long
bind_port(void) {
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    return close_after(
        fd, bind(fd, (const struct sockaddr *)&address, sizeof address));
}

static long
listen_for_others(void) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    return close_after(fd, listen(fd, 1));
}

static long
open_raw_socket(void) {
    return probe_socket(AF_INET, SOCK_RAW);
}

static long
open_packet_socket(void) {
    return probe_socket(AF_PACKET, SOCK_DGRAM);
}

static long
read_passwords(void) {
    int fd = open("/etc/shadow", O_RDONLY | O_CLOEXEC);

    return fd < 0 ? -1 : close(fd);
}

/* As the cache is written, but not there. */
static long
write_elsewhere(void) {
    int fd = open(STRAY_FILE,
                  O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (fd < 0) {
        return -1;
    }
    unlinkat(AT_FDCWD, STRAY_FILE, 0);
    return close(fd);
}

static long
change_file(void) {
    int fd = open("/dev/zero", O_RDWR | O_CLOEXEC);

    return fd < 0 ? -1 : close(fd);
}

static long
signal_others(void) {
    return kill(getppid(), 0);
}

static long
start_process(void) {
    pid_t pid = fork();

    if (pid == 0) {
        _exit(0);
    }
    if (pid > 0) {
        waitpid(pid, NULL, 0);
    }
    return pid;
}

static long
change_limit(void) {
    struct rlimit limit = {0};

    return setrlimit(RLIMIT_CORE, &limit);
}

void
selftest_become_user(void) {
    if (geteuid() == 0 &&
        (setgroups(0, NULL) != 0 || setresgid(NOBODY, NOBODY, NOBODY) != 0 ||
         setresuid(NOBODY, NOBODY, NOBODY) != 0)) {
        log_warning_errno("sandbox: tested as root");
    }
}

bool
selftest_run(void) {
    static const struct probe probes[] = {
        {"binding a port", bind_port},
        {"listening", listen_for_others},
        {"raw sockets", open_raw_socket},
        {"packet sockets", open_packet_socket},
        {"reading the system's passwords", read_passwords},
        {"writing outside of the cache", write_elsewhere},
        {"opening a file to change it", change_file},
        {"a process of its own", start_process},
        {"signals to others", signal_others},
        {"other limits", change_limit},
    };
    size_t count = sizeof probes / sizeof *probes;
    size_t not_denied = probe_all(stdout, probes, count) +
                        probe_all(stdout, probes_common, probes_common_count);

    probe_sum_up(stdout, count + probes_common_count, not_denied);
    return not_denied == 0;
}
