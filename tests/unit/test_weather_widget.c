#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "page_rig.h"

#include "widgets/weather.h"

#define NOW_S INT64_C(1780989120) /* Tuesday 2026-06-09 07:12 UTC */
#define HOUR0 INT64_C(1780988400) /* 07:00 */

enum { DAY = 86400, QUARTER = 900 };

static void
ages(void **state) {
    static const struct {
        int64_t age_s;
        enum weather_age age;
        int64_t next_s;
    } cases[] = {
        {-1, WEATHER_AGE_UNKNOWN, INT64_MAX},
        {0, WEATHER_AGE_PLAIN, 2701},
        {45 * 60, WEATHER_AGE_PLAIN, 1},
        {45 * 60 + 1, WEATHER_AGE_HOURLY, 3 * HOUR_S - 45 * 60},
        {3 * HOUR_S, WEATHER_AGE_HOURLY, 1},
        {3 * HOUR_S + 1, WEATHER_AGE_DIM, 9 * HOUR_S},
        {12 * HOUR_S, WEATHER_AGE_DIM, 1},
        {12 * HOUR_S + 1, WEATHER_AGE_DAYS, 24 * HOUR_S},
        {36 * HOUR_S, WEATHER_AGE_DAYS, 1},
        {36 * HOUR_S + 1, WEATHER_AGE_GONE, INT64_MAX},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t next_s;

        assert_int_equal(weather_age(cases[i].age_s, &next_s), cases[i].age);
        assert_true(next_s == cases[i].next_s);
    }
}

/* Minutes of 15 from 07:00 on, hours whose sums end at their stamps. */
static void
fill(struct record_weather *w, const double *minutes, size_t minute_count,
     const double *hours, size_t hour_count) {
    memset(w, 0, sizeof *w);
    for (size_t i = 0; i < minute_count; i++) {
        w->minutes[w->minute_count++] = (struct weather_minute){
            HOUR0 + (int64_t)i * QUARTER, HOUR0 + (int64_t)(i + 1) * QUARTER,
            minutes[i]};
    }
    for (size_t i = 0; i < hour_count; i++) {
        int64_t at_s = HOUR0 + (int64_t)i * HOUR_S;

        w->hours[w->hour_count++] =
            (struct weather_hour){.time_s = at_s,
                                  .precip_start_s = at_s,
                                  .precip_end_s = at_s + HOUR_S,
                                  .sky = {.kind = WEATHER_RAIN},
                                  .temp_c = 10,
                                  .precip_mm = hours[i],
                                  .uv = NAN};
    }
}

struct rain_case {
    double minutes[8];
    size_t minute_count;
    double hours[16];
    size_t hour_count;
    bool interpolated;
    enum weather_rain_kind kind;
    int64_t after_s; /* from 07:00 */
    bool about;
};

