#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/log.h"
#include "common/xalloc.h"
#include "render/screen.h"

enum { RGB_BYTES = 3 };

/* Returns the end of what it wrote. */
static uint8_t *
row_to_rgb(const struct canvas *canvas, int y, uint8_t *to) {
    size_t start = (size_t)y * (size_t)canvas->stride;
    size_t at = start / (size_t)canvas_bytes(canvas);

    for (int x = 0; x < canvas->width; x++, at++, to += RGB_BYTES) {
        uint32_t rgb = canvas->depth == DEPTH_16
                           ? canvas_expand_565(canvas->pixels_565[at])
                           : canvas->pixels[at];

        to[0] = rgb >> 16 & 0xff;
        to[1] = rgb >> 8 & 0xff;
        to[2] = rgb & 0xff;
    }
    return to;
}

/* The canvas as bytes of red, green and blue. The caller frees it. */
static uint8_t *
to_rgb(const struct canvas *canvas) {
    size_t count = (size_t)canvas->width * (size_t)canvas->height;
    uint8_t *bytes = xcalloc(count, RGB_BYTES);
    uint8_t *to = bytes;

    for (int y = 0; y < canvas->height; y++) {
        to = row_to_rgb(canvas, y, to);
    }
    return bytes;
}

static bool
write_image(const struct canvas *canvas, FILE *out, const char *path) {
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = (png_uint_32)canvas->width,
                       .height = (png_uint_32)canvas->height,
                       .format = PNG_FORMAT_RGB};
    uint8_t *bytes = to_rgb(canvas);
    bool ok = png_image_write_to_stdio(&image, out, 0, bytes, 0, NULL) != 0;

    free(bytes);
    if (!ok) {
        log_error("png: %s is not written: %s", path, image.message);
    }
    return ok;
}

/* Writes and closes. */
static bool
write_out(const struct canvas *canvas, FILE *out, const char *path) {
    bool ok = write_image(canvas, out, path);

    if (fclose(out) != 0 && ok) {
        log_error_errno("png: %s is not written", path);
        ok = false;
    }
    return ok;
}

/* A file of mode 0644 less the umask, as open() would make it. */
static FILE *
open_temporary(char *path) {
    mode_t mask = umask(0);

    umask(mask);

    int fd = mkstemp(path);

    if (fd < 0) {
        return NULL;
    }
    if (fchmod(fd, 0644 & ~mask) != 0) {
        close(fd);
        unlink(path);
        return NULL;
    }
    return fdopen(fd, "wb");
}

/* Writes to a neighbour that takes the place of `path` at the end, so that
 * nobody reads half a picture. */
static bool
write_replacing(const struct canvas *canvas, const char *path) {
    static const char suffix[] = ".XXXXXX";
    size_t size = strlen(path) + sizeof(suffix);
    char *temporary = xcalloc(size, 1);

    snprintf(temporary, size, "%s%s", path, suffix);

    FILE *out = open_temporary(temporary);
    bool ok = false;

    if (out == NULL) {
        log_error_errno("png: %s cannot be made", path);
    } else {
        ok = write_out(canvas, out, path);
        if (ok && rename(temporary, path) != 0) {
            log_error_errno("png: %s cannot be replaced", path);
            ok = false;
        }
        if (!ok) {
            unlink(temporary);
        }
    }
    free(temporary);
    return ok;
}

static bool
write_into(const struct canvas *canvas, const char *path) {
    FILE *out = fopen(path, "wbe");

    if (out == NULL) {
        log_error_errno("png: %s cannot be opened", path);
        return false;
    }
    return write_out(canvas, out, path);
}

bool
png_write(const struct canvas *canvas, const char *path) {
    struct stat info;

    /* a device, a pipe or a link (/dev/stdout) must not be replaced */
    if (lstat(path, &info) == 0 && !S_ISREG(info.st_mode)) {
        return write_into(canvas, path);
    }
    return write_replacing(canvas, path);
}
