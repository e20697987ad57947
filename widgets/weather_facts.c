/* What else matters: ice, wind, sun, each only when it does. */
#include <math.h>
#include <stdio.h>

#include "widgets/weather.h"

enum { WIND_FORCE_MIN = 5 }; /* Beaufort: small trees sway */

#define GUST_MIN_MS 14.0
#define UV_MIN      3.0

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
