/* The time of day, large; the date; a second time zone. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/str.h"
#include "render/widget.h"

enum { FORMAT_AUTO, FORMAT_24, FORMAT_12 };
enum { SECOND_MS = 1000, MINUTE_MS = 60 * SECOND_MS };

struct clock_options {
    int format;
    bool seconds;
    bool date;
    bool week;
    char zone[64];
    char label[64];
};

static const struct option options[] = {
    {.name = "format",
     .type = OPTION_CHOICE,
     OPTION_AT(struct clock_options, format),
     .choices = "auto|24|12",
     .fallback = "auto",
     .help = "hours of a day; auto: as [mirror] clock says"},
    {.name = "seconds",
     .type = OPTION_BOOL,
     OPTION_AT(struct clock_options, seconds),
     .fallback = "no",
     .help = "show seconds; the mirror then wakes every second"},
    {.name = "date",
     .type = OPTION_BOOL,
     OPTION_AT(struct clock_options, date),
     .fallback = "yes",
     .help = "show weekday and date"},
    {.name = "week",
     .type = OPTION_BOOL,
     OPTION_AT(struct clock_options, week),
     .fallback = "no",
     .help = "show the number of the week (ISO 8601)"},
    {.name = "zone",
     .type = OPTION_ZONE,
     OPTION_AT(struct clock_options, zone),
     .fallback = "",
     .help = "a second time zone, as Asia/Tokyo"},
    {.name = "label",
     .type = OPTION_TEXT,
     OPTION_AT(struct clock_options, label),
     .fallback = "",
     .help = "what the second zone is called; empty: the name of its city"},
    {0},
};

static bool
use_12(const struct clock_options *o, const struct painter *p) {
    return o->format == FORMAT_AUTO ? p->clock_12 : o->format == FORMAT_12;
}

/* Cuts "2:05 pm", or "오후 2:05", into the digits and the rest. */
static void
split_time(const char *text, char *digits, size_t size, char *rest,
           size_t rest_size) {
    size_t before = strcspn(text, "0123456789");
    size_t length = strspn(text + before, "0123456789:.");

    rest[0] = '\0';
    if (length == 0 || length >= size || before >= rest_size) {
        str_copy(digits, size, text);
        return;
    }
    memcpy(digits, text + before, length);
    digits[length] = '\0';
    if (before == 0) {
        text += length;
        text += strspn(text, " ");
        str_copy(rest, rest_size, text);
        return;
    }
    while (before > 0 && text[before - 1] == ' ') {
        before--;
    }
    memcpy(rest, text, before);
    rest[before] = '\0';
}

/* Half a time is none: where there is no room for it, it is smaller. */
static enum theme_role
time_role(struct painter *p, const char *digits) {
    bool fits = paint_figures_width(p, ROLE_HERO, digits) <= p->area.w &&
                paint_figure_pitch(p, ROLE_HERO) <= paint_left(p);

    return fits ? ROLE_HERO : ROLE_TITLE;
}

/* The digits with what stands beside them: seconds and "pm", small, on the
 * line of the capitals' tops. */
static void
draw_time(struct painter *p, const char *digits, const char *seconds,
          const char *suffix) {
    enum theme_role role = time_role(p, digits);
    struct text_metrics side = paint_metrics(p, ROLE_BODY);
    int height = paint_figure_pitch(p, role);
    struct paint_row row;
    int baseline, x, beside;

    if (paint_left(p) < height) {
        return;
    }
    row = paint_row_begin(p);
    baseline = paint_figure_baseline(p, row.y, role);
    x = row.x;
    x += paint_figures(p, x, baseline, role, COLOUR_BRIGHT, digits, row.width);
    /* both on one column, at the top and at the foot of the digits */
    beside = x + side.x_height / 2;
    paint_text(p, beside, row.y + paint_on_grid(p, side.cap_height), ROLE_BODY,
               COLOUR_DIM, seconds, row.x + row.width - beside);
    paint_text(p, beside, baseline, ROLE_BODY, COLOUR_DIM, suffix,
               row.x + row.width - beside);
    paint_ltr(p, row.first);
    paint_row_end(p, &row, 0, height);
}

static void
draw_now(const struct clock_options *o, struct painter *p,
         const struct calendar *now) {
    char text[64], digits[64], suffix[64], seconds[8] = "";

    lang_time(p->lang, now, use_12(o, p), text, sizeof text);
    split_time(text, digits, sizeof digits, suffix, sizeof suffix);
    if (o->seconds) {
        snprintf(seconds, sizeof seconds, "%02d", now->second);
    }
    draw_time(p, digits, seconds, suffix);
}

