#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/channel.h"
#include "common/clock.h"
#include "common/log.h"
#include "fetch/outbox.h"
#include "model/message.h"
#include "model/values.h"

struct line {
    int ends[2]; /* the outbox writes to 0 */
    struct loop *loop;
    struct outbox *outbox;
    int closed; /* calls */
    uint32_t sequence;
    struct channel_header header;
    _Alignas(max_align_t) unsigned char packet[CHANNEL_PACKET_MAX];
};

static void
on_closed(void *arg) {
    struct line *line = arg;

    line->closed++;
}

static int
setup(void **state) {
    struct line *line = calloc(1, sizeof *line);

    if (line == NULL ||
        socketpair(AF_UNIX, SOCK_SEQPACKET, 0, line->ends) != 0) {
        return -1;
    }
    log_open("test", LOG_LEVEL_NONE);
    line->loop = loop_create();
    line->outbox = outbox_create(line->loop, line->ends[0], on_closed, line);
    *state = line;
    return 0;
}

static int
teardown(void **state) {
    struct line *line = *state;

    outbox_destroy(line->outbox);
    loop_destroy(line->loop);
    close(line->ends[0]);
    if (line->ends[1] >= 0) {
        close(line->ends[1]);
    }
    free(line);
    return 0;
}

static struct record_message
message_of(const char *text, bool live) {
    struct record_message message = {.until_s = RECORD_NO_TIME};

    record_head_init(&message.head, "hub", "", 1800000000);
    message.head.live = live;
    snprintf(message.text, sizeof message.text, "%s", text);
    return message;
}

static void
put_text(struct line *line, const char *text, bool live) {
    struct record_message message = message_of(text, live);

    outbox_put(line->outbox, RECORD_MESSAGE, &message);
}

static const void *
record_of(const struct line *line) {
    return line->packet + sizeof(struct channel_header);
}

static enum channel_result
receive(struct line *line) {
    enum channel_result result = channel_receive(line->ends[1], &line->sequence,
                                                 line->packet, &line->header);

    if (result == CHANNEL_OK) {
        assert_true(record_check(line->header.kind, record_of(line),
                                 line->header.size));
    }
    return result;
}

static const char *
receive_text(struct line *line) {
    const struct record_message *message = record_of(line);

    assert_int_equal(receive(line), CHANNEL_OK);
    assert_int_equal(line->header.kind, RECORD_MESSAGE);
    return message->text;
}

static const struct record_status *
receive_status(struct line *line) {
    assert_int_equal(receive(line), CHANNEL_OK);
    assert_int_equal(line->header.kind, RECORD_STATUS);
    return record_of(line);
}

static void
a_record_leaves_at_once(void **state) {
    struct line *line = *state;

    put_text(line, "hello", true);
    assert_string_equal(receive_text(line), "hello");
    assert_int_equal(receive(line), CHANNEL_AGAIN);
}

static void
pushed_news_are_told_once_polls_each_time(void **state) {
    struct line *line = *state;

    struct record_message later = message_of("a", true);

    later.head.taken_s += 60; /* the same news at another time are no news */
    later.head.age_s = 7;
    put_text(line, "a", true);
    outbox_put(line->outbox, RECORD_MESSAGE, &later);
    put_text(line, "b", true);
    assert_string_equal(receive_text(line), "a");
    assert_string_equal(receive_text(line), "b");
    assert_int_equal(receive(line), CHANNEL_AGAIN);
    put_text(line, "b", false);
    put_text(line, "b", false);
    assert_string_equal(receive_text(line), "b");
    assert_string_equal(receive_text(line), "b");
}

static void
names_have_records_of_their_own(void **state) {
    struct line *line = *state;
    struct record_values values = {0};

    record_head_init(&values.head, "hub", "in", 1800000000);
    values.head.live = 1;
    outbox_put(line->outbox, RECORD_VALUES, &values);
    outbox_put(line->outbox, RECORD_VALUES, &values);
    memcpy(values.head.name, "out", 4);
    outbox_put(line->outbox, RECORD_VALUES, &values);
    assert_int_equal(receive(line), CHANNEL_OK);
    assert_string_equal(((const struct record_head *)record_of(line))->name,
                        "in");
    assert_int_equal(receive(line), CHANNEL_OK);
    assert_string_equal(((const struct record_head *)record_of(line))->name,
                        "out");
    assert_int_equal(receive(line), CHANNEL_AGAIN);
}

