/* One region's widgets, one below the other, and how they fit into a height.
 * Private to the layout. */
#ifndef MIRROR_RENDER_LAYOUT_CELL_H
#define MIRROR_RENDER_LAYOUT_CELL_H

#include "render/layout.h"
#include "render/layout_place.h"

enum { MEASURES_MAX = 12 };

/* What one widget answered in this planning: it is pure, so it need not be
 * asked the same twice. */
struct measures {
    struct measure {
        int width, height; /* that it was offered, px */
        struct rect used;
        int64_t next_ms;
    } list[MEASURES_MAX];
    size_t count; /* the last MEASURES_MAX of them are kept */
};

/* What a layout is planned with. */
struct plan {
    struct layout *layout;
    const struct painter *base;
    struct measures *measures; /* of each widget of the layout */
    struct rect room;          /* what is not given away yet */
    int gap, grid;
};

/* The widgets of one region. */
struct cell {
    enum region region;
    int x, width;
    struct place_part widgets[LAYOUT_WIDGETS_MAX];
    size_t index[LAYOUT_WIDGETS_MAX]; /* into the layout */
    size_t count;                     /* of those with something to say */
    int want, height;                 /* at ease; as it is; px */
};

/* Finds the region's widgets that have something to say; returns the width of
 * the widest, px, when at most `limit` are to be had. */
int
cell_init(const struct plan *plan, struct cell *cell, enum region region,
          int limit);

/* Asks the heights at the width that was decided. */
void
cell_set_width(const struct plan *plan, struct cell *cell, int x, int width);

/* The width of the widest of its widgets as they are, px. */
int
cell_used_width(const struct plan *plan, const struct cell *cell);

/* A copy of `cell` in so much height. What one widget leaves of its share,
 * because its next row does not fit, is offered to the others. */
struct cell
cell_squeezed(const struct plan *plan, const struct cell *cell, int height);

/* Gives every widget of the cell its area, from y down. */
void
cell_place(const struct plan *plan, const struct cell *cell, int y);

#endif
