/* The upper part: a warning, the weather now, what falls. */
#include <math.h>

#include "widgets/weather.h"

enum {
    RIBBON_COLUMNS = 12,
    RIBBON_AHEAD_S = 2 * HOUR_S,
    RAIN_LINES = 2,
    ALERT_LINES = 2,
};

#define FEELS_DIFFERS_C 3.0

/* "until 14:00"; "" where nobody says. */
static const char *
alert_when(const struct weather_view *v, const struct weather_alert *alert,
           char *to, size_t size) {
    char when[WEATHER_TEXT_MAX];
    const struct lang_arg args[] = {{"time", when}, {NULL, NULL}};
    bool begins = alert->start_s != RECORD_NO_TIME && alert->start_s > v->now_s;

    if (!begins && alert->end_s == RECORD_NO_TIME) {
        return "";
    }
    weather_when(v, begins ? alert->start_s : alert->end_s, when, sizeof when);
    return lang_format(v->p->lang, begins ? LANG_ALERT_FROM : LANG_ALERT_UNTIL,
                       args, to, size);
}

/* As large as a message, in two lines if it must be; the icon stands beside it
 * or, where there is no room, with the time below it. Smaller only where it
 * would be cut. */
void
weather_draw_alert(const struct weather_view *v) {
    const struct weather_alert *alert = weather_alert(v->record, v->now_s);
    struct painter *p = v->p;
    enum theme_colour colour = COLOUR_WARNING;
    enum theme_role role = ROLE_TITLE;
    const char *when, *icon = "alert";
    char words[WEATHER_TEXT_MAX * 2];

    if (!v->o->alerts || alert == NULL ||
        paint_left(p) < 2 * paint_pitch(p, ROLE_BODY)) {
        return;
    }
    if (alert->severity >= WEATHER_ALERT_SEVERE) {
        colour = COLOUR_ALARM;
    }
    when = alert_when(v, alert, words, sizeof words);
    if (!paint_text_fits(p, role, icon, alert->title, ALERT_LINES)) {
        icon = NULL;
    }
    if (icon == NULL &&
        (when[0] == '\0' ||
         !paint_text_fits(p, role, icon, alert->title, ALERT_LINES))) {
        role = ROLE_BODY;
        icon = "alert";
    }
    if (paint_icon_paragraph(p, role, colour, colour, icon, alert->title,
                             ALERT_LINES) == 0) {
        icon = NULL; /* it has no name: the time alone */
    }
    if (when[0] != '\0') {
        paint_icon_line(p, ROLE_BODY, icon == NULL ? colour : COLOUR_NORMAL,
                        icon == NULL ? "alert" : NULL, when);
    }
    paint_gap(p, paint_pitch(p, ROLE_LABEL) / 2);
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

/* One of the two extremes: an icon or a word in front, and the number. */
struct extreme {
    const char *icon, *words; /* one of them */
    double temp_c;
    enum theme_colour colour;
};

/* The upper and the lower, or the sooner and the later. */
static void
choose_extremes(const struct weather_view *v, struct extreme ret_pair[2]) {
    const struct lang *lang = v->p->lang;
    struct weather_extremes e =
        weather_extremes(v->record, v->now_s, v->o->evening);

    if (e.evening) {
        ret_pair[0] = (struct extreme){NULL, lang_text(lang, LANG_TONIGHT),
                                       e.low_c, COLOUR_NORMAL};
        ret_pair[1] = (struct extreme){NULL, lang_text(lang, LANG_TOMORROW),
                                       e.high_c, COLOUR_BRIGHT};
    } else {
        ret_pair[0] =
            (struct extreme){"arrow-up", NULL, e.high_c, COLOUR_BRIGHT};
        ret_pair[1] =
            (struct extreme){"arrow-down", NULL, e.low_c, COLOUR_NORMAL};
    }
}

/* The width of what stands in front of the number, with its gap. */
static int
lead_width(struct painter *p, const struct extreme *e) {
    int gap = paint_metrics(p, ROLE_BODY).x_height;

    return e->words != NULL ? paint_width(p, ROLE_LABEL, e->words) + gap / 2
                            : paint_icon_size(p, ROLE_BODY) + gap / 6;
}

static int
extreme_width(const struct weather_view *v, const struct extreme *e) {
    char temp[WEATHER_TEXT_MAX];

    return lead_width(v->p, e) +
           paint_width(v->p, ROLE_BODY,
                       weather_temp(v, e->temp_c, temp, sizeof temp));
}

static int
extremes_width(const struct weather_view *v, const struct extreme pair[2]) {
    int a = extreme_width(v, &pair[0]), b = extreme_width(v, &pair[1]);

    return a > b ? a : b;
}

/* The number ends at `right`, so that the two stand in a column. */
static void
draw_extreme(const struct weather_view *v, int right, int baseline,
             const struct extreme *e) {
    struct painter *p = v->p;
    char temp[WEATHER_TEXT_MAX];
    int x = right - extreme_width(v, e);

    if (e->words != NULL) {
        paint_text(p, x, baseline, ROLE_LABEL, weather_colour(v, COLOUR_DIM),
                   e->words, p->area.w);
    } else {
        paint_icon_beside(p, x, baseline, ROLE_BODY,
                          weather_colour(v, COLOUR_DIM), e->icon);
    }
    paint_text_right(p, right, baseline, ROLE_BODY,
                     weather_colour(v, e->colour),
                     weather_temp(v, e->temp_c, temp, sizeof temp), p->area.w);
}

/* Side by side in a row, where there is no room beside the large number. */
static void
draw_extremes_row(const struct weather_view *v, const struct extreme pair[2]) {
    struct painter *p = v->p;
    int pitch = paint_pitch(p, ROLE_BODY);
    int gap = paint_metrics(p, ROLE_BODY).x_height;
    struct paint_row row;
    int baseline, right;

    if (paint_left(p) < pitch) {
        return;
    }
    row = paint_row_begin(p);
    baseline = paint_baseline(p, row.y, ROLE_BODY);
    right = row.x + extreme_width(v, &pair[0]);
    draw_extreme(v, right, baseline, &pair[0]);
    draw_extreme(v, right + gap + extreme_width(v, &pair[1]), baseline,
                 &pair[1]);
    paint_row_end(p, &row, 0, pitch);
}

/* The measures of the large row, px. */
struct hero {
    enum theme_role role;
    struct text_metrics metrics;
    int icon, gap, temp, extremes, height;
};

/* From the finest to the smallest that may do: half a number is none. */
static const struct {
    enum theme_role role;
    int icon_parts; /* of the icon's size, 16 to the height of a capital */
    bool extremes;  /* high and low beside the number */
} hero_sizes[] = {{ROLE_HERO, 20, true},
                  {ROLE_HERO, 14, true},
                  {ROLE_HERO, 20, false},
                  {ROLE_HERO, 14, false},
                  {ROLE_TITLE, 20, false}};

static struct hero
hero_measure(const struct weather_view *v, const char *temp,
             const struct extreme pair[2]) {
    struct painter *p = v->p;
    struct hero hero = {0};

    for (size_t i = 0; i < sizeof hero_sizes / sizeof *hero_sizes; i++) {
        hero.role = hero_sizes[i].role;
        hero.metrics = paint_metrics(p, hero.role);
        hero.icon = hero.metrics.cap_height * hero_sizes[i].icon_parts / 16;
        hero.gap = hero.icon / 8;
        hero.temp = paint_width(p, hero.role, temp);
        hero.extremes =
            hero_sizes[i].extremes ? hero.gap + extremes_width(v, pair) : 0;
        hero.height = paint_figure_pitch(p, hero.role);
        if (hero.icon + hero.gap + hero.temp + hero.extremes <= p->area.w &&
            hero.height <= paint_left(p)) {
            break;
        }
    }
    return hero;
}

/* The icon, the number, and high and low one over the other beside it. Returns
 * whether there was room for these. */
static bool
draw_hero(const struct weather_view *v, const struct weather_current *now,
          const struct extreme pair[2]) {
    struct painter *p = v->p;
    char temp[WEATHER_TEXT_MAX];
    struct hero hero;
    struct paint_row row;
    int baseline, cap = paint_metrics(p, ROLE_BODY).cap_height, x;

    weather_temp(v, now->temp_c, temp, sizeof temp);
    hero = hero_measure(v, temp, pair);
    if (paint_left(p) < hero.height) {
        return false;
    }
    row = paint_row_begin(p);
    baseline = paint_figure_baseline(p, row.y, hero.role);
    paint_icon(p, row.x, baseline - (hero.metrics.cap_height + hero.icon) / 2,
               hero.icon, weather_colour(v, COLOUR_NORMAL),
               weather_icon(now->sky, weather_is_day(v, now->sky, v->now_s)));
    x = row.x + hero.icon + hero.gap;
    paint_text(p, x, baseline, hero.role, weather_colour(v, COLOUR_BRIGHT),
               temp, hero.temp);
    x += hero.temp + hero.extremes;
    if (hero.extremes > 0) { /* at the large number's top and foot */
        draw_extreme(v, x, row.y + paint_on_grid(p, cap), &pair[0]);
        draw_extreme(v, x, baseline, &pair[1]);
    }
    paint_row_end(p, &row, 0, hero.height);
    return hero.extremes > 0;
}

bool
weather_draw_now(const struct weather_view *v) {
    struct weather_current now = weather_current(v);
    struct extreme pair[2];
    bool beside = false;

    if (now.known) {
        choose_extremes(v, pair);
        beside = draw_hero(v, &now, pair);
        draw_feels(v, &now);
    }
    return beside;
}

void
weather_draw_extremes(const struct weather_view *v) {
    struct extreme pair[2];

    choose_extremes(v, pair);
    if (!isnan(pair[0].temp_c) || !isnan(pair[1].temp_c)) {
        draw_extremes_row(v, pair);
    }
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

/* From one column to the next, px: all of them and the time behind fit. */
static int
ribbon_step(const struct weather_view *v, size_t count, const char *until) {
    int step = v->width * 3 / 4 / RIBBON_COLUMNS;
    int room = v->p->area.w - paint_width(v->p, ROLE_LABEL, until);
    int most = room * 3 / (3 * (int)count + 1);

    return step < most ? step : most;
}

static void
draw_ribbon(const struct weather_view *v) {
    struct painter *p = v->p;
    size_t count;
    const struct weather_minute *minutes = ribbon_minutes(v, &count);
    int height =
        paint_on_grid(p, paint_metrics(p, ROLE_BODY).cap_height * 5 / 4);
    int pitch = height + height / 4, step, right;
    char until[WEATHER_TEXT_MAX];
    struct paint_row row;

    if (count < 2 || paint_left(p) < pitch) {
        return;
    }
    weather_when(v, minutes[count - 1].end_s, until, sizeof until);
    step = ribbon_step(v, count, until);
    if (step < 3) {
        return;
    }
    row = paint_row_begin(p);
    for (size_t i = 0; i < count; i++) {
        struct rect cell = {row.x + (int)i * step, row.y, step * 2 / 3, height};

        draw_column(v, cell, minutes[i].precip_mmh);
    }
    right = (int)count * step + step / 3;
    paint_text(p, row.x + right, row.y + height, ROLE_LABEL, COLOUR_DIM, until,
               row.width - right);
    paint_row_end(p, &row, 0, pitch);
}

void
weather_draw_rain(const struct weather_view *v) {
    int icon = paint_icon_size(v->p, ROLE_BODY) * 4 / 3;
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
    colour = weather_colour(v, colour);
    weather_rain_words(v, &rain, words, sizeof words);
    if (paint_width(v->p, ROLE_BODY, words) + icon > v->p->area.w) {
        paint_paragraph(v->p, ROLE_BODY, colour, words, RAIN_LINES);
    } else {
        paint_icon_line(v->p, ROLE_BODY, colour,
                        rain.sky.kind == WEATHER_SNOW ? "snowflake"
                                                      : "umbrella-outline",
                        words);
    }
    if (v->o->ribbon && v->age <= WEATHER_AGE_HOURLY) {
        draw_ribbon(v);
    }
}