static const struct rain_case rain_cases[] = {
    /* dry all day, and nothing known */
    {{0, 0, 0, 0}, 4, {0, 0, 0, 0}, 4, false, RAIN_NOTHING, 0, false},
    {{0}, 0, {0}, 0, false, RAIN_NOTHING, 0, false},
    /* within the hour, to the minute */
    {{0, 0, 1}, 3, {0}, 0, false, RAIN_IN, 1800, false},
    /* just wet enough, and just not */
    {{0, 0, .1}, 3, {0}, 0, false, RAIN_IN, 1800, false},
    {{0, 0, .09}, 3, {0}, 0, false, RAIN_NOTHING, 0, false},
    /* 60 minutes from 07:12 are not up at 08:00, but at 08:15 */
    {{0, 0, 0, 0, 1}, 5, {0}, 0, false, RAIN_IN, 3600, false},
    {{0, 0, 0, 0, 0, 1}, 6, {0}, 0, false, RAIN_AT, 4500, false},
    /* interpolated minutes know the hour only */
    {{0, 0, 1}, 3, {0}, 0, true, RAIN_AT, HOUR_S, true},
    /* wet now */
    {{1, 0, 0}, 3, {0}, 0, false, RAIN_UNTIL, 900, false},
    {{1, 1, 1}, 3, {1, 1, 0}, 3, false, RAIN_UNTIL, 2 * HOUR_S, true},
    {{1, 1, NAN, 0}, 4, {0}, 0, false, RAIN_NOW, 0, false},
    {{0},
     0,
     {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
     14,
     false,
     RAIN_NOW,
     0,
     false},
    /* an unknown now is not dry: no "dry until" */
    {{NAN, NAN, NAN, NAN},
     4,
     {0, 0, 0, 2},
     4,
     false,
     RAIN_AT,
     3 * HOUR_S,
     true},
    {{0, 0, 0, 0}, 4, {0, 0, 0, 2}, 4, false, RAIN_DRY_UNTIL, 3 * HOUR_S, true},
    {{0, 0, 0, 0}, 4, {0, NAN, 0, 2}, 4, false, RAIN_AT, 3 * HOUR_S, true},
    /* twelve hours and not one more */
    {{0},
     0,
     {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2},
     13,
     false,
     RAIN_DRY_UNTIL,
     12 * HOUR_S,
     true},
    {{0},
     0,
     {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2},
     14,
     false,
     RAIN_NOTHING,
     0,
     false},
};

static void
rain_sentences(void **state) {
    struct record_weather *w = calloc(1, sizeof *w);

    (void)state;
    for (size_t i = 0; i < COUNT(rain_cases); i++) {
        const struct rain_case *c = &rain_cases[i];
        struct weather_rain rain;

        fill(w, c->minutes, c->minute_count, c->hours, c->hour_count);
        w->interpolated = c->interpolated;
        rain = weather_rain(w, NOW_S);
        if (rain.kind != c->kind) {
            fail_msg("case %zu: kind %d, not %d", i, rain.kind, c->kind);
        }
        if (c->kind == RAIN_NOTHING || c->kind == RAIN_NOW) {
            continue;
        }
        if (rain.time_s != HOUR0 + c->after_s || rain.about != c->about) {
            fail_msg("case %zu: after %lld s%s", i,
                     (long long)(rain.time_s - HOUR0),
                     rain.about ? ", about" : "");
        }
    }
    free(w);
}

/* The same clock of the wall shows another sentence an hour later. */
static void
chosen_by_the_clock(void **state) {
    static const double minutes[] = {0, 0, 1, 1, 0, 0, 0, 0};
    struct record_weather *w = calloc(1, sizeof *w);

    (void)state;
    fill(w, minutes, COUNT(minutes), NULL, 0);
    assert_int_equal(weather_rain(w, NOW_S).kind, RAIN_IN);
    assert_int_equal(weather_rain(w, HOUR0 + 1800).kind, RAIN_UNTIL);
    assert_int_equal(weather_rain(w, HOUR0 + HOUR_S).kind, RAIN_NOTHING);
    free(w);
}

/* A picture that comes between two minutes. */
static void
no_rain_in_no_minutes(void **state) {
    static const struct {
        int64_t left_s;
        const char *words;
    } cases[] = {{1, "Rain in 1 min"},
                 {89, "Rain in 1 min"},
                 {90, "Rain in 2 min"},
                 {HOUR_S, "Rain in 60 min"}};
    struct page_rig rig;
    struct weather_view view = {.p = &rig.base, .now_s = NOW_S};
    char words[WEATHER_TEXT_MAX];

    (void)state;
    page_rig_init(&rig);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct weather_rain rain = {.kind = RAIN_IN,
                                    .time_s = NOW_S + cases[i].left_s};

        assert_string_equal(
            weather_rain_words(&view, &rain, words, sizeof words),
            cases[i].words);
    }
    page_rig_finish(&rig);
}

