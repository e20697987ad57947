#include "model/weather.h"

enum {
    MINUTE_SPAN_MAX_S = 3600, /* of one column of the ribbon */
    HOUR_SPAN_MAX_S = 86400,  /* of one precipitation sum */
};

static const char *const kind_names[WEATHER_KIND_END] = {
    [WEATHER_UNKNOWN] = "unknown",
    [WEATHER_CLEAR] = "clear",
    [WEATHER_MOSTLY] = "mostly-clear",
    [WEATHER_PARTLY] = "partly-cloudy",
    [WEATHER_OVERCAST] = "overcast",
    [WEATHER_HAZE] = "haze",
    [WEATHER_FOG] = "fog",
    [WEATHER_DUST] = "dust",
    [WEATHER_DRIZZLE] = "drizzle",
    [WEATHER_FREEZING_DRIZZLE] = "freezing-drizzle",
    [WEATHER_RAIN] = "rain",
    [WEATHER_FREEZING_RAIN] = "freezing-rain",
    [WEATHER_SLEET] = "sleet",
    [WEATHER_SNOW] = "snow",
    [WEATHER_HAIL] = "hail",
    [WEATHER_THUNDER] = "thunder",
    [WEATHER_SQUALL] = "squall",
    [WEATHER_TORNADO] = "tornado",
};

static const char *const alert_names[WEATHER_ALERT_LEVEL_END] = {
    [WEATHER_ALERT_MINOR] = "minor",
    [WEATHER_ALERT_MODERATE] = "moderate",
    [WEATHER_ALERT_SEVERE] = "severe",
    [WEATHER_ALERT_EXTREME] = "extreme",
};

const char *
weather_kind_name(unsigned kind) {
    return kind < WEATHER_KIND_END ? kind_names[kind] : "?";
}

/* What can hurt before what only wets; 0 is no kind. */
static int
severity_rank(struct weather_sky sky) {
    static const uint8_t ranks[WEATHER_KIND_END] = {
        [WEATHER_CLEAR] = 1,
        [WEATHER_MOSTLY] = 2,
        [WEATHER_PARTLY] = 3,
        [WEATHER_OVERCAST] = 4,
        [WEATHER_HAZE] = 5,
        [WEATHER_DUST] = 6,
        [WEATHER_FOG] = 7,
        [WEATHER_DRIZZLE] = 8,
        [WEATHER_SQUALL] = 9,
        [WEATHER_RAIN] = 10,
        [WEATHER_SNOW] = 11,
        [WEATHER_SLEET] = 12,
        [WEATHER_FREEZING_DRIZZLE] = 13,
        /* 14 heavy rain, 15 heavy snow */
        [WEATHER_HAIL] = 16,
        [WEATHER_FREEZING_RAIN] = 17,
        [WEATHER_THUNDER] = 18,
        /* 19 thunder with hail */
        [WEATHER_TORNADO] = 20,
    };

    if (sky.kind >= WEATHER_KIND_END) {
        return 0;
    }
    if (sky.kind == WEATHER_RAIN && sky.level == 3) {
        return 14;
    }
    if (sky.kind == WEATHER_SNOW && sky.level == 3) {
        return 15;
    }
    if (sky.kind == WEATHER_THUNDER && (sky.flags & WEATHER_WITH_HAIL) != 0) {
        return 19;
    }
    return ranks[sky.kind];
}

int
weather_severity(struct weather_sky sky) {
    int rank = severity_rank(sky);

    return rank == 0 ? 0 : rank * 4 + sky.level;
}

static bool
temperature_ok(double celsius) {
    return record_real_ok(celsius, WEATHER_TEMP_MIN_C, WEATHER_TEMP_MAX_C);
}

static bool
wind_ok(double metres_per_second) {
    return record_real_ok(metres_per_second, 0, WEATHER_WIND_MAX_MS);
}

static bool
sky_ok(struct weather_sky sky) {
    return sky.kind < WEATHER_KIND_END && sky.level <= 3 &&
           sky.flags <= WEATHER_FLAG_ALL && sky.is_day <= WEATHER_DAY_UNKNOWN;
}

static bool
now_ok(const struct weather_now *now) {
    return record_time_ok(now->time_s) && sky_ok(now->sky) && now->zero == 0 &&
           temperature_ok(now->temp_c) &&
           record_real_ok(now->feels_c, WEATHER_FEELS_MIN_C,
                          WEATHER_FEELS_MAX_C) &&
           record_real_ok(now->humidity_pct, 0, 100) && wind_ok(now->wind_ms) &&
           wind_ok(now->gust_ms) &&
           record_real_ok(now->wind_from_deg, 0, 360) &&
           record_real_ok(now->precip_mmh, 0, WEATHER_RATE_MAX_MMH) &&
           record_real_ok(now->uv, 0, WEATHER_UV_MAX);
}

/* Both times are known, and the span between them is sensible. */
static bool
span_ok(int64_t start_s, int64_t end_s, int64_t most_s) {
    return start_s != RECORD_NO_TIME && end_s != RECORD_NO_TIME &&
           record_time_ok(start_s) && record_time_ok(end_s) &&
           start_s < end_s && end_s - start_s <= most_s;
}

