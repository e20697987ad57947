/*
 * One frame as data: a flat list of what is on it, in drawing order. Widgets
 * build it; two of them are compared to find the damage; the canvas composes
 * it; --scene writes it down. Arrays are kept between frames, so that a frame
 * in the steady state allocates nothing.
 */
#ifndef MIRROR_RENDER_SCENE_H
#define MIRROR_RENDER_SCENE_H

#include <pixman.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "render/canvas.h"
#include "render/fade.h"
#include "render/text.h"
#include "render/theme.h"

enum scene_kind { SCENE_TEXT, SCENE_SHAPE };

struct scene_node {
    enum scene_kind kind;
    struct rect box; /* all pixels it can touch */
    uint32_t argb;
    /* SCENE_TEXT */
    struct text_line *line; /* referenced */
    int x, baseline;
    const char *icon; /* its name (a literal or in the icon table), or NULL */
    /* SCENE_SHAPE: a box with round corners, filled or, with `stroke_px` above
     * 0, only its rim (inside the box) */
    int radius_px, stroke_px;
};

/* Which widget drew which nodes. */
struct scene_group {
    const char *widget, *name, *region; /* borrowed from the layout */
    struct rect box;                    /* that the widget used */
    size_t first, count;
};

struct scene {
    struct text *text;        /* borrowed: where lines are given back to */
    struct scene_node *nodes; /* owned */
    size_t node_count, node_room;
    struct scene_group *groups; /* owned */
    size_t group_count, group_room;
    int width, height;
    bool measuring;     /* what is added goes again, and needs no ink */
    struct theme theme; /* that it is drawn with: its background, and what
                           --scene says about sizes */
};

void
scene_init(struct scene *scene, struct text *text, int width, int height);
void
scene_finish(struct scene *scene);

/* Empties it; keeps the memory. */
void
scene_clear(struct scene *scene);

/* Adds a line with its origin at x on `baseline`. Takes a new reference. */
void
scene_add_text(struct scene *scene, struct text_line *line, int x, int baseline,
               uint32_t argb, const char *icon);

/* Adds a shape; a radius above half the shorter side is that half. */
void
scene_add_shape(struct scene *scene, struct rect box, int radius_px,
                int stroke_px, uint32_t argb);

void
scene_begin_group(struct scene *scene, const char *widget, const char *name,
                  const char *region);
void
scene_end_group(struct scene *scene, struct rect box);

/* Moves the nodes from `first` on, and their group's box. */
void
scene_move(struct scene *scene, size_t first, int dx, int dy);

/* Puts what stands at the left of the nodes from `first` on at their right: a
 * node from x to x + w goes to axis - x - w, so that `axis` is the sum of the
 * left and the right end of what is mirrored. Texts and shapes themselves stay
 * as they are, and so do the groups' boxes. */
void
scene_mirror(struct scene *scene, size_t first, int axis);

/* Drops the nodes from `first` on. */
void
scene_truncate(struct scene *scene, size_t first);

/* Adds to `damage` every pixel that differs between the two: the boxes of
 * nodes that only one of them has, or that moved or changed colour; all of
 * it where the background is another. Of many boxes it is the one around. */
void
scene_diff(const struct scene *before, const struct scene *after,
           pixman_region32_t *damage);

/* Composes `damage` of the frame: the background, then every node that touches
 * it. Leaves the canvas without a clip. */
void
scene_compose(const struct scene *scene, struct canvas *canvas,
              pixman_region32_t *damage);

/* Composes `damage` of a picture between two of the same background: what only
 * one of them has is as opaque as `mix` says, what both have is as it is. */
void
scene_compose_mix(const struct scene *before, const struct scene *after,
                  struct fade_mix mix, struct canvas *canvas,
                  pixman_region32_t *damage);

/* The JSON of --scene. */
void
scene_write(const struct scene *scene, FILE *out);

#endif
