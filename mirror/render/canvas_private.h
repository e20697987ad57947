/* What the files of the canvas share. */
#ifndef MIRROR_RENDER_CANVAS_PRIVATE_H
#define MIRROR_RENDER_CANVAS_PRIVATE_H

#include "render/canvas.h"

/* Blends `argb` into `area`, through the part of an a8 mask that begins at
 * mask_x, mask_y; a NULL mask is solid. */
void
canvas_blend(struct canvas *canvas, pixman_image_t *mask, int mask_x,
             int mask_y, struct rect area, uint32_t argb);

struct shape_cache *
shape_cache_create(void);
void
shape_cache_destroy(struct shape_cache *cache); /* accepts NULL */

/*
 * The a8 mask of a disc of `radius` px (1..CANVAS_RADIUS_MAX), or of a ring
 * `stroke` px wide if that is above 0 and below the radius: 2 radius wide and
 * high. Borrowed until the next call; NULL without memory.
 */
pixman_image_t *
shape_cache_disc(struct shape_cache *cache, int radius, int stroke);

#endif
