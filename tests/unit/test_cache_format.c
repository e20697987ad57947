#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/crc32c.h"
#include "fetch/cache_format.h"
#include "model/lights.h"
#include "model/message.h"
#include "model/status.h"

enum { CRC_AT = 12, HEADER = 48, ENTRY = 24 };

static const struct cache_stamp stamp = {
    .written_s = 1800000000, .boot_s = 1799990000, .early_writes = 2};

struct seen {
    int count;
    uint64_t identity;
    struct record_message message;
    struct record_lights lights;
};

static void
see(void *arg, enum record_kind kind, uint64_t identity, void *record) {
    struct seen *seen = arg;

    seen->count++;
    seen->identity = identity;
    assert_true(record_check(kind, record, record_kind_info(kind)->size));
    if (kind == RECORD_MESSAGE) {
        memcpy(&seen->message, record, sizeof seen->message);
    } else {
        memcpy(&seen->lights, record, sizeof seen->lights);
    }
}

static struct record_message
message_of(const char *text) {
    struct record_message message = {.until_s = RECORD_NO_TIME};

    record_head_init(&message.head, "hub", "", 1799999000);
    message.head.live = 1;
    snprintf(message.text, sizeof message.text, "%s", text);
    return message;
}

static struct record_lights *
lights_of(uint32_t count) {
    struct record_lights *lights = calloc(1, sizeof *lights);

    assert_non_null(lights);
    record_head_init(&lights->head, "hub", "", 1799999000);
    lights->count = count;
    for (uint32_t i = 0; i < count; i++) {
        snprintf(lights->lights[i].id, sizeof lights->lights[i].id, "L%u",
                 (unsigned)i);
        lights->lights[i].rgb = lights->lights[i].kelvin = -1;
    }
    return lights;
}

/* A message and two lamps. */
static void
write_sample(struct cache_writer *writer) {
    struct record_message message = message_of("hello");
    struct record_lights *lights = lights_of(2);

    *writer = (struct cache_writer){0};
    cache_writer_add(writer, RECORD_MESSAGE, 7, &message, 1799999900);
    cache_writer_add(writer, RECORD_LIGHTS, 8, lights, 0);
    cache_writer_seal(writer, &stamp);
    free(lights);
}

static void
what_is_written_is_read(void **state) {
    struct record_lights *lights = lights_of(2);
    struct cache_writer writer;
    struct cache_stamp read;
    struct seen seen = {0};

    (void)state;
    write_sample(&writer);
    assert_null(cache_read(writer.bytes, writer.size, &read, see, &seen));
    assert_int_equal(seen.count, 2);
    assert_memory_equal(&read, &stamp, sizeof stamp);
    assert_string_equal(seen.message.text, "hello");
    assert_int_equal(seen.message.head.taken_s, 1799999900);
    assert_int_equal(seen.message.head.age_s, -1);
    assert_int_equal(seen.message.head.live, 1);
    assert_int_equal(seen.message.head.recalled, 1);
    assert_int_equal(seen.lights.head.taken_s, 0);
    assert_int_equal(seen.identity, 8);
    assert_memory_equal(&seen.lights.count, &lights->count,
                        sizeof *lights - sizeof lights->head);
    /* The 126 lamps that are none take no room. */
    assert_true(writer.size < 4096);
    cache_writer_finish(&writer);
    free(lights);
}

static void
a_file_may_be_empty_of_records(void **state) {
    struct cache_writer writer = {0};
    struct cache_stamp read;
    struct seen seen = {0};

    (void)state;
    cache_writer_seal(&writer, &stamp);
    assert_int_equal(writer.size, HEADER);
    assert_null(cache_read(writer.bytes, writer.size, &read, see, &seen));
    assert_int_equal(seen.count, 0);
    cache_writer_finish(&writer);
}

static void
full_records_fill_it_and_no_more(void **state) {
    struct record_lights *lights = lights_of(LIGHTS_MAX);
    struct cache_writer writer = {0};
    struct cache_stamp read;
    struct seen seen = {0};

    (void)state;
    for (int i = 0; i < CACHE_RECORDS_MAX + 1; i++) {
        cache_writer_add(&writer, RECORD_LIGHTS, 1, lights, 0);
    }
    cache_writer_seal(&writer, &stamp);
    assert_true(writer.size <= CACHE_FILE_MAX);
    assert_null(cache_read(writer.bytes, writer.size, &read, see, &seen));
    assert_int_equal(seen.count, CACHE_RECORDS_MAX);
    cache_writer_finish(&writer);
    free(lights);
}

/* Whatever is wrong: said, and not one record given on. */
static void
assert_bad(const uint8_t *bytes, size_t size, const char *expected) {
    struct cache_stamp read;
    struct seen seen = {0};
    const char *wrong = cache_read(bytes, size, &read, see, &seen);

    assert_non_null(wrong);
    if (expected != NULL) {
        assert_string_equal(wrong, expected);
    }
    assert_int_equal(seen.count, 0);
}

static void
every_flipped_bit_is_found(void **state) {
    struct cache_writer writer;

    (void)state;
    write_sample(&writer);
    for (size_t i = 0; i < writer.size * 8; i++) {
        writer.bytes[i / 8] ^= (uint8_t)(1 << i % 8);
        assert_bad(writer.bytes, writer.size, NULL);
        writer.bytes[i / 8] ^= (uint8_t)(1 << i % 8);
    }
    cache_writer_finish(&writer);
}