/* A reader that sleeps finds what fitted, and then the newest. */
static void
a_slow_reader_gets_the_newest(void **state) {
    struct line *line = *state;
    char text[32];
    char last[32] = "";
    int received = 0;

    for (int i = 0; i < 5000; i++) {
        snprintf(text, sizeof text, "text %d", i);
        put_text(line, text, true);
    }
    for (;;) {
        enum channel_result result = receive(line);

        if (result == CHANNEL_AGAIN && received > 0 &&
            strcmp(last, "text 4999") == 0) {
            break;
        }
        if (result == CHANNEL_OK) {
            const struct record_message *message = record_of(line);

            snprintf(last, sizeof last, "%.31s", message->text);
            received++;
        }
        assert_true(result == CHANNEL_OK || result == CHANNEL_AGAIN);
        assert_true(loop_turn(line->loop, 0));
    }
    assert_in_range(received, 2, 4999);
}

/* Two kinds wait while the reader sleeps; neither keeps the other out. */
static void
a_full_channel_starves_nobody(void **state) {
    struct line *line = *state;
    struct record_values values = {0};
    char text[32];
    bool seen = false;

    for (int i = 0; i < 5000; i++) {
        snprintf(text, sizeof text, "text %d", i);
        put_text(line, text, true);
    }
    record_head_init(&values.head, "hub", "in", 1800000000);
    outbox_put(line->outbox, RECORD_VALUES, &values);
    for (int i = 0; i < 5000 && !seen; i++) {
        if (receive(line) == CHANNEL_OK) {
            seen = line->header.kind == RECORD_VALUES;
        }
        put_text(line, i % 2 != 0 ? "a" : "b", true);
        assert_true(loop_turn(line->loop, 0));
    }
    assert_true(seen);
}

static void
a_record_that_breaks_the_rules_stays_here(void **state) {
    struct line *line = *state;
    struct record_message message = message_of("a", true);

    message.severity = MESSAGE_SEVERITY_END;
    outbox_put(line->outbox, RECORD_MESSAGE, &message);
    outbox_put(line->outbox, (enum record_kind)99, &message);
    assert_int_equal(receive(line), CHANNEL_AGAIN);
}

static void
changes_of_status_are_told(void **state) {
    struct line *line = *state;
    const struct record_status *status;

    outbox_status(line->outbox, "hub", SOURCE_OFFLINE, "no route");
    status = receive_status(line);
    assert_int_equal(status->count, 1);
    assert_string_equal(status->sources[0].source, "hub");
    assert_string_equal(status->sources[0].detail, "no route");
    assert_int_equal(status->sources[0].state, SOURCE_OFFLINE);
    assert_int_equal(status->sources[0].good_age_s, -1);

    outbox_status(line->outbox, "hub", SOURCE_OFFLINE, "no route");
    assert_int_equal(receive(line), CHANNEL_AGAIN);

    outbox_status(line->outbox, "weather", SOURCE_OK, "");
    status = receive_status(line);
    assert_int_equal(status->count, 2);
    assert_int_equal(status->sources[1].good_age_s, 0);

    outbox_status(line->outbox, "hub", SOURCE_OFFLINE, "no name");
    status = receive_status(line);
    assert_string_equal(status->sources[0].detail, "no name");
    outbox_status(line->outbox, "hub", SOURCE_OK, "");
    assert_int_equal(receive_status(line)->sources[0].state, SOURCE_OK);
}

static void
details_are_cleaned_and_cut(void **state) {
    struct line *line = *state;
    char detail[1000];

    memset(detail, 'x', sizeof detail - 1);
    detail[sizeof detail - 1] = '\0';
    memcpy(detail + 240, "\xf0\x9f\x98\x80\x1b[31m\xff", 10);
    outbox_status(line->outbox, "hub", SOURCE_BAD_REPLY, detail);
    assert_non_null(strstr(receive_status(line)->sources[0].detail, "[31m"));
}

static void
sources_are_bounded(void **state) {
    struct line *line = *state;
    char name[32];

    for (int i = 0; i < STATUS_SOURCES_MAX; i++) {
        snprintf(name, sizeof name, "source %d", i);
        outbox_status(line->outbox, name, SOURCE_OK, "");
        assert_int_equal(receive_status(line)->count, i + 1);
    }
    outbox_status(line->outbox, "one more", SOURCE_OK, "");
    assert_int_equal(receive(line), CHANNEL_AGAIN);
}

