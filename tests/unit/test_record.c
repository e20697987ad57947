#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/channel.h"
#include "common/str.h"
#include "model/lights.h"
#include "model/message.h"
#include "model/record.h"
#include "model/status.h"
#include "model/todo.h"
#include "model/values.h"

/* A zeroed record of a kind with a good head. */
static void *
record_new(enum record_kind kind) {
    void *record = calloc(1, record_kind_info(kind)->size);

    assert_non_null(record);
    record_head_init(record, "hub", "", 1800000000);
    return record;
}

static bool
ok(enum record_kind kind, const void *record) {
    return record_check(kind, record, record_kind_info(kind)->size);
}

static void
every_kind_fits_a_packet(void **state) {
    (void)state;
    for (unsigned kind = RECORD_STATUS; kind < RECORD_KIND_END; kind++) {
        const struct record_kind_info *info = record_kind_info(kind);

        assert_non_null(info);
        assert_true(info->size + sizeof(struct channel_header) <=
                    CHANNEL_PACKET_MAX);
        assert_true(info->size >= sizeof(struct record_head));
    }
    assert_null(record_kind_info(0));
    assert_null(record_kind_info(RECORD_KIND_END));
    assert_null(record_kind_info(UINT32_MAX));
}

static void
the_size_is_exact(void **state) {
    struct record_message *message = record_new(RECORD_MESSAGE);

    (void)state;
    message->until_s = RECORD_NO_TIME;
    assert_true(record_check(RECORD_MESSAGE, message, sizeof *message));
    assert_false(record_check(RECORD_MESSAGE, message, sizeof *message - 1));
    assert_false(record_check(RECORD_MESSAGE, message, sizeof *message + 1));
    assert_false(record_check(0, message, sizeof *message));
    free(message);
}

static void
the_head_is_judged(void **state) {
    struct record_heartbeat *beat = record_new(RECORD_HEARTBEAT);

    (void)state;
    assert_true(ok(RECORD_HEARTBEAT, beat));
    beat->head.taken_s = RECORD_WALL_MAX_S;
    assert_true(ok(RECORD_HEARTBEAT, beat));
    beat->head.taken_s++;
    assert_false(ok(RECORD_HEARTBEAT, beat));
    beat->head.taken_s = -1;
    assert_false(ok(RECORD_HEARTBEAT, beat));
    beat->head.taken_s = 0;
    beat->head.age_s = -1;
    assert_true(ok(RECORD_HEARTBEAT, beat));
    beat->head.age_s = -2;
    assert_false(ok(RECORD_HEARTBEAT, beat));
    beat->head.age_s = INT64_MAX;
    assert_false(ok(RECORD_HEARTBEAT, beat));
    beat->head.age_s = 0;
    beat->head.live = 2;
    assert_false(ok(RECORD_HEARTBEAT, beat));
    beat->head.live = 1;
    memset(beat->head.source, 'a', sizeof beat->head.source);
    assert_false(ok(RECORD_HEARTBEAT, beat)); /* not terminated */
    memset(beat->head.source, 0, sizeof beat->head.source);
    assert_false(ok(RECORD_HEARTBEAT, beat)); /* no source */
    free(beat);
}

static void
text_is_terminated_clean_utf8(void **state) {
    char text[8] = "ab\ncd";

    (void)state;
    assert_true(record_text_ok(text, sizeof text));
    text[7] = 'x'; /* something behind the end */
    assert_false(record_text_ok(text, sizeof text));
    memcpy(text, "1234567", 8);
    assert_true(record_text_ok(text, sizeof text));
    text[7] = '8';
    assert_false(record_text_ok(text, sizeof text));
    memcpy(text, "a\x1b\0\0\0\0\0", 8);
    assert_false(record_text_ok(text, sizeof text));
    memcpy(text, "\xff\0\0\0\0\0\0", 8);
    assert_false(record_text_ok(text, sizeof text));
    memcpy(text, "a\x7f\0\0\0\0\0", 8);
    assert_false(record_text_ok(text, sizeof text));
    memcpy(text, "\xc2\x80\0\0\0\0\0", 8); /* controls of two bytes */
    assert_false(record_text_ok(text, sizeof text));
    memcpy(text, "\xc2\x9f\0\0\0\0\0", 8);
    assert_false(record_text_ok(text, sizeof text));
    memcpy(text, "\xc2\xa0\xc3\x82\0\0\0", 8);
    assert_true(record_text_ok(text, sizeof text));
}

static void
times_and_numbers_have_ranges(void **state) {
    (void)state;
    assert_true(record_time_ok(RECORD_NO_TIME));
    assert_true(record_time_ok(946684800));
    assert_false(record_time_ok(946684799));
    assert_true(record_time_ok(4133980799));
    assert_false(record_time_ok(4133980800));
    assert_true(record_real_ok(NAN, 0, 1));
    assert_true(record_real_ok(0, 0, 1) && record_real_ok(1, 0, 1));
    assert_false(record_real_ok(-0.1, 0, 1) || record_real_ok(1.1, 0, 1));
    assert_false(record_real_ok(INFINITY, 0, 1));
}

