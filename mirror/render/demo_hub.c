#include "render/demo_hub.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/log.h"

enum { READY_MS = 20 * 1000, END_MS = 3000 };

struct pipes {
    int input[2], output[2];
};

struct arguments {
    char program[PATHS_MAX + 16], scenario[PATHS_MAX + 32];
    char config_from[PATHS_MAX + 16];
};

static void
close_pair(int pair[2]) {
    close(pair[0]);
    close(pair[1]);
}

static bool
open_pipes(struct pipes *pipes) {
    if (pipe2(pipes->input, O_CLOEXEC) < 0) {
        log_error_errno("demo: pipe");
        return false;
    }
    if (pipe2(pipes->output, O_CLOEXEC) < 0) {
        log_error_errno("demo: pipe");
        close_pair(pipes->input);
        return false;
    }
    return true;
}

/* Between fork and exec. */
static _Noreturn void
become_hub(const struct arguments *arguments, const char *config_path,
           const struct pipes *pipes) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    signal(SIGPIPE, SIG_DFL);
    dup2(pipes->input[0], STDIN_FILENO);
    dup2(pipes->output[1], STDOUT_FILENO);
    execlp("python3", "python3", "-B", arguments->program, "--scenario",
           arguments->scenario, "--config-template", arguments->config_from,
           "--config-out", config_path, (char *)NULL);
    _exit(127);
}

static bool
make_directory(struct demo_hub *hub) {
    const char *base = getenv("TMPDIR");
    int length =
        snprintf(hub->directory, sizeof hub->directory, "%s/mirror-demo-XXXXXX",
                 base != NULL && *base != '\0' ? base : "/tmp");

    if (length >= (int)sizeof hub->directory ||
        mkdtemp(hub->directory) == NULL) {
        log_error_errno("demo: no temporary directory");
        hub->directory[0] = '\0';
        return false;
    }
    length = snprintf(hub->config_path, sizeof hub->config_path,
                      "%s/mirror.conf", hub->directory);
    return length < (int)sizeof hub->config_path;
}

/* Its first line says that it listens and that the config is written. */
static bool
wait_until_ready(int output) {
    struct pollfd ready = {.fd = output, .events = POLLIN};
    char line[256];

    if (poll(&ready, 1, READY_MS) != 1 ||
        read(output, line, sizeof line) <= 0) {
        log_error("demo: the demo hub did not start; it needs python3");
        return false;
    }
    return true;
}

bool
demo_hub_start(struct demo_hub *hub, const char *demo_dir) {
    struct arguments arguments;
    struct pipes pipes;
    bool ready;

    *hub = (struct demo_hub){.input = -1};
    snprintf(arguments.program, sizeof arguments.program, "%s/hub.py",
             demo_dir);
    snprintf(arguments.scenario, sizeof arguments.scenario,
             "%s/scenarios/demo.json", demo_dir);
    snprintf(arguments.config_from, sizeof arguments.config_from,
             "%s/demo.conf", demo_dir);
    if (!make_directory(hub) || !open_pipes(&pipes)) {
        return false;
    }
    hub->pid = fork();
    if (hub->pid == 0) {
        become_hub(&arguments, hub->config_path, &pipes);
    }
    close(pipes.input[0]);
    close(pipes.output[1]);
    hub->input = pipes.input[1];
    if (hub->pid < 0) {
        log_error_errno("demo: fork");
        hub->pid = 0;
    }
    ready = hub->pid > 0 && wait_until_ready(pipes.output[0]);
    close(pipes.output[0]);
    return ready;
}

static void
end_process(pid_t pid) {
    for (int waited_ms = 0; waited_ms < END_MS; waited_ms += 10) {
        if (waitpid(pid, NULL, WNOHANG) != 0) {
            return;
        }
        poll(NULL, 0, 10);
    }
    kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
    }
}

void
demo_hub_stop(struct demo_hub *hub) {
    if (hub->input >= 0) {
        close(hub->input);
    }
    if (hub->pid > 0) {
        end_process(hub->pid);
    }
    if (hub->directory[0] != '\0') {
        unlink(hub->config_path);
        rmdir(hub->directory);
    }
    *hub = (struct demo_hub){.input = -1};
}
