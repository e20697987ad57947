/* The upper part: a warning, the weather now, what falls, what else matters. */
#include <math.h>
#include <stdio.h>

#include "common/sun.h"
#include "weather.h"

enum {
    RIBBON_COLUMNS = 12,
    RIBBON_AHEAD_S = 2 * HOUR_S,
    ALERT_LINES = 2,
    WIND_FORCE_MIN = 5, /* Beaufort: small trees sway */
};

#define FEELS_DIFFERS_C 3.0
#define GUST_MIN_MS     14.0
#define UV_MIN          3.0

void
weather_draw_alert(const struct weather_view *v) {
    const struct weather_alert *alert = weather_alert(v->record, v->now_s);
    enum theme_colour colour = COLOUR_WARNING;
    char when[WEATHER_TEXT_MAX], words[WEATHER_TEXT_MAX * 2];
    const struct lang_arg args[] = {{"time", when}, {NULL, NULL}};
    bool begins;

    if (!v->o->alerts || alert == NULL ||
        paint_left(v->p) < 2 * paint_pitch(v->p, ROLE_BODY)) {
        return;
    }
    if (alert->severity >= WEATHER_ALERT_SEVERE) {
        colour = COLOUR_ALARM;
    }
    paint_icon_line(v->p, ROLE_BODY, colour, "alert", alert->title);
    begins = alert->start_s != RECORD_NO_TIME && alert->start_s > v->now_s;
    if (begins || alert->end_s != RECORD_NO_TIME) {
        weather_when(v, begins ? alert->start_s : alert->end_s, when,
                     sizeof when);
        lang_format(v->p->lang, begins ? LANG_ALERT_FROM : LANG_ALERT_UNTIL,
                    args, words, sizeof words);
        paint_line(v->p, ROLE_LABEL, COLOUR_NORMAL, words);
    }
    paint_gap(v->p, paint_pitch(v->p, ROLE_LABEL) / 2);
}

static void
draw_hero(const struct weather_view *v, const struct weather_current *now) {
    struct painter *p = v->p;
    struct text_metrics hero = paint_metrics(p, ROLE_HERO);
    int above = hero.cap_height / 6;
    int height = hero.cap_height + 2 * above, icon = hero.cap_height * 5 / 4;
    char temp[WEATHER_TEXT_MAX];
    struct paint_row row;
    int baseline;

    if (paint_left(p) < height) {
        return;
    }
    row = paint_row_begin(p);
    baseline = row.y + above + hero.cap_height;
    paint_icon(p, row.x, baseline - (hero.cap_height + icon) / 2, icon,
               weather_colour(v, COLOUR_NORMAL),
               weather_icon(now->sky, weather_is_day(v, now->sky, v->now_s)));
    paint_text(p, row.x + icon + hero.x_height / 3, baseline, ROLE_HERO,
               weather_colour(v, COLOUR_BRIGHT),
               weather_temp(v, now->temp_c, temp, sizeof temp),
               row.width - icon);
    paint_row_end(p, &row, 0, height);
}

static bool
feels_different(const struct weather_view *v,
                const struct weather_current *now) {
    if (v->o->feels_like == WHEN_AUTO) {
        return fabs(now->feels_c - now->temp_c) >= FEELS_DIFFERS_C;
    }
    return v->o->feels_like == WHEN_ALWAYS && !isnan(now->feels_c);
}

static void
draw_feels(const struct weather_view *v, const struct weather_current *now) {
    char temp[WEATHER_TEXT_MAX], words[WEATHER_TEXT_MAX * 2];
    const struct lang_arg args[] = {{"temp", temp}, {NULL, NULL}};

    if (feels_different(v, now)) {
        weather_temp(v, now->feels_c, temp, sizeof temp);
        lang_format(v->p->lang, LANG_FEELS_LIKE, args, words, sizeof words);
        paint_line(v->p, ROLE_BODY, weather_colour(v, COLOUR_NORMAL), words);
    }
}

/* "tonight 4°" or an arrow and the number; returns where it ended. */
static int
draw_extreme(const struct weather_view *v, int x, int baseline,
             const char *words, const char *icon, double temp_c,
             enum theme_colour colour) {
    struct painter *p = v->p;
    int gap = paint_metrics(p, ROLE_BODY).x_height / 2;
    char temp[WEATHER_TEXT_MAX];

    if (words != NULL) {
        x += paint_text(p, x, baseline, ROLE_BODY,
                        weather_colour(v, COLOUR_DIM), words, p->area.w);
    } else {
        x += paint_icon_beside(p, x, baseline, ROLE_BODY,
                               weather_colour(v, COLOUR_DIM), icon);
        gap /= 3;
    }
    x += gap;
    x += paint_text(p, x, baseline, ROLE_BODY, weather_colour(v, colour),
                    weather_temp(v, temp_c, temp, sizeof temp), p->area.w);
    return x;
}

