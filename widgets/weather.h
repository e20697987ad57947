/* What the files of the weather widget share. Private to it. */
#ifndef WIDGETS_WEATHER_H
#define WIDGETS_WEATHER_H

#include "model/weather.h"
#include "render/painter.h"

enum { TEMP_C, TEMP_F };
enum { WIND_MS, WIND_KMH, WIND_MPH, WIND_KN, WIND_BFT };
enum { PRECIP_MM, PRECIP_IN };
enum { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };
enum { HOUR_S = 3600, WEATHER_TEXT_MAX = 96 };

struct weather_options {
    int temperature, wind_unit, precipitation;
    int hours, hour_step, days;
    int evening; /* hour from which tonight and tomorrow count */
    int feels_like, wind, uv;
    bool sun, ribbon, alerts, credit;
};

/* How much of a forecast may still be shown (the sheet's table of ages). */
enum weather_age {
    WEATHER_AGE_PLAIN,  /* up to 45 min */
    WEATHER_AGE_HOURLY, /* to 3 h: "now" is the forecast's hour */
    WEATHER_AGE_DIM,    /* to 12 h: dimmed, no minutes */
    WEATHER_AGE_DAYS,   /* to 36 h: only days to come */
    WEATHER_AGE_GONE,
    WEATHER_AGE_UNKNOWN, /* no clock: what was said, marked */
};

/* `age_s` below 0 is unknown; *ret_next_s is in how many seconds that changes,
 * INT64_MAX for never. */
enum weather_age
weather_age(int64_t age_s, int64_t *ret_next_s);

/* One drawing. */
struct weather_view {
    const struct weather_options *o;
    const struct record_weather *record;
    struct painter *p;
    int64_t now_s;
    struct calendar now; /* the same, local */
    enum weather_age age;
    int width; /* of the whole block, px */
};

/* `colour`, or its dimmer one for a forecast that is old. */
enum theme_colour
weather_colour(const struct weather_view *v, enum theme_colour colour);

/* weather_text.c: numbers in the units of the options, NaN as "–". */
const char *
weather_temp(const struct weather_view *v, double temp_c, char *to,
             size_t size);
const char *
weather_wind(const struct weather_view *v, double wind_ms, char *to,
             size_t size);
const char *
weather_amount(const struct weather_view *v, double precip_mm, char *to,
               size_t size);
/* "08", or "8 am". */
const char *
weather_hour_label(const struct weather_view *v, int64_t utc_s, char *to,
                   size_t size);
/* The time, with the weekday in front if it is not today. */
const char *
weather_when(const struct weather_view *v, int64_t utc_s, char *to,
             size_t size);
/* Beaufort 0..12 of a mean wind. */
int
weather_beaufort(double wind_ms);
/* The nearest of eight points of the compass the wind comes from, 0 north;
 * -1 for none. */
int
weather_sector(double from_deg);

/* weather_sky.c: which icon (the sheet's table 6d). */
const char *
weather_icon(struct weather_sky sky, bool is_day);
/* Whether the sun is up at `utc_s`, by the provider's flag or else by the
 * local sun; day where neither is known. */
bool
weather_is_day(const struct weather_view *v, struct weather_sky sky,
               int64_t utc_s);

/* weather_pick.c: choosing by the clock. */

/* What is drawn as "now". */
struct weather_current {
    bool known;
    struct weather_sky sky;
    double temp_c, feels_c, wind_ms, gust_ms, from_deg;
};
struct weather_current
weather_current(const struct weather_view *v);

/* The hour that covers `utc_s`; NULL if there is none. */
const struct weather_hour *
weather_hour_at(const struct record_weather *record, int64_t utc_s);
/* The day of that date; NULL if there is none. */
const struct weather_day *
weather_day_of(const struct record_weather *record, struct calendar_date date);

/* High and low as they concern one at this hour; NaN where unknown. */
struct weather_extremes {
    bool evening; /* tonight's low and tomorrow's high, in that order */
    double low_c, high_c;
};
struct weather_extremes
weather_extremes(const struct record_weather *record, int64_t now_s,
                 int evening_hour);

/* The strongest alert that is on, or begins within a day; NULL for none. */
const struct weather_alert *
weather_alert(const struct record_weather *record, int64_t now_s);

/* The highest index still to come today; NaN for none. */
double
weather_uv_ahead(const struct record_weather *record, int64_t now_s);

/* Whether the next twelve hours may make ice: freezing rain or rime, or about
 * zero degrees and wet. */
bool
weather_ice_ahead(const struct record_weather *record, int64_t now_s);

/* weather_rain.c: the verdict. */
enum weather_rain_kind {
    RAIN_NOTHING, /* nothing to say: dry for twelve hours, or unknown */
    RAIN_NOW,     /* no end in sight */
    RAIN_UNTIL,
    RAIN_IN,        /* within the hour, from minutes */
    RAIN_AT,        /* within two hours, or behind a gap in the data */
    RAIN_DRY_UNTIL, /* within twelve hours */
};
struct weather_rain {
    enum weather_rain_kind kind;
    int64_t time_s; /* of the change */
    bool about;     /* from hours or from interpolated minutes: the hour only */
    struct weather_sky sky; /* of the hour it falls in */
};
struct weather_rain
weather_rain(const struct record_weather *record, int64_t now_s);

/* The sentence; "" for RAIN_NOTHING. */
const char *
weather_rain_words(const struct weather_view *v,
                   const struct weather_rain *rain, char *to, size_t size);

/* 0 dry, 1 light, 2 moderate, 3 heavy; -1 unknown, which is not dry. */
int
weather_rain_band(double mmh);

/* weather_sun.c: the next event. */
enum weather_sun_kind {
    WEATHER_SUN_UNKNOWN,
    WEATHER_SUN_RISES,
    WEATHER_SUN_SETS,
    WEATHER_SUN_DOWN, /* polar night */
    WEATHER_SUN_UP,   /* midnight sun */
};
struct weather_sun {
    enum weather_sun_kind kind;
    int64_t time_s; /* of rise or set */
    int64_t rose_s; /* where it sets next: when it rose, or RECORD_NO_TIME */
    const char *icon;
    int words; /* an enum lang_key instead of the time, or -1 */
};
struct weather_sun
weather_sun(const struct weather_view *v);

/* The sun's way from rise to set in the height of a line of ROLE_LABEL, its
 * left end at x: where it stands now, and what lies behind it. weather_sun()
 * has to know when it rose. */
void
weather_draw_arc(const struct weather_view *v, const struct weather_sun *sun,
                 int x, int baseline);
int
weather_arc_width(struct painter *p); /* px */

/* weather_now.c, weather_ribbon.c, weather_facts.c, weather_ahead.c: the parts,
 * each a block of rows that paints nothing where it does not apply or does not
 * fit. */
void
weather_draw_alert(const struct weather_view *v);
/* Returns whether high and low stand beside the number; else they want a row of
 * their own, weather_draw_extremes(), which is less than the rain's. That one
 * returns whether there was room for it. */
bool
weather_draw_now(const struct weather_view *v);
bool
weather_draw_extremes(const struct weather_view *v);
/* The words, and a ribbon where it leaves `keep` px below it. Returns whether
 * there was room for the words. */
bool
weather_draw_rain(const struct weather_view *v, int keep);
void
weather_draw_hours(const struct weather_view *v);
void
weather_draw_facts(const struct weather_view *v);
void
weather_draw_days(const struct weather_view *v);

#endif
