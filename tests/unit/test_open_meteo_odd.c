/* Open-Meteo's replies with one thing changed: what is read as missing. */
#include "weather_sample.h"

#include <math.h>

#define AT(member) offsetof(struct record_weather, member)

struct change {
    const char *find, *with; /* in the sample from Oslo */
    size_t offset;           /* of a double in the record */
    double wanted;
    const char *note; /* how it begins */
};

static const struct change changes[] = {
    /* Both sides of every bound, and the rate that a sum becomes. */
    {"\"temperature_2m\":-0.0", "\"temperature_2m\":60", AT(now.temp_c), 60,
     ""},
    {"\"temperature_2m\":-0.0", "\"temperature_2m\":60.1", AT(now.temp_c), NAN,
     "current.temperature_2m: out of range"},
    {"\"temperature_2m\":-0.0", "\"temperature_2m\":-90", AT(now.temp_c), -90,
     ""},
    {"\"temperature_2m\":-0.0", "\"temperature_2m\":-90.1", AT(now.temp_c), NAN,
     "current.temperature_2m: out of range"},
    {"\"temperature_2m\":-0.0", "\"temperature_2m\":1e999", AT(now.temp_c), NAN,
     "current.temperature_2m: out of range"},
    {"\"temperature_2m\":-0.0", "\"temperature_2m\":\"3\"", AT(now.temp_c), NAN,
     "current.temperature_2m: no number"},
    {"\"temperature_2m\":-0.0", "\"temperature_2m\":[3]", AT(now.temp_c), NAN,
     "current.temperature_2m: no number"},
    {"\"temperature_2m\":-0.0", "\"temperature_2m\":null", AT(now.temp_c), NAN,
     ""},
    {"-4.1", "-120", AT(now.feels_c), -120, ""},
    {"-4.1", "-120.1", AT(now.feels_c), NAN, "current.apparent_temp"},
    {":92,", ":100,", AT(now.humidity_pct), 100, ""},
    {":92,", ":105,", AT(now.humidity_pct), 100, ""},
    {":92,", ":105.1,", AT(now.humidity_pct), NAN, "current.relative_hum"},
    {":92,", ":-1,", AT(now.humidity_pct), NAN, "current.relative_humidity"},
    {":3.40,", ":120,", AT(now.wind_ms), 120, ""},
    {":3.40,", ":120.1,", AT(now.wind_ms), NAN, "current.wind_speed_10m"},
    {":3.40,", ":-0.1,", AT(now.wind_ms), NAN, "current.wind_speed_10m"},
    {":3.40,", ":-0.0,", AT(now.wind_ms), 0, ""},
    {":350,", ":360,", AT(now.wind_from_deg), 0, ""},
    {":350,", ":360.1,", AT(now.wind_from_deg), NAN, "current.wind_direc"},
    {"\"interval\":900", "\"interval\":3600", AT(now.precip_mmh), 0.1, ""},
    {"\"interval\":900", "\"interval\":0", AT(now.precip_mmh), NAN, ""},
    {"\"interval\":900", "\"interval\":null", AT(now.precip_mmh), NAN, ""},
    {"\"precipitation\":0.10", "\"precipitation\":500", AT(now.precip_mmh),
     2000, ""},
    {"\"precipitation\":0.10", "\"precipitation\":501", AT(now.precip_mmh), NAN,
     "current.precipitation: out of range"},
    {"[0.10,0.10", "[500,0.10", AT(minutes[0].precip_mmh), 2000, ""},
    {"[0.10,0.10", "[500.1,0.10", AT(minutes[0].precip_mmh), NAN,
     "minutely_15.precipitation: out of range"},
    {"[80,65", "[100,65", AT(hours[0].pop), 1, ""},
    {"[80,65", "[100.5,65", AT(hours[0].pop), NAN,
     "hourly.precipitation_probability: out of range"},
    {"[1.40", "[2000", AT(days[0].precip_mm), 2000, ""},
    {"[1.40", "[2000.1", AT(days[0].precip_mm), NAN, "daily.precipitation_sum"},
    /* Units: known ones are converted, and a column of nulls has none. */
    {"\"wind_speed_10m\":\"m/s\"", "\"wind_speed_10m\":\"km/h\"",
     AT(now.wind_ms), 3.4 / 3.6, ""},
    {"\"wind_speed_10m\":\"m/s\"", "\"wind_speed_10m\":\"kn\"", AT(now.wind_ms),
     3.4 * 1852 / 3600, ""},
    {"\"wind_speed_10m\":\"m/s\"", "\"wind_speed_10m\":\"undefined\"",
     AT(now.wind_ms), NAN, ""},
    /* Arrays that are short, long, or none. */
    {"[-0.0,0.3,null,1.2]", "[1]", AT(hours[0].temp_c), 1, ""},
    {"[-0.0,0.3,null,1.2]", "[1]", AT(hours[1].temp_c), NAN, ""},
    {"[-0.0,0.3,null,1.2]", "[]", AT(hours[0].temp_c), NAN, ""},
    {"[-0.0,0.3,null,1.2]", "[1,2,3,4,5,6]", AT(hours[3].temp_c), 4, ""},
    {"[-0.0,0.3,null,1.2]", "{\"a\":7}", AT(hours[0].temp_c), NAN, ""},
    {"[-0.0,0.3,null,1.2]", "[true,0.3]", AT(hours[0].temp_c), NAN,
     "hourly.temperature_2m: no number"},
    /* Codes. */
    {"\"weather_code\":71", "\"weather_code\":100", AT(now.temp_c), 0,
     "current.weather_code: unknown code 100"},
    {"\"weather_code\":71", "\"weather_code\":-1", AT(now.temp_c), 0, ""},
    {"[71,71,null,3]", "[71.5,71]", AT(now.temp_c), 0, ""},
    {"\"utc_offset_seconds\":7200", "\"utc_offset_seconds\":3600",
     AT(now.temp_c), 0, "reply.utc_offset_seconds: the place keeps another"},
    /* The first of what is odd is named. */
    {"-4.1", "\"x\",\"relative_humidity_2m\":999", AT(now.feels_c), NAN,
     "current.apparent_temperature: no number"},
};

