/* Turning pixels of 32 bit, four columns at a time. */
#include <stdint.h>
#include <string.h>

#include "render/rotate_private.h"

enum { BLOCK_PX = 4, BYTES = 4 };

/* The compiler's own vectors: SSE2, NEON, or plain registers. */
struct four {
    uint32_t px __attribute__((vector_size(16)));
};

static struct four
load(const char *from) {
    struct four four;

    memcpy(&four.px, from, sizeof four.px);
    return four;
}

static void
store(char *to, struct four four) {
    memcpy(to, &four.px, sizeof four.px);
}

static void
reverse(const char *from, char *to, int count) {
    const char *end = from + (ptrdiff_t)count * BYTES;
    int done = 0;

    for (; done + BLOCK_PX <= count; done += BLOCK_PX) {
        struct four four = load(end - (ptrdiff_t)(done + BLOCK_PX) * BYTES);

        four.px = __builtin_shufflevector(four.px, four.px, 3, 2, 1, 0);
        store(to + (ptrdiff_t)done * BYTES, four);
    }
    for (; done < count; done++) {
        memcpy(to + (ptrdiff_t)done * BYTES,
               end - (ptrdiff_t)(done + 1) * BYTES, BYTES);
    }
}

/* Four pixels of four rows become four rows of four: a transposed matrix. */
static void
turn_block(const struct rotate_strip *strip, int at) {
    const char *from = strip->from + at * strip->from_step;
    char *to = strip->to + (ptrdiff_t)at * BYTES;
    struct four a = load(from);
    struct four b = load(from + strip->from_step);
    struct four c = load(from + 2 * strip->from_step);
    struct four d = load(from + 3 * strip->from_step);
    struct four ab = {__builtin_shufflevector(a.px, b.px, 0, 4, 1, 5)};
    struct four cd = {__builtin_shufflevector(c.px, d.px, 0, 4, 1, 5)};
    struct four out;

    out.px = __builtin_shufflevector(ab.px, cd.px, 0, 1, 4, 5);
    store(to, out);
    out.px = __builtin_shufflevector(ab.px, cd.px, 2, 3, 6, 7);
    store(to + strip->to_step, out);
    ab.px = __builtin_shufflevector(a.px, b.px, 2, 6, 3, 7);
    cd.px = __builtin_shufflevector(c.px, d.px, 2, 6, 3, 7);
    out.px = __builtin_shufflevector(ab.px, cd.px, 0, 1, 4, 5);
    store(to + 2 * strip->to_step, out);
    out.px = __builtin_shufflevector(ab.px, cd.px, 2, 3, 6, 7);
    store(to + 3 * strip->to_step, out);
}

static void
turn(const struct rotate_strip *strip) {
    int done = 0;

    if (strip->columns == BLOCK_PX) {
        for (; done + BLOCK_PX <= strip->length; done += BLOCK_PX) {
            turn_block(strip, done);
        }
    }
    rotate_turn_rest(strip, done, BYTES);
}

const struct rotate_pixels rotate_pixels_32 = {
    .bytes = BYTES,
    .columns = BLOCK_PX,
    .reverse = reverse,
    .turn = turn,
};
