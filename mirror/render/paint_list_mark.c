#include "render/paint_list_mark.h"

int
paint_item_gap(struct painter *p) {
    return paint_icon_size(p, ROLE_BODY) / 3;
}

int
paint_bar_height(struct painter *p) {
    return paint_metrics(p, ROLE_BODY).cap_height / 3;
}

static struct rect
bar_size(struct painter *p) {
    int height = paint_bar_height(p);

    return (struct rect){0, 0, paint_icon_size(p, ROLE_BODY) * 2, height};
}

int
paint_note_width(struct painter *p, const struct list_item *item) {
    if (item->bar_pct >= 0) {
        return bar_size(p).w + paint_item_gap(p);
    }
    if (item->note != NULL && item->note[0] != '\0') {
        return paint_width(p, ROLE_LABEL, item->note) + paint_item_gap(p);
    }
    return item->note_icon != NULL
               ? paint_icon_size(p, ROLE_BODY) + paint_item_gap(p)
               : 0;
}

/* From one mark to the next. */
static int
mark_step(struct painter *p) {
    return paint_icon_size(p, ROLE_BODY) * 7 / 8;
}

int
paint_marks_width(struct painter *p, const struct list_item *item) {
    int slots = item->mark_slots > 1 ? (int)item->mark_slots : 1;

    return item->mark == LIST_NO_MARK
               ? 0
               : paint_icon_size(p, ROLE_BODY) + paint_item_gap(p) +
                     (slots - 1) * mark_step(p);
}

static void
paint_round(struct painter *p, int x, int baseline,
            const struct list_item *item) {
    int icon = paint_icon_size(p, ROLE_BODY);
    int size = icon * 3 / 5;
    int rim = item->mark == LIST_RING ? p->theme->line_px : 0;
    int cap = paint_metrics(p, ROLE_BODY).cap_height;
    struct rect box = {x + (icon - size) / 2, baseline - (cap + size) / 2, size,
                       size};

    if (item->mark_rgb >= 0) {
        paint_shape_rgb(p, box, size / 2, rim, (uint32_t)item->mark_rgb);
    } else {
        paint_shape(p, box, size / 2, rim, item->mark_colour);
    }
}

static void
paint_mark(struct painter *p, int x, int baseline,
           const struct list_item *item) {
    if (item->mark == LIST_ICON) {
        paint_icon_beside(p, x, baseline, ROLE_BODY, item->mark_colour,
                          item->icon);
    } else if (item->mark != LIST_NO_MARK) {
        paint_round(p, x, baseline, item);
    }
}

void
paint_marks(struct painter *p, int x, int baseline, bool mirrored,
            const struct list_item *item) {
    int step = mirrored ? -mark_step(p) : mark_step(p);

    if (mirrored) {
        x += paint_marks_width(p, item) - paint_icon_size(p, ROLE_BODY);
    }
    paint_mark(p, x, baseline, item);
    for (size_t i = 0; i < item->beside_count; i++) {
        x += step;
        paint_mark(p, x, baseline, &item->beside[i]);
    }
}

static void
paint_bar(struct painter *p, int x, int baseline, int percent) {
    struct rect bar = bar_size(p);

    bar.x = x;
    bar.y = baseline - (paint_metrics(p, ROLE_BODY).cap_height + bar.h) / 2;
    paint_shape(p, bar, bar.h / 2, 0, COLOUR_FAINT);
    bar.w = bar.w * percent / 100;
    if (percent > 0 && bar.w < bar.h) {
        bar.w = bar.h; /* the round ends need that much */
    }
    paint_shape(p, bar, bar.h / 2, 0, COLOUR_NORMAL);
}

void
paint_note(struct painter *p, int x, int baseline,
           const struct list_item *item) {
    if (item->bar_pct >= 0) {
        paint_bar(p, x, baseline, item->bar_pct);
    } else if (item->note != NULL) {
        paint_text(p, x, baseline, ROLE_LABEL, item->note_colour, item->note,
                   p->area.w);
    } else if (item->note_icon != NULL) {
        paint_icon_beside(p, x, baseline, ROLE_BODY, item->note_colour,
                          item->note_icon);
    }
}
