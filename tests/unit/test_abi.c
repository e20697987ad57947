/* What may not depend on the processor. A cache that a Pi Zero wrote is read
 * by the Pi 5 its card is moved to. */
#include "unit.h"

#include <sys/stat.h>
#include <time.h>

#include "common/channel.h"
#include "model/lights.h"
#include "model/message.h"
#include "model/status.h"
#include "model/todo.h"
#include "model/values.h"
#include "model/weather.h"

#define SIZE(type)           #type, sizeof(struct type)
#define OFFSET(type, member) #type "." #member, offsetof(struct type, member)

static const struct {
    const char *name;
    size_t bytes, wanted;
} layout[] = {
    {SIZE(channel_header), 24},
    {OFFSET(channel_header, kind), 6},
    {OFFSET(channel_header, sequence), 16},
    {OFFSET(channel_header, size), 20},
    {SIZE(record_head), 120},
    {OFFSET(record_head, name), 48},
    {OFFSET(record_head, taken_s), 96},
    {OFFSET(record_head, age_s), 104},
    {OFFSET(record_head, live), 112},
    {SIZE(record_heartbeat), 128},
    {OFFSET(record_heartbeat, count), 120},
    {SIZE(record_status), 5504},
    {OFFSET(record_status, count), 120},
    {OFFSET(record_status, sources), 128},
    {SIZE(source_status), 336},
    {OFFSET(source_status, detail), 48},
    {OFFSET(source_status, state), 305},
    {OFFSET(source_status, since_s), 312},
    {OFFSET(source_status, good_age_s), 328},
    {SIZE(record_lights), 59008},
    {OFFSET(record_lights, count), 120},
    {OFFSET(record_lights, lights), 128},
    {SIZE(light), 460},
    {OFFSET(light, room), 353},
    {OFFSET(light, state), 449},
    {OFFSET(light, brightness_pct), 451},
    {OFFSET(light, rgb), 452},
    {OFFSET(light, kelvin), 456},
    {SIZE(record_todo), 35968},
    {OFFSET(record_todo, count), 120},
    {OFFSET(record_todo, items), 128},
    {SIZE(todo_item), 280},
    {OFFSET(todo_item, done), 257},
    {OFFSET(todo_item, due_date), 260},
    {OFFSET(todo_item, due_s), 264},
    {OFFSET(todo_item, completed_s), 272},
    {SIZE(calendar_date), 4},
    {OFFSET(calendar_date, month), 2},
    {OFFSET(calendar_date, day), 3},
    {SIZE(record_weather), 10728},
    {OFFSET(record_weather, interpolated), 425},
    {OFFSET(record_weather, latitude_deg), 432},
    {OFFSET(record_weather, issued_s), 448},
    {OFFSET(record_weather, now), 456},
    {OFFSET(record_weather, minute_count), 536},
    {OFFSET(record_weather, minutes), 552},
    {OFFSET(record_weather, hours), 2088},
    {OFFSET(record_weather, days), 7848},
    {OFFSET(record_weather, alerts), 8488},
    {SIZE(weather_now), 80},
    {OFFSET(weather_now, sky), 8},
    {OFFSET(weather_now, temp_c), 16},
    {OFFSET(weather_now, uv), 72},
    {SIZE(weather_minute), 24},
    {OFFSET(weather_minute, precip_mmh), 16},
    {SIZE(weather_hour), 80},
    {OFFSET(weather_hour, sky), 24},
    {OFFSET(weather_hour, temp_c), 32},
    {OFFSET(weather_hour, uv), 72},
    {SIZE(weather_day), 80},
    {OFFSET(weather_day, sky), 4},
    {OFFSET(weather_day, min_c), 8},
    {OFFSET(weather_day, sunset_s), 72},
    {SIZE(weather_alert), 280},
    {OFFSET(weather_alert, severity), 257},
    {OFFSET(weather_alert, start_s), 264},
    {OFFSET(weather_alert, end_s), 272},
    {SIZE(record_message), 392},
    {OFFSET(record_message, text), 120},
    {OFFSET(record_message, severity), 377},
    {OFFSET(record_message, until_s), 384},
    {SIZE(record_values), 46720},
    {OFFSET(record_values, count), 120},
    {OFFSET(record_values, values), 128},
    {SIZE(value), 728},
    {OFFSET(value, label), 96},
    {OFFSET(value, text), 353},
    {OFFSET(value, unit), 610},
    {OFFSET(value, icon), 642},
    {OFFSET(value, number), 712},
    {OFFSET(value, state), 720},
};

static void
records_are_laid_out_alike(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(layout); i++) {
        if (layout[i].bytes != layout[i].wanted) {
            fail_msg("%s: %zu, not %zu", layout[i].name, layout[i].bytes,
                     layout[i].wanted);
        }
    }
}

/* glibc has 32 bits for them on armhf and armel, unless it is asked. */
static void
times_and_files_have_64_bits(void **state) {
    struct stat info;

    (void)state;
    assert_int_equal(sizeof(time_t), 8);
    assert_int_equal(sizeof(off_t), 8);
    assert_int_equal(sizeof info.st_mtime, 8);
    assert_int_equal(sizeof((struct timespec){0}.tv_sec), 8);
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_laid_out_alike),
        cmocka_unit_test(times_and_files_have_64_bits),
    };

    return cmocka_run_group_tests_name("abi", tests, NULL, NULL);
}
