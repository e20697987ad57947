/*
 * Where the frame goes: one ops table per kind of output. Every screen shows
 * the same composed pixels; rotation happens on the way out.
 */
#ifndef MIRROR_RENDER_SCREEN_H
#define MIRROR_RENDER_SCREEN_H

#include <pixman.h>
#include <stdbool.h>

#include "common/log.h"
#include "common/loop.h"
#include "model/settings.h"
#include "render/canvas.h"

/* What a person did to a window. */
enum screen_event {
    SCREEN_RESIZED, /* the frame has a new size: ask screen->width, height */
    SCREEN_EXPOSED, /* show everything again */
    SCREEN_CLOSED,
    SCREEN_LOST,  /* the display went away; open it again */
    SCREEN_SHOWN, /* what was presented is on the panel */
    SCREEN_KEY,   /* one that means nothing to the window: screen->key */
};

enum screen_key {
    SCREEN_KEY_G,
    SCREEN_KEY_D,
    SCREEN_KEY_T,
    SCREEN_KEY_LEFT,
    SCREEN_KEY_RIGHT,
    SCREEN_KEY_UP,
    SCREEN_KEY_DOWN,
    SCREEN_KEY_HOME,
};

typedef void (*screen_event_fn)(void *arg, enum screen_event event);

struct screen;

struct screen_type {
    const char *name; /* "drm", "sdl", "fbdev" */
    bool (*open)(struct screen *screen, const struct screen_settings *settings);
    void (*close)(struct screen *screen);
    /* Copies `damage` of the canvas out. Returns false if the display is gone.
     * May be called again before SCREEN_SHOWN: damage adds up, and what had to
     * wait goes out with the next call, which needs no damage of its own. */
    bool (*present)(struct screen *screen, const struct canvas *canvas,
                    pixman_region32_t *damage);

    /* Of a bare panel only; a window has none of them. */

    /* Whether the display still is the one that was opened. Asked now and
     * then, which costs no more than a look at what the kernel knows; and when
     * somebody has `told` that a plug moved, and then the display is asked. */
    bool (*check)(struct screen *screen, bool told);
    /* Another virtual terminal is seen: leave the card and its pixels alone;
     * or ours is seen again, and present() is called next. */
    void (*set_active)(struct screen *screen, bool active);
    /* Puts the display to sleep, or lights it with the next present(). False,
     * having logged why, if it cannot. */
    bool (*set_power)(struct screen *screen, bool on);
};

struct screen {
    const struct screen_type *type;
    struct loop *loop; /* borrowed */
    screen_event_fn event;
    void *arg;
    int width, height;           /* of the frame, after rotation, px */
    int depth;                   /* of the frame (enum settings_depth): what was
                                    asked for, or DEPTH_32 where it cannot be */
    double width_mm, height_mm;  /* of the panel, after rotation; 0: unknown */
    int want_width, want_height; /* of a window or file; 0: the screen's own */
    enum screen_key key;         /* the last that was pressed */
    int refused_modes;           /* by the driver: try the next one */
    bool refused_16;             /* by the driver: pixels of 16 bit */
    const char *backlights;      /* folder, borrowed; NULL: none */
    void *state;                 /* owned by the type */
    char said[128]; /* the last complaint, so that a display that stays away
                       for weeks is one line in the log */
};

/* For the types: logs "screen: ..." unless that was the last thing said.
 * Returns false. */
bool
screen_fail(struct screen *screen, const char *fmt, ...) PRINTF_LIKE(2, 3);

extern const struct screen_type screen_drm, screen_sdl, screen_fbdev;

/* Opens `type`. False, having logged why, if there is no such display. Of what
 * was in `screen` before, want_*, backlights, refused_* and `said` count. */
bool
screen_open(struct screen *screen, const struct screen_type *type,
            struct loop *loop, const struct screen_settings *settings,
            screen_event_fn event, void *arg);
void
screen_close(struct screen *screen); /* accepts zeroed */

/* A picture got through: what fails from now on is said again. */
void
screen_worked(struct screen *screen);

/* Whether it is a panel that is ours alone, and not a window. */
bool
screen_is_panel(const struct screen *screen);

/* Panel and backlight off, or on again with the next present(). A window stays
 * as it is. */
void
screen_set_power(struct screen *screen, bool on);

/* Writes the canvas to a PNG file (8 bit RGB), by way of a temporary file in
 * the same directory; what is there and no plain file (a device, a pipe, a
 * link) is written into. False, having logged why. */
bool
png_write(const struct canvas *canvas, const char *path);

/*
 * Copies a rectangle of the frame into scan-out memory, turned clockwise by
 * `rotate` (enum settings_rotate). `to` has pixels of the canvas's depth,
 * `to_stride` bytes a row, a multiple of a pixel's, and the panel's own,
 * unturned size; it is only written. `area` is in frame coordinates. Returns
 * the area it wrote, in panel coordinates.
 */
struct rect
rotate_copy(const struct canvas *canvas, struct rect area, int rotate, void *to,
            int to_stride);

#endif
