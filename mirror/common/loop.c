#include "common/loop.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/log.h"
#include "common/xalloc.h"

enum { SIGNALS_MAX = 8 };

struct watch {
    loop_fd_fn fn; /* NULL: removed, to be swept after the turn */
    void *arg;
};

struct loop {
    struct pollfd *fds; /* owned, beside `watches` */
    struct watch *watches;
    size_t count, room;

    struct loop_timer *timers; /* borrowed, sorted by due time */

    int signal_fd;
    sigset_t signals;
    struct {
        int signal;
        loop_signal_fn fn;
        void *arg;
    } handlers[SIGNALS_MAX];
    size_t handler_count;

    int clock_fd;
    loop_timer_fn clock_fn;
    void *clock_arg;

    uint64_t turn;
    uint64_t wakeups;
    bool stopped;
};

struct loop *
loop_create(void) {
    struct loop *loop = xcalloc(1, sizeof *loop);

    loop->signal_fd = -1;
    loop->clock_fd = -1;
    sigemptyset(&loop->signals);
    return loop;
}

void
loop_destroy(struct loop *loop) {
    if (loop == NULL) {
        return;
    }
    if (loop->signal_fd >= 0) {
        close(loop->signal_fd);
    }
    if (loop->clock_fd >= 0) {
        close(loop->clock_fd);
    }
    free(loop->fds);
    free(loop->watches);
    free(loop);
}

static size_t
find_fd(const struct loop *loop, int fd) {
    for (size_t i = 0; i < loop->count; i++) {
        if (loop->fds[i].fd == fd && loop->watches[i].fn != NULL) {
            return i;
        }
    }
    return SIZE_MAX;
}

static size_t
append_watch(struct loop *loop) {
    if (loop->count == loop->room) {
        loop->room = loop->room > 0 ? loop->room * 2 : 16;
        loop->fds = xrealloc(loop->fds, loop->room, sizeof *loop->fds);
        loop->watches =
            xrealloc(loop->watches, loop->room, sizeof *loop->watches);
    }
    return loop->count++;
}

void
loop_add_fd(struct loop *loop, int fd, short events, loop_fd_fn fn, void *arg) {
    size_t at = find_fd(loop, fd);

    if (at == SIZE_MAX) {
        at = append_watch(loop);
        loop->fds[at] = (struct pollfd){.fd = fd};
    }
    loop->fds[at].events = events;
    loop->watches[at].fn = fn;
    loop->watches[at].arg = arg;
}

/* Entries only go dead here: the turn that serves them may stand above us. */
void
loop_remove_fd(struct loop *loop, int fd) {
    size_t at = find_fd(loop, fd);

    if (at != SIZE_MAX) {
        loop->watches[at].fn = NULL;
        loop->fds[at].fd = -1;
    }
}

static void
sweep_fds(struct loop *loop) {
    size_t kept = 0;

    for (size_t i = 0; i < loop->count; i++) {
        if (loop->watches[i].fn != NULL) {
            loop->fds[kept] = loop->fds[i];
            loop->watches[kept++] = loop->watches[i];
        }
    }
    loop->count = kept;
}

void
loop_cancel_timer(struct loop *loop, struct loop_timer *timer) {
    struct loop_timer **at = &loop->timers;

    if (!timer->armed) {
        return;
    }
    while (*at != timer) {
        at = &(*at)->next;
    }
    *at = timer->next;
    timer->next = NULL;
    timer->armed = false;
}

void
loop_set_timer(struct loop *loop, struct loop_timer *timer, int64_t due_ms) {
    struct loop_timer **at = &loop->timers;

    loop_cancel_timer(loop, timer);
    if (due_ms == CLOCK_NEVER) {
        return;
    }
    timer->due_ms = due_ms;
    timer->armed = true;
    timer->set_in_turn = loop->turn;
    while (*at != NULL && (*at)->due_ms <= due_ms) {
        at = &(*at)->next;
    }
    timer->next = *at;
    *at = timer;
}

static void
serve_signals(void *arg, int fd, short revents) {
    struct loop *loop = arg;
    struct signalfd_siginfo info;

    (void)revents;
    while (read(fd, &info, sizeof info) == (ssize_t)sizeof info) {
        for (size_t i = 0; i < loop->handler_count; i++) {
            if (loop->handlers[i].signal == (int)info.ssi_signo) {
                loop->handlers[i].fn(loop->handlers[i].arg,
                                     (int)info.ssi_signo);
            }
        }
    }
}

