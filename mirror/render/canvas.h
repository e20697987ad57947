/*
 * The frame: XRGB8888, or RGB565 where memory is scarce, in ordinary memory,
 * drawn with pixman through a clip. Masks are 8-bit coverage, blended exactly,
 * so that the same scene is the same bytes on every 64-bit machine. Screens
 * copy out of it; nothing is ever read from scan-out memory.
 */
#ifndef MIRROR_RENDER_CANVAS_H
#define MIRROR_RENDER_CANVAS_H

#include <pixman.h>
#include <stdbool.h>
#include <stdint.h>

#include "model/settings.h"
#include "render/rect.h"

enum {
    CANVAS_SIZE_MIN = 160, /* of either side, in pixels */
    CANVAS_SIZE_MAX = 8192,
    CANVAS_RADIUS_MAX = 512, /* of a round corner; larger ones are this */
};

struct shape_cache;

struct canvas {
    int width, height, stride; /* px, px, bytes */
    int depth;                 /* enum settings_depth */
    union {                    /* owned */
        uint32_t *pixels;      /* DEPTH_32: rrggbb in the low 24 bits, the upper
                                  8 mean nothing */
        uint16_t *pixels_565;  /* DEPTH_16: 5 bits red, 6 green, 5 blue */
    };
    pixman_image_t *image; /* owned; over `pixels` */

    /* private from here on */
    pixman_image_t *ink;           /* owned; one pixel, the colour drawn with */
    pixman_image_t *fade;          /* owned; one pixel, an image's alpha */
    struct shape_cache *shapes;    /* owned; round corners as masks */
    const pixman_region32_t *clip; /* borrowed; NULL: the whole frame */
};

/* A black frame of that depth (enum settings_depth). False, having logged why,
 * for a size outside the bounds or without memory. */
bool
canvas_init(struct canvas *canvas, int width, int height, int depth);
void
canvas_finish(struct canvas *canvas); /* accepts zeroed */

/* Of a pixel. */
int
canvas_bytes(const struct canvas *canvas);

/* The colour of a pixel of RGB565 as 0xrrggbb: each part's upper bits are
 * repeated below, so that white is white. */
uint32_t
canvas_expand_565(uint16_t pixel);

/* Everything below draws only inside `region` (pixel coordinates; borrowed
 * until the next call); NULL is the whole frame, as after canvas_init(). */
void
canvas_set_clip(struct canvas *canvas, const pixman_region32_t *region);

/* Colours are 0xaarrggbb, not premultiplied. */
void
canvas_clear(struct canvas *canvas, struct rect area); /* to #000000 */
void
canvas_fill(struct canvas *canvas, struct rect area, uint32_t argb);

/* Blends `argb` through an a8 mask whose top left stands at x, y. */
void
canvas_mask(struct canvas *canvas, pixman_image_t *mask, int x, int y,
            uint32_t argb);

/* Fills a box with round corners or, with `stroke_px` above 0, paints only its
 * rim, inside the box. A radius above half the shorter side is that half. */
void
canvas_shape(struct canvas *canvas, struct rect box, int radius_px,
             int stroke_px, uint32_t argb);

/* Blends a premultiplied a8r8g8b8 image (a colour emoji), its alpha multiplied
 * by `alpha` (0..255). */
void
canvas_image(struct canvas *canvas, pixman_image_t *image, int x, int y,
             uint8_t alpha);

#endif
