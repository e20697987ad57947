/* What stands before and behind the text of a row: its marks, and its note.
 * Private to the lists. */
#ifndef MIRROR_RENDER_PAINT_LIST_MARK_H
#define MIRROR_RENDER_PAINT_LIST_MARK_H

#include "render/paint_list.h"

/* Between marks, text and note, px. */
int
paint_item_gap(struct painter *p);

/* The widths of both with the gap to the text, px; 0 without any. */
int
paint_marks_width(struct painter *p, const struct list_item *item);
int
paint_note_width(struct painter *p, const struct list_item *item);

/* The item's own mark at the outer edge, and what stands beside it towards the
 * text: from x on, or mirrored up to x + paint_marks_width(). */
void
paint_marks(struct painter *p, int x, int baseline, bool mirrored,
            const struct list_item *item);

/* With its left end at x. */
void
paint_note(struct painter *p, int x, int baseline,
           const struct list_item *item);

#endif
