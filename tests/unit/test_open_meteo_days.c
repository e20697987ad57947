/* Long replies of Open-Meteo: days as the calendar has them, their pictures,
 * and what does not fit. */
#include "weather_sample.h"

#include <math.h>

/* A reply under construction. */
struct draft {
    char text[SAMPLE_MAX];
    size_t used;
};

static void
add(struct draft *draft, const char *text) {
    int length = snprintf(draft->text + draft->used,
                          sizeof draft->text - draft->used, "%s", text);

    draft->used += (size_t)length;
    assert_true(draft->used < sizeof draft->text);
}

/* `name` and `count` whole numbers: first, first + step, ... */
static void
add_row(struct draft *draft, const char *name, int64_t first, int64_t step,
        size_t count) {
    char text[64];

    snprintf(text, sizeof text, "\"%s\":[", name);
    add(draft, text);
    for (size_t i = 0; i < count; i++) {
        snprintf(text, sizeof text, "%s%lld", i > 0 ? "," : "",
                 (long long)(first + step * (int64_t)i));
        add(draft, text);
    }
    add(draft, "]");
}

/* `hours` hours of clear sky from `hour_s` on, with one code among them, and
 * `days` days of rain from `day_s` on. */
static struct record_weather
parse_draft(int64_t hour_s, size_t hours, size_t odd_hour, const char *code,
            int64_t day_s, size_t days) {
    struct draft *draft = calloc(1, sizeof *draft);
    struct record_weather weather;
    char note[RECORD_TEXT_MAX];

    assert_non_null(draft);
    add(draft, "{\"hourly\":{");
    add_row(draft, "time", hour_s, 3600, hours);
    add(draft, ",\"weather_code\":[");
    for (size_t i = 0; i < hours; i++) {
        add(draft, i > 0 ? "," : "");
        add(draft, i == odd_hour ? code : "0");
    }
    add(draft, "]},\"daily\":{");
    add_row(draft, "time", day_s, 86400, days);
    add(draft, ",");
    add_row(draft, "weather_code", 63, 0, days);
    add(draft, "}}");
    assert_true(sample_parse(draft->text, &weather, note));
    assert_string_equal(note, "");
    free(draft);
    return weather;
}

/* The server keeps the offset of the first day throughout. */
static void
every_day_comes_once(void **state) {
    static const struct {
        const char *zone;
        struct calendar_date first;
    } cases[] = {
        {"Europe/Berlin", {2026, 10, 22}}, /* then a day of 25 hours */
        {"Europe/Berlin", {2026, 3, 26}},  /* of 23 */
        {"Australia/Sydney", {2026, 4, 2}},
        {"Australia/Sydney", {2026, 10, 1}},
        {"Australia/Lord_Howe", {2026, 4, 2}}, /* of 24:30 */
        {"America/Sao_Paulo", {2018, 11, 1}},  /* one without midnight */
        {"Asia/Kathmandu", {2026, 12, 28}},
        {"America/St_Johns", {2026, 3, 5}},
        {"Pacific/Kiritimati", {2028, 2, 26}},
        {"Pacific/Pago_Pago", {2026, 5, 1}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct record_weather weather;

        live_in(cases[i].zone);
        weather = parse_draft(calendar_midnight(cases[i].first), 48, 99, "",
                              calendar_midnight(cases[i].first), 8);
        assert_int_equal(weather.day_count, 8);
        assert_int_equal(weather.hour_count, 48);
        for (int64_t day = 0; day < 8; day++) {
            struct calendar_date date =
                calendar_from_days(calendar_days(cases[i].first) + day);

            assert_int_equal(calendar_compare(weather.days[day].date, date), 0);
        }
    }
}

/* A thunderstorm at some hour of the second of two days with hours. */
static void
picture_of_the_day(void **state) {
    static const struct {
        size_t hour; /* since the first midnight */
        const char *code;
        uint8_t kind;
    } cases[] = {
        {24 + 3, "95", WEATHER_CLEAR}, /* slept through */
        {24 + 5, "95", WEATHER_CLEAR},
        {24 + 6, "95", WEATHER_THUNDER},
        {24 + 20, "95", WEATHER_THUNDER},
        {24 + 21, "95", WEATHER_CLEAR},
        {24 + 12, "null", WEATHER_CLEAR},
        {24 + 20, "null", WEATHER_RAIN}, /* the hours do not reach the end */
    };

    (void)state;
    live_in("Europe/Oslo");
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t midnight_s =
            calendar_midnight((struct calendar_date){2026, 6, 1});
        struct record_weather weather = parse_draft(
            midnight_s, 48, cases[i].hour, cases[i].code, midnight_s, 3);

        assert_int_equal(weather.days[0].sky.kind, WEATHER_CLEAR);
        assert_int_equal(weather.days[1].sky.kind, cases[i].kind);
        assert_int_equal(weather.days[1].sky.is_day, 1);
        assert_int_equal(weather.days[2].sky.kind, WEATHER_RAIN);
    }
}

