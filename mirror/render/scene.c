#include "render/scene.h"

#include <assert.h>
#include <stdlib.h>

#include "common/xalloc.h"

enum {
    ROOM_FIRST = 64,
    LOOK_AHEAD = 64, /* nodes that may come or go at one place */
};

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

    *node = (struct scene_node){
        .kind = SCENE_TEXT,
        .box = moved(line->ink, x, baseline),
        .argb = argb,
        .line = text_line_ref(line),
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
        node->x += dx;
        node->baseline += dy;
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
same_picture(const struct scene_node *a, const struct scene_node *b) {
    return a->kind == b->kind && rect_equal(a->box, b->box) &&
           a->argb == b->argb && a->line == b->line && a->x == b->x &&
           a->baseline == b->baseline && a->radius_px == b->radius_px &&
           a->stroke_px == b->stroke_px;
}

static void
add_box(pixman_region32_t *damage, struct rect box) {
    if (!rect_empty(box)) {
        pixman_region32_union_rect(damage, damage, box.x, box.y,
                                   (unsigned)box.w, (unsigned)box.h);
    }
}

static void
add_damage(pixman_region32_t *damage, const struct scene *scene, size_t first,
           size_t end) {
    for (size_t i = first; i < end; i++) {
        add_box(damage, scene->nodes[i].box);
    }
}

static bool
same_piece(const struct text_piece *a, const struct text_piece *b) {
    return a->image == b->image && a->x == b->x && a->y == b->y;
}

/* Around the pieces from `first` on, but for the last `skip`. */
static struct rect
pieces_box(const struct scene_node *node, size_t first, size_t skip) {
    struct rect box = {0};

    for (size_t i = first; i + skip < node->line->piece_count; i++) {
        const struct text_piece *piece = &node->line->pieces[i];

        box = rect_union(box, (struct rect){node->x + piece->x,
                                            node->baseline + piece->y, piece->w,
                                            piece->h});
    }
    return box;
}

/* What differs between two texts on one spot: lines of numerals share the
 * masks of their digits, so a minute is mostly one digit. */
static struct rect
text_change(const struct scene_node *before, const struct scene_node *after) {
    const struct text_line *a = before->line, *b = after->line;
    size_t most =
        a->piece_count < b->piece_count ? a->piece_count : b->piece_count;
    size_t first = 0, skip = 0;

    while (first < most && same_piece(&a->pieces[first], &b->pieces[first])) {
        first++;
    }
    while (skip < most - first &&
           same_piece(&a->pieces[a->piece_count - 1 - skip],
                      &b->pieces[b->piece_count - 1 - skip])) {
        skip++;
    }
    return rect_union(pieces_box(before, first, skip),
                      pieces_box(after, first, skip));
}

/* A node that changed in its place is one rectangle: regions of several are
 * drawn one by one, and pixman allocates for them. */
static bool
add_change(pixman_region32_t *damage, const struct scene_node *before,
           const struct scene_node *after) {
    if (!rect_overlap(before->box, after->box)) {
        return false;
    }
    if (before->kind == SCENE_TEXT && after->kind == SCENE_TEXT &&
        before->argb == after->argb && before->x == after->x &&
        before->baseline == after->baseline) {
        add_box(damage, text_change(before, after));
    } else {
        add_box(damage, rect_union(before->box, after->box));
    }
    return true;
}

/* Where the two lists agree again: the nearest pair of equal nodes, counted by
 * how many are skipped on both sides. Without one near enough, one node of
 * each is taken for changed. */
static void
find_agreement(const struct scene *before, const struct scene *after, size_t *i,
               size_t *j) {
    size_t left = before->node_count - *i, right = after->node_count - *j;

    if (left == 0 || right == 0) {
        *i += left;
        *j += right;
        return;
    }
    for (size_t skip = 1; skip <= LOOK_AHEAD; skip++) {
        for (size_t di = 0; di <= skip; di++) {
            size_t dj = skip - di;

            if (di < left && dj < right &&
                same_picture(&before->nodes[*i + di], &after->nodes[*j + dj])) {
                *i += di;
                *j += dj;
                return;
            }
        }
    }
    ++*i;
    ++*j;
}

/* One step through two lists: a node that both have, or what only one of them
 * has until they agree again. */
struct stretch {
    size_t i, j; /* of before and after, where it begins */
    size_t i_end, j_end;
    bool same;
};

static bool
next_stretch(const struct scene *before, const struct scene *after,
             struct stretch *s) {
    s->i = s->i_end;
    s->j = s->j_end;
    s->same = s->i < before->node_count && s->j < after->node_count &&
              same_picture(&before->nodes[s->i], &after->nodes[s->j]);
    if (s->same) {
        s->i_end++;
        s->j_end++;
    } else {
        find_agreement(before, after, &s->i_end, &s->j_end);
    }
    return s->i < s->i_end || s->j < s->j_end;
}

/* Nodes of one that also stand, in the same order, in the other leave the same
 * pixels behind wherever no other node has come or gone. */
void
scene_diff(const struct scene *before, const struct scene *after,
           pixman_region32_t *damage) {
    struct stretch s = {0};

    if (before->theme.colour[COLOUR_BACKGROUND] !=
        after->theme.colour[COLOUR_BACKGROUND]) {
        add_box(damage, (struct rect){0, 0, after->width, after->height});
    }
    while (next_stretch(before, after, &s)) {
        if (s.same) {
            continue;
        }
        if (s.i_end - s.i != 1 || s.j_end - s.j != 1 ||
            !add_change(damage, &before->nodes[s.i], &after->nodes[s.j])) {
            add_damage(damage, before, s.i, s.i_end);
            add_damage(damage, after, s.j, s.j_end);
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
    struct stretch s = {0};

    begin(after, canvas, damage);
    while (next_stretch(before, after, &s)) {
        if (!s.same) {
            draw_nodes(before, s.i, s.i_end, mix.leaving, canvas, damage);
        }
        draw_nodes(after, s.j, s.j_end, s.same ? 255 : mix.coming, canvas,
                   damage);
    }
    canvas_set_clip(canvas, NULL);
}
