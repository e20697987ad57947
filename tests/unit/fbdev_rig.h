/* A screen opened on the framebuffer that exists only in fake_framebuffer.h,
 * and its canvas. For test_screen_fbdev.c alone. */
#ifndef TESTS_UNIT_FBDEV_RIG_H
#define TESTS_UNIT_FBDEV_RIG_H

#include "canvas_rig.h"
#include "fake_framebuffer.h"

/* Where the colours of a pixel are, and what one of them looks like. */
struct format {
    const char *name;
    int bits;
    struct fb_bitfield red, green, blue, alpha;
    uint32_t of_123456; /* the pixel of the colour #123456 */
};

static const struct format formats[] = {
    {"xrgb8888", 32, {16, 8, 0}, {8, 8, 0}, {0, 8, 0}, {0}, 0x123456},
    {"xbgr8888", 32, {0, 8, 0}, {8, 8, 0}, {16, 8, 0}, {0}, 0x563412},
    {"argb8888", 32, {16, 8, 0}, {8, 8, 0}, {0, 8, 0}, {24, 8, 0}, 0xff123456},
    {"rgbx8888", 32, {24, 8, 0}, {16, 8, 0}, {8, 8, 0}, {0}, 0x12345600},
    {"rgb565", 16, {11, 5, 0}, {5, 6, 0}, {0, 5, 0}, {0}, 0x11aa},
    {"bgr565", 16, {0, 5, 0}, {5, 6, 0}, {11, 5, 0}, {0}, 0x51a2},
    {"xrgb1555", 16, {10, 5, 0}, {5, 5, 0}, {0, 5, 0}, {0}, 0x08ca},
    {"argb4444", 16, {8, 4, 0}, {4, 4, 0}, {0, 4, 0}, {12, 4, 0}, 0xf135},
};

static void
set_format(const struct format *format) {
    device.var.bits_per_pixel = (uint32_t)format->bits;
    device.var.red = format->red;
    device.var.green = format->green;
    device.var.blue = format->blue;
    device.var.transp = format->alpha;
}

static void
set_stride(uint32_t stride) {
    device.fix.line_length = stride;
    device.fix.smem_len = stride * HEIGHT;
}

struct rig {
    struct screen screen;
    struct screen_settings settings;
    struct canvas canvas;
};

static int
setup(void **state) {
    struct rig *rig = calloc(1, sizeof *rig);

    log_open("test", LOG_LEVEL_NONE);
    memset(&device, 0, sizeof device);
    memset(device.memory, 0xee, sizeof device.memory);
    device.var.xres = WIDTH;
    device.var.yres = HEIGHT;
    device.fix.type = FB_TYPE_PACKED_PIXELS;
    set_format(&formats[0]);
    set_stride(WIDTH * 4);
    *state = rig;
    return rig != NULL ? 0 : -1;
}

static void
close_rig(struct rig *rig) {
    screen_close(&rig->screen);
    canvas_finish(&rig->canvas);
}

static int
teardown(void **state) {
    struct rig *rig = *state;

    close_rig(rig);
    free(rig);
    return device.opened == 0 && device.mapped == 0 ? 0 : -1;
}

static bool
open_fake(struct screen *screen, const struct screen_settings *settings) {
    return screen_fbdev_open(screen, settings, &fake_ops);
}

static bool
open_rig(struct rig *rig) {
    static struct screen_type type;

    type = screen_fbdev;
    type.open = open_fake;
    return screen_open(&rig->screen, &type, NULL, &rig->settings, NULL, NULL);
}

static void
open_well(struct rig *rig) {
    assert_true(open_rig(rig));
    fit_canvas(&rig->canvas, &rig->screen);
}

static void
present(struct rig *rig, struct rect area, uint32_t colour) {
    assert_true(present_on(&rig->screen, &rig->canvas, area, colour));
}

static void
present_everything(struct rig *rig, uint32_t colour) {
    present(rig, (struct rect){0, 0, rig->canvas.width, rig->canvas.height},
            colour);
}

/* The pixel at x, y of the panel. */
static uint32_t
pixel_at(int x, int y) {
    size_t bytes = device.var.bits_per_pixel / 8;
    const unsigned char *from =
        device.memory +
        ((size_t)y + device.var.yoffset) * device.fix.line_length +
        ((size_t)x + device.var.xoffset) * bytes;
    uint32_t pixel32;
    uint16_t pixel16;

    if (bytes == 2) {
        memcpy(&pixel16, from, sizeof pixel16);
        return pixel16;
    }
    memcpy(&pixel32, from, sizeof pixel32);
    return pixel32;
}

#endif
