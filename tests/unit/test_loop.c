#include "unit.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/loop.h"

struct log {
    struct loop *loop;
    struct loop_timer timer, other;
    char order[16];
    size_t count;
    int pipe[2];
};

static void
note(struct log *log, char what) {
    if (log->count + 1 < sizeof log->order) {
        log->order[log->count++] = what;
    }
}

static void
note_a(void *arg) {
    note(arg, 'a');
}

static void
note_b(void *arg) {
    note(arg, 'b');
}

static void
timers_fire_in_order_and_once(void **state) {
    struct log log = {.loop = loop_create()};
    struct loop_timer a = {.fn = note_a, .arg = &log};
    struct loop_timer b = {.fn = note_b, .arg = &log};
    int64_t now_ms = clock_monotonic_ms();

    (void)state;
    loop_set_timer(log.loop, &b, now_ms - 1);
    loop_set_timer(log.loop, &a, now_ms - 2);
    assert_true(loop_turn(log.loop, 0));
    assert_string_equal(log.order, "ab");
    assert_true(loop_turn(log.loop, 0));
    assert_string_equal(log.order, "ab");
    loop_destroy(log.loop);
}

static void
a_timer_moves_and_cancels(void **state) {
    struct log log = {.loop = loop_create()};
    struct loop_timer a = {.fn = note_a, .arg = &log};
    int64_t now_ms = clock_monotonic_ms();

    (void)state;
    loop_set_timer(log.loop, &a, now_ms + 3600000);
    loop_set_timer(log.loop, &a, now_ms - 1);
    loop_set_timer(log.loop, &a, CLOCK_NEVER);
    assert_false(a.armed);
    loop_cancel_timer(log.loop, &a);
    loop_turn(log.loop, 0);
    assert_string_equal(log.order, "");
    loop_set_timer(log.loop, &a, now_ms + 3600000);
    loop_set_timer(log.loop, &a, now_ms - 1);
    loop_turn(log.loop, 0);
    assert_string_equal(log.order, "a");
    loop_destroy(log.loop);
}

static void
again(void *arg) {
    struct log *log = arg;

    note(log, 'a');
    loop_set_timer(log->loop, &log->timer, 0);
}

/* A timer that always wants "now" gets one call a turn, no more. */
static void
an_eager_timer_does_not_starve(void **state) {
    struct log log = {.loop = loop_create()};

    (void)state;
    log.timer = (struct loop_timer){.fn = again, .arg = &log};
    loop_set_timer(log.loop, &log.timer, 0);
    for (int i = 0; i < 4; i++) {
        assert_true(loop_turn(log.loop, 0));
    }
    assert_string_equal(log.order, "aaaa");
    loop_destroy(log.loop);
}

static void
cancel_other(void *arg) {
    struct log *log = arg;

    note(log, 'c');
    loop_cancel_timer(log->loop, &log->other);
}

static void
a_callback_may_cancel_its_neighbour(void **state) {
    struct log log = {.loop = loop_create()};

    (void)state;
    log.timer = (struct loop_timer){.fn = cancel_other, .arg = &log};
    log.other = (struct loop_timer){.fn = note_a, .arg = &log};
    loop_set_timer(log.loop, &log.timer, 1);
    loop_set_timer(log.loop, &log.other, 2);
    loop_turn(log.loop, 0);
    loop_turn(log.loop, 0);
    assert_string_equal(log.order, "c");
    loop_destroy(log.loop);
}

static void
take_byte(void *arg, int fd, short revents) {
    struct log *log = arg;
    char byte;

    assert_true((revents & (POLLIN | POLLHUP)) != 0);
    if (read(fd, &byte, 1) == 1) {
        note(log, byte);
    } else {
        note(log, '.');
        loop_remove_fd(log->loop, fd);
    }
}

static void
descriptors_are_served_until_removed(void **state) {
    struct log log = {.loop = loop_create()};

    (void)state;
    assert_int_equal(pipe(log.pipe), 0);
    loop_add_fd(log.loop, log.pipe[0], POLLIN, take_byte, &log);
    assert_int_equal(write(log.pipe[1], "xy", 2), 2);
    loop_turn(log.loop, 0);
    loop_turn(log.loop, 0);
    close(log.pipe[1]);
    loop_turn(log.loop, 0);
    loop_turn(log.loop, 0);
    assert_string_equal(log.order, "xy.");
    assert_int_equal(loop_wakeups(log.loop), 4);
    close(log.pipe[0]);
    loop_destroy(log.loop);
}

static void
remove_both(void *arg, int fd, short revents) {
    struct log *log = arg;

    (void)fd;
    (void)revents;
    note(log, 'r');
    loop_remove_fd(log->loop, log->pipe[0]);
    loop_remove_fd(log->loop, log->pipe[1]);
    loop_remove_fd(log->loop, 12345);
}

/* Both are ready; the first removes the second before its turn. */
static void
a_removed_descriptor_is_not_served(void **state) {
    struct log log = {.loop = loop_create()};
    int first[2];
    int second[2];

    (void)state;
    assert_int_equal(pipe(first), 0);
    assert_int_equal(pipe(second), 0);
    log.pipe[0] = first[0];
    log.pipe[1] = second[0];
    loop_add_fd(log.loop, first[0], POLLIN, remove_both, &log);
    loop_add_fd(log.loop, second[0], POLLIN, remove_both, &log);
    assert_int_equal(write(first[1], "x", 1), 1);
    assert_int_equal(write(second[1], "x", 1), 1);
    loop_turn(log.loop, 0);
    loop_turn(log.loop, 0);
    assert_string_equal(log.order, "r");
    for (int i = 0; i < 2; i++) {
        close(first[i]);
        close(second[i]);
    }
    loop_destroy(log.loop);
}

static void
stop_loop(void *arg, int signal) {
    struct log *log = arg;

    note(log, signal == SIGUSR1 ? '1' : '?');
    loop_stop(log->loop);
}

static void
signals_come_through_the_loop(void **state) {
    struct log log = {.loop = loop_create()};

    (void)state;
    signal(SIGUSR1, SIG_IGN);
    assert_true(loop_add_signal(log.loop, SIGUSR1, stop_loop, &log));
    assert_int_equal(kill(getpid(), SIGUSR1), 0);
    assert_true(loop_run(log.loop));
    assert_string_equal(log.order, "1");
    loop_destroy(log.loop);
    loop_unblock_signals();
}

static void
never(void *arg) {
    note(arg, 'n');
}

static void
the_clock_watch_sleeps(void **state) {
    struct log log = {.loop = loop_create()};

    (void)state;
    assert_true(loop_watch_clock(log.loop, never, &log));
    loop_turn(log.loop, 1);
    assert_string_equal(log.order, "");
    loop_destroy(log.loop);
    loop_destroy(NULL);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(timers_fire_in_order_and_once),
        cmocka_unit_test(a_timer_moves_and_cancels),
        cmocka_unit_test(an_eager_timer_does_not_starve),
        cmocka_unit_test(a_callback_may_cancel_its_neighbour),
        cmocka_unit_test(descriptors_are_served_until_removed),
        cmocka_unit_test(a_removed_descriptor_is_not_served),
        cmocka_unit_test(signals_come_through_the_loop),
        cmocka_unit_test(the_clock_watch_sleeps),
    };

    return cmocka_run_group_tests_name("loop", tests, NULL, NULL);
}
