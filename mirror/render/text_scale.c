#include "render/text_scale.h"

#include <stddef.h>

/* The stretch of the source under one pixel, in 1/256 px. */
struct span {
    int64_t first, end;
};

static struct span
span_of(int at, int size, int from_size) {
    return (struct span){(int64_t)at * from_size * 256 / size,
                         ((int64_t)at + 1) * from_size * 256 / size};
}

/* How much of the source pixel `at` lies in the span, 0..256. */
static int64_t
share(struct span span, int64_t at) {
    int64_t first = at * 256 > span.first ? at * 256 : span.first;
    int64_t end = at * 256 + 256 < span.end ? at * 256 + 256 : span.end;

    return end > first ? end - first : 0;
}

struct sums {
    int64_t alpha, red, green, blue, weight;
};

static void
add_pixel(struct sums *sums, uint32_t pixel, int64_t weight) {
    int64_t alpha = (int64_t)(pixel >> 24) * weight;

    sums->alpha += alpha;
    sums->red += alpha * (pixel >> 16 & 0xff);
    sums->green += alpha * (pixel >> 8 & 0xff);
    sums->blue += alpha * (pixel & 0xff);
    sums->weight += weight;
}

static uint32_t
mean_pixel(const struct sums *sums) {
    int64_t weight = sums->weight > 0 ? sums->weight : 1;
    int64_t full = weight * 255;

    return (uint32_t)((sums->alpha + weight / 2) / weight) << 24 |
           (uint32_t)((sums->red + full / 2) / full) << 16 |
           (uint32_t)((sums->green + full / 2) / full) << 8 |
           (uint32_t)((sums->blue + full / 2) / full);
}

static uint32_t
scale_pixel(const uint32_t *from, int from_pitch, struct span across,
            struct span down) {
    struct sums sums = {0};

    for (int64_t y = down.first / 256; y * 256 < down.end; y++) {
        const uint32_t *row = from + (ptrdiff_t)y * (from_pitch / 4);

        for (int64_t x = across.first / 256; x * 256 < across.end; x++) {
            add_pixel(&sums, row[x], share(across, x) * share(down, y));
        }
    }
    return mean_pixel(&sums);
}

pixman_image_t *
text_scale_image(const uint32_t *from, int from_width, int from_height,
                 int from_pitch, int width, int height) {
    if (width <= 0 || height <= 0) {
        return NULL;
    }

    pixman_image_t *image = pixman_image_create_bits(PIXMAN_a8r8g8b8, width,
                                                     height, NULL, width * 4);
    uint32_t *to = image != NULL ? pixman_image_get_data(image) : NULL;

    for (int y = 0; to != NULL && y < height; y++) {
        struct span down = span_of(y, height, from_height);

        for (int x = 0; x < width; x++) {
            *to++ = scale_pixel(from, from_pitch, span_of(x, width, from_width),
                                down);
        }
    }
    return image;
}