/* Also one followed by whatever a card returns for a sector it lost. */
static void
every_cut_is_found(void **state) {
    struct cache_writer writer;
    uint8_t *lost;

    (void)state;
    write_sample(&writer);
    lost = calloc(1, writer.size);
    assert_non_null(lost);
    for (size_t size = 0; size < writer.size; size++) {
        assert_bad(writer.bytes, size, NULL);
        memset(lost, 0x5a, writer.size);
        memcpy(lost, writer.bytes, size);
        assert_bad(lost, writer.size, NULL);
    }
    free(lost);
    cache_writer_finish(&writer);
}

static void
sum_again(uint8_t *bytes, size_t size) {
    uint32_t crc =
        crc32c(crc32c(0, bytes, CRC_AT), bytes + CRC_AT + 4, size - CRC_AT - 4);

    memcpy(bytes + CRC_AT, &crc, sizeof crc);
}

/* With a good checksum: a version of tomorrow, or somebody's art. */
static void
what_was_never_written_is_refused(void **state) {
    static const char records[] = "its records are not good";
    static const struct {
        size_t at;
        uint8_t value;
        const char *expected;
    } cases[] = {
        {0, 0, "no cache of this program"},
        {4, 9, "of another version"},
        {5, 2, "of another version"},
        {8, 1, "not of its full size"},
        {6, 1, records}, /* fewer entries than there are bytes for */
        {6, 3, records}, /* more */
        {6, 33, "too many records"},
        {7, 255, "too many records"},
        {HEADER, 0, records}, /* kinds */
        {HEADER, RECORD_STATUS, records},
        {HEADER, RECORD_HEARTBEAT, records},
        {HEADER, RECORD_LIGHTS, records}, /* of another size */
        {HEADER, RECORD_KIND_END, records},
        {HEADER + 1, 1, records},
        {HEADER + 2, 1, records},
        {HEADER + 4, 0, records},  /* size */
        {HEADER + 8, 1, records},  /* stored: less than a head */
        {HEADER + 10, 1, records}, /* more than the record */
        {HEADER + 12, 1, records},
        {HEADER + ENTRY, 0, records},          /* no source */
        {HEADER + ENTRY + 1, 0xff, records},   /* no UTF-8 */
        {HEADER + ENTRY + 103, 0x80, records}, /* taken_s below 0 */
        {HEADER + ENTRY + 104, 0, records},    /* an age in the file */
        {HEADER + ENTRY + 112, 2, records},    /* live */
        {HEADER + ENTRY + 113, 0, records},    /* not recalled */
        {HEADER + ENTRY + 120, 0x1b, records}, /* an escape in the text */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cache_writer writer;

        write_sample(&writer);
        writer.bytes[cases[i].at] = cases[i].value;
        sum_again(writer.bytes, writer.size);
        assert_bad(writer.bytes, writer.size, cases[i].expected);
        cache_writer_finish(&writer);
    }
}

static uint32_t
content_of(const struct record_message *message, uint64_t identity,
           int64_t taken_s) {
    struct cache_writer writer = {0};
    uint32_t content;

    cache_writer_add(&writer, RECORD_MESSAGE, identity, message, taken_s);
    content = writer.content;
    cache_writer_finish(&writer);
    return content;
}

static void
content_is_what_is_told(void **state) {
    struct record_message a = message_of("a"), b = a;
    uint32_t content = content_of(&a, 1, 5);

    (void)state;
    b.head.taken_s++; /* pushed: still true, no news */
    b.head.age_s = 9;
    b.head.recalled = 1;
    assert_int_equal(content_of(&b, 1, 6), content);
    assert_int_not_equal(content_of(&a, 2, 5), content);
    b = message_of("b");
    assert_int_not_equal(content_of(&b, 1, 5), content);
    b = a;
    snprintf(b.head.source, sizeof b.head.source, "hub2");
    assert_int_not_equal(content_of(&b, 1, 5), content);
    a.head.live = 0; /* a poll's answer is news each time */
    b = a;
    b.head.taken_s++;
    assert_int_not_equal(content_of(&b, 1, 5), content_of(&a, 1, 5));
}

static void
news_are_what_this_run_heard(void **state) {
    struct record_message message = message_of("a");
    struct cache_writer writer = {0};

    (void)state;
    cache_writer_add(&writer, RECORD_MESSAGE, 1, &message, 0);
    assert_int_equal(writer.news, 1);
    message.head.recalled = 1;
    cache_writer_add(&writer, RECORD_MESSAGE, 1, &message, 0);
    assert_int_equal(writer.news, 1);
    assert_int_equal(writer.count, 2);
    cache_writer_finish(&writer);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(a_file_may_be_empty_of_records),
        cmocka_unit_test(full_records_fill_it_and_no_more),
        cmocka_unit_test(every_flipped_bit_is_found),
        cmocka_unit_test(every_cut_is_found),
        cmocka_unit_test(what_was_never_written_is_refused),
        cmocka_unit_test(content_is_what_is_told),
        cmocka_unit_test(news_are_what_this_run_heard),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
