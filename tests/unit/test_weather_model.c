#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/str.h"
#include "model/weather.h"

enum { NOON_S = 1792843200 }; /* 2026-10-24T12:00Z */

static const struct weather_sky clear = {.kind = WEATHER_CLEAR, .is_day = 1};

static struct weather_hour
an_hour(int64_t time_s) {
    return (struct weather_hour){
        .time_s = time_s,
        .precip_start_s = time_s - 3600,
        .precip_end_s = time_s,
        .sky = clear,
        .temp_c = 3,
        .precip_mm = 0,
        .pop = 0.5,
        .wind_ms = NAN,
        .gust_ms = NAN,
        .uv = 1,
    };
}

static struct weather_day
a_day(int day) {
    return (struct weather_day){
        .date = {2026, 10, (uint8_t)day},
        .sky = clear,
        .min_c = -1,
        .max_c = 7,
        .precip_mm = NAN,
        .pop = NAN,
        .uv = NAN,
        .wind_ms = NAN,
        .gust_ms = NAN,
        .sunrise_s = NOON_S - 20000,
        .sunset_s = NOON_S + 20000,
    };
}

/* A good record with two of everything. */
static struct record_weather *
weather_new(void) {
    struct record_weather *weather = calloc(1, sizeof *weather);

    assert_non_null(weather);
    record_head_init(&weather->head, "weather", "", NOON_S);
    str_copy(weather->provider, sizeof weather->provider, "open-meteo");
    weather->latitude_deg = 59.91;
    weather->longitude_deg = 10.75;
    weather->issued_s = RECORD_NO_TIME;
    weather->now = (struct weather_now){
        .time_s = NOON_S, .sky = clear, .temp_c = 3, .wind_from_deg = 350};
    weather->minute_count = 2;
    weather->hour_count = 2;
    weather->day_count = 2;
    weather->alert_count = 2;
    for (int i = 0; i < 2; i++) {
        weather->minutes[i] = (struct weather_minute){
            NOON_S + i * 900, NOON_S + i * 900 + 900, 0.4};
        weather->hours[i] = an_hour(NOON_S + i * 3600);
        weather->days[i] = a_day(24 + i);
        weather->alerts[i] = (struct weather_alert){
            .title = "Gale", .start_s = NOON_S, .end_s = RECORD_NO_TIME};
    }
    assert_true(record_check(RECORD_WEATHER, weather, sizeof *weather));
    return weather;
}

static void
every_number_has_its_bounds(void **state) {
    struct record_weather *weather = weather_new();
    const struct {
        double *value;
        double low, high;
    } cases[] = {
        {&weather->now.temp_c, -90, 60},
        {&weather->now.feels_c, -120, 80},
        {&weather->now.humidity_pct, 0, 100},
        {&weather->now.wind_ms, 0, 120},
        {&weather->now.gust_ms, 0, 120},
        {&weather->now.wind_from_deg, 0, 360},
        {&weather->now.precip_mmh, 0, 2000},
        {&weather->now.uv, 0, 50},
        {&weather->minutes[1].precip_mmh, 0, 2000},
        {&weather->hours[1].temp_c, -90, 60},
        {&weather->hours[1].precip_mm, 0, 2000},
        {&weather->hours[1].pop, 0, 1},
        {&weather->hours[1].wind_ms, 0, 120},
        {&weather->hours[1].gust_ms, 0, 120},
        {&weather->hours[1].uv, 0, 50},
        {&weather->days[1].min_c, -90, 60},
        {&weather->days[1].max_c, -90, 60},
        {&weather->days[1].precip_mm, 0, 2000},
        {&weather->days[1].pop, 0, 1},
        {&weather->days[1].uv, 0, 50},
        {&weather->days[1].wind_ms, 0, 120},
        {&weather->days[1].gust_ms, 0, 120},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        double kept = *cases[i].value;
        const struct {
            double value;
            bool good;
        } tries[] = {
            {cases[i].low, true},
            {cases[i].high, true},
            {NAN, true},
            {nextafter(cases[i].low, -INFINITY), false},
            {nextafter(cases[i].high, INFINITY), false},
            {INFINITY, false},
            {-INFINITY, false},
        };

        for (size_t j = 0; j < COUNT(tries); j++) {
            *cases[i].value = tries[j].value;
            assert_int_equal(weather_check(weather), tries[j].good);
        }
        *cases[i].value = kept;
    }
    free(weather);
}

static void
the_place_is_always_known(void **state) {
    struct record_weather *weather = weather_new();

    (void)state;
    weather->latitude_deg = 90;
    weather->longitude_deg = -180;
    assert_true(weather_check(weather));
    weather->latitude_deg = 90.01;
    assert_false(weather_check(weather));
    weather->latitude_deg = NAN;
    assert_false(weather_check(weather));
    weather->latitude_deg = 0;
    weather->longitude_deg = 180.01;
    assert_false(weather_check(weather));
    weather->longitude_deg = NAN;
    assert_false(weather_check(weather));
    free(weather);
}

