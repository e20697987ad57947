/*
 * Rows of a list, the same in every widget: a mark, a text, a note behind it.
 * In the right column of the panel they are mirrored, so that the marks stand
 * in a line along its edge.
 */
#ifndef MIRROR_RENDER_PAINT_LIST_H
#define MIRROR_RENDER_PAINT_LIST_H

#include "render/painter.h"

enum list_mark {
    LIST_NO_MARK,
    LIST_ICON,
    LIST_DISC, /* filled */
    LIST_RING, /* hollow */
};

struct list_item {
    enum list_mark mark;
    const char *icon; /* LIST_ICON: its name */
    enum theme_colour mark_colour;
    int32_t mark_rgb; /* 0xrrggbb; -1: mark_colour */

    const char *text;
    enum theme_colour text_colour;
    bool struck; /* through */
    int lines;   /* the text may take, 1 or 2 */

    const char *note;      /* smaller, behind the text; "" or NULL: none */
    const char *note_icon; /* its name: stands where the note has no room */
    enum theme_colour note_colour;
    int bar_pct;      /* 0..100: a small bar in place of the note; -1: none */
    bool note_yields; /* left out where one line is cut for it */

    /* The marks of a row that stands for several things: those of other items
     * follow its own. `mark_slots` is how many the texts of the list leave
     * room for, so that they begin in one line; at least 1 + beside_count. */
    const struct list_item *beside;
    size_t beside_count, mark_slots;
};

/* An item of the given text, everything else at rest. */
struct list_item
list_item(const char *text);

/* Encloses the rows of a widget: where the region is centred, they stand in
 * one block. paint_list_end() takes what paint_list_begin() returned. */
struct paint_row
paint_list_begin(struct painter *p);
void
paint_list_end(struct painter *p, struct paint_row *block);

/* The height of an item of one line, px. */
int
paint_item_pitch(struct painter *p);

/* How thick a bar in a line of ROLE_BODY is, px. */
int
paint_bar_height(struct painter *p);

/* The height that the item takes of the lines it may, px. */
int
paint_item_height(struct painter *p, const struct list_item *item);

/* Whether one line does not hold all of its text, and its note. */
bool
paint_item_is_cut(struct painter *p, const struct list_item *item);

/* Whether one line would show less than nine tenths of the text. */
bool
paint_item_is_crushed(struct painter *p, const struct list_item *item);

/* Paints one item as a row of its own, in the lines it may have. The note that
 * one line has no room for stands behind the second, or close below the first;
 * the text is cut where it has to be, in two lines after the note is left out.
 * Second lines stand in where no mark tells items apart. False if its height
 * is not left. */
bool
paint_item(struct painter *p, const struct list_item *item);

/* A heading in ROLE_LABEL. False if its height is not left. */
bool
paint_heading(struct painter *p, const char *text);

/* "+3 more". Nothing for 0. */
void
paint_more(struct painter *p, size_t count);

/* How many of `count` items fit in what is left, with room kept for
 * paint_more() where not all of them do. */
size_t
paint_items_fit(struct painter *p, size_t count);

#endif
