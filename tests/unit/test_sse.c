#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "fetch/sse.h"

/* Events as "name=data;" with '|' for a newline. */
struct heard {
    char text[512];
    size_t stop_after; /* events; 0: never */
    size_t count;
};

static bool
hear(void *arg, const char *name, char *data, size_t size) {
    struct heard *heard = arg;
    size_t used = strlen(heard->text);

    assert_int_equal(strlen(data), size);
    for (size_t i = 0; i < size; i++) {
        if (data[i] == '\n') {
            data[i] = '|';
        }
    }
    snprintf(heard->text + used, sizeof heard->text - used, "%s=%s;", name,
             data);
    heard->count++;
    return heard->count != heard->stop_after;
}

static const struct {
    const char *stream, *heard;
} cases[] = {
    {"data: a\n\n", "message=a;"},
    {"data:a\n\n", "message=a;"},
    {"data:  a\n\n", "message= a;"},
    {"data: a\r\n\r\n", "message=a;"},
    {"data: a\r\r", "message=a;"},
    {"data: a\n\r\n", "message=a;"},
    {"data: a\r\n\n", "message=a;"},
    {"event: alive\ndata: {}\n\n", "alive={};"},
    {"event:alive\r\ndata:{}\r\n\r\n", "alive={};"},
    {"data: a\ndata: b\n\n", "message=a|b;"},
    {"data: a\rdata: b\r\r", "message=a|b;"},
    {"data\n\n", "message=;"},
    {"data:\n\n", "message=;"},
    {"data\ndata\n\n", "message=|;"},
    {"data: a", ""},
    {"data: a\n", ""},
    {"\n\n\n", ""},
    {"event: x\n\ndata: a\n\n", "message=a;"},
    {"event: x\ndata: a\n\ndata: b\n\n", "x=a;message=b;"},
    {"event: x\nevent: y\ndata: a\n\n", "y=a;"},
    {"event: x\nevent\ndata: a\n\n", "message=a;"},
    {": comment\n\n:\ndata: a\n: more\n\n", "message=a;"},
    {"id: 7\nretry: 0\nfoo: bar\nfoo\ndata: a\n\n", "message=a;"},
    {"Data: a\n\n", ""},
    {" data: a\n\n", ""},
    {"data : a\n\n", ""},
    {"\xef\xbb\xbf"
     "data: a\n\n",
     "message=a;"},
    {"\xef\xbb\xbf\xef\xbb\xbf"
     "data: a\n\n",
     ""},
    {"data: a\n\n\xef\xbb\xbf"
     "data: b\n\n",
     "message=a;"},
    {"data: a: b\n\n", "message=a: b;"},
    {"data: a\n\ndata: b\n\n", "message=a;message=b;"},
    {"data: a\r\n\r\ndata: b\r\n\r\n", "message=a;message=b;"},
    {"data: \xc3\xa4\n\n", "message=\xc3\xa4;"},
};

/* Every case whole, split in two at every byte, and byte by byte. */
static void
events_wherever_the_bytes_are_split(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t size = strlen(cases[i].stream);

        for (size_t split = 0; split <= size; split++) {
            struct heard heard = {0};
            struct sse sse;

            sse_init(&sse, SSE_EVENT_MAX, hear, &heard);
            assert_true(sse_feed(&sse, cases[i].stream, split));
            assert_true(sse_feed(&sse, cases[i].stream + split, size - split));
            assert_string_equal(heard.text, cases[i].heard);
            sse_finish(&sse);
        }
    }
}

static void
events_byte_by_byte(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct heard heard = {0};
        struct sse sse;

        sse_init(&sse, SSE_EVENT_MAX, hear, &heard);
        for (const char *at = cases[i].stream; *at != '\0'; at++) {
            assert_true(sse_feed(&sse, at, 1));
        }
        assert_string_equal(heard.text, cases[i].heard);
        sse_finish(&sse);
    }
}

