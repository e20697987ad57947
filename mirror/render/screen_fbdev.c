/*
 * /dev/fb0, for firmware and kernels without a DRM driver: one buffer, written
 * where the picture changed. Where its pixels are not the canvas's own the
 * frame is turned in ordinary memory first, and packed on the way out.
 */
#include "render/screen_fbdev.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/xalloc.h"
#include "render/drm_card.h"
#include "render/rect.h"

struct framebuffer {
    const struct fb_ops *ops;
    int fd;       /* -1: none */
    void *memory; /* owned mapping; NULL: none */
    struct fb_format format;
    int rotate;
    bool away, asleep;    /* nothing is written */
    bool stale;           /* and so something is missing */
    bool packs;           /* its pixels are not the canvas's */
    struct canvas turned; /* owned; only where it packs */
};

/* Negative errno, or 0 with *ret_why NULL or why it cannot be used. */
static int
read_format(const struct framebuffer *fb, struct fb_format *ret_format,
            struct fb_var_screeninfo *ret_var, const char **ret_why) {
    struct fb_fix_screeninfo fix;
    int error = fb->ops->get_var(fb->fd, ret_var);

    *ret_why = NULL;
    if (error == 0) {
        error = fb->ops->get_fix(fb->fd, &fix);
    }
    if (error == 0) {
        fb_format_read(ret_format, ret_var, &fix, ret_why);
    }
    return error;
}

static void
set_size(struct screen *screen, const struct fb_var_screeninfo *var) {
    const struct framebuffer *fb = screen->state;
    bool turned = fb->rotate == ROTATE_90 || fb->rotate == ROTATE_270;
    int width = fb->format.width;
    int height = fb->format.height;
    double width_mm = 0;
    double height_mm = 0;

    if (drm_size_plausible(var->width, var->height, width, height)) {
        width_mm = var->width;
        height_mm = var->height;
    }
    screen->width = turned ? height : width;
    screen->height = turned ? width : height;
    screen->width_mm = turned ? height_mm : width_mm;
    screen->height_mm = turned ? width_mm : height_mm;
}

/* A frame of 16 bit needs a framebuffer of the same; any other is drawn from
 * one of 32. */
static void
set_depth(struct screen *screen, int wanted) {
    struct framebuffer *fb = screen->state;

    if (wanted == DEPTH_16 && fb->format.like_16) {
        screen->depth = DEPTH_16;
        return;
    }
    if (wanted == DEPTH_16) {
        log_warning("screen: fbdev: /dev/fb0 is not RGB565: "
                    "the frame has 32 bit");
    }
    fb->packs = !fb->format.like_32;
}

bool
screen_fbdev_open(struct screen *screen, const struct screen_settings *settings,
                  const struct fb_ops *ops) {
    struct framebuffer *fb = xcalloc(1, sizeof *fb);
    struct fb_var_screeninfo var;
    const char *why;
    int error;

    screen->state = fb;
    *fb = (struct framebuffer){
        .ops = ops, .rotate = settings->rotate, .stale = true};
    fb->fd = ops->open();
    if (fb->fd == -EBUSY) {
        return screen_fail(screen, "fbdev: another mirror has /dev/fb0");
    }
    if (fb->fd < 0) {
        return screen_fail(screen, "fbdev: /dev/fb0: %s", strerror(-fb->fd));
    }
    error = read_format(fb, &fb->format, &var, &why);
    if (error != 0 || why != NULL) {
        return screen_fail(screen, "fbdev: %s",
                           why != NULL ? why : strerror(-error));
    }
    fb->memory = ops->map(fb->fd, fb->format.end);
    if (fb->memory == NULL) {
        return screen_fail(screen, "fbdev: no memory: %s", strerror(errno));
    }
    set_size(screen, &var);
    set_depth(screen, settings->depth);
    return !fb->packs || canvas_init(&fb->turned, fb->format.width,
                                     fb->format.height, DEPTH_32);
}

