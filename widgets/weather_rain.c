/* "Rain in 20 min", "Dry until 14:00": the one sentence about water from the
 * sky. Minutes count before hours; a gap in the data is not dry. */
#include <math.h>
#include <stdio.h>

#include "common/str.h"
#include "widgets/weather.h"

enum {
    SENTENCE_AHEAD_S = 12 * HOUR_S,
    SOON_S = 2 * HOUR_S,
    MINUTES_AHEAD_S = HOUR_S,
    STEPS_MAX = WEATHER_MINUTES_MAX + WEATHER_HOURS_MAX,
};

#define WET_MMH 0.1 /* what falls below that wets nobody */

int
weather_rain_band(double mmh) {
    if (isnan(mmh)) {
        return -1;
    }
    if (mmh < WET_MMH) {
        return 0;
    }
    if (mmh < 2.5) {
        return 1;
    }
    return mmh < 7.6 ? 2 : 3;
}

/* A stretch of time with one rate. */
struct step {
    int64_t start_s, end_s;
    double mmh;
    bool exact; /* its ends are known to the minute */
};

struct steps {
    struct step list[STEPS_MAX];
    size_t count;
    int64_t known_until_s;
};

static void
add_step(struct steps *steps, int64_t start_s, int64_t end_s, double mmh,
         bool exact) {
    if (start_s < steps->known_until_s) {
        start_s = steps->known_until_s;
    }
    if (start_s >= end_s || steps->count >= STEPS_MAX) {
        return;
    }
    steps->list[steps->count++] = (struct step){start_s, end_s, mmh, exact};
    steps->known_until_s = end_s;
}

/* Minutes as far as they go, hours behind them, from now on. */
static void
collect(const struct record_weather *record, int64_t now_s,
        struct steps *steps) {
    steps->count = 0;
    steps->known_until_s = now_s;
    for (size_t i = 0; i < record->minute_count; i++) {
        const struct weather_minute *m = &record->minutes[i];

        add_step(steps, m->start_s, m->end_s, m->precip_mmh,
                 !record->interpolated);
    }
    for (size_t i = 0; i < record->hour_count; i++) {
        const struct weather_hour *h = &record->hours[i];
        double hours = (double)(h->precip_end_s - h->precip_start_s) / HOUR_S;

        if (hours > 0) {
            add_step(steps, h->precip_start_s, h->precip_end_s,
                     h->precip_mm / hours, false);
        }
    }
}

/* To the full hour of the local clock, unless that is over already. */
static int64_t
roughly(int64_t time_s, int64_t now_s) {
    int offset_s = calendar_at(time_s, NULL).utc_offset;
    int64_t local_s = time_s + offset_s;
    int64_t rounded = (local_s + HOUR_S / 2) / HOUR_S * HOUR_S - offset_s;

    return rounded > now_s ? rounded : rounded + HOUR_S;
}

static struct weather_sky
sky_at(const struct record_weather *record, int64_t time_s) {
    const struct weather_hour *hour = weather_hour_at(record, time_s);

    return hour != NULL ? hour->sky : record->now.sky;
}

/* It is wet now: when does it end? */
static struct weather_rain
until_dry(const struct steps *steps, int64_t now_s) {
    for (size_t i = 1; i < steps->count; i++) {
        const struct step *step = &steps->list[i];

        if (step->start_s > steps->list[i - 1].end_s ||
            weather_rain_band(step->mmh) < 0 ||
            step->start_s > now_s + SENTENCE_AHEAD_S) {
            break;
        }
        if (weather_rain_band(step->mmh) == 0) {
            return (struct weather_rain){.kind = RAIN_UNTIL,
                                         .time_s = step->start_s,
                                         .about = !steps->list[i - 1].exact};
        }
    }
    return (struct weather_rain){.kind = RAIN_NOW};
}

