/* The samples of Open-Meteo's replies, whole. */
#include "weather_sample.h"

#include <math.h>

#include "fetch/weather/open_meteo.h"

static void
assert_near(double got, double wanted) {
    assert_true(fabs(got - wanted) < 1e-9);
}

static void
assert_date(struct calendar_date date, int year, int month, int day) {
    assert_int_equal(date.year, year);
    assert_int_equal(date.month, month);
    assert_int_equal(date.day, day);
}

static struct record_weather
parse_good(const char *name) {
    struct record_weather weather;
    char note[RECORD_TEXT_MAX];
    char *text = sample_read(name);

    assert_true(sample_parse(text, &weather, note));
    assert_string_equal(note, "");
    free(text);
    return weather;
}

static void
oslo_now(void **state) {
    struct record_weather weather;

    (void)state;
    live_in("Europe/Oslo");
    weather = parse_good("oslo");
    assert_string_equal(weather.head.source, "weather");
    assert_int_equal(weather.head.taken_s, 1792814820);
    assert_int_equal(weather.head.live, 0);
    assert_string_equal(weather.provider, "open-meteo");
    assert_string_equal(weather.attribution, "Weather data by Open-Meteo.com");
    assert_int_equal(weather.interpolated, 1); /* north of ICON-D2 */
    assert_int_equal(weather.now.time_s, 1792814400);
    assert_near(weather.now.temp_c, 0);
    assert_false(signbit(weather.now.temp_c)); /* it was sent as -0.0 */
    assert_near(weather.now.feels_c, -4.1);
    assert_near(weather.now.humidity_pct, 92);
    assert_near(weather.now.wind_ms, 3.4);
    assert_near(weather.now.gust_ms, 7.2);
    assert_near(weather.now.wind_from_deg, 350);
    assert_near(weather.now.precip_mmh, 0.4); /* 0.10 mm in 900 s */
    assert_true(isnan(weather.now.uv));
    assert_int_equal(weather.now.sky.kind, WEATHER_SNOW);
    assert_int_equal(weather.now.sky.level, 1);
    assert_int_equal(weather.now.sky.is_day, 0);
    assert_int_equal(weather.alert_count, 0);
}

static void
oslo_hours(void **state) {
    struct record_weather weather;

    (void)state;
    live_in("Europe/Oslo");
    weather = parse_good("oslo");
    assert_int_equal(weather.minute_count, 8);
    assert_int_equal(weather.minutes[0].start_s, 1792814400 - 900);
    assert_int_equal(weather.minutes[0].end_s, 1792814400);
    assert_near(weather.minutes[0].precip_mmh, 0.4);
    assert_near(weather.minutes[2].precip_mmh, 0.8);
    assert_true(isnan(weather.minutes[3].precip_mmh)); /* not dry */
    assert_near(weather.minutes[4].precip_mmh, 0);

    assert_int_equal(weather.hour_count, 4);
    /* The 0.40 mm belong to 04:00Z to 05:00Z. */
    assert_int_equal(weather.hours[1].time_s, 1792818000);
    assert_int_equal(weather.hours[1].precip_start_s, 1792814400);
    assert_int_equal(weather.hours[1].precip_end_s, 1792818000);
    assert_near(weather.hours[1].precip_mm, 0.4);
    assert_near(weather.hours[1].pop, 0.65);
    assert_true(isnan(weather.hours[1].wind_ms)); /* not in this reply */
    assert_true(isnan(weather.hours[2].temp_c));
    assert_true(isnan(weather.hours[2].pop));
    assert_int_equal(weather.hours[2].sky.kind, WEATHER_UNKNOWN);
    assert_int_equal(weather.hours[2].sky.is_day, 0);
    assert_near(weather.hours[2].precip_mm, 0);
    assert_int_equal(weather.hours[3].sky.kind, WEATHER_OVERCAST);
    assert_int_equal(weather.hours[3].sky.is_day, 1);
}

static void
oslo_days(void **state) {
    struct record_weather weather;

    (void)state;
    live_in("Europe/Oslo");
    weather = parse_good("oslo");
    assert_int_equal(weather.day_count, 3);
    assert_date(weather.days[0].date, 2026, 10, 24);
    assert_date(weather.days[1].date, 2026, 10, 25);
    /* Its stamp is Sunday, 23:00, after the clocks went back. */
    assert_date(weather.days[2].date, 2026, 10, 26);
    assert_near(weather.days[2].max_c, -0.4);
    assert_true(isnan(weather.days[2].min_c));
    assert_true(isnan(weather.days[2].uv));
    assert_near(weather.days[0].precip_mm, 1.4);
    assert_near(weather.days[0].pop, 0.8);
    assert_int_equal(weather.days[0].sky.kind, WEATHER_SNOW);
    assert_int_equal(weather.days[0].sky.is_day, 1);
    assert_int_equal(weather.days[2].sky.kind, WEATHER_FOG);
    assert_int_equal(weather.days[2].sunrise_s, 1792995660);
    assert_int_equal(weather.days[2].sunset_s, 1793029260);
}

