#include "render/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/channel.h"
#include "common/log.h"
#include "common/loop.h"

enum { EXIT_NOT_EXECUTED = 127 };

/* Between fork and exec: nothing here allocates or logs. */
static _Noreturn void
become_fetch(const char *program, const char *config_path, int channel,
             pid_t parent) {
    char name[] = "mirror-fetch";
    char option[] = "-c";
    char *arguments[] = {name, NULL, NULL, NULL};
    int null = open("/dev/null", O_RDWR);

    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) {
        _exit(0); /* it died before we could ask to be told */
    }
    if (channel == CHANNEL_FD) {
        fcntl(channel, F_SETFD, 0);
    } else if (dup2(channel, CHANNEL_FD) < 0) {
        _exit(EXIT_NOT_EXECUTED);
    }
    if (null >= 0 && null != CHANNEL_FD) {
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
    }
    close_range(CHANNEL_FD + 1, ~0U, 0);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGUSR1, SIG_DFL);
    signal(SIGUSR2, SIG_DFL);
    loop_unblock_signals();
    if (config_path != NULL) {
        arguments[1] = option;
        arguments[2] = (char *)config_path;
    }
    execvp(program, arguments);
    _exit(EXIT_NOT_EXECUTED);
}

static void
give_up_child(pid_t pid) {
    kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
    }
}

bool
spawn_fetch(const char *program, const char *config_path,
            struct spawned *ret_spawned) {
    pid_t parent = getpid();
    int ends[2];
    int pid_fd;
    pid_t pid;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
        log_error_errno("fetcher: socketpair");
        return false;
    }
    pid = fork();
    if (pid == 0) {
        become_fetch(program, config_path, ends[1], parent);
    }
    close(ends[1]);
    if (pid < 0) {
        log_error_errno("fetcher: fork");
        close(ends[0]);
        return false;
    }
    pid_fd = pidfd_open(pid, 0);
    if (pid_fd < 0) {
        log_error_errno("fetcher: pidfd_open");
        give_up_child(pid);
        close(ends[0]);
        return false;
    }
    *ret_spawned = (struct spawned){pid, pid_fd, ends[0]};
    return true;
}

int
spawn_connect(const char *socket_path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int type = SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK;
    int fd;

    if (strlen(socket_path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(address.sun_path, socket_path, strlen(socket_path));
    fd = socket(AF_UNIX, type, 0);
    if (fd >= 0 &&
        connect(fd, (const struct sockaddr *)&address, sizeof address) < 0) {
        int error = errno;

        close(fd);
        errno = error;
        return -1;
    }
    return fd;
}
