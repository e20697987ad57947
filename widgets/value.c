/* Any items of the hub: a label, what it reads, an icon for what it is. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/str.h"
#include "model/values.h"
#include "render/icon_words.h"
#include "render/paint_fact.h"
#include "render/paint_list.h"
#include "render/widget.h"

enum {
    STALE_S = 60,
    OLD_S = 30 * 60,
    DECIMALS_AUTO = 0, /* then 0, 1, 2, 3 */
};

struct value_options {
    char values[RECORD_NAME_MAX];
    char title[128];
    int decimals;
    bool icons;
    int max;
};

static const struct option options[] = {
    {.name = "values",
     .type = OPTION_NAME,
     OPTION_AT(struct value_options, values),
     .choices = "values",
     .fallback = "",
     .help = "the NAME of its [values NAME]; empty: the only one there is"},
    {.name = "title",
     .type = OPTION_TEXT,
     OPTION_AT(struct value_options, title),
     .fallback = "",
     .help = "the heading; empty: none"},
    {.name = "decimals",
     .type = OPTION_CHOICE,
     OPTION_AT(struct value_options, decimals),
     .choices = "auto|0|1|2|3",
     .fallback = "auto",
     .help = "digits behind the decimal mark; auto: as the hub shows it"},
    {.name = "icons",
     .type = OPTION_BOOL,
     OPTION_AT(struct value_options, icons),
     .fallback = "yes",
     .help = "an icon in front, from the item's category"},
    {.name = "max",
     .type = OPTION_INT,
     OPTION_AT(struct value_options, max),
     .min = 1,
     .max = VALUES_MAX,
     .fallback = "12",
     .help = "at most so many rows, the others are counted"},
    {0},
};

static const char *
icon_of(const struct value *value) {
    return icon_for(value->icon, value->text, value->number);
}

static const char *
reading(const struct value_options *o, const struct painter *p,
        const struct value *value, char *to, size_t size) {
    char number[64];

    if (value->state != VALUE_OK) {
        return lang_number(p->lang, NAN, 0, to, size);
    }
    if (o->decimals == DECIMALS_AUTO || isnan(value->number)) {
        str_copy(to, size, value->text);
        return to;
    }
    lang_number(p->lang, value->number, o->decimals - 1, number, sizeof number);
    /* a narrow no-break space, U+202F, as SI has it */
    snprintf(to, size, "%s%s%s", number, value->unit[0] != '\0' ? "\u202f" : "",
             value->unit);
    return to;
}

/* The columns of the table, px. */
struct columns {
    int icon, label, value, gap;
};

/* Half of the gap goes first, then icons, then the ends of labels: half a
 * number is none. */
static void
squeeze(struct columns *c, int room) {
    if (c->icon + c->label + c->gap + c->value > room) {
        c->gap /= 2;
    }
    room = room > c->gap ? room - c->gap : 0;
    if (c->icon + c->label + c->value > room) {
        c->icon = 0;
    }
    if (c->label + c->value > room) {
        int least = c->label < room / 4 ? c->label : room / 4;

        c->value = c->value < room - least ? c->value : room - least;
        c->label = room - c->value;
    }
}

static struct columns
measure(const struct value_options *o, struct painter *p,
        const struct record_values *record, size_t rows) {
    struct columns c = {.gap = paint_icon_size(p, ROLE_BODY) * 4 / 5};

    for (size_t i = 0; i < rows; i++) {
        const struct value *value = &record->values[i];
        char text[RECORD_TEXT_MAX];
        int label = paint_width(p, ROLE_LABEL, value->label);
        int width =
            paint_width(p, ROLE_BODY, reading(o, p, value, text, sizeof text));

        c.label = label > c.label ? label : c.label;
        c.value = width > c.value ? width : c.value;
        if (o->icons && icon_of(value) != NULL) {
            c.icon = paint_icon_size(p, ROLE_BODY) + c.gap / 2;
        }
    }
    squeeze(&c, p->area.w);
    return c;
}

/* The reading at the right end of the row, the label in what it leaves. */
static void
draw_row(const struct value_options *o, struct painter *p,
         const struct value *value, const struct columns *c,
         enum freshness freshness) {
    struct paint_row row = paint_row_begin(p);
    int baseline = paint_baseline(p, row.y, ROLE_BODY);
    const char *icon = c->icon > 0 ? icon_of(value) : NULL;
    enum theme_colour colour =
        value->state == VALUE_OK ? COLOUR_BRIGHT : COLOUR_DIM;
    char text[RECORD_TEXT_MAX];
    int width;

    if (icon != NULL) {
        paint_icon_beside(p, row.x, baseline, ROLE_BODY, COLOUR_DIM, icon);
    }
    width = paint_text_right(p, row.x + c->icon + c->label + c->gap + c->value,
                             baseline, ROLE_BODY, paint_aged(freshness, colour),
                             reading(o, p, value, text, sizeof text), c->value);
    paint_text(p, row.x + c->icon, baseline, ROLE_LABEL, COLOUR_DIM,
               value->label, c->label + c->value - width);
    paint_row_end(p, &row, 0, paint_item_pitch(p));
}

static void
draw_table(const struct value_options *o, struct painter *p,
           const struct record_values *record, enum freshness freshness) {
    size_t total = record->count + record->omitted;
    size_t want =
        record->count < (uint32_t)o->max ? record->count : (size_t)o->max;
    size_t fit = paint_items_fit(p, want < total ? want + 1 : want);
    struct columns columns;
    struct paint_row table;

    fit = fit > want ? want : fit;
    columns = measure(o, p, record, fit);
    table = paint_row_begin(p);
    for (size_t i = 0; i < fit; i++) {
        draw_row(o, p, &record->values[i], &columns, freshness);
    }
    paint_row_end(p, &table, 0, (int)fit * paint_item_pitch(p));
    paint_more(p, total - fit);
}

static void
draw(const void *opaque, struct painter *p) {
    const struct value_options *o = opaque;
    struct fact fact =
        facts_get(p->facts, RECORD_VALUES, o->values, p->now.mono_ms);
    enum freshness freshness = paint_freshness(p, &fact, STALE_S, OLD_S);
    const struct record_values *record = fact.record;

    if (record == NULL || freshness == FACT_NONE) {
        paint_none(p, "gauge", lang_text(p->lang, LANG_VALUES_NONE));
        return;
    }
    if (freshness == FACT_OLD) {
        paint_since(p, &fact, o->title);
        return;
    }
    if (record->count == 0) {
        return;
    }
    if (o->title[0] != '\0') {
        paint_heading(p, o->title);
    }
    paint_age(p, &fact, freshness);
    draw_table(o, p, record, freshness);
}

const struct widget_type widget_value = {
    .name = "value",
    .summary = "any items of the hub, with label, unit and icon",
    .options = options,
    .options_size = sizeof(struct value_options),
    .draw = draw,
};