static void
lights_are_judged(void **state) {
    struct record_lights *lights = record_new(RECORD_LIGHTS);
    struct light *light = &lights->lights[0];

    (void)state;
    lights->count = 1;
    *light = (struct light){.brightness_pct = -1, .rgb = -1, .kelvin = -1};
    assert_true(ok(RECORD_LIGHTS, lights));
    light->brightness_pct = 100;
    light->rgb = 0xffffff;
    light->kelvin = 20000;
    light->state = LIGHT_UNREACHABLE;
    assert_true(ok(RECORD_LIGHTS, lights));
    light->brightness_pct = 101;
    assert_false(ok(RECORD_LIGHTS, lights));
    light->brightness_pct = -2;
    assert_false(ok(RECORD_LIGHTS, lights));
    light->brightness_pct = 0;
    light->rgb = 0x1000000;
    assert_false(ok(RECORD_LIGHTS, lights));
    light->rgb = 0;
    light->kelvin = 999;
    assert_false(ok(RECORD_LIGHTS, lights));
    light->kelvin = 1000;
    light->state = LIGHT_STATE_END;
    assert_false(ok(RECORD_LIGHTS, lights));
    light->state = LIGHT_OFF;
    for (size_t i = 0; i < LIGHTS_MAX; i++) {
        lights->lights[i].kelvin = -1;
    }
    lights->count = LIGHTS_MAX;
    assert_true(ok(RECORD_LIGHTS, lights));
    lights->count = LIGHTS_MAX + 1;
    assert_false(ok(RECORD_LIGHTS, lights));
    free(lights);
}

static void
todos_are_judged(void **state) {
    struct record_todo *todo = record_new(RECORD_TODO);
    struct todo_item *item = &todo->items[0];

    (void)state;
    todo->count = 1;
    item->due_s = item->completed_s = RECORD_NO_TIME;
    assert_true(ok(RECORD_TODO, todo));
    item->priority = 9;
    item->due_date = (struct calendar_date){2026, 12, 31};
    assert_true(ok(RECORD_TODO, todo));
    item->priority = 10;
    assert_false(ok(RECORD_TODO, todo));
    item->priority = 0;
    item->due_date.month = 13;
    assert_false(ok(RECORD_TODO, todo));
    item->due_date = (struct calendar_date){9999, 1, 1};
    assert_false(ok(RECORD_TODO, todo));
    item->due_date = (struct calendar_date){0, 1, 0};
    assert_false(ok(RECORD_TODO, todo));
    item->due_date = (struct calendar_date){0};
    item->done = 2;
    assert_false(ok(RECORD_TODO, todo));
    item->done = 1;
    todo->count = TODO_MAX + 1;
    assert_false(ok(RECORD_TODO, todo));
    free(todo);
}

static void
messages_values_and_status_are_judged(void **state) {
    struct record_message *message = record_new(RECORD_MESSAGE);
    struct record_values *values = record_new(RECORD_VALUES);
    struct record_status *status = record_new(RECORD_STATUS);

    (void)state;
    message->until_s = RECORD_NO_TIME;
    message->severity = MESSAGE_ALARM;
    assert_true(ok(RECORD_MESSAGE, message));
    message->severity = MESSAGE_SEVERITY_END;
    assert_false(ok(RECORD_MESSAGE, message));
    message->severity = 0;
    message->until_s = 5;
    assert_false(ok(RECORD_MESSAGE, message));

    values->count = VALUES_MAX;
    assert_true(ok(RECORD_VALUES, values));
    values->values[3].number = INFINITY;
    assert_false(ok(RECORD_VALUES, values));
    values->values[3].number = 0;
    values->count = VALUES_MAX + 1;
    assert_false(ok(RECORD_VALUES, values));

    status->count = 1;
    assert_false(ok(RECORD_STATUS, status)); /* without a name */
    str_copy(status->sources[0].source, RECORD_NAME_MAX, "hub");
    status->sources[0].good_age_s = -1;
    assert_true(ok(RECORD_STATUS, status));
    status->sources[0].good_age_s = RECORD_AGE_MAX_S;
    status->sources[0].since_age_s = RECORD_AGE_MAX_S;
    status->sources[0].since_s = RECORD_WALL_MAX_S;
    assert_true(ok(RECORD_STATUS, status));
    status->sources[0].good_age_s++;
    assert_false(ok(RECORD_STATUS, status));
    status->sources[0].good_age_s = -2;
    assert_false(ok(RECORD_STATUS, status));
    status->sources[0].good_age_s = 0;
    status->sources[0].since_age_s++;
    assert_false(ok(RECORD_STATUS, status));
    status->sources[0].since_age_s = 0;
    status->sources[0].since_s++;
    assert_false(ok(RECORD_STATUS, status));
    status->sources[0].since_s = -1;
    assert_false(ok(RECORD_STATUS, status));
    status->sources[0].since_s = 0;
    status->sources[0].state = SOURCE_STATE_END;
    assert_false(ok(RECORD_STATUS, status));
    status->sources[0].state = SOURCE_OK;
    status->count = STATUS_SOURCES_MAX + 1;
    assert_false(ok(RECORD_STATUS, status));
    free(message);
    free(values);
    free(status);
}