static void
draw_extremes(const struct weather_view *v) {
    struct painter *p = v->p;
    struct weather_extremes e =
        weather_extremes(v->record, v->now_s, v->o->evening);
    int pitch = paint_pitch(p, ROLE_BODY);
    int gap = paint_metrics(p, ROLE_BODY).x_height;
    struct paint_row row;
    int baseline, x;

    if ((isnan(e.low_c) && isnan(e.high_c)) || paint_left(p) < pitch) {
        return;
    }
    row = paint_row_begin(p);
    baseline = paint_baseline(p, row.y, ROLE_BODY);
    if (e.evening) {
        x = draw_extreme(v, row.x, baseline, lang_text(p->lang, LANG_TONIGHT),
                         NULL, e.low_c, COLOUR_NORMAL);
        draw_extreme(v, x + gap, baseline, lang_text(p->lang, LANG_TOMORROW),
                     NULL, e.high_c, COLOUR_BRIGHT);
    } else {
        x = draw_extreme(v, row.x, baseline, NULL, "arrow-up", e.high_c,
                         COLOUR_BRIGHT);
        draw_extreme(v, x + gap, baseline, NULL, "arrow-down", e.low_c,
                     COLOUR_NORMAL);
    }
    paint_row_end(p, &row, 0, pitch);
}

void
weather_draw_now(const struct weather_view *v) {
    struct weather_current now = weather_current(v);

    if (now.known) {
        draw_hero(v, &now);
        draw_feels(v, &now);
    }
    draw_extremes(v);
}

/* One column of the ribbon: as high as it rains, a dot where it is dry, a
 * hollow one where nobody knows. */
static void
draw_column(const struct weather_view *v, struct rect cell, double mmh) {
    struct painter *p = v->p;
    int band = weather_rain_band(mmh), foot = cell.y + cell.h;
    int dot = cell.w < cell.h / 5 ? cell.w : cell.h / 5;

    if (band > 0) {
        int height = cell.h * band / 3;

        paint_shape(p, (struct rect){cell.x, foot - height, cell.w, height},
                    cell.w / 3, 0, COLOUR_COLD);
        return;
    }
    paint_shape(
        p, (struct rect){cell.x + (cell.w - dot) / 2, foot - dot, dot, dot},
        dot / 2, band < 0 ? 2 : 0, band < 0 ? COLOUR_DIM : COLOUR_FAINT);
}

/* The minutes that are shown; *ret_count of them from the returned one. */
static const struct weather_minute *
ribbon_minutes(const struct weather_view *v, size_t *ret_count) {
    const struct record_weather *record = v->record;
    size_t first = 0;
    bool wet = false;

    while (first < record->minute_count &&
           record->minutes[first].end_s <= v->now_s) {
        first++;
    }
    *ret_count = record->minute_count - first;
    *ret_count = *ret_count > RIBBON_COLUMNS ? RIBBON_COLUMNS : *ret_count;
    for (size_t i = 0; i < *ret_count; i++) {
        const struct weather_minute *m = &record->minutes[first + i];

        wet = wet || (m->start_s < v->now_s + RIBBON_AHEAD_S &&
                      weather_rain_band(m->precip_mmh) > 0);
    }
    *ret_count = wet ? *ret_count : 0;
    return &record->minutes[first];
}

static void
draw_ribbon(const struct weather_view *v) {
    struct painter *p = v->p;
    size_t count;
    const struct weather_minute *minutes = ribbon_minutes(v, &count);
    int height = paint_metrics(p, ROLE_BODY).cap_height * 5 / 4;
    int pitch = height + height / 4;
    int step = v->width * 3 / 4 / RIBBON_COLUMNS;
    char until[WEATHER_TEXT_MAX];
    struct paint_row row;

    if (count < 2 || paint_left(p) < pitch || step < 3) {
        return;
    }
    row = paint_row_begin(p);
    for (size_t i = 0; i < count; i++) {
        struct rect cell = {row.x + (int)i * step, row.y, step * 2 / 3, height};

        draw_column(v, cell, minutes[i].precip_mmh);
    }
    paint_text(p, row.x + (int)count * step + step / 3, row.y + height,
               ROLE_LABEL, COLOUR_DIM,
               weather_when(v, minutes[count - 1].end_s, until, sizeof until),
               row.width - (int)count * step);
    paint_row_end(p, &row, 0, pitch);
}

