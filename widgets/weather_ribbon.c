/* What falls: in words, and column by column. */
#include "widgets/weather.h"

enum {
    RIBBON_COLUMNS = 12,
    RIBBON_AHEAD_S = 2 * HOUR_S,
    RAIN_LINES = 2,
};

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
draw_ribbon(const struct weather_view *v, int keep) {
    struct painter *p = v->p;
    size_t count;
    const struct weather_minute *minutes = ribbon_minutes(v, &count);
    int height =
        paint_on_grid(p, paint_metrics(p, ROLE_BODY).cap_height * 5 / 4);
    int pitch = paint_on_grid(p, height + height / 4), step, right;
    char until[WEATHER_TEXT_MAX];
    struct paint_row row;

    if (count < 2 || paint_left(p) < pitch + keep) {
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

static bool
draw_rain_words(const struct weather_view *v, const struct weather_rain *rain) {
    int icon = paint_icon_size(v->p, ROLE_BODY) * 4 / 3;
    char words[WEATHER_TEXT_MAX * 2];
    enum theme_colour colour =
        rain->kind == RAIN_DRY_UNTIL ? COLOUR_NORMAL : COLOUR_BRIGHT;

    colour = weather_colour(v, colour);
    weather_rain_words(v, rain, words, sizeof words);
    if (paint_width(v->p, ROLE_BODY, words) + icon > v->p->area.w) {
        return paint_paragraph(v->p, ROLE_BODY, colour, words, RAIN_LINES) > 0;
    }
    return paint_icon_line(v->p, ROLE_BODY, colour,
                           rain->sky.kind == WEATHER_SNOW ? "snowflake"
                                                          : "umbrella-outline",
                           words);
}

bool
weather_draw_rain(const struct weather_view *v, int keep) {
    struct weather_rain rain;

    if (v->age > WEATHER_AGE_DIM) {
        return true;
    }
    rain = weather_rain(v->record, v->now_s);
    if (rain.kind == RAIN_NOTHING) {
        return true;
    }
    if (!draw_rain_words(v, &rain)) {
        return false;
    }
    if (v->o->ribbon && v->age <= WEATHER_AGE_HOURLY) {
        draw_ribbon(v, keep);
    }
    return true;
}
