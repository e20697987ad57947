/* Colour emoji come in one size; this gives them another. */
#ifndef MIRROR_RENDER_TEXT_SCALE_H
#define MIRROR_RENDER_TEXT_SCALE_H

#include <pixman.h>
#include <stdint.h>

/*
 * A premultiplied a8r8g8b8 image of width x height, each pixel the mean of the
 * area it covers in `from`: a8r8g8b8, not premultiplied, from_pitch bytes a
 * row. All integers: the same on every machine. NULL for a size of 0 or
 * without memory.
 */
pixman_image_t *
text_scale_image(const uint32_t *from, int from_width, int from_height,
                 int from_pitch, int width, int height);

#endif
