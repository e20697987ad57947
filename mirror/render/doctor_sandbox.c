/* Whether the sandboxes hold on this machine: both programs are asked to try
 * theirs, as there is no way back for us. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/paths.h"
#include "render/doctor_private.h"
#include "render/source_program.h"
#include "render/usage.h"

enum { PATIENCE_MS = 5000, SAID_MAX = 4096 };

/* Between fork and exec. */
static _Noreturn void
become(const char *program, int out) {
    char name[] = "selftest";
    char option[] = "--selftest";
    char *arguments[] = {name, option, NULL};
    int null = open("/dev/null", O_RDWR);

    dup2(null, STDIN_FILENO);
    dup2(null, STDERR_FILENO);
    dup2(out, STDOUT_FILENO);
    close_range(STDERR_FILENO + 1, ~0U, 0);
    execvp(program, arguments);
    _exit(EXIT_SYSTEM);
}

/* What comes before the end of the pipe, or before it takes too long. */
static void
listen_to(int fd, char said[SAID_MAX]) {
    int64_t end_ms = clock_monotonic_ms() + PATIENCE_MS;
    struct pollfd ready = {fd, POLLIN, 0};
    size_t size = 0;
    ssize_t got = 1;

    while (got > 0 && size < SAID_MAX - 1 && clock_monotonic_ms() < end_ms) {
        if (poll(&ready, 1, (int)(end_ms - clock_monotonic_ms())) <= 0) {
            break;
        }
        got = read(fd, said + size, SAID_MAX - 1 - size);
        size += got > 0 ? (size_t)got : 0;
    }
    said[size] = '\0';
}

/* Its exit code, or -1. */
static int
ask(const char *program, char said[SAID_MAX]) {
    int status = 0;
    int ends[2];
    pid_t pid;

    said[0] = '\0';
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return -1;
    }
    pid = fork();
    if (pid == 0) {
        become(program, ends[1]);
    }
    close(ends[1]);
    if (pid > 0) {
        listen_to(ends[0], said);
        kill(pid, SIGKILL); /* one that is done does not notice */
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
        }
    }
    close(ends[0]);
    return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* "21 of 21 denied", of the line that sums up; "" without. */
static const char *
find_sum(char *said) {
    static const char head[] = "sandbox: ";
    char *sum = strstr(said, head);

    if (sum == NULL) {
        return "";
    }
    sum += strlen(head);
    sum[strcspn(sum, "\n")] = '\0';
    return sum;
}

static void
judge(struct doctor *doctor, const char *name, const char *program) {
    char said[SAID_MAX];
    char shown[LOG_TEXT_MAX];
    int code = ask(program, said);
    const char *sum = log_escape(shown, find_sum(said));

    if (code == EXIT_SYSTEM) {
        doctor_blame(doctor, "sandbox",
                     "%s: the kernel refuses it; is seccomp missing?", name);
    } else if (sum[0] == '\0') {
        doctor_blame(doctor, "sandbox", "%s says nothing; is it installed?",
                     name);
    } else if (code != EXIT_STOPPED) {
        doctor_blame(doctor, "sandbox", "%s: %s; see %s --selftest", name, sum,
                     name);
    } else {
        doctor_praise(doctor, "sandbox", "%s: %s", name, sum);
    }
}

void
doctor_judge_sandbox(struct doctor *doctor) {
    struct source_program fetch;
    char path[PATHS_MAX];

    if (paths_program(path, "mirror")) {
        judge(doctor, "mirror", path);
    }
    source_program_find(&fetch);
    if (fetch.path[0] != '\0') {
        judge(doctor, "mirror-fetch", fetch.path);
    } else if (paths_program(path, "mirror-fetch")) {
        judge(doctor, "mirror-fetch", path);
    }
}
