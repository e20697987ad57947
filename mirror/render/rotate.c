/*
 * The copy from the frame to the panel. Scan-out memory is often mapped
 * write-combined: rows of it are written from left to right, at most 16 bytes
 * at a time, and never read. A turned copy goes by strips of columns: a quarter
 * of a cache line is used of each row, and the second level of any Pi's cache
 * holds the rest of the lines until the next strip wants them.
 */
#include <string.h>

#include "render/rotate_private.h"
#include "render/screen.h"

struct turn {
    const struct rotate_pixels *pixels;
    const char *from;
    int from_stride;   /* in bytes */
    int width, height; /* of the frame */
    char *to;
    int to_stride; /* in bytes */
};

static char *
panel_at(const struct turn *turn, int x, int y) {
    return turn->to + (ptrdiff_t)y * turn->to_stride +
           (ptrdiff_t)x * turn->pixels->bytes;
}

static const char *
frame_at(const struct turn *turn, int x, int y) {
    return turn->from + (ptrdiff_t)y * turn->from_stride +
           (ptrdiff_t)x * turn->pixels->bytes;
}

static void
copy_straight(const struct turn *turn, struct rect area) {
    for (int y = area.y; y < area.y + area.h; y++) {
        memcpy(panel_at(turn, area.x, y), frame_at(turn, area.x, y),
               (size_t)area.w * (size_t)turn->pixels->bytes);
    }
}

static void
copy_upside_down(const struct turn *turn, struct rect area) {
    int x = turn->width - area.x - area.w;

    for (int y = area.y; y < area.y + area.h; y++) {
        turn->pixels->reverse(frame_at(turn, area.x, y),
                              panel_at(turn, x, turn->height - 1 - y), area.w);
    }
}

void
rotate_turn_rest(const struct rotate_strip *strip, int done, int bytes) {
    for (int column = 0; column < strip->columns; column++) {
        for (int i = done; i < strip->length; i++) {
            memcpy(strip->to + column * strip->to_step + (ptrdiff_t)i * bytes,
                   strip->from + i * strip->from_step +
                       (ptrdiff_t)column * bytes,
                   (size_t)bytes);
        }
    }
}

/* Column x of the frame becomes row x of the panel, its lowest pixel first, or
 * a row counted from below, its top first. */
static void
copy_turned(const struct turn *turn, struct rect area, bool right) {
    int columns = turn->pixels->columns;

    for (int x = area.x; x < area.x + area.w; x += columns) {
        int left = area.x + area.w - x;
        struct rotate_strip strip = {
            .length = area.h, .columns = left < columns ? left : columns};

        if (right) {
            strip.from = frame_at(turn, x, area.y + area.h - 1);
            strip.from_step = -turn->from_stride;
            strip.to = panel_at(turn, turn->height - area.y - area.h, x);
            strip.to_step = turn->to_stride;
        } else {
            strip.from = frame_at(turn, x, area.y);
            strip.from_step = turn->from_stride;
            strip.to = panel_at(turn, area.y, turn->width - 1 - x);
            strip.to_step = -turn->to_stride;
        }
        turn->pixels->turn(&strip);
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
        .pixels =
            canvas->depth == DEPTH_16 ? &rotate_pixels_16 : &rotate_pixels_32,
        .from = (const char *)canvas->pixels,
        .from_stride = canvas->stride,
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
