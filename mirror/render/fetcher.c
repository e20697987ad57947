#include "render/fetcher.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/channel.h"
#include "common/clock.h"
#include "common/log.h"
#include "common/xalloc.h"
#include "render/spawn.h"

enum {
    PACKETS_PER_TURN = 16, /* a flood may not keep the picture waiting */
    RETRY_FACTOR_MAX = 60,
    DEFAULT_RETRY_MS = 1000,
    DEFAULT_GRACE_MS = 3000,
    DEFAULT_GOOD_MS = 600 * 1000,
    REASON_MAX = 64,
};

struct fetcher {
    struct loop *loop;
    struct fetcher_options options; /* strings owned */

    struct spawned child; /* pid 0: none */
    int channel;          /* -1: no connection */
    uint32_t sequence;
    int64_t started_ms;
    bool heard;   /* a good packet came through this connection */
    bool blamed;  /* why this connection ends has been said */
    bool at_once; /* the child is to be started anew without a pause */

    int factor;            /* of the next pause, in retry_ms */
    char said[REASON_MAX]; /* logged last */
    struct loop_timer retry, hang, grace;

    _Alignas(max_align_t) char packet[CHANNEL_PACKET_MAX];
};

static void
schedule_retry(struct fetcher *fetcher) {
    int64_t now_ms = clock_monotonic_ms();
    int pause_ms;

    if (fetcher->heard &&
        now_ms - fetcher->started_ms >= fetcher->options.good_ms) {
        fetcher->factor = 1;
    }
    pause_ms = fetcher->options.retry_ms * fetcher->factor;
    fetcher->factor *= 2;
    if (fetcher->factor > RETRY_FACTOR_MAX) {
        fetcher->factor = RETRY_FACTOR_MAX;
    }
    if (fetcher->at_once) {
        fetcher->at_once = false;
        fetcher->factor = 1;
        pause_ms = 0;
    }
    loop_set_timer(fetcher->loop, &fetcher->retry, now_ms + pause_ms);
}

/* Once for each reason in a row: a fetcher that never comes up would otherwise
 * write a line a minute for years. */
static void
say(struct fetcher *fetcher, const char *reason) {
    fetcher->blamed = true;
    if (strcmp(fetcher->said, reason) == 0) {
        return;
    }
    snprintf(fetcher->said, sizeof fetcher->said, "%s", reason);
    log_warning("fetcher: %s; trying again", reason);
}

static void
drop_channel(struct fetcher *fetcher) {
    if (fetcher->channel < 0) {
        return;
    }
    loop_remove_fd(fetcher->loop, fetcher->channel);
    close(fetcher->channel);
    fetcher->channel = -1;
    loop_cancel_timer(fetcher->loop, &fetcher->hang);
    if (fetcher->heard) {
        fetcher->options.fn(fetcher->options.arg, 0, NULL, false);
    }
}

/* The connection is over. A child is asked to end, and made to if it does not;
 * the next try waits for its end. */
static void
lose(struct fetcher *fetcher, int signal) {
    drop_channel(fetcher);
    if (fetcher->child.pid == 0) {
        schedule_retry(fetcher);
        return;
    }
    kill(fetcher->child.pid, signal);
    if (!fetcher->grace.armed) {
        loop_set_timer(fetcher->loop, &fetcher->grace,
                       clock_monotonic_ms() + fetcher->options.grace_ms);
    }
}

static void
on_grace_over(void *arg) {
    struct fetcher *fetcher = arg;

    kill(fetcher->child.pid, SIGKILL);
}

static void
arm_hang(struct fetcher *fetcher) {
    loop_set_timer(fetcher->loop, &fetcher->hang,
                   clock_monotonic_ms() + fetcher->options.hang_ms);
}

/* What has been said while we were stopped, or the whole machine, is waiting
 * to be read: it was not the fetcher that was silent. */
static void
on_hang(void *arg) {
    struct fetcher *fetcher = arg;
    struct pollfd waiting = {.fd = fetcher->channel, .events = POLLIN};

    if (poll(&waiting, 1, 0) > 0) {
        arm_hang(fetcher);
        return;
    }
    say(fetcher, "mirror-fetch is silent and counts as hung");
    lose(fetcher, SIGABRT);
}

static void
reap(struct fetcher *fetcher, int *ret_status) {
    while (waitpid(fetcher->child.pid, ret_status, 0) < 0 && errno == EINTR) {
    }
    loop_remove_fd(fetcher->loop, fetcher->child.pid_fd);
    close(fetcher->child.pid_fd);
    fetcher->child = (struct spawned){0};
    loop_cancel_timer(fetcher->loop, &fetcher->grace);
}

static void
say_status(struct fetcher *fetcher, int status) {
    char reason[REASON_MAX];

    if (WIFSIGNALED(status)) {
        snprintf(reason, sizeof reason, "mirror-fetch was ended by signal %d",
                 WTERMSIG(status));
    } else {
        snprintf(reason, sizeof reason, "mirror-fetch ended with status %d",
                 WEXITSTATUS(status));
    }
    say(fetcher, reason);
}

static void
on_child_end(void *arg, int fd, short revents) {
    struct fetcher *fetcher = arg;
    int status = 0;

    (void)fd;
    (void)revents;
    reap(fetcher, &status);
    if (!fetcher->blamed) {
        say_status(fetcher, status);
    }
    drop_channel(fetcher);
    schedule_retry(fetcher);
}

