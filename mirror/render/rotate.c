/*
 * The copy from the frame to the panel. Scan-out memory is often mapped
 * write-combined: rows of it are written from left to right and never read,
 * and the turned copies go in tiles, so that the columns they read from the
 * frame stay in the cache.
 */
#include <string.h>

#include "render/screen.h"

enum { TILE_PX = 32 };

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

static void
copy_upside_down(const struct turn *turn, struct rect area) {
    for (int y = area.y; y < area.y + area.h; y++) {
        const uint32_t *from = frame_row(turn, y) + area.x + area.w - 1;
        uint32_t *to = panel_row(turn, turn->height - 1 - y) + turn->width -
                       area.x - area.w;

        for (int i = 0; i < area.w; i++) {
            to[i] = from[-i];
        }
    }
}

/* Column x of the frame becomes row x of the panel, its lowest pixel first. */
static void
copy_tile_right(const struct turn *turn, struct rect area) {
    for (int x = area.x; x < area.x + area.w; x++) {
        uint32_t *to = panel_row(turn, x) + turn->height - area.y - area.h;

        for (int i = 0; i < area.h; i++) {
            to[i] = frame_row(turn, area.y + area.h - 1 - i)[x];
        }
    }
}

/* Column x of the frame becomes a row counted from below, its top first. */
static void
copy_tile_left(const struct turn *turn, struct rect area) {
    for (int x = area.x; x < area.x + area.w; x++) {
        uint32_t *to = panel_row(turn, turn->width - 1 - x) + area.y;

        for (int i = 0; i < area.h; i++) {
            to[i] = frame_row(turn, area.y + i)[x];
        }
    }
}

static void
copy_tiles(const struct turn *turn, struct rect area,
           void (*copy)(const struct turn *, struct rect)) {
    int right = area.x + area.w;
    int bottom = area.y + area.h;

    for (int y = area.y; y < bottom; y += TILE_PX) {
        for (int x = area.x; x < right; x += TILE_PX) {
            struct rect tile = {x, y, TILE_PX, TILE_PX};

            tile.w = right - x < TILE_PX ? right - x : TILE_PX;
            tile.h = bottom - y < TILE_PX ? bottom - y : TILE_PX;
            copy(turn, tile);
        }
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
        copy_tiles(&turn, area, copy_tile_right);
        return (struct rect){turn.height - area.y - area.h, area.x, area.h,
                             area.w};
    case ROTATE_180:
        copy_upside_down(&turn, area);
        return (struct rect){turn.width - area.x - area.w,
                             turn.height - area.y - area.h, area.w, area.h};
    case ROTATE_270:
        copy_tiles(&turn, area, copy_tile_left);
        return (struct rect){area.y, turn.width - area.x - area.w, area.h,
                             area.w};
    default: copy_straight(&turn, area); return area;
    }
}
