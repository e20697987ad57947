/* Turning pixels of 16 bit, eight columns at a time. */
#include <stdint.h>
#include <string.h>

#include "render/rotate_private.h"

enum { BLOCK_PX = 8, BYTES = 2 };

/* The compiler's own vectors: SSE2, NEON, or plain registers. */
struct eight {
    uint16_t px __attribute__((vector_size(16)));
};

struct words {
    uint32_t two_px __attribute__((vector_size(16)));
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

/* By words of two pixels, which every processor can shuffle at once, and then
 * within the words. */
static struct eight
reversed(struct eight eight) {
    struct words words;

    memcpy(&words.two_px, &eight.px, sizeof words.two_px);
    words.two_px =
        __builtin_shufflevector(words.two_px, words.two_px, 3, 2, 1, 0);
    words.two_px = words.two_px << 16 | words.two_px >> 16;
    memcpy(&eight.px, &words.two_px, sizeof eight.px);
    return eight;
}

static void
reverse(const char *from, char *to, int count) {
    const char *end = from + (ptrdiff_t)count * BYTES;
    int done = 0;

    for (; done + BLOCK_PX <= count; done += BLOCK_PX) {
        struct eight eight = load(end - (ptrdiff_t)(done + BLOCK_PX) * BYTES);

        eight = reversed(eight);
        store(to + (ptrdiff_t)done * BYTES, eight);
    }
    for (; done < count; done++) {
        memcpy(to + (ptrdiff_t)done * BYTES,
               end - (ptrdiff_t)(done + 1) * BYTES, BYTES);
    }
}

/* The left halves of two rows, or their right halves, pixel by pixel. */
static struct eight
merge_left(struct eight a, struct eight b) {
    return (struct eight){
        __builtin_shufflevector(a.px, b.px, 0, 8, 1, 9, 2, 10, 3, 11)};
}

static struct eight
merge_right(struct eight a, struct eight b) {
    return (struct eight){
        __builtin_shufflevector(a.px, b.px, 4, 12, 5, 13, 6, 14, 7, 15)};
}

struct block {
    struct eight row[BLOCK_PX];
};

/*
 * Merges row i with row i + 4 into rows 2i and 2i + 1. Of the six bits that
 * number a pixel, row above column, that moves the highest to the lowest place:
 * after three times row and column have changed places. Written out, because
 * then the compiler keeps all of it in registers.
 */
static inline struct block
merge_rows(const struct block *in) {
    return (struct block){{
        merge_left(in->row[0], in->row[4]),
        merge_right(in->row[0], in->row[4]),
        merge_left(in->row[1], in->row[5]),
        merge_right(in->row[1], in->row[5]),
        merge_left(in->row[2], in->row[6]),
        merge_right(in->row[2], in->row[6]),
        merge_left(in->row[3], in->row[7]),
        merge_right(in->row[3], in->row[7]),
    }};
}

static void
turn_block(const struct rotate_strip *strip, int at) {
    ptrdiff_t from_step = strip->from_step;
    ptrdiff_t to_step = strip->to_step;
    const char *from = strip->from + at * from_step;
    char *to = strip->to + (ptrdiff_t)at * BYTES;
    struct block block = {{
        load(from),
        load(from + from_step),
        load(from + 2 * from_step),
        load(from + 3 * from_step),
        load(from + 4 * from_step),
        load(from + 5 * from_step),
        load(from + 6 * from_step),
        load(from + 7 * from_step),
    }};

    block = merge_rows(&block);
    block = merge_rows(&block);
    block = merge_rows(&block);
    store(to, block.row[0]);
    store(to + to_step, block.row[1]);
    store(to + 2 * to_step, block.row[2]);
    store(to + 3 * to_step, block.row[3]);
    store(to + 4 * to_step, block.row[4]);
    store(to + 5 * to_step, block.row[5]);
    store(to + 6 * to_step, block.row[6]);
    store(to + 7 * to_step, block.row[7]);
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

const struct rotate_pixels rotate_pixels_16 = {
    .bytes = BYTES,
    .columns = BLOCK_PX,
    .reverse = reverse,
    .turn = turn,
};
