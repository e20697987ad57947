/* A canvas that is shown on a screen. For card_rig.h and fbdev_rig.h. */
#ifndef TESTS_UNIT_CANVAS_RIG_H
#define TESTS_UNIT_CANVAS_RIG_H

#include "unit.h"

#include "render/canvas.h"
#include "render/screen.h"

/* One of the size and the depth of `screen`. */
static void
fit_canvas(struct canvas *canvas, const struct screen *screen) {
    assert_true(
        canvas_init(canvas, screen->width, screen->height, screen->depth));
}

/* Of 16 bit it is the lower half of `colour`. */
static void
set_pixel(struct canvas *canvas, int x, int y, uint32_t colour) {
    size_t row = (size_t)y * (size_t)canvas->stride;

    if (canvas->depth == DEPTH_16) {
        canvas->pixels_565[row / 2 + (size_t)x] = (uint16_t)colour;
    } else {
        canvas->pixels[row / 4 + (size_t)x] = colour;
    }
}

/* Fills `area`, and shows it. */
static bool
present_on(struct screen *screen, struct canvas *canvas, struct rect area,
           uint32_t colour) {
    pixman_region32_t damage;
    bool ok;

    for (int y = area.y; y < area.y + area.h; y++) {
        for (int x = area.x; x < area.x + area.w; x++) {
            set_pixel(canvas, x, y, colour);
        }
    }
    pixman_region32_init_rect(&damage, area.x, area.y, (unsigned)area.w,
                              (unsigned)area.h);
    ok = screen->type->present(screen, canvas, &damage);
    pixman_region32_fini(&damage);
    return ok;
}

#endif
