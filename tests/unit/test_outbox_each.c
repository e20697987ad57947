/* What the outbox tells to whoever writes its records down. */
#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/log.h"
#include "fetch/outbox.h"
#include "model/message.h"

struct line {
    int ends[2];
    struct loop *loop;
    struct outbox *outbox;
    int news;
    int count;
    int64_t age_s;
};

static void
on_news(void *arg) {
    struct line *line = arg;

    line->news++;
}

static int
setup(void **state) {
    static struct line line;

    log_open("test", LOG_LEVEL_NONE);
    line = (struct line){0};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, line.ends) != 0) {
        return -1;
    }
    line.loop = loop_create();
    line.outbox = outbox_create(line.loop, line.ends[0], NULL, NULL);
    outbox_watch(line.outbox, on_news, &line);
    *state = &line;
    return 0;
}

static int
teardown(void **state) {
    struct line *line = *state;

    outbox_destroy(line->outbox);
    loop_destroy(line->loop);
    close(line->ends[0]);
    close(line->ends[1]);
    return 0;
}

static void
put(struct line *line, const char *text, int64_t age_s, bool live,
    bool recalled) {
    struct record_message message = {.until_s = RECORD_NO_TIME};

    record_head_init(&message.head, "hub", "", 1800000000);
    message.head.age_s = age_s;
    message.head.live = live;
    message.head.recalled = recalled;
    snprintf(message.text, sizeof message.text, "%s", text);
    outbox_put(line->outbox, RECORD_MESSAGE, &message);
}

static void
see(void *arg, enum record_kind kind, const void *record, int64_t age_s) {
    struct line *line = arg;

    assert_int_equal(kind, RECORD_MESSAGE);
    assert_true(record_check(kind, record, sizeof(struct record_message)));
    line->count++;
    line->age_s = age_s;
}

static int64_t
seen_age_s(struct line *line) {
    line->count = 0;
    outbox_each(line->outbox, see, line);
    assert_int_equal(line->count, 1);
    return line->age_s;
}

static void
the_status_is_not_told(void **state) {
    struct line *line = *state;

    outbox_status(line->outbox, "hub", SOURCE_OK, "");
    outbox_each(line->outbox, see, line);
    assert_int_equal(line->count, 0);
    assert_int_equal(line->news, 0);
}

static void
what_is_pushed_is_true_while_its_source_is_well(void **state) {
    struct line *line = *state;

    put(line, "a", 50, true, false);
    assert_in_range(seen_age_s(line), 50, 55); /* no word of the source yet */
    outbox_status(line->outbox, "other", SOURCE_OK, "");
    assert_in_range(seen_age_s(line), 50, 55);
    outbox_status(line->outbox, "hub", SOURCE_OFFLINE, "");
    assert_in_range(seen_age_s(line), 50, 55);
    outbox_status(line->outbox, "hub", SOURCE_OK, "");
    assert_int_equal(seen_age_s(line), 0);
    outbox_status(line->outbox, "hub", SOURCE_OFFLINE, "");
    assert_in_range(seen_age_s(line), 0, 5); /* until a moment ago */
}

static void
polls_and_memories_keep_their_age(void **state) {
    struct line *line = *state;

    outbox_status(line->outbox, "hub", SOURCE_OK, "");
    put(line, "a", 50, false, false);
    assert_in_range(seen_age_s(line), 50, 55);
    put(line, "a", 50, true, true);
    assert_in_range(seen_age_s(line), 50, 55);
    put(line, "a", -1, true, true);
    assert_int_equal(seen_age_s(line), -1);
}

static void
news_are_what_a_source_says_anew(void **state) {
    struct line *line = *state;

    put(line, "a", 50, true, true);
    assert_int_equal(line->news, 0); /* it comes from who writes it down */
    put(line, "a", 0, true, false);
    assert_int_equal(line->news, 1);
    put(line, "a", 0, true, false);
    assert_int_equal(line->news, 1);
    put(line, "b", 0, true, false);
    assert_int_equal(line->news, 2);
    outbox_watch(line->outbox, NULL, NULL);
    put(line, "c", 0, true, false);
    assert_int_equal(line->news, 2);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_status_is_not_told, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(
            what_is_pushed_is_true_while_its_source_is_well, setup, teardown),
        cmocka_unit_test_setup_teardown(polls_and_memories_keep_their_age,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(news_are_what_a_source_says_anew, setup,
                                        teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