static char *
printed(enum record_kind kind, const void *record) {
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    record_print(kind, record, "ok", out);
    fclose(out);
    return text;
}

static void
print_is_what_the_design_says(void **state) {
    struct record_lights *lights = record_new(RECORD_LIGHTS);
    struct record_todo *todo = record_new(RECORD_TODO);
    char *text;

    (void)state;
    lights->count = 2;
    lights->lights[0] = (struct light){.id = "A",
                                       .name = "Lampe",
                                       .room = "Flur",
                                       .state = LIGHT_ON,
                                       .brightness_pct = 60,
                                       .rgb = 0xffaa00,
                                       .kelvin = -1};
    lights->lights[1] = (struct light){.id = "B",
                                       .state = LIGHT_UNKNOWN,
                                       .group = 1,
                                       .brightness_pct = -1,
                                       .rgb = -1,
                                       .kelvin = 2700};
    text = printed(RECORD_LIGHTS, lights);
    assert_string_equal(
        text,
        "{\"kind\":\"lights\",\"source\":\"hub\",\"name\":\"\",\"age_s\":0,"
        "\"status\":\"ok\",\"data\":{\"lights\":[{\"id\":\"A\",\"name\":"
        "\"Lampe\",\"room\":\"Flur\",\"state\":\"on\",\"brightness\":60,"
        "\"rgb\":\"#ffaa00\",\"kelvin\":null,\"group\":false},{\"id\":\"B\","
        "\"name\":\"\",\"room\":\"\",\"state\":\"unknown\",\"brightness\":null,"
        "\"rgb\":null,\"kelvin\":2700,\"group\":true}],\"omitted\":0}}");
    free(text);
    todo->head.age_s = -1;
    todo->count = 1;
    todo->items[0].due_date = (struct calendar_date){2026, 2, 1};
    todo->items[0].completed_s = RECORD_NO_TIME;
    text = printed(RECORD_TODO, todo);
    assert_string_equal(
        text, "{\"kind\":\"todo\",\"source\":\"hub\",\"name\":\"\",\"age_s\":"
              "null,\"status\":\"ok\",\"data\":{\"list\":\"\",\"items\":[{"
              "\"text\":\"\",\"done\":false,\"due\":\"2026-02-01\","
              "\"priority\":null,\"completed\":null}],\"omitted\":0}}");
    free(text);
    free(lights);
    free(todo);
}

static void
names_of_what_is_not(void **state) {
    (void)state;
    assert_string_equal(source_state_name(SOURCE_NO_CLOCK), "no-clock");
    assert_string_equal(source_state_name(SOURCE_STATE_END), "?");
    assert_string_equal(light_state_name(LIGHT_STATE_END), "?");
    assert_string_equal(message_severity_name(MESSAGE_WARNING), "warning");
    assert_string_equal(message_severity_name(MESSAGE_SEVERITY_END), "?");
}

/* "+4294967295 more" would stand on the wall. */
static void
what_is_left_out_is_bounded(void **state) {
    struct record_lights *lights = record_new(RECORD_LIGHTS);
    struct record_todo *todo = record_new(RECORD_TODO);
    struct record_values *values = record_new(RECORD_VALUES);

    (void)state;
    lights->omitted = todo->omitted = values->omitted = RECORD_OMITTED_MAX;
    assert_true(ok(RECORD_LIGHTS, lights));
    assert_true(ok(RECORD_TODO, todo));
    assert_true(ok(RECORD_VALUES, values));
    lights->omitted = todo->omitted = values->omitted = RECORD_OMITTED_MAX + 1;
    assert_false(ok(RECORD_LIGHTS, lights));
    assert_false(ok(RECORD_TODO, todo));
    assert_false(ok(RECORD_VALUES, values));
    free(lights);
    free(todo);
    free(values);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_fits_a_packet),
        cmocka_unit_test(the_size_is_exact),
        cmocka_unit_test(the_head_is_judged),
        cmocka_unit_test(text_is_terminated_clean_utf8),
        cmocka_unit_test(times_and_numbers_have_ranges),
        cmocka_unit_test(lights_are_judged),
        cmocka_unit_test(what_is_left_out_is_bounded),
        cmocka_unit_test(todos_are_judged),
        cmocka_unit_test(messages_values_and_status_are_judged),
        cmocka_unit_test(print_is_what_the_design_says),
        cmocka_unit_test(names_of_what_is_not),
    };

    return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
