#include "fetch/weather/open_meteo_parse.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/str.h"
#include "fetch/json.h"
#include "fetch/weather/open_meteo_block.h"
#include "fetch/weather/open_meteo_days.h"

enum {
    HOUR_S = 3600,
    QUARTER_S = 900,
};

static const struct open_meteo_field now_fields[] = {
    {"temperature_2m", OPEN_METEO_TEMP_RANGE,
     offsetof(struct weather_now, temp_c)},
    {"apparent_temperature", OPEN_METEO_TEMPERATURE, WEATHER_FEELS_MIN_C,
     WEATHER_FEELS_MAX_C, offsetof(struct weather_now, feels_c)},
    /* Up to 105 for what is 100: computed humidity overshoots. */
    {"relative_humidity_2m", OPEN_METEO_PERCENT, 0, 105,
     offsetof(struct weather_now, humidity_pct)},
    {"wind_speed_10m", OPEN_METEO_WIND_RANGE,
     offsetof(struct weather_now, wind_ms)},
    {"wind_gusts_10m", OPEN_METEO_WIND_RANGE,
     offsetof(struct weather_now, gust_ms)},
    {"wind_direction_10m", OPEN_METEO_PLAIN, 0, 360,
     offsetof(struct weather_now, wind_from_deg)},
    {"precipitation", OPEN_METEO_PRECIPITATION, 0, WEATHER_SUM_MAX_MM,
     offsetof(struct weather_now, precip_mmh)},
    {0},
};

static const struct open_meteo_field minute_fields[] = {
    {"precipitation", OPEN_METEO_PRECIPITATION, 0, WEATHER_RATE_MAX_MMH / 4.0,
     offsetof(struct weather_minute, precip_mmh)},
    {0},
};

static const struct open_meteo_field hour_fields[] = {
    {"temperature_2m", OPEN_METEO_TEMP_RANGE,
     offsetof(struct weather_hour, temp_c)},
    {"precipitation", OPEN_METEO_PRECIPITATION, 0, WEATHER_SUM_MAX_MM,
     offsetof(struct weather_hour, precip_mm)},
    {"precipitation_probability", OPEN_METEO_SHARE, 0, 1,
     offsetof(struct weather_hour, pop)},
    {"wind_speed_10m", OPEN_METEO_WIND_RANGE,
     offsetof(struct weather_hour, wind_ms)},
    {"wind_gusts_10m", OPEN_METEO_WIND_RANGE,
     offsetof(struct weather_hour, gust_ms)},
    {"uv_index", OPEN_METEO_UV_RANGE, offsetof(struct weather_hour, uv)},
    {0},
};

static bool
read_now(struct open_meteo_reader *reader, struct weather_now *now) {
    struct open_meteo_block block =
        open_meteo_block(reader, "current", "current_units");
    int64_t interval_s = json_int(block.values, "interval", 60, 86400, -1);

    if (!open_meteo_row(reader, &block, now_fields, now)) {
        return false;
    }
    now->time_s =
        json_int(block.values, "time", 0, INT64_MAX / 2, RECORD_NO_TIME);
    if (!record_time_ok(now->time_s)) {
        now->time_s = RECORD_NO_TIME;
    }
    now->sky =
        open_meteo_sky(reader, block.name,
                       json_int(block.values, "weather_code", 0, 1000000, -1),
                       json_int(block.values, "is_day", 0, 1, -1));
    now->humidity_pct = fmin(
        now->humidity_pct, isnan(now->humidity_pct) ? now->humidity_pct : 100);
    if (now->wind_from_deg == 360) {
        now->wind_from_deg = 0;
    }
    /* A sum over the interval that ends now, not over an hour. */
    now->precip_mmh *= interval_s > 0 ? 3600.0 / (double)interval_s : NAN;
    if (now->precip_mmh > WEATHER_RATE_MAX_MMH) {
        open_meteo_odd(reader, block.name, "precipitation", "out of range");
        now->precip_mmh = NAN;
    }
    return true;
}