/* While a record waits it grows older. */
static void
ages_are_those_of_leaving(void **state) {
    struct line *line = *state;
    struct record_message message = message_of("waits", false);
    const struct record_message *got = record_of(line);
    char text[32];

    for (int i = 0; i < 5000; i++) {
        snprintf(text, sizeof text, "text %d", i);
        put_text(line, text, true);
    }
    message.head.age_s = 100;
    outbox_put(line->outbox, RECORD_MESSAGE, &message);
    usleep(1100 * 1000);
    do {
        assert_true(loop_turn(line->loop, 0));
        assert_true(receive(line) != CHANNEL_CLOSED);
    } while (strcmp(got->text, "waits") != 0);
    assert_in_range(got->head.age_s, 101, 130);
}

static void
the_end_of_the_reader_is_told_once(void **state) {
    struct line *line = *state;

    close(line->ends[1]);
    line->ends[1] = -1;
    put_text(line, "a", true);
    assert_int_equal(line->closed, 0); /* never from inside a call */
    assert_true(loop_turn(line->loop, 1000));
    assert_int_equal(line->closed, 1);
    put_text(line, "b", true);
    assert_true(loop_turn(line->loop, 0));
    assert_int_equal(line->closed, 1);
}

static void
the_end_is_seen_without_sending(void **state) {
    struct line *line = *state;

    close(line->ends[1]);
    line->ends[1] = -1;
    for (int i = 0; i < 10 && line->closed == 0; i++) {
        assert_true(loop_turn(line->loop, 1000));
    }
    assert_int_equal(line->closed, 1);
}

static void
a_reader_that_talks_is_none(void **state) {
    struct line *line = *state;

    assert_int_equal(send(line->ends[1], "hello", 5, 0), 5);
    for (int i = 0; i < 10 && line->closed == 0; i++) {
        assert_true(loop_turn(line->loop, 1000));
    }
    assert_int_equal(line->closed, 1);
}

/* What --print writes, read back from a file in place of standard output. */
static void
printing_writes_lines_with_the_status(void **state) {
    struct line *line = *state;
    struct outbox *outbox = outbox_create(line->loop, -1, on_closed, line);
    struct record_message message = message_of("hi", true);
    FILE *file = tmpfile();
    int out = dup(STDOUT_FILENO);
    char text[4096] = "";
    size_t size;

    assert_non_null(file);
    fflush(stdout);
    dup2(fileno(file), STDOUT_FILENO);
    outbox_put(outbox, RECORD_MESSAGE, &message);
    outbox_status(outbox, "hub", SOURCE_OFFLINE, "no route");
    memcpy(message.text, "ho", 2);
    outbox_put(outbox, RECORD_MESSAGE, &message);
    dup2(out, STDOUT_FILENO);
    close(out);
    rewind(file);
    size = fread(text, 1, sizeof text - 1, file);
    text[size] = '\0';
    fclose(file);
    outbox_destroy(outbox);
    assert_non_null(strstr(text, "\"kind\":\"message\",\"source\":\"hub\""));
    assert_non_null(strstr(text, "\"status\":\"connecting\",\"data\":{\"text\":"
                                 "\"hi\""));
    assert_non_null(strstr(text, "\"state\":\"offline\""));
    assert_non_null(strstr(text, "\"status\":\"offline\",\"data\":{\"text\":"
                                 "\"ho\""));
    assert_int_equal(text[size - 1], '\n');
}

#define LINE_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void) {
    const struct CMUnitTest tests[] = {
        LINE_TEST(a_record_leaves_at_once),
        LINE_TEST(pushed_news_are_told_once_polls_each_time),
        LINE_TEST(names_have_records_of_their_own),
        LINE_TEST(a_slow_reader_gets_the_newest),
        LINE_TEST(a_full_channel_starves_nobody),
        LINE_TEST(a_record_that_breaks_the_rules_stays_here),
        LINE_TEST(changes_of_status_are_told),
        LINE_TEST(details_are_cleaned_and_cut),
        LINE_TEST(sources_are_bounded),
        LINE_TEST(ages_are_those_of_leaving),
        LINE_TEST(the_end_of_the_reader_is_told_once),
        LINE_TEST(the_end_is_seen_without_sending),
        LINE_TEST(a_reader_that_talks_is_none),
        LINE_TEST(printing_writes_lines_with_the_status),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
