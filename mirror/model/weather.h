/*
 * The weather, in one model for every provider. Numbers are in the unit their
 * name says, NaN when missing (never 0); precipitation always belongs to the
 * interval [start, end); times are UTC seconds.
 */
#ifndef MIRROR_MODEL_WEATHER_H
#define MIRROR_MODEL_WEATHER_H

#include "common/calendar.h"
#include "model/record.h"

/* What the sky does, in no order: weather_severity() ranks them. */
enum weather_kind {
    WEATHER_UNKNOWN,
    WEATHER_CLEAR,
    WEATHER_MOSTLY, /* mainly clear */
    WEATHER_PARTLY,
    WEATHER_OVERCAST,
    WEATHER_HAZE,
    WEATHER_FOG,
    WEATHER_DUST,
    WEATHER_DRIZZLE,
    WEATHER_FREEZING_DRIZZLE,
    WEATHER_RAIN,
    WEATHER_FREEZING_RAIN,
    WEATHER_SLEET,
    WEATHER_SNOW,
    WEATHER_HAIL,
    WEATHER_THUNDER,
    WEATHER_SQUALL,
    WEATHER_TORNADO,
    WEATHER_KIND_END,
};

enum weather_flag {
    WEATHER_SHOWER = 1,
    WEATHER_DRY = 2,       /* thunder without precipitation */
    WEATHER_WITH_HAIL = 4, /* thunder with hail */
    WEATHER_FREEZING = 8,  /* rime: an ice hint */
    WEATHER_FLAG_ALL = 15,
};

/* A kind with its strength: what picks the icon and the word. */
struct weather_sky {
    uint8_t kind;   /* enum weather_kind */
    uint8_t level;  /* 0 none, 1 light, 2 moderate, 3 heavy */
    uint8_t flags;  /* enum weather_flag */
    uint8_t is_day; /* 1 day, 0 night; WEATHER_DAY_UNKNOWN: ask the sun */
};

enum { WEATHER_DAY_UNKNOWN = 2 };

enum {
    WEATHER_MINUTES_MAX = 64,
    WEATHER_HOURS_MAX = 72,
    WEATHER_DAYS_MAX = 8,
    WEATHER_ALERTS_MAX = 8,
};

/* What has been measured on earth, with some room: a number outside is its
 * maker's mistake, and missing. All of them may be reached. */
enum {
    WEATHER_TEMP_MIN_C = -90,
    WEATHER_TEMP_MAX_C = 60,
    WEATHER_FEELS_MIN_C = -120, /* a formula's, with the wind in it */
    WEATHER_FEELS_MAX_C = 80,
    WEATHER_WIND_MAX_MS = 120,
    WEATHER_RATE_MAX_MMH = 2000,
    WEATHER_SUM_MAX_MM = 2000, /* of an hour or a day */
    WEATHER_UV_MAX = 50,
};

struct weather_now {
    int64_t time_s;
    struct weather_sky sky;
    uint32_t zero;
    double temp_c;
    double feels_c;
    double humidity_pct;
    double wind_ms, gust_ms;
    double wind_from_deg; /* where the wind comes from, 0..360 */
    double precip_mmh;    /* rate */
    double uv;
};

/* One column of the rain ribbon. */
struct weather_minute {
    int64_t start_s, end_s;
    double precip_mmh; /* rate; NaN: unknown, which is not dry */
};

/* `time_s` is the instant of temperature, wind and sky. The precipitation and
 * its probability belong to [precip_start_s, precip_end_s), which providers
 * put before or after that instant. */
struct weather_hour {
    int64_t time_s;
    int64_t precip_start_s, precip_end_s;
    struct weather_sky sky;
    uint32_t zero;
    double temp_c;
    double precip_mm;
    double pop; /* probability of precipitation, 0..1 */
    double wind_ms, gust_ms;
    double uv;
};

/* One local calendar day. */
struct weather_day {
    struct calendar_date date;
    struct weather_sky sky; /* of 06 to 21 h where hours are known */
    double min_c, max_c;
    double precip_mm;
    double pop;
    double uv;
    double wind_ms, gust_ms;
    int64_t sunrise_s, sunset_s; /* RECORD_NO_TIME: ask the local sun */
};

enum weather_severity_level {
    WEATHER_ALERT_MINOR,
    WEATHER_ALERT_MODERATE,
    WEATHER_ALERT_SEVERE,
    WEATHER_ALERT_EXTREME,
    WEATHER_ALERT_LEVEL_END,
};

struct weather_alert {
    char title[RECORD_TEXT_MAX];
    uint8_t severity; /* enum weather_severity_level */
    int64_t start_s, end_s;
};

struct record_weather {
    struct record_head head;
    char provider[RECORD_NAME_MAX]; /* "open-meteo" */
    char
        attribution[RECORD_TEXT_MAX]; /* the credit line its licence asks for */
    uint8_t interpolated; /* 1: minutes[] may be hourly data cut up */
    double latitude_deg, longitude_deg; /* of the config */
    int64_t issued_s; /* of the model run; RECORD_NO_TIME: unknown */
    struct weather_now now;
    uint32_t minute_count, hour_count, day_count, alert_count;
    struct weather_minute minutes[WEATHER_MINUTES_MAX];
    struct weather_hour hours[WEATHER_HOURS_MAX];
    struct weather_day days[WEATHER_DAYS_MAX];
    struct weather_alert alerts[WEATHER_ALERTS_MAX];
};

/* "clear", "freezing-rain", ...; "?" for what is no kind. */
const char *
weather_kind_name(unsigned kind);

/* For "the worst of the day": tornado highest, clear lowest, unknown 0. */
int
weather_severity(struct weather_sky sky);

/* As struct record_kind_info (record.h) says. */
bool
weather_check(const void *record);
void
weather_print(const void *record, struct json_writer *json);

#endif
