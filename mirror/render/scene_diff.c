/* What differs between two scenes. */
#include "render/scene_private.h"

enum {
    LOOK_AHEAD = 64, /* nodes that may come or go at one place */
    RECTANGLES_MAX = 24,
};

static bool
same_picture(const struct scene_node *a, const struct scene_node *b) {
    return a->kind == b->kind && rect_equal(a->box, b->box) &&
           a->argb == b->argb && a->line == b->line && a->x == b->x &&
           a->baseline == b->baseline && a->radius_px == b->radius_px &&
           a->stroke_px == b->stroke_px;
}

/* What has changed so far. Each rectangle of the clip costs every mask a cut,
 * and each one more the region a walk: where nearly all of a page is new, the
 * one around it is found and drawn faster. */
struct changes {
    pixman_region32_t *region; /* borrowed */
    struct rect around;        /* instead, once there were too many */
};

static void
add_box(struct changes *changes, struct rect box) {
    pixman_box32_t all;

    if (!rect_empty(changes->around)) {
        changes->around = rect_union(changes->around, box);
    } else if (!rect_empty(box)) {
        pixman_region32_union_rect(changes->region, changes->region, box.x,
                                   box.y, (unsigned)box.w, (unsigned)box.h);
        if (pixman_region32_n_rects(changes->region) > RECTANGLES_MAX) {
            all = *pixman_region32_extents(changes->region);
            changes->around =
                (struct rect){all.x1, all.y1, all.x2 - all.x1, all.y2 - all.y1};
        }
    }
}

static void
put_around(const struct changes *changes) {
    const struct rect *r = &changes->around;
    pixman_box32_t box = {r->x, r->y, r->x + r->w, r->y + r->h};

    if (!rect_empty(*r)) {
        pixman_region32_reset(changes->region, &box);
    }
}

static void
add_damage(struct changes *changes, const struct scene *scene, size_t first,
           size_t end) {
    for (size_t i = first; i < end; i++) {
        add_box(changes, scene->nodes[i].box);
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
add_change(struct changes *changes, const struct scene_node *before,
           const struct scene_node *after) {
    if (!rect_overlap(before->box, after->box)) {
        return false;
    }
    if (before->kind == SCENE_TEXT && after->kind == SCENE_TEXT &&
        before->argb == after->argb && before->x == after->x &&
        before->baseline == after->baseline) {
        add_box(changes, text_change(before, after));
    } else {
        add_box(changes, rect_union(before->box, after->box));
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

bool
scene_next_stretch(const struct scene *before, const struct scene *after,
                   struct scene_stretch *s) {
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
    struct changes changes = {.region = damage};
    struct scene_stretch s = {0};

    if (before->theme.colour[COLOUR_BACKGROUND] !=
        after->theme.colour[COLOUR_BACKGROUND]) {
        add_box(&changes, (struct rect){0, 0, after->width, after->height});
    }
    while (scene_next_stretch(before, after, &s)) {
        if (s.same) {
            continue;
        }
        if (s.i_end - s.i != 1 || s.j_end - s.j != 1 ||
            !add_change(&changes, &before->nodes[s.i], &after->nodes[s.j])) {
            add_damage(&changes, before, s.i, s.i_end);
            add_damage(&changes, after, s.j, s.j_end);
        }
    }
    put_around(&changes);
}
