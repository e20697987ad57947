/* The lower part: the next hours in columns, the next days in rows on one
 * temperature scale. */
#include <math.h>
#include <stdio.h>

#include "render/paint_list.h"
#include "widgets/weather.h"

enum { HOURS_COLUMNS_MAX = 12 };

#define POP_MIN       0.3
#define AMOUNT_MIN_MM 0.1

/* The ends of the colours on the scale of days: frost and a summer's day. */
#define COLD_END_C (-5.0)
#define WARM_END_C 30.0

/* The hours to show, at the steps asked for. */
static size_t
choose_hours(const struct weather_view *v,
             const struct weather_hour *ret_hours[HOURS_COLUMNS_MAX]) {
    const struct record_weather *record = v->record;
    int64_t next_s = v->now_s;
    size_t count = 0;

    for (size_t i = 0; i < record->hour_count; i++) {
        const struct weather_hour *hour = &record->hours[i];

        if (count >= (size_t)v->o->hours || count >= HOURS_COLUMNS_MAX) {
            break;
        }
        if (hour->time_s > v->now_s && hour->time_s >= next_s) {
            ret_hours[count++] = hour;
            next_s = hour->time_s + (int64_t)v->o->hour_step * HOUR_S;
        }
    }
    return count;
}

static void
text_centred(struct painter *p, int middle, int baseline, enum theme_role role,
             enum theme_colour colour, const char *text) {
    int width = paint_width(p, role, text);

    paint_text(p, middle - width / 2, baseline, role, colour, text, width);
}

/* To the next ten per cent: nobody knows better. */
static const char *
pop_words(const struct painter *p, double pop, char *to, size_t size) {
    char number[32];

    lang_number(p->lang, floor(pop * 10 + 0.5) * 10, 0, number, sizeof number);
    snprintf(to, size, "%s\u202f%%", number);
    return to;
}

struct hour_rows {
    int label, icon, temp, pop, height; /* baselines; icon: its top; px */
    int icon_size;
};

static struct hour_rows
hour_rows(struct painter *p, bool with_pop) {
    int label = paint_pitch(p, ROLE_LABEL), body = paint_pitch(p, ROLE_BODY);
    struct hour_rows rows = {.icon_size = paint_icon_size(p, ROLE_BODY)};
    int y = 0;

    rows.label = paint_baseline(p, y, ROLE_LABEL);
    y += label;
    rows.icon = y + label / 8;
    y += paint_on_grid(p, label / 8 + rows.icon_size);
    rows.temp = paint_baseline(p, y, ROLE_BODY);
    y += body;
    rows.pop = paint_baseline(p, y, ROLE_LABEL);
    rows.height = y + (with_pop ? label : 0);
    return rows;
}

static void
draw_hour(const struct weather_view *v, const struct weather_hour *hour,
          const struct hour_rows *rows, int middle, int top) {
    struct painter *p = v->p;
    char text[WEATHER_TEXT_MAX];
    bool is_day = weather_is_day(v, hour->sky, hour->time_s + HOUR_S / 2);

    text_centred(p, middle, top + rows->label, ROLE_LABEL,
                 weather_colour(v, COLOUR_DIM),
                 weather_hour_label(v, hour->time_s, text, sizeof text));
    paint_icon(p, middle - rows->icon_size / 2, top + rows->icon,
               rows->icon_size, weather_colour(v, COLOUR_NORMAL),
               weather_icon(hour->sky, is_day));
    text_centred(p, middle, top + rows->temp, ROLE_BODY,
                 weather_colour(v, COLOUR_NORMAL),
                 weather_temp(v, hour->temp_c, text, sizeof text));
    if (hour->pop >= POP_MIN) {
        text_centred(p, middle, top + rows->pop, ROLE_LABEL,
                     weather_colour(v, COLOUR_COLD),
                     pop_words(p, hour->pop, text, sizeof text));
    }
}

static int
widest(int a, int b) {
    return a > b ? a : b;
}

/* How wide a column has to be for the widest of what stands in any. */
static int
column_width(const struct weather_view *v,
             const struct weather_hour *const *hours, size_t count) {
    struct painter *p = v->p;
    char text[WEATHER_TEXT_MAX];
    int width = paint_width(p, ROLE_LABEL, "00 %");

    for (size_t i = 0; i < count; i++) {
        weather_hour_label(v, hours[i]->time_s, text, sizeof text);
        width = widest(width, paint_width(p, ROLE_LABEL, text));
        weather_temp(v, hours[i]->temp_c, text, sizeof text);
        width = widest(width, paint_width(p, ROLE_BODY, text));
    }
    return width + paint_metrics(p, ROLE_BODY).x_height / 2;
}

