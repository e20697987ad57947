#include "render/frame.h"

#include <errno.h>

#include "common/xalloc.h"

bool
frame_init(struct frame *frame, struct text *text, int width, int height) {
    *frame = (struct frame){0};
    if (!canvas_init(&frame->canvas, width, height)) {
        return false;
    }
    scene_init(&frame->scenes[0], text, width, height);
    scene_init(&frame->scenes[1], text, width, height);
    pixman_region32_init_rect(&frame->damage, 0, 0, (unsigned)width,
                              (unsigned)height);
    frame->ready = true;
    return true;
}

void
frame_finish(struct frame *frame) {
    if (frame->ready) {
        scene_finish(&frame->scenes[0]);
        scene_finish(&frame->scenes[1]);
        pixman_region32_fini(&frame->damage);
        canvas_finish(&frame->canvas);
    }
    frame->ready = false;
}

/* Each rectangle of the clip costs every mask a cut: where nearly all of a page
 * is new, the one around it is drawn faster. */
static void
simplify(pixman_region32_t *region) {
    enum { RECTANGLES_MAX = 24 };
    pixman_box32_t all = *pixman_region32_extents(region);

    if (pixman_region32_n_rects(region) > RECTANGLES_MAX) {
        pixman_region32_reset(region, &all);
    }
}

/* The hidden scene is complete: composes what differs and shows it. */
static void
turn_over(struct frame *frame) {
    struct scene *before = &frame->scenes[frame->shown];
    struct scene *after = &frame->scenes[!frame->shown];
    pixman_region32_t changed;

    pixman_region32_init(&changed);
    scene_diff(before, after, &changed);
    pixman_region32_intersect_rect(&changed, &changed, 0, 0,
                                   (unsigned)frame->canvas.width,
                                   (unsigned)frame->canvas.height);
    simplify(&changed);
    scene_compose(after, &frame->canvas, &changed);
    pixman_region32_union(&frame->damage, &frame->damage, &changed);
    pixman_region32_fini(&changed);
    frame->shown = !frame->shown;
    xalloc_check();
}

/* What there was no memory for would be missing from the picture: FreeType,
 * HarfBuzz and pixman only leave it out. */
static struct painter
painter_for(struct frame *frame, const struct painter *base) {
    struct painter painter = *base;

    painter.scene = &frame->scenes[!frame->shown];
    painter.text = painter.scene->text;
    scene_clear(painter.scene);
    painter.scene->theme = *base->theme;
    errno = 0;
    return painter;
}

int64_t
frame_draw(struct frame *frame, struct layout *layout,
           const struct painter *base, const char *notice) {
    struct painter painter = painter_for(frame, base);
    int64_t next_ms = layout_draw(layout, &painter, notice);

    turn_over(frame);
    return next_ms;
}

int64_t
frame_tick(struct frame *frame, struct layout *layout,
           const struct painter *base, const char *notice) {
    struct painter painter = painter_for(frame, base);
    int64_t next_ms;

    if (!layout_tick(layout, &painter, &frame->scenes[frame->shown],
                     &next_ms)) {
        return frame_draw(frame, layout, base, notice);
    }
    turn_over(frame);
    return next_ms;
}

void
frame_forget(struct frame *frame) {
    scene_clear(&frame->scenes[0]);
    scene_clear(&frame->scenes[1]);
    canvas_clear(&frame->canvas, (struct rect){0, 0, frame->canvas.width,
                                               frame->canvas.height});
    frame_damage_all(frame);
}

void
frame_damage_all(struct frame *frame) {
    pixman_region32_union_rect(&frame->damage, &frame->damage, 0, 0,
                               (unsigned)frame->canvas.width,
                               (unsigned)frame->canvas.height);
}

void
frame_clean(struct frame *frame) {
    pixman_region32_clear(&frame->damage);
}

const struct scene *
frame_scene(const struct frame *frame) {
    return &frame->scenes[frame->shown];
}
