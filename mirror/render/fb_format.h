/*
 * What /dev/fb0 is: how large, how its rows lie in memory, and where in a
 * pixel the colours are. The system calls stand behind a table, so that tests
 * plug in memory of their own.
 */
#ifndef MIRROR_RENDER_FB_FORMAT_H
#define MIRROR_RENDER_FB_FORMAT_H

#include <linux/fb.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Results are 0 or a negative errno; `open` gives a descriptor, map a pointer
 * or NULL with errno set. */
struct fb_ops {
    int (*open)(void); /* /dev/fb0 */
    void (*close)(int fd);
    int (*get_var)(int fd, struct fb_var_screeninfo *ret_var);
    int (*get_fix)(int fd, struct fb_fix_screeninfo *ret_fix);
    void *(*map)(int fd, size_t size);
    void (*unmap)(void *memory, size_t size);
    int (*blank)(int fd, bool on);
};

/* The real ones. */
extern const struct fb_ops fb_system_ops;

/* Opens a device for itself: -EBUSY while another mirror has it. The kernel
 * would let any number of programs draw over each other. */
int
fb_open_alone(const char *path);

struct fb_channel {
    int drop; /* of the 8 bits of a colour, the lowest that do not fit */
    int shift;
};

struct fb_format {
    int width, height;  /* what is seen, px */
    size_t stride;      /* bytes a row; any number */
    size_t offset, end; /* of the seen part of the memory, bytes */
    int bytes;          /* a pixel: 2 or 4 */
    struct fb_channel red, green, blue;
    uint32_t ones; /* of the alpha, so that nothing shines through */
    /* Pixels are a canvas's own, of 32 or of 16 bit, and rows are aligned. */
    bool like_32, like_16;
};

/* Reads what the driver says. False if it cannot be drawn on, with a short
 * reason in *ret_why (a literal). */
bool
fb_format_read(struct fb_format *ret_format,
               const struct fb_var_screeninfo *var,
               const struct fb_fix_screeninfo *fix, const char **ret_why);

bool
fb_format_equal(const struct fb_format *a, const struct fb_format *b);

/* Writes `count` pixels of a canvas of 32 bit as pixels of the framebuffer;
 * `to` needs no alignment. */
void
fb_pack(const struct fb_format *format, const uint32_t *from, int count,
        unsigned char *to);

#endif