static void
every_sky_is_judged(void **state) {
    struct record_weather *weather = weather_new();
    struct weather_sky *const skies[] = {
        &weather->now.sky, &weather->hours[1].sky, &weather->days[0].sky};
    static const struct {
        struct weather_sky sky;
        bool good;
    } cases[] = {
        {{WEATHER_TORNADO, 3, WEATHER_FLAG_ALL, WEATHER_DAY_UNKNOWN}, true},
        {{WEATHER_UNKNOWN, 0, 0, 0}, true},
        {{WEATHER_KIND_END, 0, 0, 0}, false},
        {{255, 0, 0, 0}, false},
        {{WEATHER_RAIN, 4, 0, 0}, false},
        {{WEATHER_RAIN, 0, WEATHER_FLAG_ALL + 1, 0}, false},
        {{WEATHER_RAIN, 0, 0, 3}, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(skies); i++) {
        struct weather_sky kept = *skies[i];

        for (size_t j = 0; j < COUNT(cases); j++) {
            *skies[i] = cases[j].sky;
            assert_int_equal(weather_check(weather), cases[j].good);
        }
        *skies[i] = kept;
    }
    free(weather);
}

static void
counts_are_bounded(void **state) {
    struct record_weather *weather = weather_new();
    const struct {
        uint32_t *count;
        uint32_t most;
    } cases[] = {
        {&weather->minute_count, WEATHER_MINUTES_MAX},
        {&weather->hour_count, WEATHER_HOURS_MAX},
        {&weather->day_count, WEATHER_DAYS_MAX},
        {&weather->alert_count, WEATHER_ALERTS_MAX},
    };

    (void)state;
    for (int i = 0; i < WEATHER_MINUTES_MAX; i++) {
        weather->minutes[i] = (struct weather_minute){
            NOON_S + i * 900, NOON_S + i * 900 + 900, NAN};
    }
    for (int i = 0; i < WEATHER_HOURS_MAX; i++) {
        weather->hours[i] = an_hour(NOON_S + i * 3600);
    }
    for (int i = 0; i < WEATHER_DAYS_MAX; i++) {
        weather->days[i] = a_day(24 + i);
    }
    for (int i = 0; i < WEATHER_ALERTS_MAX; i++) {
        weather->alerts[i] = weather->alerts[0];
    }
    for (size_t i = 0; i < COUNT(cases); i++) {
        *cases[i].count = cases[i].most;
        assert_true(weather_check(weather));
        *cases[i].count = cases[i].most + 1;
        assert_false(weather_check(weather));
        *cases[i].count = UINT32_MAX;
        assert_false(weather_check(weather));
        *cases[i].count = 0;
        assert_true(weather_check(weather));
    }
    free(weather);
}

/* One record after another, each with a single fault. */
static void
faults_are_found(void **state) {
    enum { FAULTS = 25 };

    (void)state;
    for (int i = 0; i < FAULTS; i++) {
        struct record_weather *weather = weather_new();
        struct weather_hour *hour = &weather->hours[1];
        struct weather_day *day = &weather->days[1];
        struct weather_minute *minute = &weather->minutes[1];

        switch (i) {
        case 0: weather->interpolated = 2; break;
        case 1: weather->issued_s = 946684799; break;
        case 2: weather->now.time_s = 4133980800; break;
        case 3: weather->now.zero = 1; break;
        case 4: minute->start_s = RECORD_NO_TIME; break;
        case 5: minute->end_s = RECORD_NO_TIME; break;
        case 6: minute->end_s = minute->start_s; break;
        case 7: minute->end_s = minute->start_s + 3601; break;
        case 8: minute->start_s -= 1; break; /* into the one before */
        case 9: hour->time_s = RECORD_NO_TIME; break;
        case 10: hour->time_s = NOON_S; break; /* twice */
        case 11: hour->precip_start_s = RECORD_NO_TIME; break;
        case 12: hour->precip_end_s = hour->precip_start_s; break;
        case 13: hour->precip_end_s = hour->precip_start_s + 86401; break;
        case 14: hour->zero = 1; break;
        case 15: day->date.day = 24; break; /* twice */
        case 16: day->date.day = 32; break;
        case 17: day->date.month = 0; break;
        case 18: day->date.year = 2101; break;
        case 19: day->sunrise_s = RECORD_NO_TIME; break;
        case 20: day->sunset_s = day->sunrise_s; break;
        case 21: day->sunset_s = day->sunrise_s + 86400; break;
        case 22: weather->alerts[1].severity = WEATHER_ALERT_LEVEL_END; break;
        case 23: weather->alerts[1].title[0] = '\x1b'; break;
        default: weather->provider[40] = 'x'; break; /* behind the NUL */
        }
        assert_false(record_check(RECORD_WEATHER, weather, sizeof *weather));
        free(weather);
    }
}

static void
what_may_be_missing(void **state) {
    struct record_weather *weather = weather_new();

    (void)state;
    weather->now.time_s = RECORD_NO_TIME;
    weather->hours[0].precip_start_s = RECORD_NO_TIME;
    weather->hours[0].precip_end_s = RECORD_NO_TIME;
    weather->days[0].sunrise_s = RECORD_NO_TIME;
    weather->days[0].sunset_s = RECORD_NO_TIME;
    weather->days[1].sunset_s = weather->days[1].sunrise_s + 86399;
    weather->minutes[1].end_s = weather->minutes[1].start_s + 3600;
    weather->hours[1].precip_end_s = weather->hours[1].precip_start_s + 86400;
    weather->alerts[0].start_s = RECORD_NO_TIME;
    weather->days[1].date = (struct calendar_date){2100, 12, 31};
    assert_true(weather_check(weather));
    free(weather);
}

/* From the calmest to the worst, as the day's picture picks them. */
static void
severities(void **state) {
    static const struct weather_sky order[] = {
        {WEATHER_UNKNOWN, 0, 0, 0},
        {WEATHER_CLEAR, 0, 0, 0},
        {WEATHER_MOSTLY, 0, 0, 0},
        {WEATHER_PARTLY, 0, 0, 0},
        {WEATHER_OVERCAST, 0, 0, 0},
        {WEATHER_HAZE, 0, 0, 0},
        {WEATHER_DUST, 0, 0, 0},
        {WEATHER_FOG, 0, 0, 0},
        {WEATHER_DRIZZLE, 1, 0, 0},
        {WEATHER_DRIZZLE, 2, 0, 0},
        {WEATHER_SQUALL, 0, 0, 0},
        {WEATHER_RAIN, 1, 0, 0},
        {WEATHER_RAIN, 2, WEATHER_SHOWER, 0},
        {WEATHER_SNOW, 1, 0, 0},
        {WEATHER_SLEET, 1, 0, 0},
        {WEATHER_FREEZING_DRIZZLE, 1, 0, 0},
        {WEATHER_RAIN, 3, 0, 0},
        {WEATHER_SNOW, 3, 0, 0},
        {WEATHER_HAIL, 1, 0, 0},
        {WEATHER_FREEZING_RAIN, 1, 0, 0},
        {WEATHER_THUNDER, 2, 0, 0},
        {WEATHER_THUNDER, 3, WEATHER_WITH_HAIL, 0},
        {WEATHER_TORNADO, 0, 0, 0},
    };

    (void)state;
    assert_int_equal(weather_severity(order[0]), 0);
    for (size_t i = 1; i < COUNT(order); i++) {
        assert_true(weather_severity(order[i]) >
                    weather_severity(order[i - 1]));
    }
    assert_int_equal(
        weather_severity((struct weather_sky){.kind = WEATHER_KIND_END}), 0);
}

static void
names(void **state) {
    (void)state;
    for (unsigned kind = 0; kind < WEATHER_KIND_END; kind++) {
        assert_non_null(weather_kind_name(kind));
        for (unsigned other = 0; other < kind; other++) {
            assert_string_not_equal(weather_kind_name(kind),
                                    weather_kind_name(other));
        }
    }
    assert_string_equal(weather_kind_name(WEATHER_FREEZING_RAIN),
                        "freezing-rain");
    assert_string_equal(weather_kind_name(WEATHER_KIND_END), "?");
}

static void
print(void **state) {
    struct record_weather *weather = weather_new();
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    (void)state;
    assert_non_null(out);
    weather->now.temp_c = -0.0;
    weather->now.feels_c = NAN;
    weather->now.sky.is_day = WEATHER_DAY_UNKNOWN;
    weather->days[1].date = (struct calendar_date){2026, 11, 1};
    record_print(RECORD_WEATHER, weather, "ok", out);
    fclose(out);
    assert_non_null(strstr(text, "\"now\":{\"time\":1792843200,\"temp_c\":0,"
                                 "\"feels_c\":null,"));
    assert_non_null(strstr(text, "\"kind\":\"clear\",\"level\":0,"
                                 "\"shower\":false,\"dry\":false,"
                                 "\"hail\":false,\"freezing\":false,"
                                 "\"is_day\":null}"));
    assert_non_null(strstr(text, "\"minutes\":[{\"start\":1792843200,"
                                 "\"end\":1792844100,\"precip_mmh\":0.4},"));
    assert_non_null(strstr(text, "{\"date\":\"2026-11-01\",\"min_c\":-1,"));
    assert_non_null(strstr(text, "\"alerts\":[{\"title\":\"Gale\","
                                 "\"severity\":\"minor\","));
    assert_non_null(strstr(text, "\"issued\":null"));
    free(text);
    free(weather);
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_has_its_bounds),
        cmocka_unit_test(the_place_is_always_known),
        cmocka_unit_test(every_sky_is_judged),
        cmocka_unit_test(counts_are_bounded),
        cmocka_unit_test(faults_are_found),
        cmocka_unit_test(what_may_be_missing),
        cmocka_unit_test(severities),
        cmocka_unit_test(names),
        cmocka_unit_test(print),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