static bool
minutes_ok(const struct record_weather *weather) {
    if (weather->minute_count > WEATHER_MINUTES_MAX) {
        return false;
    }
    for (uint32_t i = 0; i < weather->minute_count; i++) {
        const struct weather_minute *minute = &weather->minutes[i];

        if (!span_ok(minute->start_s, minute->end_s, MINUTE_SPAN_MAX_S) ||
            !record_real_ok(minute->precip_mmh, 0, WEATHER_RATE_MAX_MMH) ||
            (i > 0 && minute->start_s < minute[-1].end_s)) {
            return false;
        }
    }
    return true;
}

static bool
hour_ok(const struct weather_hour *hour) {
    bool no_span = hour->precip_start_s == RECORD_NO_TIME &&
                   hour->precip_end_s == RECORD_NO_TIME;

    return hour->time_s != RECORD_NO_TIME && record_time_ok(hour->time_s) &&
           (no_span || span_ok(hour->precip_start_s, hour->precip_end_s,
                               HOUR_SPAN_MAX_S)) &&
           sky_ok(hour->sky) && hour->zero == 0 &&
           temperature_ok(hour->temp_c) &&
           record_real_ok(hour->precip_mm, 0, WEATHER_SUM_MAX_MM) &&
           record_real_ok(hour->pop, 0, 1) && wind_ok(hour->wind_ms) &&
           wind_ok(hour->gust_ms) &&
           record_real_ok(hour->uv, 0, WEATHER_UV_MAX);
}

static bool
hours_ok(const struct record_weather *weather) {
    if (weather->hour_count > WEATHER_HOURS_MAX) {
        return false;
    }
    for (uint32_t i = 0; i < weather->hour_count; i++) {
        const struct weather_hour *hour = &weather->hours[i];

        if (!hour_ok(hour) || (i > 0 && hour->time_s <= hour[-1].time_s)) {
            return false;
        }
    }
    return true;
}

static bool
date_ok(struct calendar_date date) {
    return date.year >= RECORD_YEAR_MIN && date.year <= RECORD_YEAR_MAX &&
           calendar_compare(calendar_from_days(calendar_days(date)), date) == 0;
}

/* Either half may be missing: then the local sun is asked. */
static bool
sun_ok(int64_t rise_s, int64_t set_s) {
    return (rise_s == RECORD_NO_TIME && set_s == RECORD_NO_TIME) ||
           span_ok(rise_s, set_s, 86400 - 1);
}

static bool
day_ok(const struct weather_day *day) {
    return date_ok(day->date) && sky_ok(day->sky) &&
           temperature_ok(day->min_c) && temperature_ok(day->max_c) &&
           record_real_ok(day->precip_mm, 0, WEATHER_SUM_MAX_MM) &&
           record_real_ok(day->pop, 0, 1) &&
           record_real_ok(day->uv, 0, WEATHER_UV_MAX) &&
           wind_ok(day->wind_ms) && wind_ok(day->gust_ms) &&
           sun_ok(day->sunrise_s, day->sunset_s);
}

static bool
days_ok(const struct record_weather *weather) {
    if (weather->day_count > WEATHER_DAYS_MAX) {
        return false;
    }
    for (uint32_t i = 0; i < weather->day_count; i++) {
        const struct weather_day *day = &weather->days[i];

        if (!day_ok(day) ||
            (i > 0 && calendar_compare(day[-1].date, day->date) >= 0)) {
            return false;
        }
    }
    return true;
}

static bool
alerts_ok(const struct record_weather *weather) {
    if (weather->alert_count > WEATHER_ALERTS_MAX) {
        return false;
    }
    for (uint32_t i = 0; i < weather->alert_count; i++) {
        const struct weather_alert *alert = &weather->alerts[i];

        if (!record_text_ok(alert->title, sizeof alert->title) ||
            alert->severity >= WEATHER_ALERT_LEVEL_END ||
            !record_time_ok(alert->start_s) || !record_time_ok(alert->end_s)) {
            return false;
        }
    }
    return true;
}

bool
weather_check(const void *record) {
    const struct record_weather *weather = record;

    return record_text_ok(weather->provider, sizeof weather->provider) &&
           record_text_ok(weather->attribution, sizeof weather->attribution) &&
           weather->interpolated <= 1 && weather->latitude_deg >= -90 &&
           weather->latitude_deg <= 90 && weather->longitude_deg >= -180 &&
           weather->longitude_deg <= 180 && record_time_ok(weather->issued_s) &&
           now_ok(&weather->now) && minutes_ok(weather) && hours_ok(weather) &&
           days_ok(weather) && alerts_ok(weather);
}

static void
print_time(struct json_writer *json, const char *key, int64_t utc_s) {
    if (utc_s == RECORD_NO_TIME) {
        json_write_member_null(json, key);
    } else {
        json_write_member_int(json, key, utc_s);
    }
}

