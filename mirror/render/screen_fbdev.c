/*
 * /dev/fb0, for firmware and kernels without a DRM driver: one buffer of 16 or
 * 32 bit, written where the picture changed. Rows of 16 bit are made from the
 * turned frame, which is then kept in ordinary memory.
 */
#include "render/screen.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fb.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/xalloc.h"
#include "render/rect.h"

struct framebuffer {
    int fd;
    void *memory; /* owned mapping; NULL: none */
    size_t size;
    int width, height, stride, bits;
    int rotate;
    struct canvas turned; /* owned; only for 16 bit */
};

static bool
known_format(const struct fb_var_screeninfo *info) {
    if (info->bits_per_pixel == 16) {
        return info->red.offset == 11 && info->green.offset == 5 &&
               info->green.length == 6 && info->blue.offset == 0;
    }
    return info->bits_per_pixel == 32 && info->red.offset == 16 &&
           info->green.offset == 8 && info->blue.offset == 0;
}

static bool
read_format(struct screen *screen, struct framebuffer *fb) {
    struct fb_var_screeninfo var;
    struct fb_fix_screeninfo fix;

    if (ioctl(fb->fd, FBIOGET_VSCREENINFO, &var) < 0 ||
        ioctl(fb->fd, FBIOGET_FSCREENINFO, &fix) < 0) {
        return screen_fail(screen, "fbdev: %s", strerror(errno));
    }
    if (!known_format(&var) || var.xres > CANVAS_SIZE_MAX ||
        var.yres > CANVAS_SIZE_MAX || var.xres < CANVAS_SIZE_MIN ||
        var.yres < CANVAS_SIZE_MIN ||
        fix.line_length < var.xres * var.bits_per_pixel / 8 ||
        (uint64_t)fix.line_length * var.yres > fix.smem_len) {
        return screen_fail(screen, "fbdev: %u x %u with %u bit is not usable",
                           var.xres, var.yres, var.bits_per_pixel);
    }
    fb->width = (int)var.xres;
    fb->height = (int)var.yres;
    fb->bits = (int)var.bits_per_pixel;
    fb->stride = (int)fix.line_length;
    fb->size = (size_t)fix.line_length * var.yres;
    screen->width_mm = (int)var.width > 0 ? var.width : 0;
    screen->height_mm = (int)var.height > 0 ? var.height : 0;
    return true;
}

static void
turn_size(struct screen *screen, const struct framebuffer *fb) {
    double width_mm = screen->width_mm;
    bool turned = fb->rotate == ROTATE_90 || fb->rotate == ROTATE_270;

    screen->width = turned ? fb->height : fb->width;
    screen->height = turned ? fb->width : fb->height;
    if (turned) {
        screen->width_mm = screen->height_mm;
        screen->height_mm = width_mm;
    }
}

static bool
fbdev_open(struct screen *screen, const struct screen_settings *settings) {
    struct framebuffer *fb = xcalloc(1, sizeof *fb);
    void *memory;

    screen->state = fb;
    fb->rotate = settings->rotate;
    fb->fd = open("/dev/fb0", O_RDWR | O_CLOEXEC);
    if (fb->fd < 0) {
        return screen_fail(screen, "fbdev: /dev/fb0: %s", strerror(errno));
    }
    if (!read_format(screen, fb)) {
        return false;
    }
    memory =
        mmap(NULL, fb->size, PROT_READ | PROT_WRITE, MAP_SHARED, fb->fd, 0);
    if (memory == MAP_FAILED) {
        return screen_fail(screen, "fbdev: mmap: %s", strerror(errno));
    }
    fb->memory = memory;
    turn_size(screen, fb);
    return fb->bits == 32 || canvas_init(&fb->turned, fb->width, fb->height);
}

static void
fbdev_close(struct screen *screen) {
    struct framebuffer *fb = screen->state;

    if (fb == NULL) {
        return;
    }
    if (fb->memory != NULL) {
        munmap(fb->memory, fb->size);
    }
    if (fb->fd >= 0) {
        close(fb->fd);
    }
    canvas_finish(&fb->turned);
    free(fb);
}

static void
copy_16_bit(struct framebuffer *fb, struct rect area) {
    for (int y = area.y; y < area.y + area.h; y++) {
        const uint32_t *from =
            fb->turned.pixels + (size_t)y * fb->turned.stride / 4;
        uint16_t *to =
            (uint16_t *)(void *)((char *)fb->memory + (size_t)y * fb->stride);

        for (int x = area.x; x < area.x + area.w; x++) {
            to[x] =
                (uint16_t)((from[x] >> 8 & 0xf800) | (from[x] >> 5 & 0x07e0) |
                           (from[x] >> 3 & 0x001f));
        }
    }
}

static bool
fbdev_present(struct screen *screen, const struct canvas *canvas,
              pixman_region32_t *damage) {
    struct framebuffer *fb = screen->state;
    int count;
    const pixman_box32_t *boxes = pixman_region32_rectangles(damage, &count);

    for (int i = 0; i < count; i++) {
        struct rect area = {boxes[i].x1, boxes[i].y1, boxes[i].x2 - boxes[i].x1,
                            boxes[i].y2 - boxes[i].y1};

        if (fb->bits == 32) {
            rotate_copy(canvas, area, fb->rotate, fb->memory, fb->stride);
        } else {
            copy_16_bit(fb, rotate_copy(canvas, area, fb->rotate,
                                        fb->turned.pixels, fb->turned.stride));
        }
    }
    return true;
}

const struct screen_type screen_fbdev = {
    .name = "fbdev",
    .open = fbdev_open,
    .close = fbdev_close,
    .present = fbdev_present,
};
