/*
 * Fetchers that end, hang or are not there, for hours. The fetcher is a shell,
 * and the config's path what it does: both programs take "-c".
 */
#include "unit.h"

#include "virtual_time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/log.h"
#include "render/fetcher.h"

enum {
    TICK_MS = 1000,
    CHILD_MS = 20000, /* a child may take so long, really, to start and end */
};

struct rig {
    char log[32], starts[32]; /* files; a byte for each start */
    int stderr_fd;            /* the real one */
    struct loop *loop;
    struct loop_timer tick;
    int64_t tick_due_ms;
    int ticks;
    int64_t late_ms; /* the latest of all ticks */
};

static void
on_record(void *arg, unsigned kind, const void *record, bool connected) {
    (void)arg;
    (void)record;
    (void)connected;
    assert_int_equal(kind, 0);
}

/* The picture's part of the loop. */
static void
on_tick(void *arg) {
    struct rig *rig = arg;
    int64_t late_ms = clock_monotonic_ms() - rig->tick_due_ms;

    rig->ticks++;
    rig->late_ms = late_ms > rig->late_ms ? late_ms : rig->late_ms;
    rig->tick_due_ms += TICK_MS;
    loop_set_timer(rig->loop, &rig->tick, rig->tick_due_ms);
}

static long
size_of(const char *path) {
    FILE *file = fopen(path, "rb");
    long size;

    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    size = ftell(file);
    fclose(file);
    return size;
}

static int
count_in_log(const struct rig *rig, const char *wanted) {
    FILE *file = fopen(rig->log, "r");
    char line[256];
    int count = 0;

    fflush(stderr);
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        count += strstr(line, wanted) != NULL;
    }
    fclose(file);
    return count;
}

static void
make_file(char path[32], const char *pattern) {
    int fd;

    snprintf(path, 32, "%s", pattern);
    fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
}

static struct fetcher *
start(struct rig *rig, const char *program, const char *script) {
    struct fetcher_options options = {.fn = on_record};
    char whole[128];

    memset(rig, 0, sizeof *rig);
    make_file(rig->log, "/tmp/mirror-log-XXXXXX");
    make_file(rig->starts, "/tmp/mirror-starts-XXXXXX");
    setenv("STARTS", rig->starts, 1);
    rig->stderr_fd = dup(STDERR_FILENO);
    assert_non_null(freopen(rig->log, "w", stderr));
    virtual_time.mono_ms = (INT64_C(1) << 32) - 100000; /* 49.7 days up */
    rig->loop = loop_create();
    rig->tick = (struct loop_timer){.fn = on_tick, .arg = rig};
    rig->tick_due_ms = clock_monotonic_ms() + TICK_MS;
    loop_set_timer(rig->loop, &rig->tick, rig->tick_due_ms);
    snprintf(whole, sizeof whole, "printf x >>$STARTS; %s", script);
    options.program = program;
    options.config_path = whole;
    return fetcher_create(rig->loop, &options);
}

static void
stop(struct rig *rig, struct fetcher *fetcher) {
    fetcher_destroy(fetcher);
    loop_cancel_timer(rig->loop, &rig->tick);
    loop_destroy(rig->loop);
    fflush(stderr);
    dup2(rig->stderr_fd, STDERR_FILENO);
    close(rig->stderr_fd);
    unlink(rig->log);
    unlink(rig->starts);
}

/* Turns until the loop has come to `end_ms`; returns the turns. */
static int
turn_until(struct rig *rig, int64_t end_ms) {
    int turns = 0;

    while (clock_monotonic_ms() < end_ms) {
        assert_true(loop_turn(rig->loop, -1));
        turns++;
    }
    return turns;
}

/* Pauses of 1, 2, 4, 8, 16, 32 and then 60 s: the thousandth end is 16 hours
 * and 34 minutes after the first start. It costs a start a minute, one line in
 * the log, and no tick. */
static void
a_thousand_ends_are_a_start_a_minute(void **state) {
    enum { ENDS = 1000, PASSED_S = 63 + (ENDS - 6) * 60 };
    struct rig rig;
    struct fetcher *fetcher = start(&rig, "/bin/sh", "exit 3");
    int64_t begun_ms = virtual_time.mono_ms;
    int turns;

    (void)state;
    virtual_time.patience_ms = CHILD_MS;
    turns = turn_until(&rig, begun_ms + (PASSED_S - 1) * INT64_C(1000));
    assert_int_equal(size_of(rig.starts), ENDS);
    assert_int_equal(rig.ticks, PASSED_S - 1);
    assert_int_equal(rig.late_ms, 0);
    /* A start wakes the loop for its timer, the end of its channel, its end. */
    assert_in_range(turns, rig.ticks, rig.ticks + 3 * ENDS);
    assert_int_equal(count_in_log(&rig, "mirror-fetch ended with status 3"), 1);
    assert_int_equal(count_in_log(&rig, ""), 1);
    stop(&rig, fetcher);
}

static void
every_end_is_named_once(void **state) {
    static const struct {
        const char *program, *script, *log;
    } cases[] = {
        {"/bin/sh", "exit 0", "mirror-fetch ended with status 0"},
        {"/bin/sh", "kill -KILL $$", "mirror-fetch was ended by signal 9"},
        {"/bin/sh", "kill -SEGV $$", "mirror-fetch was ended by signal 11"},
        {"/no/such/fetch", "", "mirror-fetch ended with status 127"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct rig rig;
        struct fetcher *fetcher =
            start(&rig, cases[i].program, cases[i].script);
        int64_t begun_ms = virtual_time.mono_ms;

        virtual_time.patience_ms = CHILD_MS;
        turn_until(&rig, begun_ms + 600 * 1000);
        assert_int_equal(rig.ticks, 600);
        assert_int_equal(rig.late_ms, 0);
        assert_int_equal(count_in_log(&rig, cases[i].log), 1);
        if (cases[i].script[0] != '\0') {
            /* after 0, 1, 3, 7, 15, 31, 63, 123 ... 543 s, and now: 603 */
            assert_int_equal(size_of(rig.starts), 15);
        }
        stop(&rig, fetcher);
    }
}

/* Stopped for ever: after 45 s it counts as hung, 3 s later it is killed, and
 * the next one comes after 1, 2, 4 ... s. */
static void
a_stopped_one_is_replaced(void **state) {
    struct rig rig;
    struct fetcher *fetcher = start(&rig, "/bin/sh", "kill -STOP $$");
    int64_t begun_ms = virtual_time.mono_ms;

    (void)state;
    /* Time passes while it starts and ends; more of it on a busy machine. */
    virtual_time.patience_ms = 5;
    turn_until(&rig, begun_ms + 600 * 1000);
    assert_int_equal(rig.ticks, 600);
    assert_int_equal(rig.late_ms, 0);
    assert_in_range(size_of(rig.starts), 3, 9);
    assert_int_equal(
        count_in_log(&rig, "mirror-fetch is silent and counts as hung"), 1);
    stop(&rig, fetcher);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thousand_ends_are_a_start_a_minute),
        cmocka_unit_test(every_end_is_named_once),
        cmocka_unit_test(a_stopped_one_is_replaced),
    };

    log_open("test", LOG_LEVEL_INFO);
    return cmocka_run_group_tests_name("fetcher_time", tests, NULL, NULL);
}
