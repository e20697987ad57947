/*
 * The copy from the frame to the panel. Scan-out memory is often mapped
 * write-combined: rows of it are written from left to right, at most four at a
 * time, and never read. A turned copy goes by strips of four columns: a quarter
 * of a cache line is used of each row, and the second level of any Pi's cache
 * holds the rest of the lines until the next strip wants them.
 */
#include <stddef.h>
#include <string.h>

#include "render/screen.h"

enum { BLOCK_PX = 4 };

/* The compiler's own vectors: SSE2, NEON, or plain registers. */
struct four {
    uint32_t px __attribute__((vector_size(16)));
};

struct turn {
    const uint32_t *from;
    size_t from_stride; /* in pixels */
    int width, height;  /* of the frame */
    char *to;
    int to_stride; /* in bytes */
};

static uint32_t *
panel_row(const struct turn *turn, int y) {
    return (uint32_t *)(void *)(turn->to + (size_t)y * turn->to_stride);
}

static const uint32_t *
frame_row(const struct turn *turn, int y) {
    return turn->from + (size_t)y * turn->from_stride;
}

static void
copy_straight(const struct turn *turn, struct rect area) {
    for (int y = area.y; y < area.y + area.h; y++) {
        memcpy(panel_row(turn, y) + area.x, frame_row(turn, y) + area.x,
               (size_t)area.w * sizeof(uint32_t));
    }
}

static struct four
load(const uint32_t *from) {
    struct four four;

    memcpy(&four.px, from, sizeof four.px);
    return four;
}

static void
store(uint32_t *to, struct four four) {
    memcpy(to, &four.px, sizeof four.px);
}

static void
copy_upside_down(const struct turn *turn, struct rect area) {
    for (int y = area.y; y < area.y + area.h; y++) {
        const uint32_t *from = frame_row(turn, y) + area.x + area.w;
        uint32_t *to = panel_row(turn, turn->height - 1 - y) + turn->width -
                       area.x - area.w;
        int done = 0;

        for (; done + BLOCK_PX <= area.w; done += BLOCK_PX) {
            struct four four = load(from - done - BLOCK_PX);

            four.px = __builtin_shufflevector(four.px, four.px, 3, 2, 1, 0);
            store(to + done, four);
        }
        for (; done < area.w; done++) {
            to[done] = from[-done - 1];
        }
    }
}

/* Some columns of the frame, from one end to the other, and the rows of the
 * panel that they become. Steps are in pixels, and may lead upwards. */
struct strip {
    const uint32_t *from;
    ptrdiff_t from_step; /* to the next row of the frame */
    uint32_t *to;
    ptrdiff_t to_step; /* to the next column's row of the panel */
    int length;
};

/* Four pixels of four rows become four rows of four: a transposed matrix. */
static void
turn_block(const struct strip *strip, int at) {
    const uint32_t *from = strip->from + at * strip->from_step;
    uint32_t *to = strip->to + at;
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
turn_strip(const struct strip *strip, int columns) {
    int done = 0;

    if (columns == BLOCK_PX) {
        for (; done + BLOCK_PX <= strip->length; done += BLOCK_PX) {
            turn_block(strip, done);
        }
    }
    for (int column = 0; column < columns; column++) {
        for (int i = done; i < strip->length; i++) {
            strip->to[column * strip->to_step + i] =
                strip->from[i * strip->from_step + column];
        }
    }
}

/* Column x of the frame becomes row x of the panel, its lowest pixel first, or
 * a row counted from below, its top first. */
static void
copy_turned(const struct turn *turn, struct rect area, bool right) {
    ptrdiff_t from_step = (ptrdiff_t)turn->from_stride;
    ptrdiff_t to_step = turn->to_stride / (ptrdiff_t)sizeof(uint32_t);

    for (int x = area.x; x < area.x + area.w; x += BLOCK_PX) {
        int left = area.x + area.w - x;
        struct strip strip = {.length = area.h};

        if (right) {
            strip.from = frame_row(turn, area.y + area.h - 1) + x;
            strip.from_step = -from_step;
            strip.to = panel_row(turn, x) + turn->height - area.y - area.h;
            strip.to_step = to_step;
        } else {
            strip.from = frame_row(turn, area.y) + x;
            strip.from_step = from_step;
            strip.to = panel_row(turn, turn->width - 1 - x) + area.y;
            strip.to_step = -to_step;
        }
        turn_strip(&strip, left < BLOCK_PX ? left : BLOCK_PX);
    }
}

static struct rect
clip_to_frame(const struct canvas *canvas, struct rect area) {
    int right = area.x + area.w;
    int bottom = area.y + area.h;

    area.x = area.x > 0 ? area.x : 0;
    area.y = area.y > 0 ? area.y : 0;
    area.w = (right < canvas->width ? right : canvas->width) - area.x;
    area.h = (bottom < canvas->height ? bottom : canvas->height) - area.y;
    return area;
}

struct rect
rotate_copy(const struct canvas *canvas, struct rect area, int rotate, void *to,
            int to_stride) {
    struct turn turn = {
        .from = canvas->pixels,
        .from_stride = (size_t)canvas->stride / sizeof(uint32_t),
        .width = canvas->width,
        .height = canvas->height,
        .to = to,
        .to_stride = to_stride,
    };

    area = clip_to_frame(canvas, area);
    if (rect_empty(area)) {
        return (struct rect){0};
    }
    switch (rotate) {
    case ROTATE_90:
        copy_turned(&turn, area, true);
        return (struct rect){turn.height - area.y - area.h, area.x, area.h,
                             area.w};
    case ROTATE_180:
        copy_upside_down(&turn, area);
        return (struct rect){turn.width - area.x - area.w,
                             turn.height - area.y - area.h, area.w, area.h};
    case ROTATE_270:
        copy_turned(&turn, area, false);
        return (struct rect){area.y, turn.width - area.x - area.w, area.h,
                             area.w};
    default: copy_straight(&turn, area); return area;
    }
}