void
weather_draw_hours(const struct weather_view *v) {
    const struct weather_hour *hours[HOURS_COLUMNS_MAX];
    struct painter *p = v->p;
    size_t count = choose_hours(v, hours);
    size_t columns = (size_t)(v->width / column_width(v, hours, count));
    int gap = paint_pitch(p, ROLE_LABEL) / 2;
    struct hour_rows rows;
    struct paint_row row;
    bool with_pop = false;

    count = count < columns ? count : columns;
    for (size_t i = 0; i < count; i++) {
        with_pop = with_pop || hours[i]->pop >= POP_MIN;
    }
    rows = hour_rows(p, with_pop);
    if (count == 0 || paint_left(p) < rows.height + gap) {
        return;
    }
    paint_gap(p, gap);
    row = paint_row_begin(p);
    for (size_t i = 0; i < count; i++) {
        int middle = row.x + v->width * (2 * (int)i + 1) / (2 * (int)count);

        draw_hour(v, hours[i], &rows, middle, row.y);
    }
    paint_row_end(p, &row, v->width, rows.height);
}

/* The days to show and the temperatures they span. */
struct days {
    const struct weather_day *list[WEATHER_DAYS_MAX];
    size_t count;
    double low_c, high_c;
    bool any_wet;
};

static bool
is_wet(const struct weather_day *day) {
    return day->precip_mm >= AMOUNT_MIN_MM || day->pop >= POP_MIN;
}

static struct days
choose_days(const struct weather_view *v) {
    bool evening = v->now.hour >= v->o->evening && v->age <= WEATHER_AGE_DIM;
    int64_t first = calendar_days(v->now.date) + (evening ? 1 : 0);
    struct days days = {.low_c = NAN, .high_c = NAN};

    for (size_t i = 0; i < v->record->day_count; i++) {
        const struct weather_day *day = &v->record->days[i];

        if (calendar_days(day->date) < first ||
            days.count >= (size_t)v->o->days) {
            continue;
        }
        days.list[days.count++] = day;
        days.low_c = fmin(days.low_c, fmin(day->min_c, day->max_c));
        days.high_c = fmax(days.high_c, fmax(day->min_c, day->max_c));
        days.any_wet = days.any_wet || is_wet(day);
    }
    return days;
}

/* The columns of the table of days: their left ends, or right ends where what
 * stands there is a number. */
struct day_columns {
    int name, name_width, icon, low_right, bar, bar_width, high_right,
        wet_right;
    int number; /* the width of the widest temperature */
    bool with_icon, with_wet;
};

static const char *
day_name(const struct weather_view *v, const struct weather_day *day) {
    if (calendar_compare(day->date, v->now.date) == 0) {
        return lang_text(v->p->lang, LANG_DAY_TODAY);
    }
    return lang_weekday(v->p->lang, calendar_weekday(day->date), true);
}

static int
widest_day_name(const struct weather_view *v, const struct days *days) {
    int width = 0;

    for (size_t i = 0; i < days->count; i++) {
        const char *name = day_name(v, days->list[i]);

        width = widest(width, paint_width(v->p, ROLE_BODY, name));
    }
    return width;
}

static int
widest_temp(const struct weather_view *v, const struct days *days) {
    char text[WEATHER_TEXT_MAX];
    int width = 0;

    for (size_t i = 0; i < days->count; i++) {
        weather_temp(v, days->list[i]->min_c, text, sizeof text);
        width = widest(width, paint_width(v->p, ROLE_BODY, text));
        weather_temp(v, days->list[i]->max_c, text, sizeof text);
        width = widest(width, paint_width(v->p, ROLE_BODY, text));
    }
    return width;
}

/* Where it gets narrow, first the amount of rain goes (the icon speaks of it
 * too), then the bar, then the icon. */
static struct day_columns
day_columns(const struct weather_view *v, const struct days *days, int x) {
    struct painter *p = v->p;
    int gap = paint_metrics(p, ROLE_BODY).x_height * 2 / 3;
    int wet = paint_width(p, ROLE_LABEL, "00\u202fmm") + gap;
    int icon = paint_icon_size(p, ROLE_BODY), bar = icon * 5 / 2;
    struct day_columns c = {.name = x, .number = widest_temp(v, days)};

    c.icon = x + widest_day_name(v, days) + gap;
    c.with_icon = true;
    c.low_right = c.icon + icon + gap / 2 + c.number;
    c.wet_right = x + v->width;
    c.with_wet = days->any_wet &&
                 c.low_right + gap + bar + gap + c.number + wet <= c.wet_right;
    c.high_right = c.wet_right - (c.with_wet ? wet : 0);
    if (c.low_right + gap / 2 + c.number > c.high_right) {
        c.with_icon = false;
        c.low_right = c.high_right - c.number - gap / 2;
    }
    c.name_width = (c.with_icon ? c.icon : c.low_right - c.number) - gap - x;
    c.bar = c.low_right + gap;
    c.bar_width = c.high_right - c.number - gap - c.bar;
    return c;
}

