#include "render/layout_cell.h"

#include <limits.h>

#include "render/layout_plan.h"

enum { HUGE_PX = INT_MAX / 4 };

static enum align
region_align(enum region region) {
    switch (region) {
    case REGION_TOP_LEFT:
    case REGION_BOTTOM_LEFT: return ALIGN_LEFT;
    case REGION_TOP_RIGHT:
    case REGION_BOTTOM_RIGHT: return ALIGN_RIGHT;
    default: return ALIGN_CENTER;
    }
}

void
layout_draw_widget(struct placed_widget *widget, const struct painter *base,
                   struct rect area) {
    struct painter p = *base;

    p.area = area;
    p.align = region_align(widget->region);
    p.used = (struct rect){area.x, area.y, 0, 0};
    p.next_ms = CLOCK_NEVER;
    widget->type->draw(widget->options, &p);
    widget->used = p.used;
    widget->next_ms = p.next_ms;
}

static const struct measure *
find_measure(const struct measures *measures, int width, int height) {
    for (size_t i = 0; i < measures->count && i < MEASURES_MAX; i++) {
        const struct measure *measure = &measures->list[i];

        if (measure->width == width && measure->height == height) {
            return measure;
        }
    }
    return NULL;
}

static const struct measure *
add_measure(const struct plan *plan, size_t index, int width, int height) {
    struct placed_widget *widget = &plan->layout->widgets[index];
    struct measures *measures = &plan->measures[index];
    struct measure *measure = &measures->list[measures->count++ % MEASURES_MAX];
    size_t first = plan->base->scene->node_count;

    plan->base->scene->measuring = true;
    layout_draw_widget(widget, plan->base, (struct rect){0, 0, width, height});
    scene_truncate(plan->base->scene, first);
    plan->base->scene->measuring = false;
    *measure = (struct measure){width, height, widget->used, widget->next_ms};
    return measure;
}

/* The size a widget would take, without leaving anything in the scene. */
static struct rect
measure(const struct plan *plan, size_t index, int width, int height) {
    struct placed_widget *widget = &plan->layout->widgets[index];
    const struct measure *found =
        find_measure(&plan->measures[index], width, height);

    if (found == NULL) {
        found = add_measure(plan, index, width, height);
    }
    widget->used = found->used;
    widget->next_ms = found->next_ms;
    return found->used;
}

int
cell_init(const struct plan *plan, struct cell *cell, enum region region,
          int limit) {
    const struct layout *layout = plan->layout;
    int widest = 0;

    *cell = (struct cell){.region = region};
    for (size_t i = 0; i < layout->count; i++) {
        struct rect used;

        if (layout->widgets[i].region != region) {
            continue;
        }
        used = measure(plan, i, limit, HUGE_PX);
        if (rect_empty(used)) {
            continue;
        }
        cell->index[cell->count++] = i;
        widest = used.w > widest ? used.w : widest;
    }
    return widest;
}

/* What the widgets of a cell use, with the gaps between them. */
static int
stacked_height(const struct plan *plan, const struct cell *cell) {
    int height = 0;

    for (size_t i = 0; i < cell->count; i++) {
        if (cell->widgets[i].want > 0) {
            height += cell->widgets[i].want + (height > 0 ? plan->gap : 0);
        }
    }
    return height;
}

void
cell_set_width(const struct plan *plan, struct cell *cell, int x, int width) {
    cell->x = x;
    cell->width = width;
    for (size_t i = 0; i < cell->count; i++) {
        struct rect used = measure(plan, cell->index[i], width, HUGE_PX);

        cell->widgets[i] =
            (struct place_part){.want = used.h, .weight = 1, .share = used.h};
    }
    cell->want = cell->height = stacked_height(plan, cell);
}

/* Lets a widget draw in `height` at most; `want` becomes what it uses of it.
 * Returns how much more that is than before. */
static int
settle(const struct plan *plan, struct cell *cell, size_t i, int height) {
    struct place_part *part = &cell->widgets[i];
    struct rect used = measure(plan, cell->index[i], cell->width, height);
    int before = part->want;

    part->share = height;
    part->want = rect_empty(used) ? 0 : used.h;
    return part->want - before;
}

struct cell
cell_squeezed(const struct plan *plan, const struct cell *cell, int height) {
    int room = height - plan->gap * ((int)cell->count - 1);
    struct cell tight = *cell;
    int left = room;

    if (cell->want <= height) {
        return tight;
    }
    place_share(tight.widgets, tight.count, room);
    for (size_t i = 0; i < tight.count; i++) {
        settle(plan, &tight, i, tight.widgets[i].share);
        left -= tight.widgets[i].want;
    }
    for (size_t i = 0; i < tight.count && left > 0; i++) {
        int want = cell->widgets[i].want, most = tight.widgets[i].want + left;

        if (tight.widgets[i].want < want) {
            left -= settle(plan, &tight, i, want < most ? want : most);
        }
    }
    tight.height = stacked_height(plan, &tight);
    return tight;
}

int
cell_used_width(const struct plan *plan, const struct cell *cell) {
    int widest = 0;

    for (size_t i = 0; i < cell->count; i++) {
        const struct place_part *part = &cell->widgets[i];
        struct rect used =
            measure(plan, cell->index[i], cell->width, part->share);

        widest = used.w > widest ? used.w : widest;
    }
    return widest;
}

void
cell_place(const struct plan *plan, const struct cell *cell, int y) {
    for (size_t i = 0; i < cell->count; i++) {
        const struct place_part *part = &cell->widgets[i];

        plan->layout->widgets[cell->index[i]].area =
            (struct rect){cell->x, y, cell->width, part->share};
        if (part->want > 0) {
            y += part->want + plan->gap;
        }
    }
}
