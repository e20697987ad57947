#include "render/canvas.h"

#include <string.h>

#include "common/log.h"
#include "render/canvas_private.h"

static pixman_image_t *
create_dot(pixman_format_code_t format) {
    pixman_image_t *dot = pixman_image_create_bits(format, 1, 1, NULL, 4);

    /* A repeated pixel is a solid colour to pixman, and unlike its solid
     * images it can be changed without allocating a new one. */
    if (dot != NULL) {
        pixman_image_set_repeat(dot, PIXMAN_REPEAT_NORMAL);
    }
    return dot;
}

bool
canvas_init(struct canvas *canvas, int width, int height, int depth) {
    *canvas = (struct canvas){0};
    if (width < CANVAS_SIZE_MIN || width > CANVAS_SIZE_MAX ||
        height < CANVAS_SIZE_MIN || height > CANVAS_SIZE_MAX) {
        log_error("canvas: %dx%d pixels: each side must be %d..%d", width,
                  height, CANVAS_SIZE_MIN, CANVAS_SIZE_MAX);
        return false;
    }

    canvas->width = width;
    canvas->height = height;
    canvas->depth = depth;
    /* pixman counts rows in words of 32 bit */
    canvas->stride = (width * canvas_bytes(canvas) + 3) & ~3;
    canvas->image = pixman_image_create_bits(
        depth == DEPTH_16 ? PIXMAN_r5g6b5 : PIXMAN_x8r8g8b8, width, height,
        NULL, canvas->stride);
    canvas->ink = create_dot(PIXMAN_a8r8g8b8);
    canvas->fade = create_dot(PIXMAN_a8);
    canvas->shapes = shape_cache_create();
    if (canvas->image == NULL || canvas->ink == NULL || canvas->fade == NULL) {
        log_error("canvas: no memory for %dx%d pixels", width, height);
        canvas_finish(canvas);
        return false;
    }
    canvas->pixels = pixman_image_get_data(canvas->image);
    return true;
}

void
canvas_finish(struct canvas *canvas) {
    pixman_image_t *images[] = {canvas->image, canvas->ink, canvas->fade};

    for (size_t i = 0; i < sizeof(images) / sizeof(images[0]); i++) {
        if (images[i] != NULL) {
            pixman_image_unref(images[i]);
        }
    }
    shape_cache_destroy(canvas->shapes);
    *canvas = (struct canvas){0};
}

int
canvas_bytes(const struct canvas *canvas) {
    return canvas->depth == DEPTH_16 ? 2 : 4;
}

uint32_t
canvas_expand_565(uint16_t pixel) {
    uint32_t red = pixel >> 11;
    uint32_t green = pixel >> 5 & 0x3f;
    uint32_t blue = pixel & 0x1f;

    return (red << 3 | red >> 2) << 16 | (green << 2 | green >> 4) << 8 |
           (blue << 3 | blue >> 2);
}

/* As pixman does it: the lower bits are dropped. */
static uint32_t
pack_565(uint32_t rgb) {
    return (rgb >> 8 & 0xf800) | (rgb >> 5 & 0x07e0) | (rgb >> 3 & 0x001f);
}

void
canvas_set_clip(struct canvas *canvas, const pixman_region32_t *region) {
    canvas->clip = region;
}

/* pixman would copy the clip and may allocate for each call; walking its boxes
 * here does neither. */
static const pixman_box32_t *
clip_boxes(const struct canvas *canvas, pixman_box32_t *whole, int *ret_count) {
    if (canvas->clip == NULL) {
        *whole = (pixman_box32_t){0, 0, canvas->width, canvas->height};
        *ret_count = 1;
        return whole;
    }
    /* The function only reads, but its prototype of 0.42 is not const. */
    return pixman_region32_rectangles((pixman_region32_t *)canvas->clip,
                                      ret_count);
}

