/* Rectangles in pixels: x to the right, y down, half open. */
#ifndef MIRROR_RENDER_RECT_H
#define MIRROR_RENDER_RECT_H

#include <stdbool.h>

struct rect {
    int x, y, w, h; /* empty if w or h is not above 0 */
};

static inline bool
rect_empty(struct rect r) {
    return r.w <= 0 || r.h <= 0;
}

/* The common part; empty if there is none. */
struct rect
rect_intersect(struct rect a, struct rect b);

/* The smallest that holds both; an empty one adds nothing. */
struct rect
rect_union(struct rect a, struct rect b);

bool
rect_overlap(struct rect a, struct rect b);
bool
rect_equal(struct rect a, struct rect b);

#endif