/* A colour on the way from the theme's cold to its warm. */
static uint32_t
warmth(const struct theme *theme, double temp_c) {
    double part = (temp_c - COLD_END_C) / (WARM_END_C - COLD_END_C);
    uint32_t cold = theme->colour[COLOUR_COLD];
    uint32_t warm = theme->colour[COLOUR_WARM];
    uint32_t rgb = 0;

    part = part < 0 ? 0 : (part > 1 ? 1 : part);
    for (int shift = 16; shift >= 0; shift -= 8) {
        double from = cold >> shift & 0xff, to = warm >> shift & 0xff;

        rgb |= (uint32_t)lround(from + (to - from) * part) << shift;
    }
    return rgb;
}

static void
draw_bar(const struct weather_view *v, const struct days *days,
         const struct weather_day *day, const struct day_columns *c,
         int baseline) {
    struct painter *p = v->p;
    int height = paint_bar_height(p);
    double span = days->high_c - days->low_c;
    int y = baseline - (paint_metrics(p, ROLE_BODY).cap_height + height) / 2;
    int from = 0, to = c->bar_width;

    if (isnan(day->min_c) || isnan(day->max_c) || c->bar_width < 4 * height) {
        return;
    }
    if (span > 0) {
        from = (int)lround((day->min_c - days->low_c) / span * c->bar_width);
        to = (int)lround((day->max_c - days->low_c) / span * c->bar_width);
    }
    if (to - from < height) { /* the round ends need that much */
        from = from + height > c->bar_width ? c->bar_width - height : from;
        to = from + height;
    }
    paint_shape(p, (struct rect){c->bar, y, c->bar_width, height}, height / 2,
                0, COLOUR_FAINT);
    if (v->age >= WEATHER_AGE_DIM) {
        paint_shape(p, (struct rect){c->bar + from, y, to - from, height},
                    height / 2, 0, COLOUR_DIM);
    } else {
        paint_shape_rgb(p, (struct rect){c->bar + from, y, to - from, height},
                        height / 2, 0,
                        warmth(p->theme, (day->min_c + day->max_c) / 2));
    }
}

static void
draw_wet(const struct weather_view *v, const struct weather_day *day,
         const struct day_columns *c, int baseline) {
    char text[WEATHER_TEXT_MAX];

    if (!is_wet(day) || !c->with_wet) {
        return;
    }
    if (day->precip_mm >= AMOUNT_MIN_MM) {
        weather_amount(v, day->precip_mm, text, sizeof text);
    } else {
        pop_words(v->p, day->pop, text, sizeof text);
    }
    paint_text_right(v->p, c->wet_right, baseline, ROLE_LABEL,
                     weather_colour(v, COLOUR_COLD), text,
                     c->wet_right - c->high_right);
}

static void
draw_day(const struct weather_view *v, const struct days *days,
         const struct weather_day *day, const struct day_columns *c,
         int baseline) {
    struct painter *p = v->p;
    char text[WEATHER_TEXT_MAX];

    paint_text(p, c->name, baseline, ROLE_BODY,
               weather_colour(v, COLOUR_NORMAL), day_name(v, day),
               c->name_width);
    if (c->with_icon) {
        paint_icon_beside(p, c->icon, baseline, ROLE_BODY,
                          weather_colour(v, COLOUR_NORMAL),
                          weather_icon(day->sky, true));
    }
    paint_text_right(p, c->low_right, baseline, ROLE_BODY,
                     weather_colour(v, COLOUR_DIM),
                     weather_temp(v, day->min_c, text, sizeof text), v->width);
    draw_bar(v, days, day, c, baseline);
    paint_text_right(p, c->high_right, baseline, ROLE_BODY,
                     weather_colour(v, COLOUR_BRIGHT),
                     weather_temp(v, day->max_c, text, sizeof text), v->width);
    draw_wet(v, day, c, baseline);
}

/* A table of today alone repeats high and low. */
static bool
tells_nothing_new(const struct weather_view *v, const struct days *days) {
    return days->count == 1 && v->o->days > 1 && v->record->day_count > 1 &&
           calendar_compare(days->list[0]->date, v->now.date) == 0;
}

void
weather_draw_days(const struct weather_view *v) {
    struct days days = choose_days(v);
    struct painter *p = v->p;
    int pitch = paint_pitch(p, ROLE_BODY);
    int gap = paint_pitch(p, ROLE_LABEL) / 2;
    int room = (paint_left(p) - gap) / pitch;
    struct day_columns columns;
    struct paint_row table;

    if (room < (int)days.count) {
        days.count = room > 0 ? (size_t)room : 0;
    }
    if (days.count == 0 || tells_nothing_new(v, &days)) {
        return;
    }
    paint_gap(p, gap);
    table = paint_row_begin(p);
    columns = day_columns(v, &days, table.x);
    for (size_t i = 0; i < days.count; i++) {
        int top = table.y + (int)i * pitch;

        draw_day(v, &days, days.list[i], &columns,
                 paint_baseline(p, top, ROLE_BODY));
    }
    paint_row_end(p, &table, v->width, (int)days.count * pitch);
}