static void
take(struct fetcher *fetcher, unsigned kind, const void *record) {
    if (!fetcher->heard) {
        fetcher->heard = true;
        fetcher->said[0] = '\0';
        fetcher->options.fn(fetcher->options.arg, 0, NULL, true);
    }
    fetcher->options.fn(fetcher->options.arg, kind, record, true);
}

/* Returns false when there is nothing left to read for now. */
static bool
receive_one(struct fetcher *fetcher) {
    const void *record = fetcher->packet + sizeof(struct channel_header);
    struct channel_header header;

    switch (channel_receive(fetcher->channel, &fetcher->sequence,
                            fetcher->packet, &header)) {
    case CHANNEL_AGAIN: return false;
    case CHANNEL_OK: break;
    case CHANNEL_CLOSED:
        if (fetcher->child.pid == 0) { /* else its status says more */
            say(fetcher, "mirror-fetch closed the connection");
        }
        lose(fetcher, SIGTERM);
        return false;
    case CHANNEL_BAD:
        say(fetcher, "mirror-fetch sent a bad packet");
        lose(fetcher, SIGTERM);
        return false;
    }
    if (!record_check(header.kind, record, header.size)) {
        say(fetcher, "mirror-fetch sent a bad record");
        lose(fetcher, SIGTERM);
        return false;
    }
    take(fetcher, header.kind, record);
    return fetcher->channel >= 0;
}

static void
on_channel(void *arg, int fd, short revents) {
    struct fetcher *fetcher = arg;
    int left = PACKETS_PER_TURN;

    (void)fd;
    (void)revents;
    arm_hang(fetcher);
    while (left > 0 && receive_one(fetcher)) {
        left--;
    }
}

static bool
connect_socket(struct fetcher *fetcher) {
    char reason[REASON_MAX];

    fetcher->channel = spawn_connect(fetcher->options.socket_path);
    if (fetcher->channel < 0) {
        snprintf(reason, sizeof reason, "cannot connect: %s", strerror(errno));
        say(fetcher, reason);
        return false;
    }
    return true;
}

static bool
start_child(struct fetcher *fetcher) {
    if (!spawn_fetch(fetcher->options.program, fetcher->options.config_path,
                     &fetcher->child)) {
        return false;
    }
    fetcher->channel = fetcher->child.channel;
    loop_add_fd(fetcher->loop, fetcher->child.pid_fd, POLLIN, on_child_end,
                fetcher);
    return true;
}

static void
start(struct fetcher *fetcher) {
    bool started;

    fetcher->sequence = 0;
    fetcher->heard = false;
    fetcher->blamed = false;
    fetcher->started_ms = clock_monotonic_ms();
    if (fetcher->options.program != NULL) {
        started = start_child(fetcher);
    } else {
        started = connect_socket(fetcher);
    }
    if (!started) {
        schedule_retry(fetcher);
        return;
    }
    arm_hang(fetcher);
    loop_add_fd(fetcher->loop, fetcher->channel, POLLIN, on_channel, fetcher);
}

static void
on_retry(void *arg) {
    start(arg);
}

static char *
copy_or_null(const char *text) {
    return text != NULL ? xstrdup(text) : NULL;
}

static int
or_usual(int value, int usual) {
    return value > 0 ? value : usual;
}

struct fetcher *
fetcher_create(struct loop *loop, const struct fetcher_options *options) {
    struct fetcher *fetcher = xcalloc(1, sizeof *fetcher);

    fetcher->loop = loop;
    fetcher->channel = -1;
    fetcher->factor = 1;
    fetcher->options = (struct fetcher_options){
        .program = copy_or_null(options->program),
        .config_path = copy_or_null(options->config_path),
        .socket_path = copy_or_null(options->socket_path),
        .fn = options->fn,
        .arg = options->arg,
        .retry_ms = or_usual(options->retry_ms, DEFAULT_RETRY_MS),
        .hang_ms = or_usual(options->hang_ms, CHANNEL_HANG_S * 1000),
        .grace_ms = or_usual(options->grace_ms, DEFAULT_GRACE_MS),
        .good_ms = or_usual(options->good_ms, DEFAULT_GOOD_MS),
    };
    fetcher->retry = (struct loop_timer){.fn = on_retry, .arg = fetcher};
    fetcher->hang = (struct loop_timer){.fn = on_hang, .arg = fetcher};
    fetcher->grace = (struct loop_timer){.fn = on_grace_over, .arg = fetcher};
    start(fetcher);
    return fetcher;
}

void
fetcher_restart(struct fetcher *fetcher) {
    fetcher->at_once = true;
    fetcher->blamed = true;
    if (fetcher->channel < 0 && fetcher->child.pid == 0) {
        schedule_retry(fetcher);
    } else {
        lose(fetcher, SIGTERM);
    }
}

static void
end_child(struct fetcher *fetcher) {
    struct pollfd end = {.fd = fetcher->child.pid_fd, .events = POLLIN};
    int status;

    kill(fetcher->child.pid, SIGTERM);
    if (poll(&end, 1, fetcher->options.grace_ms) != 1) {
        kill(fetcher->child.pid, SIGKILL);
    }
    reap(fetcher, &status);
}

void
fetcher_destroy(struct fetcher *fetcher) {
    if (fetcher == NULL) {
        return;
    }
    fetcher->heard = false; /* nobody is told any more */
    drop_channel(fetcher);
    if (fetcher->child.pid != 0) {
        end_child(fetcher);
    }
    loop_cancel_timer(fetcher->loop, &fetcher->retry);
    free((char *)fetcher->options.program);
    free((char *)fetcher->options.config_path);
    free((char *)fetcher->options.socket_path);
    free(fetcher);
}
