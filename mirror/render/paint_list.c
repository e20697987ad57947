#include "render/paint_list.h"

#include <stdio.h>

#include "render/paint_list_mark.h"

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
    bool note_below; /* one line of text, and the note below it */
    int hang;        /* by how much the second line stands in, px */
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

/* Without its note, or with the icon of that; in `lines` lines. */
static struct item_text
wrap_without_note(struct painter *p, struct list_item *item, int room,
                  size_t lines) {
    item->note = NULL;
    item->bar_pct = -1;
    return wrap_to(p, item, room - paint_note_width(p, item), lines);
}

/* Two lines, the note alone below the first, or behind the second; the text
 * before the note where two lines do not hold both. Without a mark only its
 * place tells a second line from the next item. */
static struct item_text
wrap_in_two(struct painter *p, struct list_item *item, int room) {
    int hang =
        item->mark == LIST_NO_MARK ? paint_icon_size(p, ROLE_BODY) / 2 : 0;
    int beside_note = room - hang - paint_note_width(p, item);
    struct item_text text = wrap_to(p, item, room, 1);

    text.note_below = !is_cut(&text);
    if (!text.note_below) {
        unref_item(p, &text);
        text = wrap_to(p, item, room - hang, LIST_LINES_MAX);
    }
    if (!text.note_below && !holds(&text, beside_note)) {
        unref_item(p, &text);
        text = wrap_to(p, item, beside_note, LIST_LINES_MAX);
    }
    if (is_cut(&text)) {
        unref_item(p, &text);
        text = wrap_without_note(p, item, room - hang, LIST_LINES_MAX);
    }
    text.hang = hang;
    return text;
}

/* One line with the note behind it where that holds the text. Takes the note
 * off the item where there is no room for it. */
static struct item_text
wrap_item(struct painter *p, struct list_item *item) {
    int room = p->area.w - paint_marks_width(p, item);
    int beside_note = room - paint_note_width(p, item);
    bool keeps_note = !item->note_yields && item->note_icon == NULL;
    struct item_text text = wrap_to(p, item, beside_note, 1);

    if (holds(&text, beside_note) || (item->lines == 1 && keeps_note)) {
        return text;
    }
    unref_item(p, &text);
    return item->lines > 1 ? wrap_in_two(p, item, room)
                           : wrap_without_note(p, item, room, 1);
}

/* What one line has for its text. */
static int
text_room(struct painter *p, const struct list_item *item) {
    return p->area.w - paint_marks_width(p, item) - paint_note_width(p, item);
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

/* From the first line to the one below it, px: a note alone stands closer to
 * its text than the next item. */
static int
step_below(struct painter *p, const struct item_text *text) {
    if (text->note_below) {
        return paint_pitch(p, ROLE_LABEL);
    }
    return text->count > 1 ? paint_item_pitch(p) : 0;
}

int
paint_item_height(struct painter *p, const struct list_item *item) {
    struct list_item fitting = *item;
    struct item_text text = wrap_item(p, &fitting);
    int height = paint_item_pitch(p) + step_below(p, &text);

    unref_item(p, &text);
    return height;
}

/* Where a line of the text begins. */
static int
stands_in(const struct item_text *text, size_t line) {
    return line > 0 ? text->hang : 0;
}

static int
widest_line(const struct item_text *text) {
    int widest = 0;

    for (size_t i = 0; i < text->count; i++) {
        int width = stands_in(text, i) + text->lines[i]->width;

        widest = width > widest ? width : widest;
    }
    return widest;
}

/* Where what stands before the note on its line ends. */
static int
end_before_note(const struct item_text *text, int gap) {
    if (text->note_below) {
        return text->hang;
    }
    return text->count == 0 ? gap
                            : stands_in(text, text->count - 1) +
                                  text->lines[text->count - 1]->width + gap;
}

/* The lines below each other, at the right where the list is mirrored. */
static void
paint_item_lines_at(struct painter *p, int x, int baseline, bool mirrored,
                    const struct list_item *item,
                    const struct item_text *text) {
    for (size_t i = 0; i < text->count; i++) {
        struct text_line *line = text->lines[i];
        int shift = stands_in(text, i);

        if (mirrored) {
            shift = widest_line(text) - line->width - shift;
        }
        paint_item_line(p, x + shift, baseline + (int)i * paint_item_pitch(p),
                        item, line);
    }
}

/* The note stands before the last line when mirrored, else behind it. */
static int
paint_item_row(struct painter *p, const struct paint_row *row, bool mirrored,
               const struct list_item *item, const struct item_text *text) {
    int baseline = paint_baseline(p, row->y, ROLE_BODY), x = row->x;
    int widest = widest_line(text), marks = paint_marks_width(p, item);
    int gap = paint_item_gap(p), note = paint_note_width(p, item) - gap;
    int note_at = end_before_note(text, gap);
    int block = note > 0 && note_at + note > widest ? note_at + note : widest;

    paint_marks(p, mirrored ? x + block : x, baseline, mirrored, item);
    paint_item_lines_at(p, mirrored ? x + block - widest : x + marks, baseline,
                        mirrored, item, text);
    if (note > 0) {
        x = mirrored ? x + block - note_at - note : x + marks + note_at;
        paint_note(p, x, baseline + step_below(p, text), item);
    }
    return block + marks;
}

bool
paint_item(struct painter *p, const struct list_item *item) {
    struct list_item fitting = *item;
    struct item_text text = wrap_item(p, &fitting);
    int height = paint_item_pitch(p) + step_below(p, &text);
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
