/*
 * The picture in memory: two scenes that take turns, the canvas, and what of
 * it changed since it was last shown. In the steady state a frame allocates
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
    struct scene scenes[2];
    int shown;                /* index of the scene that is on the canvas */
    pixman_region32_t damage; /* of the canvas, since frame_clean() */
    bool ready;               /* init succeeded */
};

/* A black picture, all of it damaged. False, having logged why, if there is no
 * such canvas. */
bool
frame_init(struct frame *frame, struct text *text, int width, int height);
void
frame_finish(struct frame *frame); /* accepts zeroed */

/* Draws the whole layout; only the pixels that differ are composed and added
 * to the damage. `base` needs no scene. Returns the wall time of the next
 * change by itself, or CLOCK_NEVER. */
int64_t
frame_draw(struct frame *frame, struct layout *layout,
           const struct painter *base, const char *notice);

/* The same for the widgets whose time has come. */
int64_t
frame_tick(struct frame *frame, struct layout *layout,
           const struct painter *base, const char *notice);

/* Drops all that the scenes borrow from a layout, before that goes; the next
 * frame_draw() composes everything. */
void
frame_forget(struct frame *frame);

/* Everything has to be shown again. */
void
frame_damage_all(struct frame *frame);

/* The damage has been shown. */
void
frame_clean(struct frame *frame);

/* The scene that is on the canvas. */
const struct scene *
frame_scene(const struct frame *frame);

#endif