static void
print_sky(struct json_writer *json, struct weather_sky sky) {
    json_write_member_text(json, "kind", weather_kind_name(sky.kind));
    json_write_member_int(json, "level", sky.level);
    json_write_member_bool(json, "shower", (sky.flags & WEATHER_SHOWER) != 0);
    json_write_member_bool(json, "dry", (sky.flags & WEATHER_DRY) != 0);
    json_write_member_bool(json, "hail", (sky.flags & WEATHER_WITH_HAIL) != 0);
    json_write_member_bool(json, "freezing",
                           (sky.flags & WEATHER_FREEZING) != 0);
    json_write_key(json, "is_day");
    if (sky.is_day == WEATHER_DAY_UNKNOWN) {
        json_write_null(json);
    } else {
        json_write_bool(json, sky.is_day == 1);
    }
}

static void
print_now(struct json_writer *json, const struct weather_now *now) {
    json_write_key(json, "now");
    json_write_object(json);
    print_time(json, "time", now->time_s);
    json_write_member_real(json, "temp_c", now->temp_c);
    json_write_member_real(json, "feels_c", now->feels_c);
    json_write_member_real(json, "humidity_pct", now->humidity_pct);
    json_write_member_real(json, "wind_ms", now->wind_ms);
    json_write_member_real(json, "gust_ms", now->gust_ms);
    json_write_member_real(json, "wind_from_deg", now->wind_from_deg);
    json_write_member_real(json, "precip_mmh", now->precip_mmh);
    json_write_member_real(json, "uv", now->uv);
    print_sky(json, now->sky);
    json_write_end(json, '}');
}

static void
print_minutes(struct json_writer *json, const struct record_weather *weather) {
    json_write_key(json, "minutes");
    json_write_array(json);
    for (uint32_t i = 0; i < weather->minute_count; i++) {
        const struct weather_minute *minute = &weather->minutes[i];

        json_write_object(json);
        print_time(json, "start", minute->start_s);
        print_time(json, "end", minute->end_s);
        json_write_member_real(json, "precip_mmh", minute->precip_mmh);
        json_write_end(json, '}');
    }
    json_write_end(json, ']');
    json_write_member_bool(json, "interpolated", weather->interpolated != 0);
}

static void
print_hours(struct json_writer *json, const struct record_weather *weather) {
    json_write_key(json, "hours");
    json_write_array(json);
    for (uint32_t i = 0; i < weather->hour_count; i++) {
        const struct weather_hour *hour = &weather->hours[i];

        json_write_object(json);
        print_time(json, "time", hour->time_s);
        print_time(json, "precip_start", hour->precip_start_s);
        print_time(json, "precip_end", hour->precip_end_s);
        json_write_member_real(json, "temp_c", hour->temp_c);
        json_write_member_real(json, "precip_mm", hour->precip_mm);
        json_write_member_real(json, "pop", hour->pop);
        json_write_member_real(json, "wind_ms", hour->wind_ms);
        json_write_member_real(json, "gust_ms", hour->gust_ms);
        json_write_member_real(json, "uv", hour->uv);
        print_sky(json, hour->sky);
        json_write_end(json, '}');
    }
    json_write_end(json, ']');
}

static void
print_day(struct json_writer *json, const struct weather_day *day) {
    char date[24];

    snprintf(date, sizeof date, "%04d-%02u-%02u", day->date.year,
             day->date.month, day->date.day);
    json_write_object(json);
    json_write_member_text(json, "date", date);
    json_write_member_real(json, "min_c", day->min_c);
    json_write_member_real(json, "max_c", day->max_c);
    json_write_member_real(json, "precip_mm", day->precip_mm);
    json_write_member_real(json, "pop", day->pop);
    json_write_member_real(json, "uv", day->uv);
    json_write_member_real(json, "wind_ms", day->wind_ms);
    json_write_member_real(json, "gust_ms", day->gust_ms);
    print_time(json, "sunrise", day->sunrise_s);
    print_time(json, "sunset", day->sunset_s);
    print_sky(json, day->sky);
    json_write_end(json, '}');
}

static void
print_alerts(struct json_writer *json, const struct record_weather *weather) {
    json_write_key(json, "alerts");
    json_write_array(json);
    for (uint32_t i = 0; i < weather->alert_count; i++) {
        const struct weather_alert *alert = &weather->alerts[i];

        json_write_object(json);
        json_write_member_text(json, "title", alert->title);
        json_write_member_text(json, "severity", alert_names[alert->severity]);
        print_time(json, "start", alert->start_s);
        print_time(json, "end", alert->end_s);
        json_write_end(json, '}');
    }
    json_write_end(json, ']');
}

void
weather_print(const void *record, struct json_writer *json) {
    const struct record_weather *weather = record;

    json_write_member_text(json, "provider", weather->provider);
    json_write_member_text(json, "attribution", weather->attribution);
    print_time(json, "issued", weather->issued_s);
    print_now(json, &weather->now);
    print_minutes(json, weather);
    print_hours(json, weather);
    json_write_key(json, "days");
    json_write_array(json);
    for (uint32_t i = 0; i < weather->day_count; i++) {
        print_day(json, &weather->days[i]);
    }
    json_write_end(json, ']');
    print_alerts(json, weather);
}
