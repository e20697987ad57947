#include "render/fb_format.h"

#include <string.h>

#include "render/canvas.h"

/* No driver has longer rows; it keeps the sums below from overflowing. */
static const uint32_t stride_max = 1u << 20;

static bool
read_channel(const struct fb_bitfield *field, uint32_t bits,
             struct fb_channel *ret_channel) {
    if (field->length < 1 || field->length > 8 || field->offset >= bits ||
        field->offset + field->length > bits || field->msb_right != 0) {
        return false;
    }
    ret_channel->drop = 8 - (int)field->length;
    ret_channel->shift = (int)field->offset;
    return true;
}

static bool
read_colours(struct fb_format *format, const struct fb_var_screeninfo *var) {
    const struct fb_bitfield *alpha = &var->transp;

    if (!read_channel(&var->red, var->bits_per_pixel, &format->red) ||
        !read_channel(&var->green, var->bits_per_pixel, &format->green) ||
        !read_channel(&var->blue, var->bits_per_pixel, &format->blue)) {
        return false;
    }
    if (alpha->length > 0 && alpha->length <= 8 && alpha->offset < 32) {
        format->ones = ((1u << alpha->length) - 1) << alpha->offset;
    }
    return true;
}

static bool
size_usable(const struct fb_var_screeninfo *var) {
    return var->xres >= CANVAS_SIZE_MIN && var->xres <= CANVAS_SIZE_MAX &&
           var->yres >= CANVAS_SIZE_MIN && var->yres <= CANVAS_SIZE_MAX;
}

/* Where what is seen lies in the memory; false: not inside of it. */
static bool
read_rows(struct fb_format *format, const struct fb_var_screeninfo *var,
          const struct fb_fix_screeninfo *fix) {
    uint64_t bytes = (uint64_t)format->bytes;
    uint64_t right = ((uint64_t)var->xoffset + var->xres) * bytes;
    uint64_t end =
        ((uint64_t)var->yoffset + var->yres - 1) * fix->line_length + right;

    if (fix->line_length > stride_max || right > fix->line_length ||
        end > fix->smem_len) {
        return false;
    }
    format->stride = fix->line_length;
    format->offset = (size_t)((uint64_t)var->yoffset * fix->line_length +
                              var->xoffset * bytes);
    format->end = (size_t)end;
    return true;
}

static bool
channel_equal(struct fb_channel a, struct fb_channel b) {
    return a.drop == b.drop && a.shift == b.shift;
}

/* Red, green and blue of a canvas, by what is dropped and by where they are. */
static const struct fb_channel canvas_32[] = {{0, 16}, {0, 8}, {0, 0}};
static const struct fb_channel canvas_16[] = {{3, 11}, {2, 5}, {3, 0}};

static bool
is_like(const struct fb_format *format, int bytes,
        const struct fb_channel canvas[3]) {
    return format->bytes == bytes && format->stride % (size_t)bytes == 0 &&
           format->offset % (size_t)bytes == 0 && format->ones == 0 &&
           channel_equal(format->red, canvas[0]) &&
           channel_equal(format->green, canvas[1]) &&
           channel_equal(format->blue, canvas[2]);
}

bool
fb_format_read(struct fb_format *ret_format,
               const struct fb_var_screeninfo *var,
               const struct fb_fix_screeninfo *fix, const char **ret_why) {
    struct fb_format format = {.bytes = (int)(var->bits_per_pixel / 8)};

    if (var->bits_per_pixel != 16 && var->bits_per_pixel != 32) {
        *ret_why = "its pixels have neither 16 nor 32 bit";
        return false;
    }
    if (fix->type != FB_TYPE_PACKED_PIXELS || var->grayscale != 0 ||
        !read_colours(&format, var)) {
        *ret_why = "its pixels are not red, green and blue";
        return false;
    }
    if (!size_usable(var)) {
        *ret_why = "its size is not one of a display";
        return false;
    }
    if (!read_rows(&format, var, fix)) {
        *ret_why = "its rows do not fit into its memory";
        return false;
    }
    format.width = (int)var->xres;
    format.height = (int)var->yres;
    format.like_32 = is_like(&format, 4, canvas_32);
    format.like_16 = is_like(&format, 2, canvas_16);
    *ret_format = format;
    return true;
}

bool
fb_format_equal(const struct fb_format *a, const struct fb_format *b) {
    return a->width == b->width && a->height == b->height &&
           a->stride == b->stride && a->offset == b->offset &&
           a->bytes == b->bytes && channel_equal(a->red, b->red) &&
           channel_equal(a->green, b->green) &&
           channel_equal(a->blue, b->blue) && a->ones == b->ones;
}

static uint32_t
place(struct fb_channel channel, uint32_t colour) {
    return (colour & 0xff) >> channel.drop << channel.shift;
}

static uint32_t
pack(const struct fb_format *format, uint32_t rgb) {
    return place(format->red, rgb >> 16) | place(format->green, rgb >> 8) |
           place(format->blue, rgb) | format->ones;
}

void
fb_pack(const struct fb_format *format, const uint32_t *from, int count,
        unsigned char *to) {
    if (format->bytes == 4) {
        for (int i = 0; i < count; i++) {
            uint32_t pixel = pack(format, from[i]);

            memcpy(to + 4 * (size_t)i, &pixel, sizeof pixel);
        }
        return;
    }
    for (int i = 0; i < count; i++) {
        uint16_t pixel = (uint16_t)pack(format, from[i]);

        memcpy(to + 2 * (size_t)i, &pixel, sizeof pixel);
    }
}
