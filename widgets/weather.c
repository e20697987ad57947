/* The weather: what to wear now, whether it will rain, how the days go on. It
 * is drawn in the order somebody asks, and cut from the end. */
#include "widgets/weather.h"

#include <math.h>
#include <stdio.h>

#include "common/str.h"
#include "render/widget.h"

enum { CREDIT_LINES = 2 };

static const struct option options[] = {
    {.name = "temperature",
     .type = OPTION_CHOICE,
     OPTION_AT(struct weather_options, temperature),
     .choices = "c|f",
     .fallback = "c",
     .help = "degrees Celsius or Fahrenheit"},
    {.name = "wind_unit",
     .type = OPTION_CHOICE,
     OPTION_AT(struct weather_options, wind_unit),
     .choices = "ms|kmh|mph|kn|bft",
     .fallback = "ms",
     .help = "m/s, km/h, miles per hour, knots or Beaufort"},
    {.name = "precipitation",
     .type = OPTION_CHOICE,
     OPTION_AT(struct weather_options, precipitation),
     .choices = "mm|in",
     .fallback = "mm",
     .help = "millimetres or inches"},
    {.name = "hours",
     .type = OPTION_INT,
     OPTION_AT(struct weather_options, hours),
     .min = 0,
     .max = 12,
     .fallback = "6",
     .help = "how many of the next hours, as far as they fit"},
    {.name = "hour_step",
     .type = OPTION_INT,
     OPTION_AT(struct weather_options, hour_step),
     .min = 1,
     .max = 6,
     .fallback = "2",
     .help = "hours from one column to the next"},
    {.name = "days",
     .type = OPTION_INT,
     OPTION_AT(struct weather_options, days),
     .min = 0,
     .max = 7,
     .fallback = "4",
     .help = "how many days, as far as they fit"},
    {.name = "evening",
     .type = OPTION_INT,
     OPTION_AT(struct weather_options, evening),
     .min = 12,
     .max = 24,
     .fallback = "18",
     .help = "from this hour on: tonight's low and tomorrow's high; 24: never"},
    {.name = "feels_like",
     .type = OPTION_CHOICE,
     OPTION_AT(struct weather_options, feels_like),
     .choices = "auto|always|never",
     .fallback = "auto",
     .help = "auto: where it differs by 3 degrees Celsius or more"},
    {.name = "wind",
     .type = OPTION_CHOICE,
     OPTION_AT(struct weather_options, wind),
     .choices = "auto|always|never",
     .fallback = "auto",
     .help = "auto: from Beaufort 5, or gusts of 14 m/s, on"},
    {.name = "uv",
     .type = OPTION_CHOICE,
     OPTION_AT(struct weather_options, uv),
     .choices = "auto|always|never",
     .fallback = "auto",
     .help = "the UV index still to come today; auto: from 3 on"},
    {.name = "sun",
     .type = OPTION_BOOL,
     OPTION_AT(struct weather_options, sun),
     .fallback = "yes",
     .help = "the next sunrise or sunset"},
    {.name = "ribbon",
     .type = OPTION_BOOL,
     OPTION_AT(struct weather_options, ribbon),
     .fallback = "yes",
     .help = "the rain of the next hours, column by column, when it comes"},
    {.name = "alerts",
     .type = OPTION_BOOL,
     OPTION_AT(struct weather_options, alerts),
     .fallback = "yes",
     .help = "the strongest weather warning"},
    {.name = "credit",
     .type = OPTION_BOOL,
     OPTION_AT(struct weather_options, credit),
     .fallback = "yes",
     .help = "whose data it is; most licences ask for this line"},
    {0},
};

enum theme_colour
weather_colour(const struct weather_view *v, enum theme_colour colour) {
    if (v->age < WEATHER_AGE_DIM || colour == COLOUR_FAINT) {
        return colour;
    }
    return COLOUR_DIM;
}

/* Says when the forecast was made, as soon as that is not just now. */
static void
draw_age(const struct weather_view *v, int64_t age_s) {
    char when[WEATHER_TEXT_MAX], words[WEATHER_TEXT_MAX * 2];
    const struct lang_arg args[] = {{"time", when}, {NULL, NULL}};
    struct painter *p = v->p;

    if (v->age == WEATHER_AGE_PLAIN) {
        return;
    }
    if (v->age == WEATHER_AGE_UNKNOWN) {
        paint_icon_line(p, ROLE_LABEL, COLOUR_DIM, "clock-alert-outline",
                        lang_text(p->lang, LANG_AGE_UNKNOWN));
        return;
    }
    weather_when(v, v->now_s - age_s, when, sizeof when);
    if (v->age == WEATHER_AGE_HOURLY) {
        paint_icon_line(p, ROLE_LABEL, COLOUR_DIM, "history", when);
    } else {
        lang_format(p->lang, LANG_WEATHER_FROM, args, words, sizeof words);
        paint_icon_line(p, ROLE_LABEL,
                        v->age == WEATHER_AGE_DAYS ? COLOUR_WARNING
                                                   : COLOUR_NORMAL,
                        "clock-alert-outline", words);
    }
}

static void
draw_parts(const struct weather_view *v) {
    int pitch = paint_pitch(v->p, ROLE_BODY);
    bool beside, whole;

    if (v->age <= WEATHER_AGE_DIM) {
        weather_draw_alert(v);
        beside = weather_draw_now(v);
        whole = weather_draw_rain(v, beside ? 0 : pitch);
        whole = (beside || weather_draw_extremes(v)) && whole;
        if (whole) { /* a line of small type could fit where these did not */
            weather_draw_hours(v);
            weather_draw_facts(v);
        }
    } else if (v->age == WEATHER_AGE_UNKNOWN) {
        if (!weather_draw_now(v)) {
            weather_draw_extremes(v);
        }
    }
    weather_draw_days(v);
}

