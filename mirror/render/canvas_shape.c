#include <stdlib.h>
#include <string.h>

#include "common/xalloc.h"
#include "render/canvas_private.h"

/* A page has a handful of radii; the oldest gives way. */
enum { SHAPES_MAX = 16, SAMPLES = 8 };

struct shape {
    int radius, stroke;
    pixman_image_t *mask; /* owned; NULL: free */
    uint64_t used;
};

struct shape_cache {
    struct shape shapes[SHAPES_MAX];
    uint64_t clock;
};

struct shape_cache *
shape_cache_create(void) {
    return xcalloc(1, sizeof(struct shape_cache));
}

void
shape_cache_destroy(struct shape_cache *cache) {
    if (cache == NULL) {
        return;
    }
    for (size_t i = 0; i < SHAPES_MAX; i++) {
        if (cache->shapes[i].mask != NULL) {
            pixman_image_unref(cache->shapes[i].mask);
        }
    }
    free(cache);
}

/* How many of a pixel's 8 x 8 samples lie inside a circle of `radius` px
 * around the mask's middle, `to_middle` px right of and below the pixel's far
 * corner; in units of 1/16 px, so that all of it is exact. */
static int
count_samples(int radius, int to_middle_x, int to_middle_y) {
    int64_t limit = (int64_t)radius * 16 * radius * 16;
    int count = 0;

    for (int sy = 0; sy < SAMPLES; sy++) {
        int64_t dy = to_middle_y * 16 - (2 * sy + 1);

        for (int sx = 0; sx < SAMPLES; sx++) {
            int64_t dx = to_middle_x * 16 - (2 * sx + 1);

            count += dx * dx + dy * dy <= limit;
        }
    }
    return count;
}

/* Coverage of the pixel x, y of the upper left quarter. */
static uint8_t
corner_coverage(int radius, int stroke, int x, int y) {
    int samples = count_samples(radius, radius - x, radius - y);

    if (stroke > 0) {
        samples -= count_samples(radius - stroke, radius - x, radius - y);
    }
    return (uint8_t)((samples * 255 + 32) / (SAMPLES * SAMPLES));
}

static pixman_image_t *
create_disc(int radius, int stroke) {
    int side = 2 * radius, stride = (side + 3) & ~3;
    pixman_image_t *mask =
        pixman_image_create_bits(PIXMAN_a8, side, side, NULL, stride);

    if (mask == NULL) {
        return NULL;
    }

    uint8_t *bytes = (uint8_t *)pixman_image_get_data(mask);

    for (int y = 0; y < radius; y++) {
        uint8_t *row = bytes + (size_t)y * (size_t)stride;

        for (int x = 0; x < radius; x++) {
            row[x] = corner_coverage(radius, stroke, x, y);
            row[side - 1 - x] = row[x];
        }
        memcpy(bytes + (size_t)(side - 1 - y) * (size_t)stride, row,
               (size_t)side);
    }
    return mask;
}

pixman_image_t *
shape_cache_disc(struct shape_cache *cache, int radius, int stroke) {
    struct shape *oldest = &cache->shapes[0];

    cache->clock++;
    for (size_t i = 0; i < SHAPES_MAX; i++) {
        struct shape *shape = &cache->shapes[i];

        if (shape->mask != NULL && shape->radius == radius &&
            shape->stroke == stroke) {
            shape->used = cache->clock;
            return shape->mask;
        }
        if (shape->used < oldest->used) {
            oldest = shape;
        }
    }
    if (oldest->mask != NULL) {
        pixman_image_unref(oldest->mask);
    }
    *oldest = (struct shape){radius, stroke, create_disc(radius, stroke),
                             cache->clock};
    return oldest->mask;
}

static void
paint_corners(struct canvas *canvas, struct rect box, int radius, int stroke,
              uint32_t argb) {
    pixman_image_t *disc =
        shape_cache_disc(canvas->shapes, radius, stroke < radius ? stroke : 0);
    int right = box.x + box.w - radius, bottom = box.y + box.h - radius;

    if (disc == NULL) {
        return;
    }
    canvas_blend(canvas, disc, 0, 0,
                 (struct rect){box.x, box.y, radius, radius}, argb);
    canvas_blend(canvas, disc, radius, 0,
                 (struct rect){right, box.y, radius, radius}, argb);
    canvas_blend(canvas, disc, 0, radius,
                 (struct rect){box.x, bottom, radius, radius}, argb);
    canvas_blend(canvas, disc, radius, radius,
                 (struct rect){right, bottom, radius, radius}, argb);
}

/* The straight parts, none of them over another: a translucent colour must
 * not count twice. `low` is how far the ends reach into the box. */
static void
paint_edges(struct canvas *canvas, struct rect box, int radius, int stroke,
            uint32_t argb) {
    int end = radius < stroke ? radius : stroke;
    int deep = radius > stroke ? radius : stroke;
    int inner = box.w - 2 * radius, side = box.h - 2 * deep;
    int right = box.x + box.w, bottom = box.y + box.h;

    canvas_fill(canvas, (struct rect){box.x + radius, box.y, inner, end}, argb);
    canvas_fill(canvas, (struct rect){box.x + radius, bottom - end, inner, end},
                argb);
    canvas_fill(canvas,
                (struct rect){box.x, box.y + radius, box.w, stroke - radius},
                argb);
    canvas_fill(canvas,
                (struct rect){box.x, bottom - stroke, box.w, stroke - radius},
                argb);
    canvas_fill(canvas, (struct rect){box.x, box.y + deep, stroke, side}, argb);
    canvas_fill(canvas,
                (struct rect){right - stroke, box.y + deep, stroke, side},
                argb);
}

void
canvas_shape(struct canvas *canvas, struct rect box, int radius_px,
             int stroke_px, uint32_t argb) {
    int shorter = box.w < box.h ? box.w : box.h;
    int radius = radius_px < shorter / 2 ? radius_px : shorter / 2;

    if (rect_empty(box)) {
        return;
    }
    radius = radius > CANVAS_RADIUS_MAX ? CANVAS_RADIUS_MAX : radius;
    radius = radius < 0 ? 0 : radius;
    if (stroke_px <= 0 || stroke_px * 2 >= shorter) {
        stroke_px = 0;
    }

    if (radius > 0) {
        paint_corners(canvas, box, radius, stroke_px, argb);
    }
    if (stroke_px > 0) {
        paint_edges(canvas, box, radius, stroke_px, argb);
        return;
    }
    canvas_fill(
        canvas,
        (struct rect){box.x + radius, box.y, box.w - 2 * radius, radius}, argb);
    canvas_fill(canvas,
                (struct rect){box.x, box.y + radius, box.w, box.h - 2 * radius},
                argb);
    canvas_fill(canvas,
                (struct rect){box.x + radius, box.y + box.h - radius,
                              box.w - 2 * radius, radius},
                argb);
}