/* The quarter hour behind each stamp. */
static bool
read_minutes(struct open_meteo_reader *reader, struct record_weather *weather) {
    struct open_meteo_block block =
        open_meteo_block(reader, "minutely_15", "minutely_15_units");
    struct weather_minute *minutes = weather->minutes;
    int64_t times[WEATHER_MINUTES_MAX];
    size_t count = open_meteo_times(&block, "time", times, WEATHER_MINUTES_MAX);
    uint32_t kept = 0;

    if (!open_meteo_rows(reader, &block, minute_fields, minutes,
                         sizeof *minutes, count)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct weather_minute minute = {
            .start_s = times[i] - (times[i] != RECORD_NO_TIME ? QUARTER_S : 0),
            .end_s = times[i],
            .precip_mmh = minutes[i].precip_mmh * 4,
        };

        if (!record_time_ok(minute.start_s) || times[i] == RECORD_NO_TIME ||
            (kept > 0 && minute.start_s < minutes[kept - 1].end_s)) {
            open_meteo_odd(reader, block.name, "time", "out of order");
            continue;
        }
        minutes[kept++] = minute;
    }
    memset(&minutes[kept], 0, (count - kept) * sizeof *minutes);
    weather->minute_count = kept;
    return true;
}

/* Whether a row belongs behind those that were kept. */
static bool
time_in_order(int64_t time_s, const struct weather_hour *hours, uint32_t kept) {
    return time_s != RECORD_NO_TIME && record_time_ok(time_s - HOUR_S) &&
           (kept == 0 || time_s > hours[kept - 1].time_s);
}

static bool
read_hours(struct open_meteo_reader *reader, struct record_weather *weather) {
    struct open_meteo_block block =
        open_meteo_block(reader, "hourly", "hourly_units");
    struct weather_hour *hours = weather->hours;
    int64_t times[WEATHER_HOURS_MAX];
    int64_t codes[WEATHER_HOURS_MAX];
    int64_t days[WEATHER_HOURS_MAX];
    size_t count = open_meteo_times(&block, "time", times, WEATHER_HOURS_MAX);
    uint32_t kept = 0;

    open_meteo_codes(&block, "weather_code", codes, count);
    open_meteo_codes(&block, "is_day", days, count);
    if (!open_meteo_rows(reader, &block, hour_fields, hours, sizeof *hours,
                         count)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!time_in_order(times[i], hours, kept)) {
            open_meteo_odd(reader, block.name, "time", "out of order");
            continue;
        }
        hours[kept] = hours[i];
        hours[kept].time_s = times[i];
        hours[kept].precip_start_s = times[i] - HOUR_S;
        hours[kept].precip_end_s = times[i];
        hours[kept].sky = open_meteo_sky(reader, block.name, codes[i], days[i]);
        kept++;
    }
    memset(&hours[kept], 0, (count - kept) * sizeof *hours);
    weather->hour_count = kept;
    return true;
}

/* The present index is that of the hour it is. */
static double
uv_now(const struct record_weather *weather) {
    int64_t now_s = weather->now.time_s;

    for (uint32_t i = 0; i < weather->hour_count; i++) {
        const struct weather_hour *hour = &weather->hours[i];

        if (hour->time_s <= now_s && now_s < hour->time_s + HOUR_S) {
            return hour->uv;
        }
    }
    return NAN;
}

/*
 * Quarter hours are computed as such by ICON-D2 (Central Europe; the box is
 * DWD's) and by HRRR (the contiguous United States; the box lies within its
 * grid). Elsewhere the server cuts hours up.
 */
static bool
quarters_are_native(const struct open_meteo_asked *asked) {
    double latitude = asked->latitude_deg;
    double longitude = asked->longitude_deg;

    return !asked->one_model && ((latitude >= 43.18 && latitude <= 58.08 &&
                                  longitude >= -3.94 && longitude <= 20.34) ||
                                 (latitude >= 25 && latitude <= 50 &&
                                  longitude >= -125 && longitude <= -67));
}