static void
callback_ends_the_stream(void **state) {
    struct heard heard = {.stop_after = 1};
    struct sse sse;

    (void)state;
    sse_init(&sse, SSE_EVENT_MAX, hear, &heard);
    assert_false(sse_feed(&sse, "data: a\n\ndata: b\n\n", 18));
    assert_string_equal(heard.text, "message=a;");
    sse_finish(&sse);
}

static void
long_name_matches_nothing(void **state) {
    char stream[SSE_NAME_MAX + 32];
    struct heard heard = {0};
    struct sse sse;

    (void)state;
    memset(stream, 'n', sizeof stream);
    memcpy(stream, "event:", 6);
    memcpy(stream + 6 + SSE_NAME_MAX, "\ndata:a\n\n", 9);
    sse_init(&sse, SSE_EVENT_MAX, hear, &heard);
    assert_true(sse_feed(&sse, stream, 6 + SSE_NAME_MAX + 9));
    assert_int_equal(heard.count, 1);
    assert_int_equal(strcspn(heard.text, "="), SSE_NAME_MAX - 1);
    sse_finish(&sse);
}

static bool
measure(void *arg, const char *name, char *data, size_t size) {
    (void)name;
    (void)data;
    *(size_t *)arg = size;
    return true;
}

/* Feeds "data:" and `size` bytes on one line, and ends the event. */
static bool
feed_data(struct sse *sse, size_t size) {
    char *bytes = malloc(size);
    bool good;

    assert_non_null(bytes);
    memset(bytes, 'x', size);
    good = sse_feed(sse, "data:", 5) && sse_feed(sse, bytes, size) &&
           sse_feed(sse, "\n", 1);
    free(bytes);
    return good;
}

static void
event_bound_has_two_sides(void **state) {
    size_t size = 0;
    struct sse sse;

    (void)state;
    log_open("", LOG_LEVEL_NONE);
    sse_init(&sse, SSE_EVENT_MAX, measure, &size);
    assert_true(feed_data(&sse, SSE_EVENT_MAX));
    assert_true(sse_feed(&sse, "\n", 1));
    assert_int_equal(size, SSE_EVENT_MAX);
    assert_true(sse.line_room <= 64 * 1024); /* given back */
    assert_true(sse.data_room <= 64 * 1024);
    assert_false(feed_data(&sse, SSE_EVENT_MAX + 1));
    sse_finish(&sse);
}

static void
bound_counts_all_lines_of_an_event(void **state) {
    size_t size = 0;
    struct sse sse;

    (void)state;
    log_open("", LOG_LEVEL_NONE);
    sse_init(&sse, SSE_EVENT_MAX, measure, &size);
    assert_true(feed_data(&sse, SSE_EVENT_MAX / 2));
    assert_true(feed_data(&sse, SSE_EVENT_MAX / 2 - 1));
    assert_true(sse_feed(&sse, "\n", 1));
    assert_int_equal(size, SSE_EVENT_MAX);
    assert_true(feed_data(&sse, SSE_EVENT_MAX / 2));
    assert_false(feed_data(&sse, SSE_EVENT_MAX / 2));
    sse_finish(&sse);
}

/* A line that never ends is cut off, whatever field it is. */
static void
endless_line_is_refused(void **state) {
    static char bytes[64 * 1024];
    size_t fed = 0;
    size_t size = 0;
    struct sse sse;

    (void)state;
    log_open("", LOG_LEVEL_NONE);
    memset(bytes, ':', sizeof bytes);
    sse_init(&sse, SSE_EVENT_MAX, measure, &size);
    while (sse_feed(&sse, bytes, sizeof bytes)) {
        fed += sizeof bytes;
        assert_true(fed <= SSE_EVENT_MAX + sizeof bytes);
    }
    assert_true(fed >= SSE_EVENT_MAX);
    sse_finish(&sse);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_wherever_the_bytes_are_split),
        cmocka_unit_test(events_byte_by_byte),
        cmocka_unit_test(callback_ends_the_stream),
        cmocka_unit_test(long_name_matches_nothing),
        cmocka_unit_test(event_bound_has_two_sides),
        cmocka_unit_test(bound_counts_all_lines_of_an_event),
        cmocka_unit_test(endless_line_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
