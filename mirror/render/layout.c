#include "render/layout.h"

#include "render/layout_plan.h"

enum {
    NOTICE_LINES_MAX = 2,
    HUGE_PX = 1 << 24,
};

static const char notice_widget[] = "notice";

/* The order in which the widgets lie over each other. */
static int
depth_of(enum region region) {
    if (region == REGION_FULLSCREEN_BELOW) {
        return 0;
    }
    return region == REGION_FULLSCREEN_ABOVE ? 2 : 1;
}

/* Draws a widget, and turns it to the other side of the panel where the
 * language reads from right to left; widget->used stays as it was planned. */
static void
draw_group(struct placed_widget *widget, const struct painter *base) {
    struct scene *scene = base->scene;
    size_t first = scene->node_count;
    struct rect box;

    scene_begin_group(scene, widget->type->name, widget->name,
                      region_name(widget->region));
    layout_draw_widget(widget, base, widget->area);
    box = widget->used;
    if (lang_rtl(base->lang)) {
        scene_mirror(scene, first, scene->width);
        box.x = scene->width - box.x - box.w;
    }
    scene_end_group(scene, box);
}

/* Draws every widget that was given room. One without is asked again when it
 * said it would have something to say. */
static void
draw_widgets(struct layout *layout, const struct painter *base) {
    for (int depth = 0; depth < 3; depth++) {
        for (size_t i = 0; i < layout->count; i++) {
            struct placed_widget *widget = &layout->widgets[i];

            if (depth_of(widget->region) != depth || rect_empty(widget->area)) {
                continue;
            }
            draw_group(widget, base);
        }
    }
}

static int64_t
next_change(const struct layout *layout) {
    int64_t next_ms = CLOCK_NEVER;

    for (size_t i = 0; i < layout->count; i++) {
        if (layout->widgets[i].next_ms < next_ms) {
            next_ms = layout->widgets[i].next_ms;
        }
    }
    return next_ms;
}

/* Paints the notice along the lower edge of `room` and takes its height away
 * from it. */
static void
draw_notice(const struct painter *base, const char *notice, struct rect *room) {
    struct scene *scene = base->scene;
    struct painter p = *base;
    int height;

    p.area = *room;
    p.align = ALIGN_CENTER;
    p.used = (struct rect){room->x, room->y, 0, 0};
    scene_begin_group(scene, notice_widget, "", region_name(REGION_BOTTOM_BAR));
    paint_paragraph(&p, ROLE_LABEL, COLOUR_WARNING, notice, NOTICE_LINES_MAX);
    height = p.used.h;
    paint_shift(&p, scene->groups[scene->group_count - 1].first, 0,
                room->h - height);
    p.used.y += room->h - height;
    scene_end_group(scene, p.used);
    room->h -= height + base->theme->gap_px;
}

int64_t
layout_draw(struct layout *layout, const struct painter *base,
            const char *notice) {
    int margin = base->theme->margin_px;
    int grid = base->theme->grid_px > 0 ? base->theme->grid_px : 1;
    struct rect room = {margin + base->drift.x, margin + base->drift.y,
                        base->scene->width - 2 * margin,
                        base->scene->height - 2 * margin};

    room.h -= room.h % grid; /* what hangs below is on the grid as well */

    if (notice != NULL) {
        draw_notice(base, notice, &room);
    }
    layout_plan(layout, base, room);
    draw_widgets(layout, base);
    return next_change(layout);
}

static struct placed_widget *
group_owner(struct layout *layout, const struct scene_group *group) {
    for (size_t i = 0; i < layout->count; i++) {
        if (layout->widgets[i].name == group->name) {
            return &layout->widgets[i];
        }
    }
    return NULL;
}

static void
copy_group(struct scene *scene, const struct scene *before,
           const struct scene_group *group) {
    scene_begin_group(scene, group->widget, group->name, group->region);
    for (size_t i = 0; i < group->count; i++) {
        const struct scene_node *node = &before->nodes[group->first + i];

        if (node->kind == SCENE_TEXT) {
            scene_add_text(scene, node->line, node->x, node->baseline,
                           node->argb, node->icon);
        } else {
            scene_add_shape(scene, node->box, node->radius_px, node->stroke_px,
                            node->argb);
        }
    }
    scene_end_group(scene, group->box);
}

static bool
is_due(const struct placed_widget *widget, const struct moment *now) {
    return widget->next_ms <= now->wall_ms;
}

/* Whether a widget that said nothing so far still has nothing to say. */
static bool
still_silent(struct placed_widget *widget, const struct painter *base) {
    size_t first = base->scene->node_count;

    layout_draw_widget(widget, base,
                       (struct rect){0, 0, base->scene->width, HUGE_PX});
    scene_truncate(base->scene, first);
    return rect_empty(widget->used);
}

static bool
redraw_in_place(struct placed_widget *widget, const struct painter *base) {
    struct rect before = widget->used;

    draw_group(widget, base);
    return rect_equal(widget->used, before);
}

bool
layout_tick(struct layout *layout, const struct painter *base,
            const struct scene *before, int64_t *ret_next_ms) {
    for (size_t i = 0; i < layout->count; i++) {
        struct placed_widget *widget = &layout->widgets[i];

        if (rect_empty(widget->area) && is_due(widget, &base->now) &&
            !still_silent(widget, base)) {
            return false;
        }
    }
    for (size_t i = 0; i < before->group_count; i++) {
        const struct scene_group *group = &before->groups[i];
        struct placed_widget *widget = group_owner(layout, group);

        if (widget == NULL || !is_due(widget, &base->now)) {
            copy_group(base->scene, before, group);
        } else if (!redraw_in_place(widget, base)) {
            return false;
        }
    }
    *ret_next_ms = next_change(layout);
    return true;
}
