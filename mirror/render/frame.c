#include "render/frame.h"

#include <errno.h>

#include "common/xalloc.h"

enum { SCENES = 3 };

bool
frame_init(struct frame *frame, struct text *text, int width, int height,
           int depth) {
    *frame = (struct frame){0};
    if (!canvas_init(&frame->canvas, width, height, depth)) {
        return false;
    }
    for (int i = 0; i < SCENES; i++) {
        scene_init(&frame->scenes[i], text, width, height);
    }
    frame->leaving = 1;
    pixman_region32_init(&frame->fade);
    pixman_region32_init_rect(&frame->damage, 0, 0, (unsigned)width,
                              (unsigned)height);
    frame->blank = true;
    frame->ready = true;
    return true;
}

void
frame_finish(struct frame *frame) {
    if (frame->ready) {
        for (int i = 0; i < SCENES; i++) {
            scene_finish(&frame->scenes[i]);
        }
        pixman_region32_fini(&frame->fade);
        pixman_region32_fini(&frame->damage);
        canvas_finish(&frame->canvas);
    }
    frame->ready = false;
}

/* The index of the scene that is neither shown nor leaving. */
static int
hidden(const struct frame *frame) {
    return SCENES - frame->shown - frame->leaving;
}

static void
compose(struct frame *frame, pixman_region32_t *region) {
    scene_compose(&frame->scenes[frame->shown], &frame->canvas, region);
    pixman_region32_union(&frame->damage, &frame->damage, region);
}

/* All of the shown scene is there, and what it replaced is no longer held. */
static void
end_fade(struct frame *frame) {
    if (frame->fading) {
        frame->fading = false;
        scene_clear(&frame->scenes[frame->leaving]);
        compose(frame, &frame->fade);
    }
}

/* What the hidden scene has another picture of. */
static void
find_changes(struct frame *frame, pixman_region32_t *changed) {
    scene_diff(&frame->scenes[frame->shown], &frame->scenes[hidden(frame)],
               changed);
    pixman_region32_intersect_rect(changed, changed, 0, 0,
                                   (unsigned)frame->canvas.width,
                                   (unsigned)frame->canvas.height);
}

static bool
is_in_fade(struct frame *frame, pixman_region32_t *changed) {
    pixman_region32_t both;
    bool touches;

    if (!frame->fading) {
        return false;
    }
    pixman_region32_init(&both);
    pixman_region32_intersect(&both, &frame->fade, changed);
    touches = pixman_region32_not_empty(&both);
    pixman_region32_fini(&both);
    return touches;
}

/* The hidden scene is complete: composes what differs and shows it. */
static void
turn_over(struct frame *frame, int64_t mono_ms) {
    pixman_region32_t changed;

    pixman_region32_init(&changed);
    find_changes(frame, &changed);
    frame->shown = hidden(frame);
    if (is_in_fade(frame, &changed)) {
        end_fade(frame);
    }
    compose(frame, &changed);
    pixman_region32_fini(&changed);
    frame->blank = false;
    frame_step(frame, mono_ms);
    xalloc_check();
}

/* The same by a fade; one to the same picture goes on. */
static void
fade_over(struct frame *frame, int64_t mono_ms) {
    int before = frame->shown;
    pixman_region32_t changed;

    pixman_region32_init(&changed);
    find_changes(frame, &changed);
    frame->shown = hidden(frame);
    if (pixman_region32_not_empty(&changed)) {
        end_fade(frame);
        pixman_region32_copy(&frame->fade, &changed);
        frame->leaving = before;
        frame->fading = true;
        frame->fade_ms = mono_ms;
    }
    pixman_region32_fini(&changed);
    frame_step(frame, mono_ms);
    xalloc_check();
}

/* What there was no memory for would be missing from the picture: FreeType,
 * HarfBuzz and pixman only leave it out. */
static struct painter
painter_for(struct frame *frame, const struct painter *base) {
    struct painter painter = *base;

    painter.scene = &frame->scenes[hidden(frame)];
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

    turn_over(frame, base->now.mono_ms);
    return next_ms;
}

int64_t
frame_fade(struct frame *frame, struct layout *layout,
           const struct painter *base, const char *notice) {
    struct painter painter = painter_for(frame, base);
    int64_t next_ms = layout_draw(layout, &painter, notice);

    if (frame->blank) {
        turn_over(frame, base->now.mono_ms);
    } else {
        fade_over(frame, base->now.mono_ms);
    }
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
    turn_over(frame, base->now.mono_ms);
    return next_ms;
}

bool
frame_fading(const struct frame *frame) {
    return frame->fading;
}

void
frame_step(struct frame *frame, int64_t mono_ms) {
    struct fade_mix mix;

    if (!frame->fading) {
        return;
    }
    if (!fade_mix_at(mono_ms - frame->fade_ms, &mix)) {
        end_fade(frame);
        return;
    }
    scene_compose_mix(&frame->scenes[frame->leaving],
                      &frame->scenes[frame->shown], mix, &frame->canvas,
                      &frame->fade);
    pixman_region32_union(&frame->damage, &frame->damage, &frame->fade);
}

void
frame_forget(struct frame *frame) {
    for (int i = 0; i < SCENES; i++) {
        scene_clear(&frame->scenes[i]);
        frame->scenes[i].theme.colour[COLOUR_BACKGROUND] = 0xff000000;
    }
    frame->fading = false;
    frame->blank = true;
    canvas_clear(&frame->canvas, (struct rect){0, 0, frame->canvas.width,
                                               frame->canvas.height});
    frame_damage_all(frame);
}

void
frame_compose(struct frame *frame) {
    pixman_region32_t all;

    pixman_region32_init_rect(&all, 0, 0, (unsigned)frame->canvas.width,
                              (unsigned)frame->canvas.height);
    scene_compose(&frame->scenes[frame->shown], &frame->canvas, &all);
    pixman_region32_fini(&all);
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
