#include "render/layout_plan.h"

#include "render/layout_cell.h"

enum { BANDS_MAX = 8 };

/* One or two cells side by side, and what they hang from. */
struct band {
    double anchor;
    struct cell cells[2];
    size_t count;
};

static int
band_height(const struct band *band) {
    int height = 0;

    for (size_t i = 0; i < band->count; i++) {
        if (band->cells[i].height > height) {
            height = band->cells[i].height;
        }
    }
    return height;
}

static struct band
band_squeezed(const struct plan *plan, const struct band *band, int height) {
    struct band tight = *band;

    for (size_t i = 0; i < band->count; i++) {
        tight.cells[i] = cell_squeezed(plan, &band->cells[i], height);
    }
    return tight;
}

static int
band_weight(const struct band *band) {
    size_t weight = 0;

    for (size_t i = 0; i < band->count; i++) {
        if (band->cells[i].count > weight) {
            weight = band->cells[i].count;
        }
    }
    return (int)weight;
}

static void
band_place(const struct plan *plan, const struct band *band, int y,
           int height) {
    for (size_t i = 0; i < band->count; i++) {
        const struct cell *cell = &band->cells[i];
        bool hangs_below = band->anchor >= 1.0;

        cell_place(plan, cell, hangs_below ? y + height - cell->height : y);
    }
}

/* Gives a band `height` at most. Returns how much more it uses than before. */
static int
settle(const struct plan *plan, const struct band *band,
       struct place_part *part, int height) {
    struct band tight = band_squeezed(plan, band, height);
    int before = part->share;

    part->share = band_height(&tight);
    return part->share - before;
}

/* Shares the height of plan->room among the bands, and then what some of them
 * could make no use of. */
static void
share_heights(const struct plan *plan, const struct band *bands, size_t count,
              struct place_part *parts) {
    int left = plan->room.h + plan->gap;

    for (size_t i = 0; i < count; i++) {
        parts[i] = (struct place_part){.want = band_height(&bands[i]),
                                       .weight = band_weight(&bands[i]),
                                       .anchor = bands[i].anchor};
        left -= parts[i].want > 0 ? plan->gap : 0;
    }
    place_share(parts, count, left);
    for (size_t i = 0; i < count; i++) {
        if (parts[i].share < parts[i].want) {
            settle(plan, &bands[i], &parts[i], parts[i].share);
        }
        left -= parts[i].share;
    }
    for (size_t i = 0; i < count && left > 0; i++) {
        if (parts[i].share < parts[i].want) {
            left -= settle(plan, &bands[i], &parts[i], parts[i].share + left);
        }
    }
}

/* Of two cells side by side, one may get narrower by being squeezed to such a
 * height: its neighbour is laid out anew with what that leaves. Returns whether
 * it was. */
static bool
band_widen(const struct plan *plan, struct band *band, int height) {
    struct band tight = band_squeezed(plan, band, height);
    struct cell *cells = band->cells;
    int spare[2] = {0};
    size_t grows;

    if (band->count < 2 || cells[0].count == 0 || cells[1].count == 0) {
        return false;
    }
    for (size_t i = 0; i < 2; i++) {
        spare[i] = cells[i].width - cell_used_width(plan, &tight.cells[i]);
    }
    grows = spare[0] > spare[1] ? 1 : 0;
    if (spare[!grows] <= 0) {
        return false;
    }
    cell_set_width(plan, &cells[0], cells[0].x,
                   cells[0].width + (grows == 0 ? spare[1] : -spare[0]));
    cell_set_width(plan, &cells[1],
                   cells[1].x + (grows == 0 ? spare[1] : -spare[0]),
                   cells[1].width + (grows == 0 ? -spare[1] : spare[0]));
    return true;
}

/* Places the bands below each other. */
static void
place_column(const struct plan *plan, struct band *bands, size_t count) {
    struct place_part parts[BANDS_MAX] = {{0}};
    int top = plan->room.y, bottom = plan->room.y + plan->room.h;
    bool again = false;

    share_heights(plan, bands, count, parts);
    for (size_t i = 0; i < count; i++) {
        again = band_widen(plan, &bands[i], parts[i].share) || again;
    }
    if (again) {
        share_heights(plan, bands, count, parts);
    }
    for (size_t i = 0; i < count; i++) {
        bands[i] = band_squeezed(plan, &bands[i], parts[i].share);
        parts[i].share = band_height(&bands[i]);
    }
    place_stack(parts, count, top, bottom, plan->gap);
    for (size_t i = 0; i < count; i++) {
        int at = parts[i].at - (parts[i].at - top) % plan->grid;

        band_place(plan, &bands[i], at, parts[i].share);
    }
}