static void
bands(void **state) {
    static const struct {
        double mmh;
        int band;
    } cases[] = {{NAN, -1}, {0, 0},      {0.0999, 0}, {0.1, 1}, {2.4999, 1},
                 {2.5, 2},  {7.5999, 2}, {7.6, 3},    {90, 3}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(weather_rain_band(cases[i].mmh), cases[i].band);
    }
}

static void
evening_flip(void **state) {
    struct record_weather *w = calloc(1, sizeof *w);
    struct weather_extremes e;

    (void)state;
    w->days[0] = (struct weather_day){{2026, 6, 9}, .min_c = 8, .max_c = 20};
    w->days[1] = (struct weather_day){{2026, 6, 10}, .min_c = 9, .max_c = 25};
    w->day_count = 2;
    e = weather_extremes(w, HOUR0 + 11 * HOUR_S - 1, 18);
    assert_false(e.evening);
    assert_true(e.low_c == 8 && e.high_c == 20);
    e = weather_extremes(w, HOUR0 + 11 * HOUR_S, 18);
    assert_true(e.evening);
    assert_true(e.low_c == 9 && e.high_c == 25);
    /* hours know the night better than the day's minimum */
    w->hours[0] =
        (struct weather_hour){.time_s = HOUR0 + 18 * HOUR_S, .temp_c = 11};
    w->hour_count = 1;
    e = weather_extremes(w, HOUR0 + 11 * HOUR_S, 18);
    assert_true(e.low_c == 11);
    e = weather_extremes(w, HOUR0 + 16 * HOUR_S, 24); /* never */
    assert_false(e.evening);
    w->day_count = 1;
    e = weather_extremes(w, HOUR0 + DAY, 18); /* the horizon passed */
    assert_true(isnan(e.low_c) && isnan(e.high_c));
    free(w);
}

static void
wind(void **state) {
    static const struct {
        double ms;
        int force;
    } forces[] = {{0, 0},   {0.29, 0},   {0.3, 1},   {7.99, 4},
                  {8.0, 5}, {32.69, 11}, {32.7, 12}, {120, 12}};
    static const struct {
        double deg;
        int sector;
    } sectors[] = {{0, 0},     {22.4, 0},  {22.5, 1}, {180, 4},
                   {337.4, 7}, {337.5, 0}, {360, 0},  {NAN, -1}};

    (void)state;
    for (size_t i = 0; i < COUNT(forces); i++) {
        assert_int_equal(weather_beaufort(forces[i].ms), forces[i].force);
    }
    for (size_t i = 0; i < COUNT(sectors); i++) {
        assert_int_equal(weather_sector(sectors[i].deg), sectors[i].sector);
    }
}