/* Wherever the sun does not rise or set, the local sun is asked. */
static void
polar_sun(void **state) {
    static const char *const names[] = {"polar-night", "midnight-sun",
                                        "places"};

    (void)state;
    live_in("Europe/Oslo");
    for (size_t i = 0; i < COUNT(names); i++) {
        struct record_weather weather;
        char note[RECORD_TEXT_MAX];
        char *text = sample_read(names[i]);

        assert_true(sample_parse(text, &weather, note));
        assert_int_equal(weather.day_count, 1);
        assert_int_equal(weather.days[0].sunrise_s, RECORD_NO_TIME);
        assert_int_equal(weather.days[0].sunset_s, RECORD_NO_TIME);
        assert_true(isnan(weather.now.temp_c));
        assert_int_equal(weather.now.time_s, RECORD_NO_TIME);
        free(text);
    }
}

static void
imperial_units_are_converted(void **state) {
    struct record_weather weather;

    (void)state;
    live_in("Europe/Oslo");
    weather = parse_good("imperial");
    assert_near(weather.now.feels_c, (-4.1 - 32) * 5 / 9);
    assert_near(weather.now.wind_ms, 3.4 * 0.44704);
    assert_near(weather.now.precip_mmh, 0.1 * 25.4 * 4);
    assert_near(weather.minutes[2].precip_mmh, 0.2 * 25.4 * 4);
    assert_near(weather.hours[3].temp_c, (1.2 - 32) * 5 / 9);
    assert_near(weather.days[0].precip_mm, 1.4 * 25.4);
    assert_near(weather.hours[1].pop, 0.65);
}

static void
what_is_no_weather(void **state) {
    static const struct {
        const char *seed, *note;
    } cases[] = {
        {"limit", "Minutely API request limit exceeded. Please try again in "
                  "one minute."},
        {"broken-off", "no JSON: "},
        {"old-server", "no weather in the reply"},
        {"unknown-unit",
         "current.wind_speed_10m is in an unknown unit, furlong"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct record_weather weather;
        struct record_weather before;
        char note[RECORD_TEXT_MAX];
        char *text = sample_read(cases[i].seed);

        memset(&weather, 0x5a, sizeof weather);
        before = weather;
        assert_false(sample_parse(text, &weather, note));
        assert_memory_equal(note, cases[i].note, strlen(cases[i].note));
        assert_memory_equal(&weather, &before, sizeof weather);
        free(text);
    }
}

static void
reasons(void **state) {
    static const struct {
        const char *text, *reason; /* NULL: none */
    } cases[] = {
        {"{\"error\":true,\"reason\":\"No data\"}", "No data"},
        {"{\"reason\":\"a\\u0007b\"}", "ab"},
        {"[{\"reason\":\"first\"},{\"reason\":\"second\"}]", "first"},
        {"{\"error\":true}", NULL},
        {"{\"reason\":12}", NULL},
        {"{\"reason\":\"\"}", NULL},
        {"<html>", NULL},
        {"[]", NULL},
        {"", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char reason[RECORD_TEXT_MAX];

        assert_int_equal(
            open_meteo_reason(cases[i].text, strlen(cases[i].text), reason),
            cases[i].reason != NULL);
        if (cases[i].reason != NULL) {
            assert_string_equal(reason, cases[i].reason);
        }
    }
}

static void
urls(void **state) {
    static const struct {
        const char *base, *models;
        double elevation_m;
        const char *wanted; /* how it begins */
    } cases[] = {
        {"", "", NAN,
         "https://api.open-meteo.com/v1/forecast?latitude=59.9139&longitude="
         "-10.7522&timezone=auto&timeformat=unixtime&"},
        {"http://192.168.1.20:8080", "", NAN,
         "http://192.168.1.20:8080/v1/forecast?latitude="},
        {"http://192.168.1.20:8080/v1/forecast", "", NAN,
         "http://192.168.1.20:8080/v1/forecast?latitude="},
        {"http://192.168.1.20/weather/", "icon_seamless", -3.4,
         "http://192.168.1.20/weather/v1/forecast?latitude=59.9139&longitude="
         "-10.7522&elevation=-3&models=icon_seamless&timezone="},
    };
    char url[OPEN_METEO_URL_MAX];
    struct settings settings = {0};

    (void)state;
    settings.mirror.location[0] = 59.91388;
    settings.mirror.location[1] = -10.75224;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct weather_settings *weather = &settings.weather;

        snprintf(weather->url, sizeof weather->url, "%s", cases[i].base);
        snprintf(weather->models, sizeof weather->models, "%s",
                 cases[i].models);
        weather->elevation_m = cases[i].elevation_m;
        assert_true(open_meteo_url(&settings, url, sizeof url));
        assert_memory_equal(url, cases[i].wanted, strlen(cases[i].wanted));
        assert_true(open_meteo_url(&settings, url, strlen(url) + 1));
        assert_false(open_meteo_url(&settings, url, strlen(url)));
    }
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(oslo_now),
        cmocka_unit_test(oslo_hours),
        cmocka_unit_test(oslo_days),
        cmocka_unit_test(polar_sun),
        cmocka_unit_test(imperial_units_are_converted),
        cmocka_unit_test(what_is_no_weather),
        cmocka_unit_test(reasons),
        cmocka_unit_test(urls),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
