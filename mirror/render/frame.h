/*
 * The picture in memory: scenes that take turns, the canvas, and what of it
 * changed since it was last shown. In the steady state a frame allocates
 * nothing.
 */
#ifndef MIRROR_RENDER_FRAME_H
#define MIRROR_RENDER_FRAME_H

#include <pixman.h>
#include <stdbool.h>
#include <stdint.h>

#include "render/canvas.h"
#include "render/layout.h"
#include "render/scene.h"

struct frame {
    struct canvas canvas;
    struct scene scenes[3];   /* shown, leaving, and the one to draw next */
    int shown;                /* index of the scene that is on the canvas */
    pixman_region32_t damage; /* of the canvas, since frame_clean() */
    bool ready;               /* init succeeded */
    bool blank;               /* black: nothing was drawn yet */

    /* private from here on */
    bool fading;            /* to the shown scene, in the region `fade` */
    int leaving;            /* index of the scene from before the fade */
    pixman_region32_t fade; /* what the two differ in */
    int64_t fade_ms;        /* monotonic, of its begin */
};

/* A black picture of that depth (enum settings_depth), all of it damaged.
 * False, having logged why, if there is no such canvas. */
bool
frame_init(struct frame *frame, struct text *text, int width, int height,
           int depth);
void
frame_finish(struct frame *frame); /* accepts zeroed */

/* Draws the whole layout; only the pixels that differ are composed and added
 * to the damage. `base` needs no scene. Returns the wall time of the next
 * change by itself, or CLOCK_NEVER. */
int64_t
frame_draw(struct frame *frame, struct layout *layout,
           const struct painter *base, const char *notice);

/* The same, but what differs comes and goes by a fade (fade.h), of which the
 * first step is composed. One that is still going on ends at once. The first
 * picture, of a frame or after frame_forget(), is there at once. */
int64_t
frame_fade(struct frame *frame, struct layout *layout,
           const struct painter *base, const char *notice);

/* Draws the widgets whose time has come. This, like a frame_draw(), leaves a
 * fade alone that it does not touch, and ends another. */
int64_t
frame_tick(struct frame *frame, struct layout *layout,
           const struct painter *base, const char *notice);

/* Whether a fade goes on: then frame_step() is wanted. */
bool
frame_fading(const struct frame *frame);

/* Composes the step of the fade for this monotonic time. */
void
frame_step(struct frame *frame, int64_t mono_ms);

/* Drops all that the scenes borrow from a layout, before that goes; the next
 * frame_draw() composes everything. */
void
frame_forget(struct frame *frame);

/* Composes all of it again, over whatever was drawn onto the canvas. */
void
frame_compose(struct frame *frame);

/* Everything has to be shown again. */
void
frame_damage_all(struct frame *frame);

/* The damage has been shown. */
void
frame_clean(struct frame *frame);

/* The scene that is on the canvas; during a fade, the one that comes. */
const struct scene *
frame_scene(const struct frame *frame);

#endif