static void
icons(void **state) {
    static const struct {
        struct weather_sky sky;
        bool is_day;
        const char *icon;
    } cases[] = {
        {{WEATHER_CLEAR, 0, 0, 0}, true, "weather-sunny"},
        {{WEATHER_CLEAR, 0, 0, 0}, false, "weather-night"},
        {{WEATHER_PARTLY, 0, 0, 0}, false, "weather-night-partly-cloudy"},
        {{WEATHER_HAZE, 0, 0, 0}, false, "weather-fog"},
        {{WEATHER_RAIN, 1, 0, 0}, false, "weather-rainy"},
        {{WEATHER_RAIN, 2, WEATHER_SHOWER, 0}, true, "weather-partly-rainy"},
        {{WEATHER_RAIN, 3, WEATHER_SHOWER, 0}, true, "weather-pouring"},
        {{WEATHER_SLEET, 1, WEATHER_SHOWER, 0},
         true,
         "weather-partly-snowy-rainy"},
        {{WEATHER_SNOW, 3, 0, 0}, true, "weather-snowy-heavy"},
        {{WEATHER_THUNDER, 3, 0, 0}, true, "weather-lightning-rainy"},
        {{WEATHER_THUNDER, 1, WEATHER_SHOWER, 0},
         true,
         "weather-partly-lightning"},
        {{WEATHER_THUNDER, 2, WEATHER_DRY, 0}, true, "weather-lightning"},
        {{WEATHER_UNKNOWN, 0, 0, 0}, true, "help-circle-outline"},
        {{WEATHER_KIND_END, 0, 0, 0}, true, "help-circle-outline"},
        {{255, 3, 15, 0}, false, "help-circle-outline"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_string_equal(weather_icon(cases[i].sky, cases[i].is_day),
                            cases[i].icon);
    }
}

/* Whatever a provider says, there is a glyph for it. */
static void
every_sky_has_an_icon(void **state) {
    (void)state;
    for (unsigned i = 0; i < WEATHER_KIND_END * 4 * 16 * 2; i++) {
        struct weather_sky sky = {
            .kind = (uint8_t)(i / 128),
            .level = i / 32 % 4,
            .flags = i / 2 % 16,
        };

        assert_int_not_equal(text_icon_code(weather_icon(sky, i % 2)), 0);
    }
}

static void
alerts(void **state) {
    struct record_weather *w = calloc(1, sizeof *w);

    (void)state;
    assert_null(weather_alert(w, NOW_S));
    w->alerts[0] = (struct weather_alert){"over", WEATHER_ALERT_EXTREME,
                                          NOW_S - DAY, NOW_S};
    w->alerts[1] = (struct weather_alert){"far", WEATHER_ALERT_EXTREME,
                                          NOW_S + DAY + 1, RECORD_NO_TIME};
    w->alerts[2] = (struct weather_alert){"minor", WEATHER_ALERT_MINOR,
                                          RECORD_NO_TIME, RECORD_NO_TIME};
    w->alerts[3] = (struct weather_alert){"severe", WEATHER_ALERT_SEVERE,
                                          NOW_S + DAY, RECORD_NO_TIME};
    w->alert_count = 2;
    assert_null(weather_alert(w, NOW_S));
    w->alert_count = 3;
    assert_string_equal(weather_alert(w, NOW_S)->title, "minor");
    w->alert_count = 4;
    assert_string_equal(weather_alert(w, NOW_S)->title, "severe");
    free(w);
}

static void
ice_and_uv(void **state) {
    static const double wet[] = {0, 0, 1, 0}, dry[] = {0, 0, 0, 0};
    struct record_weather *w = calloc(1, sizeof *w);

    (void)state;
    fill(w, NULL, 0, wet, 4);
    assert_false(weather_ice_ahead(w, NOW_S)); /* wet and warm */
    w->hours[3].temp_c = 1.0;
    assert_true(weather_ice_ahead(w, NOW_S));
    w->hours[3].temp_c = 1.1;
    assert_false(weather_ice_ahead(w, NOW_S));
    fill(w, NULL, 0, dry, 4);
    w->hours[3].temp_c = -5;
    assert_false(weather_ice_ahead(w, NOW_S)); /* cold and dry */
    w->hours[2].sky.kind = WEATHER_FREEZING_RAIN;
    assert_true(weather_ice_ahead(w, NOW_S));
    assert_true(isnan(weather_uv_ahead(w, NOW_S)));
    w->hours[0].uv = 3;
    w->hours[1].uv = 5;
    assert_true(weather_uv_ahead(w, NOW_S) == 5);
    assert_true(isnan(weather_uv_ahead(w, HOUR0 + 3 * HOUR_S)));
    free(w);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ages),
        cmocka_unit_test(rain_sentences),
        cmocka_unit_test(chosen_by_the_clock),
        cmocka_unit_test(no_rain_in_no_minutes),
        cmocka_unit_test(bands),
        cmocka_unit_test(evening_flip),
        cmocka_unit_test(wind),
        cmocka_unit_test(icons),
        cmocka_unit_test(every_sky_has_an_icon),
        cmocka_unit_test(alerts),
        cmocka_unit_test(ice_and_uv),
    };

    setenv("TZ", "UTC", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
