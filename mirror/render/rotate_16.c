/* Turning pixels of 16 bit, eight columns at a time. */
#include <stdint.h>
#include <string.h>

#include "render/rotate_private.h"

enum { BLOCK_PX = 8, BYTES = 2 };

/* The compiler's own vectors: SSE2, NEON, or plain registers. */
struct eight {
    uint16_t px __attribute__((vector_size(16)));
};

static struct eight
load(const char *from) {
    struct eight eight;

    memcpy(&eight.px, from, sizeof eight.px);
    return eight;
}

static void
store(char *to, struct eight eight) {
    memcpy(to, &eight.px, sizeof eight.px);
}

static void
reverse(const char *from, char *to, int count) {
    const char *end = from + (ptrdiff_t)count * BYTES;
    int done = 0;

    for (; done + BLOCK_PX <= count; done += BLOCK_PX) {
        struct eight eight = load(end - (ptrdiff_t)(done + BLOCK_PX) * BYTES);

        eight.px =
            __builtin_shufflevector(eight.px, eight.px, 7, 6, 5, 4, 3, 2, 1, 0);
        store(to + (ptrdiff_t)done * BYTES, eight);
    }
    for (; done < count; done++) {
        memcpy(to + (ptrdiff_t)done * BYTES,
               end - (ptrdiff_t)(done + 1) * BYTES, BYTES);
    }
}

/*
 * Merges row i with row i + 4, pixel by pixel, into rows 2i and 2i + 1. Of the
 * six bits that number a pixel, row above column, that moves the highest to the
 * lowest place: after three times row and column have changed places.
 */
static void
merge_rows(const struct eight in[BLOCK_PX], struct eight out[BLOCK_PX]) {
    for (int i = 0; i < BLOCK_PX / 2; i++) {
        const struct eight *a = &in[i];
        const struct eight *b = &in[i + BLOCK_PX / 2];

        out[2 * i].px =
            __builtin_shufflevector(a->px, b->px, 0, 8, 1, 9, 2, 10, 3, 11);
        out[2 * i + 1].px =
            __builtin_shufflevector(a->px, b->px, 4, 12, 5, 13, 6, 14, 7, 15);
    }
}

static void
turn_block(const struct rotate_strip *strip, int at) {
    const char *from = strip->from + at * strip->from_step;
    char *to = strip->to + (ptrdiff_t)at * BYTES;
    struct eight rows[BLOCK_PX];
    struct eight merged[BLOCK_PX];

    for (int i = 0; i < BLOCK_PX; i++) {
        rows[i] = load(from + i * strip->from_step);
    }
    merge_rows(rows, merged);
    merge_rows(merged, rows);
    merge_rows(rows, merged);
    for (int i = 0; i < BLOCK_PX; i++) {
        store(to + i * strip->to_step, merged[i]);
    }
}

static void
turn(const struct rotate_strip *strip) {
    int done = 0;

    if (strip->columns == BLOCK_PX) {
        for (; done + BLOCK_PX <= strip->length; done += BLOCK_PX) {
            turn_block(strip, done);
        }
    }
    for (int column = 0; column < strip->columns; column++) {
        for (int i = done; i < strip->length; i++) {
            memcpy(strip->to + column * strip->to_step + (ptrdiff_t)i * BYTES,
                   strip->from + i * strip->from_step +
                       (ptrdiff_t)column * BYTES,
                   BYTES);
        }
    }
}

const struct rotate_pixels rotate_pixels_16 = {
    .bytes = BYTES,
    .columns = BLOCK_PX,
    .reverse = reverse,
    .turn = turn,
};
