/* Which of a forecast's many numbers concern somebody at this minute. */
#include <math.h>

#include "widgets/weather.h"

enum {
    PLAIN_S = 45 * 60,
    HOURLY_S = 3 * HOUR_S,
    DIM_S = 12 * HOUR_S,
    DAYS_S = 36 * HOUR_S,
    AHEAD_S = 12 * HOUR_S,
    ALERT_AHEAD_S = 24 * HOUR_S,
    NIGHT_ENDS_HOUR = 9,
};

#define ICE_BELOW_C 1.0
#define WET_MM      0.1

enum weather_age
weather_age(int64_t age_s, int64_t *ret_next_s) {
    static const struct {
        int64_t until_s;
        enum weather_age age;
    } steps[] = {
        {PLAIN_S, WEATHER_AGE_PLAIN},
        {HOURLY_S, WEATHER_AGE_HOURLY},
        {DIM_S, WEATHER_AGE_DIM},
        {DAYS_S, WEATHER_AGE_DAYS},
    };

    *ret_next_s = INT64_MAX;
    if (age_s < 0) {
        return WEATHER_AGE_UNKNOWN;
    }
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (age_s <= steps[i].until_s) {
            *ret_next_s = steps[i].until_s - age_s + 1;
            return steps[i].age;
        }
    }
    return WEATHER_AGE_GONE;
}

const struct weather_hour *
weather_hour_at(const struct record_weather *record, int64_t utc_s) {
    const struct weather_hour *found = NULL;

    for (size_t i = 0; i < record->hour_count; i++) {
        if (record->hours[i].time_s <= utc_s) {
            found = &record->hours[i];
        }
    }
    return found != NULL && utc_s - found->time_s < HOUR_S ? found : NULL;
}

const struct weather_day *
weather_day_of(const struct record_weather *record, struct calendar_date date) {
    for (size_t i = 0; i < record->day_count; i++) {
        if (calendar_compare(record->days[i].date, date) == 0) {
            return &record->days[i];
        }
    }
    return NULL;
}

struct weather_current
weather_current(const struct weather_view *v) {
    const struct weather_now *now = &v->record->now;
    const struct weather_hour *hour;

    if (v->age == WEATHER_AGE_PLAIN || v->age == WEATHER_AGE_UNKNOWN) {
        return (struct weather_current){
            .known = !isnan(now->temp_c) || now->sky.kind != WEATHER_UNKNOWN,
            .sky = now->sky,
            .temp_c = now->temp_c,
            .feels_c = now->feels_c,
            .wind_ms = now->wind_ms,
            .gust_ms = now->gust_ms,
            .from_deg = now->wind_from_deg,
        };
    }
    hour = weather_hour_at(v->record, v->now_s);
    if (hour == NULL) {
        return (struct weather_current){.known = false};
    }
    return (struct weather_current){
        .known = true,
        .sky = hour->sky,
        .temp_c = hour->temp_c,
        .feels_c = NAN,
        .wind_ms = hour->wind_ms,
        .gust_ms = hour->gust_ms,
        .from_deg = NAN,
    };
}

static double
lowest_between(const struct record_weather *record, int64_t from_s,
               int64_t to_s) {
    double lowest = NAN;

    for (size_t i = 0; i < record->hour_count; i++) {
        const struct weather_hour *hour = &record->hours[i];

        if (hour->time_s >= from_s && hour->time_s <= to_s) {
            lowest = fmin(lowest, hour->temp_c); /* the one that is no NaN */
        }
    }
    return lowest;
}

struct weather_extremes
weather_extremes(const struct record_weather *record, int64_t now_s,
                 int evening_hour) {
    struct calendar now = calendar_at(now_s, NULL);
    struct calendar_date tomorrow =
        calendar_from_days(calendar_days(now.date) + 1);
    const struct weather_day *day = weather_day_of(record, now.date);
    struct weather_extremes e = {.low_c = NAN, .high_c = NAN};

    if (now.hour >= evening_hour) {
        const struct weather_day *next = weather_day_of(record, tomorrow);

        e.evening = true;
        e.low_c = lowest_between(record, now_s,
                                 calendar_midnight(tomorrow) +
                                     NIGHT_ENDS_HOUR * HOUR_S);
        if (next != NULL) {
            e.low_c = isnan(e.low_c) ? next->min_c : e.low_c;
            e.high_c = next->max_c;
        }
    } else if (day != NULL) {
        e.low_c = day->min_c;
        e.high_c = day->max_c;
    }
    return e;
}

const struct weather_alert *
weather_alert(const struct record_weather *record, int64_t now_s) {
    const struct weather_alert *found = NULL;

    for (size_t i = 0; i < record->alert_count; i++) {
        const struct weather_alert *alert = &record->alerts[i];
        bool begins = alert->start_s == RECORD_NO_TIME ||
                      alert->start_s <= now_s + ALERT_AHEAD_S;
        bool lasts = alert->end_s == RECORD_NO_TIME || alert->end_s > now_s;

        if (begins && lasts &&
            (found == NULL || alert->severity > found->severity)) {
            found = alert;
        }
    }
    return found;
}

double
weather_uv_ahead(const struct record_weather *record, int64_t now_s) {
    struct calendar_date today = calendar_at(now_s, NULL).date;
    double highest = NAN;

    for (size_t i = 0; i < record->hour_count; i++) {
        const struct weather_hour *hour = &record->hours[i];
        int compared;

        if (hour->time_s + HOUR_S <= now_s) {
            continue;
        }
        compared =
            calendar_compare(calendar_at(hour->time_s, NULL).date, today);
        if (compared > 0) {
            break; /* hours come in order */
        }
        if (compared == 0) {
            highest = fmax(highest, hour->uv);
        }
    }
    return highest;
}

bool
weather_ice_ahead(const struct record_weather *record, int64_t now_s) {
    bool cold = false, wet = false;

    for (size_t i = 0; i < record->hour_count; i++) {
        const struct weather_hour *hour = &record->hours[i];

        if (hour->time_s + HOUR_S <= now_s || hour->time_s > now_s + AHEAD_S) {
            continue;
        }
        if (hour->sky.kind == WEATHER_FREEZING_RAIN ||
            hour->sky.kind == WEATHER_FREEZING_DRIZZLE ||
            (hour->sky.flags & WEATHER_FREEZING) != 0) {
            return true;
        }
        cold = cold || hour->temp_c <= ICE_BELOW_C;
        wet = wet || hour->precip_mm >= WET_MM;
    }
    return cold && wet;
}
