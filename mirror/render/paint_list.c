#include "render/paint_list.h"

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
    return paint_icon_size(p, ROLE_BODY) / 3;
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

/* From one mark to the next. */
static int
mark_step(struct painter *p) {
    return paint_icon_size(p, ROLE_BODY) * 7 / 8;
}

static int
mark_width(struct painter *p, const struct list_item *item) {
    int slots = item->mark_slots > 1 ? (int)item->mark_slots : 1;

    return item->mark == LIST_NO_MARK
               ? 0
               : paint_icon_size(p, ROLE_BODY) + item_gap(p) +
                     (slots - 1) * mark_step(p);
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

/* The item's own mark, and what stands beside it towards the text. */
static void
paint_marks(struct painter *p, int x, int baseline, int step,
            const struct list_item *item) {
    paint_mark(p, x, baseline, item);
    for (size_t i = 0; i < item->beside_count; i++) {
        x += step;
        paint_mark(p, x, baseline, &item->beside[i]);
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

static void
paint_item_line(struct painter *p, int x, int baseline,
                const struct list_item *item, struct text_line *line) {
    paint_laid_out(p, line, x, baseline, item->text_colour);
    if (item->struck) {
        int x_height = paint_metrics(p, ROLE_BODY).x_height;
        struct rect through = {x,
                               baseline - x_height / 2 - p->theme->line_px / 2,
                               line->width, p->theme->line_px};

        paint_shape(p, through, 0, 0, item->text_colour);
    }
}

/* The lines of an item's text, to be given back with text_line_unref(). */
struct item_text {
    struct text_line *lines[LIST_LINES_MAX];
    size_t count;
    bool note_below; /* one line of text, and the note on the second */
};

static void
unref_item(struct painter *p, struct item_text *text) {
    for (size_t i = 0; i < text->count; i++) {
        text_line_unref(p->text, text->lines[i]);
    }
}

static struct item_text
wrap_to(struct painter *p, const struct list_item *item, int width,
        size_t most) {
    struct item_text text = {.note_below = false};

    text.count = text_wrap(p->text, item->text, p->theme->style[ROLE_BODY],
                           width > 0 ? width : 0, text.lines, most);
    return text;
}

static bool
holds(const struct item_text *text, int last_width) {
    const struct text_line *last =
        text->count > 0 ? text->lines[text->count - 1] : NULL;

    return last == NULL || (!last->clipped && last->width <= last_width);
}

static bool
is_cut(const struct item_text *text) {
    return text->count > 0 && text->lines[text->count - 1]->clipped;
}

static void
drop_note(struct list_item *item) {
    item->note = NULL;
    item->bar_pct = -1;
}

/* Two lines, the note behind the second, or alone on it; the text before the
 * note where two lines do not hold both. */
static struct item_text
wrap_in_two(struct painter *p, struct list_item *item, int room,
            int beside_note) {
    struct item_text text = wrap_to(p, item, room, LIST_LINES_MAX);

    text.note_below = text.count == 1 && !is_cut(&text);
    if (text.note_below || holds(&text, beside_note)) {
        return text;
    }
    unref_item(p, &text);
    text = wrap_to(p, item, beside_note, LIST_LINES_MAX);
    if (is_cut(&text)) {
        unref_item(p, &text);
        drop_note(item);
        text = wrap_to(p, item, room, LIST_LINES_MAX);
    }
    return text;
}

/* One line with the note behind it where that holds the text. Takes the note
 * off the item where there is no room for it. */
static struct item_text
wrap_item(struct painter *p, struct list_item *item) {
    int room = p->area.w - mark_width(p, item);
    int beside_note = room - note_width(p, item);
    struct item_text text = wrap_to(p, item, beside_note, 1);

    if (holds(&text, beside_note) || (item->lines == 1 && !item->note_yields)) {
        return text;
    }
    unref_item(p, &text);
    if (item->lines > 1) {
        return wrap_in_two(p, item, room, beside_note);
    }
    drop_note(item);
    return wrap_to(p, item, room, 1);
}

static int
line_count(const struct item_text *text) {
    return text->count > 1 || text->note_below ? 2 : 1;
}

/* What one line has for its text. */
static int
text_room(struct painter *p, const struct list_item *item) {
    return p->area.w - mark_width(p, item) - note_width(p, item);
}

bool
paint_item_is_cut(struct painter *p, const struct list_item *item) {
    return paint_width(p, ROLE_BODY, item->text) > text_room(p, item);
}

bool
paint_item_is_crushed(struct painter *p, const struct list_item *item) {
    int room = text_room(p, item);

    return 9 * paint_width(p, ROLE_BODY, item->text) > 10 * room;
}

int
paint_item_lines(struct painter *p, const struct list_item *item) {
    struct list_item fitting = *item;
    struct item_text text = wrap_item(p, &fitting);
    int lines = line_count(&text);

    unref_item(p, &text);
    return lines;
}

static int
widest_line(const struct item_text *text) {
    int widest = 0;

    for (size_t i = 0; i < text->count; i++) {
        int width = text->lines[i]->width;

        widest = width > widest ? width : widest;
    }
    return widest;
}

/* Of what stands before the note on its line. */
static int
last_width(const struct item_text *text) {
    return text->count > 0 && !text->note_below
               ? text->lines[text->count - 1]->width
               : 0;
}

/* The lines below each other, at the right where the list is mirrored. */
static void
paint_item_lines_at(struct painter *p, int x, int baseline, bool mirrored,
                    const struct list_item *item,
                    const struct item_text *text) {
    for (size_t i = 0; i < text->count; i++) {
        struct text_line *line = text->lines[i];
        int shift = mirrored ? widest_line(text) - line->width : 0;

        paint_item_line(p, x + shift, baseline + (int)i * paint_item_pitch(p),
                        item, line);
    }
}

/* The note stands before the last line when mirrored, else behind it. */
static int
paint_item_row(struct painter *p, const struct paint_row *row, bool mirrored,
               const struct list_item *item, const struct item_text *text) {
    int baseline = paint_baseline(p, row->y, ROLE_BODY), x = row->x;
    int below = line_count(text) > 1 ? paint_item_pitch(p) : 0;
    int last = last_width(text), widest = widest_line(text);
    int mark = mark_width(p, item), gap = item_gap(p);
    int note = note_width(p, item);
    int block = widest > last + note ? widest : last + note;
    int text_x = mirrored ? x + block - widest : x + mark;
    int note_x = x + mark + (text->note_below ? 0 : last + gap);

    if (mirrored) {
        note_x = x + block - (text->note_below ? note - gap : last + note);
    }
    paint_marks(p,
                mirrored ? x + block + mark - paint_icon_size(p, ROLE_BODY) : x,
                baseline, mirrored ? -mark_step(p) : mark_step(p), item);
    paint_item_lines_at(p, text_x, baseline, mirrored, item, text);
    if (note > 0) {
        paint_note(p, note_x, baseline + below, item);
    }
    return block + mark;
}

bool
paint_item(struct painter *p, const struct list_item *item) {
    struct list_item fitting = *item;
    struct item_text text = wrap_item(p, &fitting);
    int height = paint_item_pitch(p) * line_count(&text);
    bool fits = paint_left(p) >= height;

    if (fits) {
        bool mirrored = p->align == ALIGN_RIGHT; /* before the row changes it */
        struct paint_row row = paint_row_begin(p);
        int width = paint_item_row(p, &row, mirrored, &fitting, &text);

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