/* It is dry or unknown now: when does it begin? */
static struct weather_rain
until_wet(const struct steps *steps, int64_t now_s) {
    int64_t dry_until_s = now_s;

    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->list[i];
        int band = weather_rain_band(step->mmh);
        struct weather_rain rain = {.time_s = step->start_s,
                                    .about = !step->exact};

        if (step->start_s > now_s + SENTENCE_AHEAD_S) {
            break;
        }
        if (band == 0 && dry_until_s == step->start_s) {
            dry_until_s = step->end_s;
        }
        if (band <= 0) {
            continue;
        }
        if (step->exact && step->start_s - now_s <= MINUTES_AHEAD_S) {
            rain.kind = RAIN_IN;
        } else if (step->start_s - now_s <= SOON_S ||
                   dry_until_s != step->start_s) {
            rain.kind = RAIN_AT;
        } else {
            rain.kind = RAIN_DRY_UNTIL;
        }
        return rain;
    }
    return (struct weather_rain){.kind = RAIN_NOTHING};
}

struct weather_rain
weather_rain(const struct record_weather *record, int64_t now_s) {
    struct steps steps;
    struct weather_rain rain;
    bool wet;

    collect(record, now_s, &steps);
    wet = steps.count > 0 && steps.list[0].start_s == now_s &&
          weather_rain_band(steps.list[0].mmh) > 0;
    rain = wet ? until_dry(&steps, now_s) : until_wet(&steps, now_s);
    if (rain.kind == RAIN_NOTHING) {
        return rain;
    }
    rain.sky = sky_at(record, wet ? now_s : rain.time_s);
    if (rain.about) {
        rain.time_s = roughly(rain.time_s, now_s);
    }
    return rain;
}

/* What falls. Where the hour's sky does not say, it is rain. */
static enum lang_key
what_falls(struct weather_sky sky) {
    switch (sky.kind) {
    case WEATHER_SNOW: return LANG_PRECIP_SNOW;
    case WEATHER_SLEET: return LANG_PRECIP_SLEET;
    case WEATHER_FREEZING_DRIZZLE:
    case WEATHER_FREEZING_RAIN: return LANG_PRECIP_FREEZING;
    case WEATHER_HAIL: return LANG_PRECIP_HAIL;
    case WEATHER_THUNDER: return LANG_PRECIP_THUNDER;
    default: return LANG_PRECIP_RAIN;
    }
}

static enum lang_key
sentence_of(const struct weather_rain *rain) {
    switch (rain->kind) {
    case RAIN_UNTIL:
        return rain->about ? LANG_PRECIP_UNTIL_ABOUT : LANG_PRECIP_UNTIL;
    case RAIN_IN: return LANG_PRECIP_IN;
    case RAIN_AT: return rain->about ? LANG_PRECIP_ABOUT : LANG_PRECIP_AT;
    case RAIN_DRY_UNTIL:
        return rain->about ? LANG_DRY_UNTIL_ABOUT : LANG_DRY_UNTIL;
    default: return LANG_PRECIP_NOW;
    }
}

const char *
weather_rain_words(const struct weather_view *v,
                   const struct weather_rain *rain, char *to, size_t size) {
    char when[WEATHER_TEXT_MAX] = "", minutes[24] = "";
    const struct lang_arg args[] = {
        {"what", lang_text(v->p->lang, what_falls(rain->sky))},
        {"time", when},
        {"n", minutes},
        {NULL, NULL},
    };

    if (rain->kind == RAIN_NOTHING) {
        str_copy(to, size, "");
        return to;
    }
    if (rain->kind != RAIN_NOW) {
        struct calendar at = calendar_at(rain->time_s, NULL);
        int64_t left_min = (rain->time_s - v->now_s + 30) / 60;

        lang_time(v->p->lang, &at, v->p->clock_12, when, sizeof when);
        snprintf(minutes, sizeof minutes, "%lld",
                 (long long)(left_min > 1 ? left_min : 1));
    }
    return lang_format(v->p->lang, sentence_of(rain), args, to, size);
}
