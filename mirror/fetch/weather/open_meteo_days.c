#include "fetch/weather/open_meteo_days.h"

#include <stdlib.h>
#include <string.h>

enum {
    HALF_DAY_S = 43200,
    /* The part of a day that its picture stands for, local hours. */
    DAYTIME_FIRST = 6,
    DAYTIME_LAST = 20,
};

static const struct open_meteo_field day_fields[] = {
    {"temperature_2m_min", OPEN_METEO_TEMP_RANGE,
     offsetof(struct weather_day, min_c)},
    {"temperature_2m_max", OPEN_METEO_TEMP_RANGE,
     offsetof(struct weather_day, max_c)},
    {"precipitation_sum", OPEN_METEO_PRECIPITATION, 0, WEATHER_SUM_MAX_MM,
     offsetof(struct weather_day, precip_mm)},
    {"precipitation_probability_max", OPEN_METEO_SHARE, 0, 1,
     offsetof(struct weather_day, pop)},
    {"uv_index_max", OPEN_METEO_UV_RANGE, offsetof(struct weather_day, uv)},
    {"wind_speed_10m_max", OPEN_METEO_WIND_RANGE,
     offsetof(struct weather_day, wind_ms)},
    {"wind_gusts_10m_max", OPEN_METEO_WIND_RANGE,
     offsetof(struct weather_day, gust_ms)},
    {0},
};

/*
 * The server's own daily code is the worst of all 24 hours: a thunderstorm at
 * three in the morning would be the picture of a sunny day. Where the hours
 * reach to the end of daytime, the worst of daytime is taken instead.
 */
static struct weather_sky
daytime_sky(const struct record_weather *weather, struct calendar_date date,
            struct weather_sky whole_day) {
    struct weather_sky worst = {0};
    bool complete = false;

    for (uint32_t i = 0; i < weather->hour_count; i++) {
        struct calendar at = calendar_at(weather->hours[i].time_s, NULL);
        struct weather_sky sky = weather->hours[i].sky;

        if (calendar_compare(at.date, date) != 0 || at.hour < DAYTIME_FIRST ||
            at.hour > DAYTIME_LAST || sky.kind == WEATHER_UNKNOWN) {
            continue;
        }
        complete = complete || at.hour == DAYTIME_LAST;
        if (weather_severity(sky) > weather_severity(worst)) {
            worst = sky;
        }
    }
    if (!complete) {
        worst = whole_day;
    }
    worst.is_day = 1; /* a day's picture has the sun in it */
    return worst;
}

/* Polar night and midnight sun are sent as rise and set at midnight, by old
 * servers as 0, and once a neighbouring day's were (open-meteo issue 847). */
static void
set_sun(struct weather_day *day, int64_t day_start_s, int64_t rise_s,
        int64_t set_s) {
    bool valid =
        rise_s != RECORD_NO_TIME && set_s != RECORD_NO_TIME && rise_s < set_s &&
        set_s < rise_s + 2 * HALF_DAY_S &&
        llabs((rise_s + set_s) / 2 - day_start_s - HALF_DAY_S) < HALF_DAY_S;

    day->sunrise_s = valid ? rise_s : RECORD_NO_TIME;
    day->sunset_s = valid ? set_s : RECORD_NO_TIME;
}

/*
 * The server cuts days of 24 hours at the offset that holds now; after a change
 * of the clocks they begin at 23:00 or 01:00. Their middle is on the right date
 * all the same.
 */
static bool
day_date(int64_t start_s, const struct weather_day *days, uint32_t kept,
         struct calendar_date *ret_date) {
    if (start_s == RECORD_NO_TIME || !record_time_ok(start_s + HALF_DAY_S)) {
        return false;
    }
    *ret_date = calendar_at(start_s + HALF_DAY_S, NULL).date;
    return ret_date->year >= RECORD_YEAR_MIN &&
           ret_date->year <= RECORD_YEAR_MAX &&
           (kept == 0 || calendar_compare(*ret_date, days[kept - 1].date) > 0);
}

bool
open_meteo_read_days(struct open_meteo_reader *reader,
                     struct record_weather *weather) {
    struct open_meteo_block block =
        open_meteo_block(reader, "daily", "daily_units");
    struct weather_day *days = weather->days;
    int64_t times[WEATHER_DAYS_MAX];
    int64_t codes[WEATHER_DAYS_MAX];
    int64_t rises[WEATHER_DAYS_MAX] = {0};
    int64_t sets[WEATHER_DAYS_MAX] = {0};
    size_t count = open_meteo_times(&block, "time", times, WEATHER_DAYS_MAX);
    size_t rise_count =
        open_meteo_times(&block, "sunrise", rises, WEATHER_DAYS_MAX);
    size_t set_count =
        open_meteo_times(&block, "sunset", sets, WEATHER_DAYS_MAX);
    uint32_t kept = 0;

    open_meteo_codes(&block, "weather_code", codes, count);
    if (!open_meteo_rows(reader, &block, day_fields, days, sizeof *days,
                         count)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct calendar_date date;
        bool sun = i < rise_count && i < set_count;

        if (!day_date(times[i], days, kept, &date)) {
            open_meteo_odd(reader, block.name, "time", "out of order");
            continue;
        }
        days[kept] = days[i];
        days[kept].date = date;
        days[kept].sky = daytime_sky(
            weather, date, open_meteo_sky(reader, block.name, codes[i], 1));
        set_sun(&days[kept], times[i], sun ? rises[i] : RECORD_NO_TIME,
                sun ? sets[i] : RECORD_NO_TIME);
        kept++;
    }
    memset(&days[kept], 0, (count - kept) * sizeof *days);
    weather->day_count = kept;
    return true;
}