/* The height the credit line needs: it keeps that whatever else there is. */
static int
credit_height(const struct weather_view *v) {
    struct painter *p = v->p;
    const char *words = v->record->attribution;
    bool wraps = paint_width(p, ROLE_CREDIT, words) > p->area.w;

    if (!v->o->credit || words[0] == '\0') {
        return 0;
    }
    return (wraps ? CREDIT_LINES : 1) * paint_pitch(p, ROLE_CREDIT);
}

/* Half a line above it, or a quarter where that makes room for a row more. */
static void
draw_credit(const struct weather_view *v, int height) {
    struct painter *p = v->p;
    int gap = paint_pitch(p, ROLE_CREDIT) / 2, left = paint_left(p) - height;

    left -= left % p->theme->grid_px;
    paint_gap(p, gap < left ? gap : left);
    paint_paragraph(p, ROLE_CREDIT, COLOUR_DIM, v->record->attribution,
                    CREDIT_LINES);
}

static void
draw_weather(const struct weather_view *v, int64_t age_s) {
    struct painter *p = v->p;
    int credit = credit_height(v);
    int least = credit > 0
                    ? credit + paint_on_grid(p, paint_pitch(p, ROLE_CREDIT) / 4)
                    : 0;

    if (paint_left(p) < least) {
        return;
    }
    p->area.h -= least;
    draw_age(v, age_s);
    draw_parts(v);
    p->area.h += least;
    if (credit > 0) {
        draw_credit(v, credit);
    }
}

/* Why there is none, as far as one can say it in three words. */
static const char *
reason(const struct painter *p, unsigned state) {
    static const int words[SOURCE_STATE_END] = {
        [SOURCE_OFFLINE] = LANG_STATE_OFFLINE,
        [SOURCE_REFUSED] = LANG_STATE_REFUSED,
        [SOURCE_CERTIFICATE] = LANG_STATE_CERTIFICATE,
        [SOURCE_NO_CLOCK] = LANG_STATE_NO_CLOCK,
        [SOURCE_BAD_REPLY] = LANG_STATE_BAD_REPLY,
        [SOURCE_TOO_BIG] = LANG_STATE_TOO_BIG,
        [SOURCE_LIMIT] = LANG_STATE_LIMIT,
        [SOURCE_CONFIG] = LANG_STATE_CONFIG,
    };

    if (state >= SOURCE_STATE_END || words[state] == 0) {
        return "";
    }
    return lang_text(p->lang, (enum lang_key)words[state]);
}

static void
draw_none(struct painter *p, const struct fact *fact) {
    const struct source_status *source = facts_find_source(p->facts, "weather");
    const char *words = lang_text(p->lang, LANG_WEATHER_NONE);
    char since[WEATHER_TEXT_MAX], sentence[WEATHER_TEXT_MAX * 2];
    const struct lang_arg args[] = {{"time", since}, {NULL, NULL}};

    if (fact->record != NULL) {
        struct calendar at =
            calendar_at(p->now.wall_ms / 1000 - fact->age_s, NULL);
        char date[WEATHER_TEXT_MAX], time[WEATHER_TEXT_MAX];

        snprintf(since, sizeof since, "%.40s %.40s",
                 lang_date(p->lang, &at, true, date, sizeof date),
                 lang_time(p->lang, &at, p->clock_12, time, sizeof time));
        words = lang_format(p->lang, LANG_WEATHER_SINCE, args, sentence,
                            sizeof sentence);
    } else if (source == NULL) {
        return; /* nobody was asked */
    }
    paint_icon_line(p, ROLE_BODY, COLOUR_DIM, "cloud-off-outline", words);
    if (source != NULL && reason(p, source->state)[0] != '\0') {
        paint_line(p, ROLE_LABEL, COLOUR_DIM, reason(p, source->state));
    }
}

/* Every line is chosen by the clock, so every minute may change one. */
static void
wake_next_minute(struct painter *p, int64_t age_change_s) {
    int64_t minute_ms = 60 * 1000;

    paint_wake_at(p, (p->now.wall_ms / minute_ms + 1) * minute_ms);
    if (age_change_s != INT64_MAX) {
        paint_wake_at(p, p->now.wall_ms + age_change_s * 1000);
    }
}

static int
block_width(struct painter *p) {
    int width = paint_icon_size(p, ROLE_BODY) * 15;

    return width < p->area.w ? width : p->area.w;
}

static void
draw(const void *opaque, struct painter *p) {
    struct fact fact = facts_get(p->facts, RECORD_WEATHER, "", p->now.mono_ms);
    int64_t age_s = p->now.wall_known ? fact.age_s : -1;
    int64_t change_s;
    struct weather_view view = {
        .o = opaque,
        .record = fact.record,
        .p = p,
        .now_s = p->now.wall_ms / 1000,
        .now = calendar_at(p->now.wall_ms / 1000, NULL),
        .width = block_width(p),
    };

    view.age = weather_age(age_s, &change_s);
    if (fact.record == NULL || view.age == WEATHER_AGE_GONE) {
        draw_none(p, &fact);
        return;
    }
    wake_next_minute(p, change_s);
    draw_weather(&view, age_s);
}

const struct widget_type widget_weather = {
    .name = "weather",
    .summary = "the weather now, the rain to come, the next hours and days",
    .options = options,
    .options_size = sizeof(struct weather_options),
    .draw = draw,
};
