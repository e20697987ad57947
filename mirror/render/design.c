#include "render/design.h"

#include <limits.h>
#include <stdio.h>

#include "common/calendar.h"
#include "common/str.h"
#include "render/rect.h"

/* Colours that no theme has. */
#define GRID_ARGB   0x384060ffu
#define MARGIN_ARGB 0xc0ff40ffu
#define REGION_ARGB 0xe040ff80u
#define DAMAGE_ARGB 0xffff3030u

static const int64_t first_ms = 946684800000; /* 2000-01-01 */
static const int64_t end_ms = 4102444800000;  /* 2100-01-01 */

enum {
    GRID_MIN_PX = 4, /* closer lines are no help */
    LABEL_PX = 12,
};

void
design_init(struct design *design) {
    *design = (struct design){0};
    pixman_region32_init(&design->composed);
}

void
design_finish(struct design *design) {
    pixman_region32_fini(&design->composed);
}

void
design_travel(struct design *design, int64_t by_ms, const struct moment *now) {
    int64_t shown_ms = now->wall_ms + design->travel_ms + by_ms;

    if (shown_ms >= first_ms && shown_ms < end_ms) {
        design->travel_ms += by_ms;
    }
}

struct moment
design_moment(const struct design *design, struct moment now) {
    now.wall_ms += design->travel_ms;
    return now;
}

void
design_say(struct design *design, const char *text, int64_t mono_ms) {
    str_copy(design->said, sizeof design->said, text);
    design->said_until_ms = mono_ms + DESIGN_SAID_MS;
}

const char *
design_notice(struct design *design, const struct moment *shown,
              char to[DESIGN_TEXT_MAX], int64_t *ret_ms) {
    struct calendar at = calendar_at(shown->wall_ms / 1000, NULL);

    *ret_ms = CLOCK_NEVER;
    if (shown->mono_ms < design->said_until_ms) {
        *ret_ms = design->said_until_ms;
        return design->said;
    }
    if (design->travel_ms == 0) {
        return NULL;
    }
    *ret_ms = shown->mono_ms + 60000 - shown->wall_ms % 60000;
    snprintf(to, DESIGN_TEXT_MAX, "%04d-%02d-%02d %02d:%02d", at.date.year,
             at.date.month, at.date.day, at.hour, at.minute);
    return to;
}

void
design_note_damage(struct design *design, pixman_region32_t *damage) {
    if (damage != NULL) {
        pixman_region32_copy(&design->composed, damage);
    } else {
        pixman_region32_clear(&design->composed);
    }
}

bool
design_draws(const struct design *design) {
    return design->grid || design->damage;
}

static void
draw_spacing(struct canvas *canvas, const struct theme *theme) {
    int step = theme->grid_px;
    struct rect inner = {theme->margin_px, theme->margin_px,
                         canvas->width - 2 * theme->margin_px,
                         canvas->height - 2 * theme->margin_px};

    while (step > 0 && step < GRID_MIN_PX) {
        step *= 2;
    }
    for (int y = inner.y; step > 0 && y < inner.y + inner.h; y += step) {
        canvas_fill(canvas, (struct rect){inner.x, y, inner.w, 1}, GRID_ARGB);
    }
    for (int x = inner.x; step > 0 && x < inner.x + inner.w; x += step) {
        canvas_fill(canvas, (struct rect){x, inner.y, 1, inner.h}, GRID_ARGB);
    }
    canvas_shape(canvas, inner, 0, 1, MARGIN_ARGB);
}

/* What each widget used, and the name of its region. */
static void
draw_regions(struct canvas *canvas, const struct scene *scene) {
    struct text_style style = {TEXT_REGULAR, LABEL_PX};

    for (size_t i = 0; i < scene->group_count; i++) {
        const struct scene_group *group = &scene->groups[i];
        struct text_line *label;

        if (rect_empty(group->box)) {
            continue;
        }
        label = text_get(scene->text, group->region, style, INT_MAX);
        canvas_shape(canvas, group->box, 0, 1, REGION_ARGB);
        text_draw(label, canvas, group->box.x + 2, group->box.y - 2,
                  REGION_ARGB);
    }
}

static void
draw_damage(struct canvas *canvas, const struct design *design) {
    int count;
    const pixman_box32_t *boxes = pixman_region32_rectangles(
        (pixman_region32_t *)&design->composed, &count);

    for (int i = 0; i < count; i++) {
        struct rect box = {boxes[i].x1, boxes[i].y1, boxes[i].x2 - boxes[i].x1,
                           boxes[i].y2 - boxes[i].y1};

        canvas_shape(canvas, box, 0, 1, DAMAGE_ARGB);
    }
}

void
design_draw(const struct design *design, struct frame *frame,
            const struct theme *theme) {
    if (design->grid) {
        draw_spacing(&frame->canvas, theme);
        draw_regions(&frame->canvas, frame_scene(frame));
    }
    if (design->damage) {
        draw_damage(&frame->canvas, design);
    }
}