void
weather_draw_rain(const struct weather_view *v) {
    struct weather_rain rain;
    char words[WEATHER_TEXT_MAX * 2];
    enum theme_colour colour;

    if (v->age > WEATHER_AGE_DIM) {
        return;
    }
    rain = weather_rain(v->record, v->now_s);
    if (rain.kind == RAIN_NOTHING) {
        return;
    }
    colour = rain.kind == RAIN_DRY_UNTIL ? COLOUR_NORMAL : COLOUR_BRIGHT;
    weather_rain_words(v, &rain, words, sizeof words);
    paint_icon_line(v->p, ROLE_BODY, weather_colour(v, colour),
                    "umbrella-outline", words);
    if (v->o->ribbon && v->age <= WEATHER_AGE_HOURLY) {
        draw_ribbon(v);
    }
}

/* Small facts that stand side by side as long as there is room. */
struct flow {
    const struct weather_view *v;
    struct paint_row row;
    int x;
    bool open, full;
};

static void
flow_end(struct flow *flow) {
    if (flow->open) {
        paint_row_end(flow->v->p, &flow->row, 0,
                      paint_pitch(flow->v->p, ROLE_LABEL));
        flow->open = false;
    }
}

static void
flow_add(struct flow *flow, const char *icon, enum theme_colour colour,
         const char *words) {
    struct painter *p = flow->v->p;
    int size = paint_icon_size(p, ROLE_LABEL), gap = size / 3;
    int width = size + gap + paint_width(p, ROLE_LABEL, words);
    int baseline;

    colour = weather_colour(flow->v, colour);
    if (flow->open && flow->x + width > flow->row.x + flow->v->width) {
        flow_end(flow);
    }
    if (!flow->open) {
        if (flow->full || paint_left(p) < paint_pitch(p, ROLE_LABEL)) {
            flow->full = true;
            return;
        }
        flow->row = paint_row_begin(p);
        flow->x = flow->row.x;
        flow->open = true;
    }
    baseline = paint_baseline(p, flow->row.y, ROLE_LABEL);
    paint_icon_beside(p, flow->x, baseline, ROLE_LABEL, colour, icon);
    paint_text(p, flow->x + size + gap, baseline, ROLE_LABEL, colour, words,
               flow->row.x + flow->row.width - flow->x - size - gap);
    flow->x += width + size;
}

static void
add_wind(struct flow *flow) {
    const struct weather_view *v = flow->v;
    struct weather_current now = weather_current(v);
    bool gusty = now.gust_ms >= GUST_MIN_MS;
    char speed[WEATHER_TEXT_MAX], gust[WEATHER_TEXT_MAX], gusts[128] = "";
    char words[256];
    const struct lang_arg args[] = {{"speed", gust}, {NULL, NULL}};
    int sector = weather_sector(now.from_deg);

    if (!now.known || isnan(now.wind_ms) || v->o->wind == WHEN_NEVER ||
        (v->o->wind == WHEN_AUTO && !gusty &&
         weather_beaufort(now.wind_ms) < WIND_FORCE_MIN)) {
        return;
    }
    if (gusty) {
        weather_wind(v, now.gust_ms, gust, sizeof gust);
        lang_format(v->p->lang, LANG_GUSTS, args, gusts, sizeof gusts);
    }
    snprintf(words, sizeof words, "%s%s%s%s%s",
             sector >= 0
                 ? lang_text(v->p->lang, (enum lang_key)(LANG_WIND_N + sector))
                 : "",
             sector >= 0 ? " " : "",
             weather_wind(v, now.wind_ms, speed, sizeof speed),
             gusty ? ", " : "", gusts);
    flow_add(flow, "weather-windy", COLOUR_NORMAL, words);
}

static void
add_uv(struct flow *flow) {
    const struct weather_view *v = flow->v;
    double uv = weather_uv_ahead(v->record, v->now_s);
    char number[32], words[64];
    const struct lang_arg args[] = {{"n", number}, {NULL, NULL}};

    if (isnan(uv) || v->o->uv == WHEN_NEVER ||
        (v->o->uv == WHEN_AUTO && uv < UV_MIN)) {
        return;
    }
    lang_number(v->p->lang, uv, 0, number, sizeof number);
    lang_format(v->p->lang, LANG_UV, args, words, sizeof words);
    flow_add(flow, "sun-wireless-outline", COLOUR_NORMAL, words);
}

void
weather_draw_facts(const struct weather_view *v) {
    struct flow flow = {.v = v};
    struct weather_sun sun;
    char when[WEATHER_TEXT_MAX];

    if (weather_ice_ahead(v->record, v->now_s)) {
        flow_add(&flow, "snowflake-alert", COLOUR_WARNING,
                 lang_text(v->p->lang, LANG_ICE));
    }
    add_wind(&flow);
    add_uv(&flow);
    sun = weather_sun(v);
    if (v->o->sun && sun.kind != WEATHER_SUN_UNKNOWN) {
        flow_add(&flow, sun.icon, COLOUR_DIM,
                 sun.words >= 0
                     ? lang_text(v->p->lang, (enum lang_key)sun.words)
                     : weather_when(v, sun.time_s, when, sizeof when));
    }
    flow_end(&flow);
}