/* Dates and hours are drawn in the system's zone, wherever the place is. */
static void
compare_zones(struct open_meteo_reader *reader, int64_t now_s) {
    int64_t theirs_s =
        json_int(reader->root, "utc_offset_seconds", -86400, 86400, 0);

    if (json_member(reader->root, "utc_offset_seconds") != NULL &&
        theirs_s != calendar_at(now_s, NULL).utc_offset) {
        open_meteo_odd(reader, "reply", "utc_offset_seconds",
                       "the place keeps another time than this system");
    }
}

static bool
read_record(struct open_meteo_reader *reader,
            const struct open_meteo_asked *asked,
            struct record_weather *weather) {
    record_head_init(&weather->head, "weather", "", asked->now_s);
    str_copy(weather->provider, sizeof weather->provider, "open-meteo");
    str_copy(weather->attribution, sizeof weather->attribution,
             "Weather data by Open-Meteo.com");
    weather->interpolated = quarters_are_native(asked) ? 0 : 1;
    weather->latitude_deg = asked->latitude_deg;
    weather->longitude_deg = asked->longitude_deg;
    weather->issued_s = RECORD_NO_TIME;
    if (!read_now(reader, &weather->now) || !read_minutes(reader, weather) ||
        !read_hours(reader, weather) ||
        !open_meteo_read_days(reader, weather)) {
        return false;
    }
    weather->now.uv = uv_now(weather);
    compare_zones(reader, asked->now_s);
    if (isnan(weather->now.temp_c) && weather->hour_count == 0 &&
        weather->day_count == 0) {
        str_copy(reader->why, sizeof reader->why, "no weather in the reply");
        return false;
    }
    return true;
}

/* Several places come as an array; we only ever ask for one. */
static const cJSON *
find_root(const cJSON *parsed) {
    return cJSON_IsArray(parsed) ? parsed->child : parsed;
}

static bool
read_reason(const cJSON *root, char ret_reason[RECORD_TEXT_MAX]) {
    const char *reason = json_text(root, "reason");

    if (reason == NULL) {
        return false;
    }
    str_clean(ret_reason, RECORD_TEXT_MAX, reason, strlen(reason));
    return ret_reason[0] != '\0';
}

bool
open_meteo_reason(const char *text, size_t size,
                  char ret_reason[RECORD_TEXT_MAX]) {
    const char *why;
    cJSON *parsed = json_parse(text, size, &why);
    bool found = read_reason(find_root(parsed), ret_reason);

    cJSON_Delete(parsed);
    return found;
}

bool
open_meteo_parse(const struct open_meteo_asked *asked, const char *text,
                 size_t size, struct record_weather *ret_record,
                 char ret_note[RECORD_TEXT_MAX]) {
    struct open_meteo_reader reader = {0};
    struct record_weather weather;
    const char *why = "";
    cJSON *parsed = json_parse(text, size, &why);
    bool good = false;

    memset(&weather, 0, sizeof weather); /* the padding too */
    reader.root = find_root(parsed);
    if (parsed == NULL) {
        snprintf(reader.why, sizeof reader.why, "no JSON: %s", why);
    } else if (!cJSON_IsObject(reader.root)) {
        str_copy(reader.why, sizeof reader.why, "no JSON object");
    } else if (json_bool(reader.root, "error", false)) {
        if (!read_reason(reader.root, reader.why)) {
            str_copy(reader.why, sizeof reader.why, "an error without reason");
        }
    } else {
        good = read_record(&reader, asked, &weather);
    }
    cJSON_Delete(parsed);
    str_copy(ret_note, RECORD_TEXT_MAX, good ? reader.odd : reader.why);
    if (good) {
        memcpy(ret_record, &weather, sizeof weather);
    }
    return good;
}