static void
one_change(void **state) {
    (void)state;
    live_in("Europe/Oslo");
    for (size_t i = 0; i < COUNT(changes); i++) {
        const struct change *change = &changes[i];
        struct record_weather weather;
        char note[RECORD_TEXT_MAX];
        char *text = sample_read("oslo");
        double got;

        sample_change(text, change->find, change->with);
        assert_true(sample_parse(text, &weather, note));
        memcpy(&got, (const char *)&weather + change->offset, sizeof got);
        if (isnan(change->wanted) != isnan(got) ||
            fabs(got - change->wanted) > 1e-9) {
            fail_msg("%s: %f, not %f", change->with, got, change->wanted);
        }
        if (change->note[0] == '\0') {
            assert_string_equal(note, "");
        }
        assert_memory_equal(note, change->note, strlen(change->note));
        free(text);
    }
}

/* Times that are none cost their row, no more. */
static void
times(void **state) {
    static const struct {
        const char *find, *with;
        uint32_t minutes, hours, days;
        bool odd;
    } cases[] = {
        {"\"interval\"", "\"interval\"", 8, 4, 3, false},
        {"[1792814400,1792818000,", "[1792814400,1792814400,", 8, 3, 3, true},
        {"[1792814400,1792818000,", "[1792814400,1792814399,", 8, 3, 3, true},
        {"[1792814400,1792818000,", "[1792814400,null,", 8, 3, 3, true},
        {"[1792814400,1792818000,", "[1792814400,1792818000.5,", 8, 3, 3, true},
        {"[1792814400,1792818000,", "[1792814400,-1,", 8, 3, 3, true},
        {"[1792814400,1792818000,", "[1792814400,4133980800,", 8, 3, 3, true},
        {"[1792814400,1792818000,", "[\"2026-10-24T06:00\",", 8, 2, 3, true},
        {"[1792814400,1792818000,", "[1792814400,1e300,", 8, 3, 3, true},
        {"[1792814400,1792815300,", "[1792814400,1792815299,", 7, 4, 3, true},
        {"[1792814400,1792815300,", "[946684800,1792815300,", 7, 4, 3, true},
        {"[1792792800,1792879200,", "[1792792800,1792792801,", 8, 4, 2, true},
        {"[1792792800,1792879200,", "[0,1792879200,", 8, 4, 2, true},
        {"\"daily\":{\"time\":", "\"daily\":{\"tide\":", 8, 4, 0, false},
        {"\"hourly\":{", "\"weekly\":{", 8, 0, 3, false},
        {"\"minutely_15\":{", "\"minutely_1\":{", 0, 4, 3, false},
    };

    (void)state;
    live_in("Europe/Oslo");
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct record_weather weather;
        char note[RECORD_TEXT_MAX];
        char *text = sample_read("oslo");

        sample_change(text, cases[i].find, cases[i].with);
        assert_true(sample_parse(text, &weather, note));
        assert_int_equal(weather.minute_count, cases[i].minutes);
        assert_int_equal(weather.hour_count, cases[i].hours);
        assert_int_equal(weather.day_count, cases[i].days);
        assert_int_equal(note[0] != '\0', cases[i].odd);
        free(text);
    }
}

