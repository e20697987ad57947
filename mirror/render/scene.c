#include "render/scene_private.h"

#include <assert.h>
#include <stdlib.h>

#include "common/xalloc.h"

enum { ROOM_FIRST = 64 };

void
scene_init(struct scene *scene, struct text *text, int width, int height) {
    *scene = (struct scene){.text = text, .width = width, .height = height};
    scene->theme.colour[COLOUR_BACKGROUND] = 0xff000000;
}

void
scene_finish(struct scene *scene) {
    scene_clear(scene);
    free(scene->nodes);
    free(scene->groups);
    *scene = (struct scene){0};
}

void
scene_clear(struct scene *scene) {
    scene_truncate(scene, 0);
    scene->group_count = 0;
}

static struct scene_node *
add_node(struct scene *scene) {
    if (scene->node_count == scene->node_room) {
        scene->node_room =
            scene->node_room > 0 ? scene->node_room * 2 : ROOM_FIRST;
        scene->nodes =
            xrealloc(scene->nodes, scene->node_room, sizeof(*scene->nodes));
    }

    struct scene_node *node = &scene->nodes[scene->node_count++];

    *node = (struct scene_node){0};
    return node;
}

static struct rect
moved(struct rect r, int dx, int dy) {
    return (struct rect){r.x + dx, r.y + dy, r.w, r.h};
}

void
scene_add_text(struct scene *scene, struct text_line *line, int x, int baseline,
               uint32_t argb, const char *icon) {
    struct scene_node *node = add_node(scene);

    text_line_ref(line);
    if (!scene->measuring) {
        text_ink(line);
    }
    *node = (struct scene_node){
        .kind = SCENE_TEXT,
        .box = moved(line->ink, x, baseline),
        .argb = argb,
        .line = line,
        .x = x,
        .baseline = baseline,
        .icon = icon,
    };
}

void
scene_add_shape(struct scene *scene, struct rect box, int radius_px,
                int stroke_px, uint32_t argb) {
    struct scene_node *node = add_node(scene);

    *node = (struct scene_node){
        .kind = SCENE_SHAPE,
        .box = box,
        .argb = argb,
        .radius_px = radius_px,
        .stroke_px = stroke_px,
    };
}

void
scene_begin_group(struct scene *scene, const char *widget, const char *name,
                  const char *region) {
    if (scene->group_count == scene->group_room) {
        scene->group_room =
            scene->group_room > 0 ? scene->group_room * 2 : ROOM_FIRST;
        scene->groups =
            xrealloc(scene->groups, scene->group_room, sizeof(*scene->groups));
    }
    scene->groups[scene->group_count++] = (struct scene_group){
        .widget = widget,
        .name = name,
        .region = region,
        .first = scene->node_count,
    };
}

void
scene_end_group(struct scene *scene, struct rect box) {
    assert(scene->group_count > 0);

    struct scene_group *group = &scene->groups[scene->group_count - 1];

    group->box = box;
    group->count = scene->node_count - group->first;
}

void
scene_move(struct scene *scene, size_t first, int dx, int dy) {
    for (size_t i = first; i < scene->node_count; i++) {
        struct scene_node *node = &scene->nodes[i];

        node->box = moved(node->box, dx, dy);
        if (node->kind == SCENE_TEXT) { /* of a shape they stay 0 */
            node->x += dx;
            node->baseline += dy;
        }
    }
    /* An open group gets its box, already moved, when it ends. */
    for (size_t i = 0; i < scene->group_count; i++) {
        struct scene_group *group = &scene->groups[i];

        if (group->first >= first && group->count > 0) {
            group->box = moved(group->box, dx, dy);
        }
    }
}

void
scene_mirror(struct scene *scene, size_t first, int axis) {
    for (size_t i = first; i < scene->node_count; i++) {
        struct scene_node *node = &scene->nodes[i];

        if (node->kind == SCENE_TEXT) {
            int x = axis - node->x - node->line->width;

            node->box.x += x - node->x;
            node->x = x;
        } else {
            node->box.x = axis - node->box.x - node->box.w;
        }
    }
}

void
scene_truncate(struct scene *scene, size_t first) {
    for (size_t i = first; i < scene->node_count; i++) {
        text_line_unref(scene->text, scene->nodes[i].line);
    }
    if (first < scene->node_count) {
        scene->node_count = first;
    }
    for (size_t i = 0; i < scene->group_count; i++) {
        struct scene_group *group = &scene->groups[i];

        if (group->first > first) {
            group->first = first;
        }
        if (group->first + group->count > first) {
            group->count = first - group->first;
        }
    }
}

static bool
touches(pixman_region32_t *damage, struct rect r) {
    pixman_box32_t box = {r.x, r.y, r.x + r.w, r.y + r.h};

    return !rect_empty(r) && pixman_region32_contains_rectangle(damage, &box) !=
                                 PIXMAN_REGION_OUT;
}

/* The clip and the background. */
static void
begin(const struct scene *scene, struct canvas *canvas,
      pixman_region32_t *damage) {
    canvas_set_clip(canvas, damage);
    canvas_fill(canvas, (struct rect){0, 0, canvas->width, canvas->height},
                scene->theme.colour[COLOUR_BACKGROUND]);
}

static uint32_t
scale_alpha(uint32_t argb, uint8_t alpha) {
    return (argb & 0xffffff) | ((argb >> 24) * alpha + 127) / 255 << 24;
}

static void
draw_nodes(const struct scene *scene, size_t first, size_t end, uint8_t alpha,
           struct canvas *canvas, pixman_region32_t *damage) {
    for (size_t i = first; i < end; i++) {
        const struct scene_node *node = &scene->nodes[i];
        uint32_t argb = scale_alpha(node->argb, alpha);

        if (!touches(damage, node->box)) {
            continue;
        }
        if (node->kind == SCENE_TEXT) {
            text_draw(node->line, canvas, node->x, node->baseline, argb);
        } else {
            canvas_shape(canvas, node->box, node->radius_px, node->stroke_px,
                         argb);
        }
    }
}

void
scene_compose(const struct scene *scene, struct canvas *canvas,
              pixman_region32_t *damage) {
    begin(scene, canvas, damage);
    draw_nodes(scene, 0, scene->node_count, 255, canvas, damage);
    canvas_set_clip(canvas, NULL);
}

void
scene_compose_mix(const struct scene *before, const struct scene *after,
                  struct fade_mix mix, struct canvas *canvas,
                  pixman_region32_t *damage) {
    struct scene_stretch s = {0};

    begin(after, canvas, damage);
    while (scene_next_stretch(before, after, &s)) {
        if (!s.same) {
            draw_nodes(before, s.i, s.i_end, mix.leaving, canvas, damage);
        }
        draw_nodes(after, s.j, s.j_end, s.same ? 255 : mix.coming, canvas,
                   damage);
    }
    canvas_set_clip(canvas, NULL);
}
