/* The upper part: a warning, the weather now. */
#include <math.h>

#include "widgets/weather.h"

enum { ALERT_LINES = 2 };

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
static bool
draw_extremes_row(const struct weather_view *v, const struct extreme pair[2]) {
    struct painter *p = v->p;
    int pitch = paint_pitch(p, ROLE_BODY);
    int gap = paint_metrics(p, ROLE_BODY).x_height;
    struct paint_row row;
    int baseline, right;

    if (paint_left(p) < pitch) {
        return false;
    }
    row = paint_row_begin(p);
    baseline = paint_baseline(p, row.y, ROLE_BODY);
    right = row.x + extreme_width(v, &pair[0]);
    draw_extreme(v, right, baseline, &pair[0]);
    draw_extreme(v, right + gap + extreme_width(v, &pair[1]), baseline,
                 &pair[1]);
    paint_row_end(p, &row, 0, pitch);
    return true;
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

bool
weather_draw_extremes(const struct weather_view *v) {
    struct extreme pair[2];

    choose_extremes(v, pair);
    return (isnan(pair[0].temp_c) && isnan(pair[1].temp_c)) ||
           draw_extremes_row(v, pair);
}