static const struct {
    enum region region;
    double anchor;
} center_regions[] = {
    {REGION_TOP_CENTER, 0.0},    {REGION_UPPER_THIRD, 1.0 / 3},
    {REGION_MIDDLE_CENTER, 0.5}, {REGION_LOWER_THIRD, 2.0 / 3},
    {REGION_BOTTOM_CENTER, 1.0},
};
enum { CENTER_REGIONS = sizeof center_regions / sizeof *center_regions };

/* Fills bands of one cell with the regions in the middle; returns the widest
 * that is wanted. */
static int
center_bands(const struct plan *plan, struct band *bands, int limit) {
    int widest = 0;

    for (size_t i = 0; i < CENTER_REGIONS; i++) {
        int width;

        bands[i] =
            (struct band){.anchor = center_regions[i].anchor, .count = 1};
        width = cell_init(plan, &bands[i].cells[0], center_regions[i].region,
                          limit);
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void
set_widths(const struct plan *plan, struct band *bands, size_t count, int x,
           int width) {
    for (size_t i = 0; i < count; i++) {
        cell_set_width(plan, &bands[i].cells[0], x, width);
    }
}

/* A column at the side: what hangs from its top and what stands at its foot. */
static int
side_bands(const struct plan *plan, struct band bands[2], enum region top,
           enum region bottom, int limit) {
    int upper, lower;

    bands[0] = (struct band){.anchor = 0.0, .count = 1};
    bands[1] = (struct band){.anchor = 1.0, .count = 1};
    upper = cell_init(plan, &bands[0].cells[0], top, limit);
    lower = cell_init(plan, &bands[1].cells[0], bottom, limit);
    return upper > lower ? upper : lower;
}

static bool
center_is_used(const struct layout *layout) {
    for (size_t i = 0; i < layout->count; i++) {
        for (size_t k = 0; k < CENTER_REGIONS; k++) {
            if (layout->widgets[i].region == center_regions[k].region) {
                return true;
            }
        }
    }
    return false;
}

/* Widths of the three columns. The middle stays in the middle of the panel, so
 * both sides count as wide as the wider one; without a middle each side may
 * have what the other leaves. `gap` is between them, less of it where the
 * columns want the rest. */
static void
share_widths(int *left, int *center, int *right, int room, int gap) {
    if (*center > 0) {
        int side = *left > *right ? *left : *right;
        struct place_part parts[] = {{.want = 2 * side, .weight = 2},
                                     {.want = *center, .weight = 1}};

        if (2 * side + *center > room - 2 * gap) {
            gap = gap * 3 / 8;
        }
        place_share(parts, 2, room - 2 * gap);
        *left = *right = parts[0].share / 2;
        *center = room - (side > 0 ? 2 * (gap + *left) : 0);
    } else {
        struct place_part parts[] = {{.want = *left, .weight = 1},
                                     {.want = *right, .weight = 1}};

        if (*left + *right > room - gap) {
            gap = gap * 3 / 8;
        }
        place_share(parts, 2, room - gap);
        *left = parts[0].share;
        *right = parts[1].share;
    }
}

/* Both sides, of which neither asks for more than `limit`; returns the wider
 * one. */
static int
both_sides(const struct plan *plan, struct band left[2], struct band right[2],
           int limit, int *ret_left, int *ret_right) {
    *ret_left =
        side_bands(plan, left, REGION_TOP_LEFT, REGION_BOTTOM_LEFT, limit);
    *ret_right =
        side_bands(plan, right, REGION_TOP_RIGHT, REGION_BOTTOM_RIGHT, limit);
    return *ret_left > *ret_right ? *ret_left : *ret_right;
}

/* The height of the middle's bands with nothing left out, px. */
static int
center_height(const struct plan *plan, struct band *bands, int width) {
    int height = 0;

    set_widths(plan, bands, CENTER_REGIONS, 0, width);
    for (size_t i = 0; i < CENTER_REGIONS; i++) {
        height += bands[i].cells[0].want;
    }
    return height;
}

/* The least width the middle is content with: what only fills its room (a
 * message) takes more lines instead. But where it is lower in less room, its
 * type has become smaller, for a word did not fit: then it gets more. */
static int
center_width(const struct plan *plan, struct band *bands) {
    int least = plan->room.w * 3 / 10, step = plan->room.w / 40;
    int narrow = center_bands(plan, bands, least);
    int height = center_height(plan, bands, narrow);

    for (int limit = least + step; limit <= least + 4 * step; limit += step) {
        int width = center_bands(plan, bands, limit);

        if (center_height(plan, bands, width) > height) {
            return width;
        }
    }
    return narrow;
}

static void
place_landscape(const struct plan *plan) {
    struct band left[2], right[2], center[CENTER_REGIONS];
    const struct rect *room = &plan->room;
    bool divided = center_is_used(plan->layout);
    int limit = divided ? room->w * 2 / 5 : room->w * 2 / 3;
    int gap = 2 * plan->gap;
    int c = center_bands(plan, center, room->w);
    int l, r;
    int side = both_sides(plan, left, right, limit, &l, &r);

    if (divided && 2 * side + c > room->w - gap) {
        c = center_width(plan, center);
    }
    /* and so is a forecast */
    if (divided && 2 * side + c > room->w - gap) {
        both_sides(plan, left, right, (room->w - gap * 3 / 4 - c) / 2, &l, &r);
    }
    share_widths(&l, &c, &r, room->w, gap);
    set_widths(plan, left, 2, room->x, l);
    set_widths(plan, right, 2, room->x + room->w - r, r);
    set_widths(plan, center, CENTER_REGIONS, room->x + (room->w - c) / 2, c);
    place_column(plan, left, 2);
    place_column(plan, right, 2);
    place_column(plan, center, CENTER_REGIONS);
}

/* Two corners side by side. */
static void
corner_band(const struct plan *plan, struct band *band, enum region left,
            enum region right, double anchor) {
    const struct rect *room = &plan->room;
    int l, r, none = 0;

    *band = (struct band){.anchor = anchor, .count = 2};
    l = cell_init(plan, &band->cells[0], left, room->w);
    r = cell_init(plan, &band->cells[1], right, room->w);
    share_widths(&l, &none, &r, room->w, 2 * plan->gap);
    cell_set_width(plan, &band->cells[0], room->x, l);
    cell_set_width(plan, &band->cells[1], room->x + room->w - r, r);
}

static void
place_portrait(const struct plan *plan) {
    struct band bands[CENTER_REGIONS + 2];

    corner_band(plan, &bands[0], REGION_TOP_LEFT, REGION_TOP_RIGHT, 0.0);
    center_bands(plan, &bands[1], plan->room.w);
    set_widths(plan, &bands[1], CENTER_REGIONS, plan->room.x, plan->room.w);
    corner_band(plan, &bands[CENTER_REGIONS + 1], REGION_BOTTOM_LEFT,
                REGION_BOTTOM_RIGHT, 1.0);
    place_column(plan, bands, CENTER_REGIONS + 2);
}

/* A bar takes its height, but at most a quarter, from the room's edge. */
static void
place_bar(struct plan *plan, enum region region) {
    struct cell bar;
    struct rect *room = &plan->room;

    cell_init(plan, &bar, region, room->w);
    cell_set_width(plan, &bar, room->x, room->w);
    bar = cell_squeezed(plan, &bar, room->h / 4);
    if (bar.height == 0) {
        return;
    }
    room->h -= bar.height + plan->gap;
    if (region == REGION_TOP_BAR) {
        cell_place(plan, &bar, room->y);
        room->y += bar.height + plan->gap;
    } else {
        cell_place(plan, &bar, room->y + room->h + plan->gap);
    }
}

/* Over or under everything else, in the middle of the panel. */
static void
place_fullscreen(const struct plan *plan, enum region region) {
    struct cell cell;
    const struct rect *room = &plan->room;
    int above;

    cell_init(plan, &cell, region, room->w);
    cell_set_width(plan, &cell, room->x, room->w);
    cell = cell_squeezed(plan, &cell, room->h);
    above = (room->h - cell.height) / 2;
    cell_place(plan, &cell, room->y + above - above % plan->grid);
}

void
layout_plan(struct layout *layout, const struct painter *base,
            struct rect room) {
    struct measures measures[LAYOUT_WIDGETS_MAX];
    struct plan plan = {.layout = layout,
                        .base = base,
                        .measures = measures,
                        .room = room,
                        .gap = base->theme->gap_px,
                        .grid = base->theme->grid_px > 0 ? base->theme->grid_px
                                                         : 1};

    for (size_t i = 0; i < layout->count; i++) {
        layout->widgets[i].area = (struct rect){0};
        measures[i].count = 0;
    }
    place_fullscreen(&plan, REGION_FULLSCREEN_BELOW);
    place_fullscreen(&plan, REGION_FULLSCREEN_ABOVE);
    place_bar(&plan, REGION_TOP_BAR);
    place_bar(&plan, REGION_BOTTOM_BAR);
    if (base->scene->width >= base->scene->height) {
        place_landscape(&plan);
    } else {
        place_portrait(&plan);
    }
}
