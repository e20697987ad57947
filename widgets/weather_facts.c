/* What else matters: ice, wind, sun, each only when it does. */
#include <math.h>
#include <stdio.h>

#include "common/moon.h"
#include "widgets/weather.h"

enum { WIND_FORCE_MIN = 5 }; /* Beaufort: small trees sway */

#define GUST_MIN_MS 14.0
#define UV_MIN      3.0

/* Small facts that stand side by side as long as there is room. */
struct flow {
    const struct weather_view *v;
    struct paint_row row;
    int x;
    bool begun, open, full;
};

/* Above the first of them. */
static int
gap_above(struct painter *p) {
    return paint_pitch(p, ROLE_LABEL) / 2;
}

static void
flow_end(struct flow *flow) {
    if (flow->open) {
        paint_row_end(flow->v->p, &flow->row, 0,
                      paint_pitch(flow->v->p, ROLE_LABEL));
        flow->open = false;
    }
}

/* Opens a row, or another where `width` is not left. */
static bool
flow_has_room(struct flow *flow, int width) {
    struct painter *p = flow->v->p;
    int above = flow->begun ? 0 : gap_above(p);

    if (flow->open && flow->x + width > flow->row.x + flow->v->width) {
        flow_end(flow);
    }
    if (flow->open) {
        return true;
    }
    if (flow->full || paint_left(p) < paint_pitch(p, ROLE_LABEL) + above) {
        flow->full = true;
        return false;
    }
    paint_gap(p, above);
    flow->row = paint_row_begin(p);
    flow->x = flow->row.x;
    flow->begun = flow->open = true;
    return true;
}

/* Words behind what `lead` px of picture stand for. */
static void
flow_words(struct flow *flow, int lead, enum theme_colour colour,
           const char *words) {
    struct painter *p = flow->v->p;
    int baseline = paint_baseline(p, flow->row.y, ROLE_LABEL);
    int size = paint_icon_size(p, ROLE_LABEL), x = flow->x + lead + size / 3;

    x += paint_text(p, x, baseline, ROLE_LABEL, colour, words,
                    flow->row.x + flow->row.width - x);
    flow->x = x + size;
}

static int
words_width(struct painter *p, const char *words) {
    return paint_icon_size(p, ROLE_LABEL) / 3 +
           paint_width(p, ROLE_LABEL, words);
}

static void
flow_add(struct flow *flow, const char *icon, enum theme_colour colour,
         const char *words) {
    struct painter *p = flow->v->p;
    int size = paint_icon_size(p, ROLE_LABEL);

    colour = weather_colour(flow->v, colour);
    if (flow_has_room(flow, size + words_width(p, words))) {
        paint_icon_beside(p, flow->x,
                          paint_baseline(p, flow->row.y, ROLE_LABEL),
                          ROLE_LABEL, colour, icon);
        flow_words(flow, size, colour, words);
    }
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

/* The moon as it is tonight. */
static const char *
moon_icon(int64_t now_s) {
    static const char *const icons[] = {
        "moon-new",           "moon-waxing-crescent",
        "moon-first-quarter", "moon-waxing-gibbous",
        "moon-full",          "moon-waning-gibbous",
        "moon-last-quarter",  "moon-waning-crescent",
    };

    return icons[moon_eighth(now_s)];
}

/* The sun's way to its setting, or by night the moon and the next sunrise. */
static void
add_sun(struct flow *flow, const struct weather_sun *sun) {
    const struct weather_view *v = flow->v;
    struct painter *p = v->p;
    int arc = weather_arc_width(p);
    char when[WEATHER_TEXT_MAX];

    if (sun->words >= 0) {
        flow_add(flow, sun->icon, COLOUR_DIM,
                 lang_text(p->lang, (enum lang_key)sun->words));
        return;
    }
    weather_when(v, sun->time_s, when, sizeof when);
    if (sun->kind != WEATHER_SUN_SETS || sun->rose_s == RECORD_NO_TIME) {
        flow_add(flow, sun->icon, COLOUR_DIM, when);
    } else if (flow_has_room(flow, arc + words_width(p, when))) {
        weather_draw_arc(v, sun, flow->x,
                         paint_baseline(p, flow->row.y, ROLE_LABEL));
        flow_words(flow, arc, weather_colour(v, COLOUR_DIM), when);
    }
}

void
weather_draw_facts(const struct weather_view *v) {
    struct flow flow = {.v = v};
    struct weather_sun sun = weather_sun(v);

    if (weather_ice_ahead(v->record, v->now_s)) {
        flow_add(&flow, "snowflake-alert", COLOUR_WARNING,
                 lang_text(v->p->lang, LANG_ICE));
    }
    add_wind(&flow);
    add_uv(&flow);
    if (v->o->sun && sun.kind != WEATHER_SUN_UNKNOWN) {
        if (sun.kind == WEATHER_SUN_RISES || sun.kind == WEATHER_SUN_DOWN) {
            flow_add(&flow, moon_icon(v->now_s), COLOUR_DIM, "");
        }
        add_sun(&flow, &sun);
    }
    flow_end(&flow);
}
