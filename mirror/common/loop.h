/*
 * The one place that waits: descriptors, timers, signals and steps of the
 * wall clock in a single poll(). Every callback runs from loop_run(), none is
 * re-entered, and none may block.
 */
#ifndef MIRROR_COMMON_LOOP_H
#define MIRROR_COMMON_LOOP_H

#include <stdbool.h>
#include <stdint.h>

struct loop;

/* `revents` are poll()'s: what was asked for, and POLLERR, POLLHUP, POLLNVAL
 * at any time. */
typedef void (*loop_fd_fn)(void *arg, int fd, short revents);
typedef void (*loop_timer_fn)(void *arg);
typedef void (*loop_signal_fn)(void *arg, int signal);

/* A timer lives in its owner; zeroed means "not set". */
struct loop_timer {
    loop_timer_fn fn; /* set by the owner before loop_set_timer() */
    void *arg;        /* borrowed; given to fn */
    int64_t due_ms;   /* private from here on */
    uint64_t set_in_turn;
    bool armed;
    struct loop_timer *next;
};

/* Returns NULL, having logged why, when the system has no descriptors left. */
struct loop *
loop_create(void);

/* Accepts NULL. Descriptors stay open: their owners close them. */
void
loop_destroy(struct loop *loop);

/* Watches `fd` (POLLIN, POLLOUT) until loop_remove_fd(). Adding a descriptor
 * that is watched replaces its entry. */
void
loop_add_fd(struct loop *loop, int fd, short events, loop_fd_fn fn, void *arg);

/* No-op for a descriptor that is not watched. May be called from callbacks,
 * also for the descriptor that is being served. */
void
loop_remove_fd(struct loop *loop, int fd);

/* Calls timer->fn once at `due_ms` (monotonic, clock.h) or as soon after as
 * the loop turns. Setting an armed timer moves it. A due time of CLOCK_NEVER
 * cancels. */
void
loop_set_timer(struct loop *loop, struct loop_timer *timer, int64_t due_ms);
void
loop_cancel_timer(struct loop *loop, struct loop_timer *timer);

/* Delivers `signal` through the loop instead of a handler, from now on, also
 * where it was ignored. However often it comes, it is told once a turn. The
 * signal stays blocked in this thread; children unblock it (see
 * loop_unblock_signals). Returns false, having logged why. */
bool
loop_add_signal(struct loop *loop, int signal, loop_signal_fn fn, void *arg);

/* Gives a child its usual signals back: call between fork and exec. */
void
loop_unblock_signals(void);

/* Calls `fn` whenever somebody sets the wall clock (a step, not a slew). */
bool
loop_watch_clock(struct loop *loop, loop_timer_fn fn, void *arg);

/* Turns until loop_stop(). Returns false if poll() itself failed. */
bool
loop_run(struct loop *loop);

/* Serves what is ready, waiting at most timeout_ms (0: not at all, negative:
 * until something happens). Returns false if poll() itself failed. */
bool
loop_turn(struct loop *loop, int timeout_ms);

/* Makes loop_run() return, once what is being served has been. */
void
loop_stop(struct loop *loop);

/* How often poll() has returned: the wakeups that the idle budget counts. */
uint64_t
loop_wakeups(const struct loop *loop);

#endif
