/* The sun's next event, and its way over the day: the provider's times where it
 * has them, the local sun where it has none (and above the polar circles it
 * often has none). */
#include <math.h>

#include "common/sun.h"
#include "widgets/weather.h"

enum { DAYS_AHEAD = 2, ARC_DOTS = 13 };

static void
offer(struct weather_sun *sun, int64_t now_s, int64_t time_s,
      enum weather_sun_kind kind) {
    if (kind == WEATHER_SUN_RISES && time_s != RECORD_NO_TIME &&
        time_s <= now_s) {
        sun->rose_s = time_s;
    }
    if (time_s == RECORD_NO_TIME || time_s <= now_s) {
        return;
    }
    if (sun->kind == WEATHER_SUN_UNKNOWN || time_s < sun->time_s) {
        sun->kind = kind;
        sun->time_s = time_s;
    }
}

static void
offer_local(struct weather_sun *sun, int64_t now_s, const struct sun_day *day) {
    if (day->kind == SUN_RISES) {
        offer(sun, now_s, day->rise_s, WEATHER_SUN_RISES);
        offer(sun, now_s, day->set_s, WEATHER_SUN_SETS);
    }
}

/* Today's sun by our own reckoning; what it gives is used where the provider
 * has nothing. */
static bool
local_sun(const struct weather_view *v, struct calendar_date date,
          struct sun_day *ret_day) {
    double latitude = v->p->latitude_deg, longitude = v->p->longitude_deg;

    if (isnan(latitude) || isnan(longitude)) {
        latitude = v->record->latitude_deg;
        longitude = v->record->longitude_deg;
    }
    if (isnan(latitude) || isnan(longitude)) {
        return false;
    }
    *ret_day = sun_day(date, latitude, longitude);
    return true;
}

static void
name_it(struct weather_sun *sun) {
    static const struct {
        const char *icon;
        int words;
    } names[] = {
        [WEATHER_SUN_UNKNOWN] = {NULL, -1},
        [WEATHER_SUN_RISES] = {"weather-sunset-up", -1},
        [WEATHER_SUN_SETS] = {"weather-sunset-down", -1},
        [WEATHER_SUN_DOWN] = {"weather-sunset-down", LANG_SUN_STAYS_DOWN},
        [WEATHER_SUN_UP] = {"weather-sunny", LANG_SUN_STAYS_UP},
    };

    sun->icon = names[sun->kind].icon;
    sun->words = names[sun->kind].words;
}

struct weather_sun
weather_sun(const struct weather_view *v) {
    struct weather_sun sun = {.kind = WEATHER_SUN_UNKNOWN,
                              .rose_s = RECORD_NO_TIME};
    int64_t today = calendar_days(v->now.date);

    for (int64_t i = 0; i < DAYS_AHEAD && sun.kind == WEATHER_SUN_UNKNOWN;
         i++) {
        struct calendar_date date = calendar_from_days(today + i);
        const struct weather_day *day = weather_day_of(v->record, date);
        struct sun_day local;

        if (day != NULL && day->sunrise_s != RECORD_NO_TIME &&
            day->sunset_s != RECORD_NO_TIME) {
            offer(&sun, v->now_s, day->sunrise_s, WEATHER_SUN_RISES);
            offer(&sun, v->now_s, day->sunset_s, WEATHER_SUN_SETS);
        } else if (local_sun(v, date, &local)) {
            if (i == 0 && local.kind != SUN_RISES) {
                sun.kind = local.kind == SUN_STAYS_DOWN ? WEATHER_SUN_DOWN
                                                        : WEATHER_SUN_UP;
            }
            offer_local(&sun, v->now_s, &local);
        }
    }
    name_it(&sun);
    return sun;
}

int
weather_arc_width(struct painter *p) {
    return paint_icon_size(p, ROLE_LABEL) * 5;
}

/* A dot of the arc: as far along as time, as high as the sun then stands, its
 * day being a half wave. */
static void
draw_dot(struct painter *p, struct rect arc, double part, int size,
         enum theme_colour colour) {
    const double pi = 3.14159265358979323846;
    int x = arc.x + (int)lround(part * arc.w);
    int y = arc.y + arc.h - (int)lround(sin(part * pi) * arc.h);

    paint_shape(p, (struct rect){x - size / 2, y - size / 2, size, size},
                size / 2, 0, colour);
}

void
weather_draw_arc(const struct weather_view *v, const struct weather_sun *sun,
                 int x, int baseline) {
    struct painter *p = v->p;
    int cap = paint_metrics(p, ROLE_LABEL).cap_height;
    int disc = cap * 3 / 4, dot = p->theme->line_px * 3;
    struct rect arc = {x + disc / 2, baseline - cap,
                       weather_arc_width(p) - disc, cap};
    double done =
        (double)(v->now_s - sun->rose_s) / (double)(sun->time_s - sun->rose_s);

    for (int i = 0; i < ARC_DOTS; i++) {
        double part = (double)i / (ARC_DOTS - 1);

        draw_dot(p, arc, part, dot, part < done ? COLOUR_FAINT : COLOUR_DIM);
    }
    draw_dot(p, arc, done, disc, weather_colour(v, COLOUR_WARM));
}
