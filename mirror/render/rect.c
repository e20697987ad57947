#include "render/rect.h"

static int
least(int a, int b) {
    return a < b ? a : b;
}

static int
most(int a, int b) {
    return a > b ? a : b;
}

struct rect
rect_intersect(struct rect a, struct rect b) {
    int x = most(a.x, b.x), y = most(a.y, b.y);
    int right = least(a.x + a.w, b.x + b.w);
    int bottom = least(a.y + a.h, b.y + b.h);

    if (right <= x || bottom <= y) {
        return (struct rect){0};
    }
    return (struct rect){x, y, right - x, bottom - y};
}

struct rect
rect_union(struct rect a, struct rect b) {
    if (rect_empty(b)) {
        b = (struct rect){0};
    }
    if (rect_empty(a)) {
        return b;
    }
    if (rect_empty(b)) {
        return a;
    }

    int x = least(a.x, b.x), y = least(a.y, b.y);
    int right = most(a.x + a.w, b.x + b.w);
    int bottom = most(a.y + a.h, b.y + b.h);

    return (struct rect){x, y, right - x, bottom - y};
}

bool
rect_overlap(struct rect a, struct rect b) {
    return !rect_empty(rect_intersect(a, b));
}

bool
rect_equal(struct rect a, struct rect b) {
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}