static bool
fbdev_open(struct screen *screen, const struct screen_settings *settings) {
    return screen_fbdev_open(screen, settings, &fb_system_ops);
}

static void
fbdev_close(struct screen *screen) {
    struct framebuffer *fb = screen->state;

    if (fb == NULL) {
        return;
    }
    if (fb->memory != NULL) {
        fb->ops->unmap(fb->memory, fb->format.end);
    }
    if (fb->fd >= 0) {
        fb->ops->close(fb->fd);
    }
    canvas_finish(&fb->turned);
    free(fb);
}

static void
pack_rows(struct framebuffer *fb, struct rect area) {
    const struct fb_format *format = &fb->format;
    unsigned char *seen = (unsigned char *)fb->memory + format->offset;

    for (int y = area.y; y < area.y + area.h; y++) {
        const uint32_t *from =
            fb->turned.pixels + (size_t)y * fb->turned.stride / 4 + area.x;
        size_t at =
            (size_t)y * format->stride + (size_t)area.x * (size_t)format->bytes;

        fb_pack(format, from, area.w, seen + at);
    }
}

static void
copy_out(struct framebuffer *fb, const struct canvas *canvas,
         struct rect area) {
    const struct fb_format *format = &fb->format;

    if (!fb->packs) {
        rotate_copy(canvas, area, fb->rotate,
                    (unsigned char *)fb->memory + format->offset,
                    (int)format->stride);
    } else {
        pack_rows(fb, rotate_copy(canvas, area, fb->rotate, fb->turned.pixels,
                                  fb->turned.stride));
    }
}

static bool
fbdev_present(struct screen *screen, const struct canvas *canvas,
              pixman_region32_t *damage) {
    struct framebuffer *fb = screen->state;
    int count;
    const pixman_box32_t *boxes = pixman_region32_rectangles(damage, &count);

    if (fb->away || fb->asleep) {
        fb->stale = true;
        return true;
    }
    if (fb->stale) {
        fb->stale = false;
        copy_out(fb, canvas,
                 (struct rect){0, 0, canvas->width, canvas->height});
        return true;
    }
    for (int i = 0; i < count; i++) {
        copy_out(fb, canvas,
                 (struct rect){boxes[i].x1, boxes[i].y1,
                               boxes[i].x2 - boxes[i].x1,
                               boxes[i].y2 - boxes[i].y1});
    }
    return true;
}

/* A driver that takes over from the firmware takes the framebuffer away. */
static bool
fbdev_check(struct screen *screen, bool told) {
    const struct framebuffer *fb = screen->state;
    struct fb_var_screeninfo var;
    struct fb_format now;
    const char *why;
    int error = read_format(fb, &now, &var, &why);

    (void)told;
    if (error != 0 || why != NULL) {
        return screen_fail(screen, "fbdev: %s",
                           why != NULL ? why : strerror(-error));
    }
    return fb_format_equal(&now, &fb->format);
}

/* Firmware that cannot switch the panel off can still show nothing. */
static void
switch_panel(struct framebuffer *fb) {
    if (!fb->away && fb->ops->blank(fb->fd, !fb->asleep) != 0 && fb->asleep) {
        memset(fb->memory, 0, fb->format.end);
    }
}

/* What the other terminal left is no picture of ours, nor is it asleep. */
static void
fbdev_set_active(struct screen *screen, bool active) {
    struct framebuffer *fb = screen->state;

    fb->away = !active;
    fb->stale = true;
    switch_panel(fb);
}

static bool
fbdev_set_power(struct screen *screen, bool on) {
    struct framebuffer *fb = screen->state;

    fb->asleep = !on;
    fb->stale = true;
    switch_panel(fb);
    return true;
}

const struct screen_type screen_fbdev = {
    .name = "fbdev",
    .open = fbdev_open,
    .close = fbdev_close,
    .present = fbdev_present,
    .check = fbdev_check,
    .set_active = fbdev_set_active,
    .set_power = fbdev_set_power,
};
