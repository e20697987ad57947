#include "render/paint_list.h"

#include <limits.h>
#include <stdio.h>

enum { LIST_LINES_MAX = 2 };

struct list_item
list_item(const char *text) {
    return (struct list_item){
        .mark_rgb = -1,
        .text = text,
        .text_colour = COLOUR_NORMAL,
        .lines = 1,
        .note_colour = COLOUR_DIM,
        .bar_pct = -1,
    };
}

struct paint_row
paint_list_begin(struct painter *p) {
    struct paint_row block = paint_row_begin(p);

    /* only a centred list is moved as one; the others align row by row */
    if (block.align != ALIGN_CENTER) {
        p->align = block.align;
    }
    return block;
}

void
paint_list_end(struct painter *p, struct paint_row *block) {
    int height = rect_empty(p->used) ? 0 : p->used.y + p->used.h - block->y;

    if (block->align == ALIGN_CENTER) {
        paint_row_end(p, block, 0, height);
        return;
    }
    p->used = rect_union(block->used_before, p->used);
    p->area = block->area_before;
    p->align = block->align;
}

int
paint_item_pitch(struct painter *p) {
    return paint_pitch(p, ROLE_BODY);
}

/* Between mark, text and note. */
static int
item_gap(struct painter *p) {
    return paint_icon_size(p, ROLE_BODY) * 2 / 5;
}

int
paint_bar_height(struct painter *p) {
    return paint_metrics(p, ROLE_BODY).cap_height / 3;
}

static struct rect
bar_size(struct painter *p) {
    int height = paint_bar_height(p);

    return (struct rect){0, 0, paint_icon_size(p, ROLE_BODY) * 2, height};
}

static int
note_width(struct painter *p, const struct list_item *item) {
    if (item->bar_pct >= 0) {
        return bar_size(p).w + item_gap(p);
    }
    if (item->note == NULL || item->note[0] == '\0') {
        return 0;
    }
    return paint_width(p, ROLE_LABEL, item->note) + item_gap(p);
}

static int
mark_width(struct painter *p, const struct list_item *item) {
    return item->mark == LIST_NO_MARK
               ? 0
               : paint_icon_size(p, ROLE_BODY) + item_gap(p);
}

static void
paint_round(struct painter *p, int x, int baseline,
            const struct list_item *item) {
    int icon = paint_icon_size(p, ROLE_BODY);
    int size = icon * 3 / 5;
    int rim = item->mark == LIST_RING ? p->theme->line_px : 0;
    int cap = paint_metrics(p, ROLE_BODY).cap_height;
    struct rect box = {x + (icon - size) / 2, baseline - (cap + size) / 2, size,
                       size};

    if (item->mark_rgb >= 0) {
        paint_shape_rgb(p, box, size / 2, rim, (uint32_t)item->mark_rgb);
    } else {
        paint_shape(p, box, size / 2, rim, item->mark_colour);
    }
}

static void
paint_mark(struct painter *p, int x, int baseline,
           const struct list_item *item) {
    if (item->mark == LIST_ICON) {
        paint_icon_beside(p, x, baseline, ROLE_BODY, item->mark_colour,
                          item->icon);
    } else if (item->mark != LIST_NO_MARK) {
        paint_round(p, x, baseline, item);
    }
}

static void
paint_bar(struct painter *p, int x, int baseline, int percent) {
    struct rect bar = bar_size(p);

    bar.x = x;
    bar.y = baseline - (paint_metrics(p, ROLE_BODY).cap_height + bar.h) / 2;
    paint_shape(p, bar, bar.h / 2, 0, COLOUR_FAINT);
    bar.w = bar.w * percent / 100;
    if (percent > 0 && bar.w < bar.h) {
        bar.w = bar.h; /* the round ends need that much */
    }
    paint_shape(p, bar, bar.h / 2, 0, COLOUR_NORMAL);
}

static void
paint_note(struct painter *p, int x, int baseline,
           const struct list_item *item) {
    if (item->bar_pct >= 0) {
        paint_bar(p, x, baseline, item->bar_pct);
    } else if (item->note != NULL) {
        paint_text(p, x, baseline, ROLE_LABEL, item->note_colour, item->note,
                   p->area.w);
    }
}

/* One line of the text. */
static int
paint_item_text(struct painter *p, int x, int baseline,
                const struct list_item *item, const char *words) {
    int width = paint_text(p, x, baseline, ROLE_BODY, item->text_colour, words,
                           INT_MAX);

    if (item->struck) {
        int x_height = paint_metrics(p, ROLE_BODY).x_height;
        struct rect line = {x, baseline - x_height / 2 - p->theme->line_px / 2,
                            width, p->theme->line_px};

        paint_shape(p, line, 0, 0, item->text_colour);
    }
    return width;
}