/* On the day of 25 hours the hours are still counted by the calendar. */
static void
picture_of_a_long_day(void **state) {
    int64_t midnight_s;
    struct record_weather weather;

    (void)state;
    live_in("Europe/Oslo");
    midnight_s = calendar_midnight((struct calendar_date){2026, 10, 25});
    weather = parse_draft(midnight_s, 48, 6, "95", midnight_s, 2);
    assert_int_equal(weather.days[0].sky.kind, WEATHER_CLEAR); /* 05:00 */
    weather = parse_draft(midnight_s, 48, 7, "95", midnight_s, 2);
    assert_int_equal(weather.days[0].sky.kind, WEATHER_THUNDER); /* 06:00 */
}

static void
what_does_not_fit(void **state) {
    int64_t midnight_s;
    struct record_weather weather;

    (void)state;
    live_in("UTC");
    midnight_s = calendar_midnight((struct calendar_date){2026, 6, 1});
    weather = parse_draft(midnight_s, WEATHER_HOURS_MAX, 999, "", midnight_s,
                          WEATHER_DAYS_MAX);
    assert_int_equal(weather.hour_count, WEATHER_HOURS_MAX);
    assert_int_equal(weather.day_count, WEATHER_DAYS_MAX);
    weather = parse_draft(midnight_s, WEATHER_HOURS_MAX + 1, 999, "",
                          midnight_s, WEATHER_DAYS_MAX + 1);
    assert_int_equal(weather.hour_count, WEATHER_HOURS_MAX);
    assert_int_equal(weather.day_count, WEATHER_DAYS_MAX);
    assert_int_equal(weather.hours[0].time_s, midnight_s);
}

static void
minutes_that_do_not_fit(void **state) {
    struct draft *draft = calloc(1, sizeof *draft);
    struct record_weather weather;
    char note[RECORD_TEXT_MAX];

    (void)state;
    assert_non_null(draft);
    add(draft, "{\"minutely_15\":{");
    add_row(draft, "time", 1792814400, 900, WEATHER_MINUTES_MAX + 1);
    add(draft, "},\"daily\":{\"time\":[1792792800]}}");
    assert_true(sample_parse(draft->text, &weather, note));
    assert_int_equal(weather.minute_count, WEATHER_MINUTES_MAX);
    assert_true(isnan(weather.minutes[0].precip_mmh));
    free(draft);
}

static void
quarter_hours_made_up(void **state) {
    static const struct {
        double latitude, longitude;
        bool one_model;
        uint8_t interpolated;
    } cases[] = {
        {52.52, 13.41, false, 0},  /* Berlin */
        {52.52, 13.41, true, 1},   /* the model may have hours only */
        {40.71, -74.01, false, 0}, /* New York */
        {59.91, 10.75, false, 1},  /* Oslo */
        {-33.87, 151.21, false, 1}, {43.18, -3.94, false, 0},
        {43.17, -3.94, false, 1},   {58.08, 20.34, false, 0},
        {58.08, 20.35, false, 1},
    };
    char *text = sample_read("oslo");

    (void)state;
    live_in("Europe/Oslo");
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct open_meteo_asked asked = {1792814820, cases[i].latitude,
                                         cases[i].longitude,
                                         cases[i].one_model};
        struct record_weather weather;
        char note[RECORD_TEXT_MAX];

        assert_true(
            open_meteo_parse(&asked, text, strlen(text), &weather, note));
        assert_int_equal(weather.interpolated, cases[i].interpolated);
    }
    free(text);
}

/* The index of the hour it is, not of the next. */
static void
uv_of_the_hour(void **state) {
    static const struct {
        int64_t now_s;
        double uv;
    } cases[] = {
        {1792814399, NAN}, {1792814400, 1},   {1792817999, 1},
        {1792818000, 2},   {1792821600, NAN},
    };

    (void)state;
    live_in("UTC");
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct record_weather weather;
        char note[RECORD_TEXT_MAX];
        char text[256];

        snprintf(text, sizeof text,
                 "{\"current\":{\"time\":%lld},\"hourly\":{\"time\":"
                 "[1792814400,1792818000],\"uv_index\":[1,2]}}",
                 (long long)cases[i].now_s);
        assert_true(sample_parse(text, &weather, note));
        assert_int_equal(isnan(weather.now.uv), isnan(cases[i].uv));
        assert_true(isnan(cases[i].uv) || weather.now.uv == cases[i].uv);
    }
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_comes_once),
        cmocka_unit_test(picture_of_the_day),
        cmocka_unit_test(picture_of_a_long_day),
        cmocka_unit_test(what_does_not_fit),
        cmocka_unit_test(minutes_that_do_not_fit),
        cmocka_unit_test(quarter_hours_made_up),
        cmocka_unit_test(uv_of_the_hour),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