/* On one line, or weekday and date on two where that would be cut. */
static void
draw_whole_date(struct painter *p, const struct calendar *now) {
    char date[128] = "";

    lang_date(p->lang, now, false, date, sizeof date);
    if (paint_width(p, ROLE_BODY, date) <= p->area.w) {
        paint_line(p, ROLE_BODY, COLOUR_NORMAL, date);
        return;
    }
    paint_line(p, ROLE_BODY, COLOUR_NORMAL,
               lang_weekday(p->lang, now->weekday, false));
    paint_line(p, ROLE_BODY, COLOUR_NORMAL,
               lang_date(p->lang, now, true, date, sizeof date));
}

/* The date, and the week behind it or, where that is too long, below it. */
static void
draw_date(const struct clock_options *o, struct painter *p,
          const struct calendar *now) {
    char date[128] = "", number[8], week[64] = "";
    const struct lang_arg args[] = {{"n", number}, {NULL, NULL}};
    int gap = paint_metrics(p, ROLE_BODY).x_height;
    struct paint_row row;
    int baseline, width;

    snprintf(number, sizeof number, "%d", calendar_iso_week(now->date));
    lang_format(p->lang, LANG_WEEK, args, week, sizeof week);
    lang_date(p->lang, now, false, date, sizeof date);
    width = paint_width(p, ROLE_BODY, date) + gap;
    if (!o->date || !o->week ||
        width + paint_width(p, ROLE_BODY, week) > p->area.w) {
        if (o->date) {
            draw_whole_date(p, now);
        }
        if (o->week) {
            paint_line(p, ROLE_BODY, COLOUR_DIM, week);
        }
        return;
    }
    if (paint_left(p) < paint_pitch(p, ROLE_BODY)) {
        return;
    }
    row = paint_row_begin(p);
    baseline = paint_baseline(p, row.y, ROLE_BODY);
    paint_text(p, row.x, baseline, ROLE_BODY, COLOUR_NORMAL, date, width);
    paint_text(p, row.x + width, baseline, ROLE_BODY, COLOUR_DIM, week,
               row.width - width);
    paint_row_end(p, &row, 0, paint_pitch(p, ROLE_BODY));
}

/* "Tokyo" of "Asia/Tokyo". */
static void
zone_label(const struct clock_options *o, char *to, size_t size) {
    const char *slash = strrchr(o->zone, '/');

    if (o->label[0] != '\0') {
        str_copy(to, size, o->label);
        return;
    }
    str_copy(to, size, slash != NULL ? slash + 1 : o->zone);
    for (char *c = to; *c != '\0'; c++) {
        if (*c == '_') {
            *c = ' ';
        }
    }
}

static void
draw_second_zone(const struct clock_options *o, struct painter *p,
                 int64_t utc_s, const struct calendar *here) {
    int pitch = paint_pitch(p, ROLE_BODY);
    char label[64], text[64], day[32] = "";
    struct calendar there;
    struct paint_row row;
    int baseline, x, space;

    if (o->zone[0] == '\0' || paint_left(p) < pitch) {
        return;
    }
    there = calendar_at(utc_s, o->zone);
    zone_label(o, label, sizeof label);
    lang_time(p->lang, &there, use_12(o, p), text, sizeof text);
    if (there.weekday != here->weekday) {
        str_copy(day, sizeof day, lang_weekday(p->lang, there.weekday, true));
    }
    row = paint_row_begin(p);
    baseline = paint_baseline(p, row.y, ROLE_BODY);
    space = paint_metrics(p, ROLE_BODY).x_height * 2 / 3;
    x = row.x;
    x +=
        paint_text(p, x, baseline, ROLE_BODY, COLOUR_DIM, label, row.width / 2);
    x += space;
    x += paint_text(p, x, baseline, ROLE_BODY, COLOUR_NORMAL, text,
                    row.x + row.width - x);
    x += space;
    paint_text(p, x, baseline, ROLE_LABEL, COLOUR_DIM, day,
               row.x + row.width - x);
    paint_row_end(p, &row, 0, pitch);
}

static void
draw(const void *opaque, struct painter *p) {
    const struct clock_options *o = opaque;
    int64_t step_ms = o->seconds ? SECOND_MS : MINUTE_MS;
    int64_t wall_ms = p->now.wall_ms;
    struct calendar now = calendar_at(wall_ms / SECOND_MS, NULL);

    /* no zone in use has an offset of other than whole minutes, so that the
     * minute changes everywhere at once, summer time or not */
    paint_wake_at(p, (wall_ms / step_ms + 1) * step_ms);
    if (!p->now.wall_known) {
        draw_time(p, "--:--", "", "");
        paint_icon_line(p, ROLE_BODY, COLOUR_WARNING, "clock-alert-outline",
                        lang_text(p->lang, LANG_CLOCK_NOT_SET));
        return;
    }
    draw_now(o, p, &now);
    draw_date(o, p, &now);
    draw_second_zone(o, p, wall_ms / SECOND_MS, &now);
}

const struct widget_type widget_clock = {
    .name = "clock",
    .summary = "the time, the date and a second time zone",
    .options = options,
    .options_size = sizeof(struct clock_options),
    .draw = draw,
};