/* The lines of an item's text, to be given back with text_line_unref(). */
struct item_text {
    struct text_line *lines[LIST_LINES_MAX];
    size_t count;
};

static struct item_text
wrap_item(struct painter *p, const struct list_item *item, int max_width) {
    struct item_text text;
    size_t most = item->lines > 1 ? LIST_LINES_MAX : 1;

    text.count = text_wrap(p->text, item->text, p->theme->style[ROLE_BODY],
                           max_width > 0 ? max_width : 0, text.lines, most);
    return text;
}

static void
unref_item(struct painter *p, struct item_text *text) {
    for (size_t i = 0; i < text->count; i++) {
        text_line_unref(p->text, text->lines[i]);
    }
}

static int
text_room(struct painter *p, const struct list_item *item) {
    return p->area.w - mark_width(p, item) - note_width(p, item);
}

int
paint_item_lines(struct painter *p, const struct list_item *item) {
    struct item_text text = wrap_item(p, item, text_room(p, item));
    int count = (int)text.count;

    unref_item(p, &text);
    return count > 1 ? count : 1;
}

/* The lines below each other, at the right where the list is mirrored; returns
 * the width of the last, and of the widest in *ret_widest. */
static int
paint_item_texts(struct painter *p, int x, int baseline,
                 const struct list_item *item, const struct item_text *text,
                 int *ret_widest) {
    int last = 0;

    *ret_widest = 0;
    for (size_t i = 0; i < text->count; i++) {
        int width = text->lines[i]->width;

        *ret_widest = width > *ret_widest ? width : *ret_widest;
    }
    for (size_t i = 0; i < text->count; i++) {
        const struct text_line *line = text->lines[i];
        int shift = p->align == ALIGN_RIGHT ? *ret_widest - line->width : 0;

        last = paint_item_text(p, x + shift, baseline, item, line->text);
        baseline += paint_item_pitch(p);
    }
    return last;
}

static int
paint_item_row(struct painter *p, const struct paint_row *row,
               const struct list_item *item, const struct item_text *text) {
    int baseline = paint_baseline(p, row->y, ROLE_BODY), x = row->x;
    int last_baseline = baseline + ((int)text->count - 1) * paint_item_pitch(p);
    int note = note_width(p, item), gap = item_gap(p), widest;

    if (p->align == ALIGN_RIGHT) {
        if (note > 0) {
            paint_note(p, x, last_baseline, item);
        }
        x += note;
        paint_item_texts(p, x, baseline, item, text, &widest);
        x += widest;
        paint_mark(p, x + gap, baseline, item);
        return x + mark_width(p, item) - row->x;
    }
    paint_mark(p, x, baseline, item);
    x += mark_width(p, item);

    int last = paint_item_texts(p, x, baseline, item, text, &widest);

    if (note > 0) {
        paint_note(p, x + last + gap, last_baseline, item);
    }
    return x + (widest > last + note ? widest : last + note) - row->x;
}

bool
paint_item(struct painter *p, const struct list_item *item) {
    struct item_text text = wrap_item(p, item, text_room(p, item));
    int height = paint_item_pitch(p) * (text.count > 1 ? (int)text.count : 1);
    bool fits = paint_left(p) >= height;

    if (fits) {
        struct paint_row row = paint_row_begin(p);
        int width = paint_item_row(p, &row, item, &text);

        paint_row_end(p, &row, width, height);
    }
    unref_item(p, &text);
    return fits;
}

bool
paint_heading(struct painter *p, const char *text) {
    return paint_line(p, ROLE_LABEL, COLOUR_DIM, text);
}

void
paint_more(struct painter *p, size_t count) {
    char number[24], words[128];
    const struct lang_arg args[] = {{"n", number}, {NULL, NULL}};

    if (count > 0) {
        snprintf(number, sizeof number, "%zu", count);
        paint_line(p, ROLE_LABEL, COLOUR_DIM,
                   lang_format(p->lang, LANG_MORE, args, words, sizeof words));
    }
}

size_t
paint_items_fit(struct painter *p, size_t count) {
    int left = paint_left(p), pitch = paint_item_pitch(p);
    int rows;

    if (left / pitch >= 0 && count <= (size_t)(left / pitch)) {
        return count;
    }
    rows = (left - paint_pitch(p, ROLE_LABEL)) / pitch;
    return rows > 0 ? (size_t)rows : 0;
}
