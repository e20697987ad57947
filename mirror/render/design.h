/*
 * Help for the person who designs, in a window only: lines over the picture
 * that show how it is made, and time that can be moved. Nothing of it gets into
 * the scene, so nothing of it stays.
 */
#ifndef MIRROR_RENDER_DESIGN_H
#define MIRROR_RENDER_DESIGN_H

#include <pixman.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/clock.h"
#include "render/frame.h"
#include "render/theme.h"

enum {
    DESIGN_FLASH_MS = 500, /* how long the damage is marked */
    DESIGN_SAID_MS = 3000, /* how long a name stays */
    DESIGN_HOUR_MS = 3600 * 1000,
    DESIGN_DAY_MS = 24 * DESIGN_HOUR_MS,
    DESIGN_TEXT_MAX = 96,
};

struct design {
    bool grid;         /* the spacing, the margin, the regions */
    bool damage;       /* what the last frame composed */
    int64_t travel_ms; /* how far the shown time is from the real one */

    /* private from here on */
    pixman_region32_t composed;
    char said[DESIGN_TEXT_MAX];
    int64_t said_until_ms; /* monotonic */
};

/* All of it off. */
void
design_init(struct design *design);
void
design_finish(struct design *design); /* accepts one from design_init() */

/* Moves the shown time; `now` is the real one. It stays between the years 2000
 * and 2100. */
void
design_travel(struct design *design, int64_t by_ms, const struct moment *now);

/* What time it is for the picture. */
struct moment
design_moment(const struct design *design, struct moment now);

/* Says something for a while. */
void
design_say(struct design *design, const char *text, int64_t mono_ms);

/* The system line: what was said, else the shown time where it is not the real
 * one, in local time; else NULL. *ret_ms is the monotonic time at which that
 * may differ, or CLOCK_NEVER. `shown` is from design_moment(). */
const char *
design_notice(struct design *design, const struct moment *shown,
              char to[DESIGN_TEXT_MAX], int64_t *ret_ms);

/* Remembers what a frame composed, or (NULL) forgets it. */
void
design_note_damage(struct design *design, pixman_region32_t *damage);

/* Whether design_draw() draws anything. */
bool
design_draws(const struct design *design);

/* Draws the lines onto the canvas, over the whole picture: it all has to be
 * shown, and then composed again (frame_compose). */
void
design_draw(const struct design *design, struct frame *frame,
            const struct theme *theme);

#endif
