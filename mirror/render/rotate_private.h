/* What the copy to the panel knows of pixels: see rotate.c. */
#ifndef MIRROR_RENDER_ROTATE_PRIVATE_H
#define MIRROR_RENDER_ROTATE_PRIVATE_H

#include <stddef.h>

/* Some columns of the frame, from one end to the other, and the rows of the
 * panel that they become. Steps are in bytes, and may lead upwards. */
struct rotate_strip {
    const char *from;
    ptrdiff_t from_step; /* to the next row of the frame */
    char *to;
    ptrdiff_t to_step; /* to the next column's row of the panel */
    int length;        /* of the columns, px */
    int columns;       /* at most those of struct rotate_pixels */
};

/* Pixels of one size. */
struct rotate_pixels {
    int bytes;   /* of one */
    int columns; /* of a strip: a quarter of a cache line of 64 bytes */
    /* Copies `count` pixels, the last one first. */
    void (*reverse)(const char *from, char *to, int count);
    void (*turn)(const struct rotate_strip *strip);
};

/* rotate.c: turns the pixels from `done` on, of `bytes` each, one by one: what
 * is left of a strip that whole blocks have been taken from. */
void
rotate_turn_rest(const struct rotate_strip *strip, int done, int bytes);

extern const struct rotate_pixels rotate_pixels_32, rotate_pixels_16;

#endif