/* The part of `area` that is in `box` and on the frame. */
static struct rect
clip_area(const struct canvas *canvas, const pixman_box32_t *box,
          struct rect area) {
    struct rect frame = {0, 0, canvas->width, canvas->height};
    struct rect clip = {box->x1, box->y1, box->x2 - box->x1, box->y2 - box->y1};

    return rect_intersect(rect_intersect(area, clip), frame);
}

static void
composite(struct canvas *canvas, pixman_image_t *source, pixman_image_t *mask,
          int from_x, int from_y, struct rect area) {
    pixman_box32_t whole;
    int count;
    const pixman_box32_t *boxes = clip_boxes(canvas, &whole, &count);

    for (int i = 0; i < count; i++) {
        struct rect part = clip_area(canvas, &boxes[i], area);
        int dx = part.x - area.x + from_x, dy = part.y - area.y + from_y;

        if (!rect_empty(part)) {
            pixman_image_composite32(PIXMAN_OP_OVER, source, mask,
                                     canvas->image, dx, dy, dx, dy, part.x,
                                     part.y, part.w, part.h);
        }
    }
}

/* The upper byte as pixman leaves it on a new canvas: pictures that are equal
 * are so byte for byte. */
static void
fill_solid(struct canvas *canvas, struct rect area, uint32_t argb) {
    uint32_t rgb = argb & 0xffffff;
    uint32_t pixel = canvas->depth == DEPTH_16 ? pack_565(rgb) : rgb;
    int bits = 8 * canvas_bytes(canvas);
    int row_words = canvas->stride / 4;
    pixman_box32_t whole;
    int count;
    const pixman_box32_t *boxes = clip_boxes(canvas, &whole, &count);

    for (int i = 0; i < count; i++) {
        struct rect part = clip_area(canvas, &boxes[i], area);

        if (!rect_empty(part)) {
            pixman_fill(canvas->pixels, row_words, bits, part.x, part.y, part.w,
                        part.h, pixel);
        }
    }
}

static uint32_t
scale_byte(uint32_t byte, uint32_t alpha) {
    uint32_t product = byte * alpha + 128;

    return (product + (product >> 8)) >> 8; /* exactly product / 255 */
}

static void
set_ink(struct canvas *canvas, uint32_t argb) {
    uint32_t alpha = argb >> 24;
    uint32_t *pixel = pixman_image_get_data(canvas->ink);

    *pixel = alpha << 24 | scale_byte(argb >> 16 & 0xff, alpha) << 16 |
             scale_byte(argb >> 8 & 0xff, alpha) << 8 |
             scale_byte(argb & 0xff, alpha);
}

void
canvas_blend(struct canvas *canvas, pixman_image_t *mask, int mask_x,
             int mask_y, struct rect area, uint32_t argb) {
    if (mask == NULL && argb >> 24 == 0xff) {
        fill_solid(canvas, area, argb);
        return;
    }
    set_ink(canvas, argb);
    composite(canvas, canvas->ink, mask, mask_x, mask_y, area);
}

void
canvas_clear(struct canvas *canvas, struct rect area) {
    fill_solid(canvas, area, 0);
}

void
canvas_fill(struct canvas *canvas, struct rect area, uint32_t argb) {
    canvas_blend(canvas, NULL, 0, 0, area, argb);
}

void
canvas_mask(struct canvas *canvas, pixman_image_t *mask, int x, int y,
            uint32_t argb) {
    struct rect area = {x, y, pixman_image_get_width(mask),
                        pixman_image_get_height(mask)};

    canvas_blend(canvas, mask, 0, 0, area, argb);
}

void
canvas_image(struct canvas *canvas, pixman_image_t *image, int x, int y,
             uint8_t alpha) {
    struct rect area = {x, y, pixman_image_get_width(image),
                        pixman_image_get_height(image)};

    memset(pixman_image_get_data(canvas->fade), alpha, 1);
    composite(canvas, image, alpha == 255 ? NULL : canvas->fade, 0, 0, area);
}