bool
loop_add_signal(struct loop *loop, int signal, loop_signal_fn fn, void *arg) {
    const struct sigaction usual = {.sa_handler = SIG_DFL};
    int fd;

    if (loop->handler_count == SIGNALS_MAX) {
        log_error("loop: no room for signal %d", signal);
        return false;
    }
    sigaddset(&loop->signals, signal);
    sigprocmask(SIG_BLOCK, &loop->signals, NULL);
    /* Where it was ignored until now, it would be dropped all the same. */
    if (sigaction(signal, &usual, NULL) != 0) {
        log_error_errno("loop: signal %d", signal);
        return false;
    }
    fd = signalfd(loop->signal_fd, &loop->signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (fd < 0) {
        log_error_errno("loop: signalfd");
        return false;
    }
    loop->signal_fd = fd;
    loop->handlers[loop->handler_count].signal = signal;
    loop->handlers[loop->handler_count].fn = fn;
    loop->handlers[loop->handler_count++].arg = arg;
    loop_add_fd(loop, fd, POLLIN, serve_signals, loop);
    return true;
}

void
loop_unblock_signals(void) {
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* A timer that is never due; its read fails when the clock is set. */
static bool
arm_clock_watch(int fd) {
    struct itimerspec never = {.it_value.tv_sec = (time_t)(INT64_MAX / 4)};

    if (sizeof(time_t) == 4) {
        never.it_value.tv_sec = INT_MAX;
    }
    return timerfd_settime(fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET,
                           &never, NULL) == 0;
}

static void
serve_clock(void *arg, int fd, short revents) {
    struct loop *loop = arg;
    uint64_t expirations;

    (void)revents;
    if (read(fd, &expirations, sizeof expirations) < 0 && errno == ECANCELED) {
        arm_clock_watch(fd);
        loop->clock_fn(loop->clock_arg);
    }
}

bool
loop_watch_clock(struct loop *loop, loop_timer_fn fn, void *arg) {
    int fd = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);

    if (fd < 0 || !arm_clock_watch(fd)) {
        log_error_errno("loop: clock watch");
        if (fd >= 0) {
            close(fd);
        }
        return false;
    }
    loop->clock_fd = fd;
    loop->clock_fn = fn;
    loop->clock_arg = arg;
    loop_add_fd(loop, fd, POLLIN, serve_clock, loop);
    return true;
}

static int
poll_timeout(const struct loop *loop, int timeout_ms) {
    int64_t left;

    if (loop->timers == NULL) {
        return timeout_ms;
    }
    left = loop->timers->due_ms - clock_monotonic_ms();
    if (left < 0) {
        left = 0;
    }
    if (left > INT_MAX) {
        left = INT_MAX;
    }
    return timeout_ms < 0 || left < timeout_ms ? (int)left : timeout_ms;
}

/* A timer that was set in this turn waits for the next one, so that one which
 * keeps setting itself for "now" cannot starve the descriptors. Nothing but
 * the head is looked at: a callback may cancel or free any timer. */
static void
serve_timers(struct loop *loop) {
    int64_t now_ms = clock_monotonic_ms();

    while (loop->timers != NULL && loop->timers->due_ms <= now_ms &&
           loop->timers->set_in_turn != loop->turn) {
        struct loop_timer *timer = loop->timers;

        loop_cancel_timer(loop, timer);
        timer->fn(timer->arg);
    }
}

static void
serve_fds(struct loop *loop) {
    size_t count = loop->count;

    for (size_t i = 0; i < count; i++) {
        struct watch watch = loop->watches[i];
        short revents = loop->fds[i].revents;

        if (revents != 0 && watch.fn != NULL) {
            loop->fds[i].revents = 0;
            watch.fn(watch.arg, loop->fds[i].fd, revents);
        }
    }
}

bool
loop_turn(struct loop *loop, int timeout_ms) {
    int ready;

    sweep_fds(loop);
    ready = poll(loop->fds, loop->count, poll_timeout(loop, timeout_ms));
    loop->wakeups++;
    if (ready < 0 && errno != EINTR) {
        log_error_errno("loop: poll");
        return false;
    }
    loop->turn++;
    serve_timers(loop);
    if (ready > 0) {
        serve_fds(loop);
    }
    return true;
}

bool
loop_run(struct loop *loop) {
    loop->stopped = false;
    while (!loop->stopped) {
        if (!loop_turn(loop, -1)) {
            return false;
        }
    }
    return true;
}

void
loop_stop(struct loop *loop) {
    loop->stopped = true;
}

uint64_t
loop_wakeups(const struct loop *loop) {
    return loop->wakeups;
}