/* The sun of a day is believed only where it can be that day's. */
static void
sun(void **state) {
    static const struct {
        const char *rise, *set; /* of Saturday the 24th, from 1792792800 on */
        bool good;
    } cases[] = {
        {"1792822560", "1792856760", true},
        {"1792792801", "1792879200", true}, /* 24 h less a second */
        {"1792792800", "1792879200", false},
        {"1792822560", "1792822560", false},
        {"1792856760", "1792822560", false},
        {"0", "0", false},
        {"null", "1792856760", false},
        {"1792822560", "null", false},
        {"1792908960", "1792943160", false}, /* tomorrow's */
        {"1792736160", "1792770360", false}, /* yesterday's */
        {"\"2026-10-24T08:16\"", "1792856760", false},
    };

    (void)state;
    live_in("Europe/Oslo");
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct record_weather weather;
        char note[RECORD_TEXT_MAX];
        char *text = sample_read("oslo");

        sample_change(text, "1792856760", cases[i].set);
        sample_change(text, "1792822560", cases[i].rise);
        assert_true(sample_parse(text, &weather, note));
        assert_int_equal(weather.days[0].sunrise_s != RECORD_NO_TIME,
                         cases[i].good);
        assert_int_equal(weather.days[0].sunset_s != RECORD_NO_TIME,
                         cases[i].good);
        assert_int_equal(weather.days[1].sunrise_s, 1792909140);
        free(text);
    }
}

static void
refused(void **state) {
    static const struct {
        const char *text, *note;
    } cases[] = {
        {"", "no JSON: "},
        {"<!DOCTYPE html><html>", "no JSON: "},
        {"{\"current\":{}", "no JSON: "},
        {"{}trailing", "no JSON: "},
        {"null", "no JSON object"},
        {"\"text\"", "no JSON object"},
        {"[]", "no JSON object"},
        {"[[{}]]", "no JSON object"},
        {"{}", "no weather in the reply"},
        {"{\"current\":[],\"hourly\":7,\"daily\":\"x\"}", "no weather in the"},
        {"{\"error\":true}", "an error without reason"},
        {"{\"error\":true,\"reason\":\"\\u001bno\"}", "no"},
        {"{\"current_units\":{},\"current\":{\"temperature_2m\":3}}",
         "current.temperature_2m is in an unknown unit, none"},
        {"{\"current_units\":{\"temperature_2m\":\"K\"},\"current\":"
         "{\"temperature_2m\":3}}",
         "current.temperature_2m is in an unknown unit, K"},
        {"{\"hourly\":{\"time\":[1792814400],\"precipitation\":[1]}}",
         "hourly.precipitation is in an unknown unit, none"},
        {"{\"daily_units\":{\"precipitation_sum\":\"\\u001b\"},\"daily\":"
         "{\"time\":[1792814400],\"precipitation_sum\":[1]}}",
         "daily.precipitation_sum is in an unknown unit, \\x1b"},
        {"{\"minutely_15_units\":{\"precipitation\":\"%\"},\"minutely_15\":"
         "{\"time\":[1792814400],\"precipitation\":[1]}}",
         "minutely_15.precipitation is in an unknown unit, %"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct record_weather weather;
        char note[RECORD_TEXT_MAX];

        assert_false(sample_parse(cases[i].text, &weather, note));
        assert_memory_equal(note, cases[i].note, strlen(cases[i].note));
    }
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_change),
        cmocka_unit_test(times),
        cmocka_unit_test(sun),
        cmocka_unit_test(refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
