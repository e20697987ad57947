#include "render/painter.h"

#include <limits.h>
#include <math.h>

#include "common/str.h"

void
paint_wake_at(struct painter *p, int64_t wall_ms) {
    if (wall_ms > p->now.wall_ms && wall_ms < p->next_ms) {
        p->next_ms = wall_ms;
    }
}

static int
used_bottom(const struct painter *p) {
    return rect_empty(p->used) ? p->area.y : p->used.y + p->used.h;
}

static void
use(struct painter *p, struct rect box) {
    p->used = rect_union(p->used, box);
}

struct text_metrics
paint_metrics(struct painter *p, enum theme_role role) {
    return text_metrics(p->text, p->theme->style[role]);
}

int
paint_on_grid(const struct painter *p, int px) {
    int grid = p->theme->grid_px > 0 ? p->theme->grid_px : 1;

    return (px + grid - 1) / grid * grid;
}

/* The nearest multiple of the grid, at least one. */
static int
grid_near(const struct painter *p, double px) {
    int grid = p->theme->grid_px > 0 ? p->theme->grid_px : 1;
    int steps = (int)lround(px / grid);

    return (steps > 1 ? steps : 1) * grid;
}

/* From the baseline to the end of the pitch: the same for all small roles, so
 * that rows which end at one edge stand on one baseline. */
static int
below_baseline(struct painter *p, enum theme_role role) {
    struct text_metrics m =
        paint_metrics(p, role > ROLE_BODY ? ROLE_BODY : role);
    double lead = (m.ascent + m.descent) * (p->theme->leading - 1);
    int third = p->theme->grid_px / 3; /* in whole pixels */

    return grid_near(p, m.descent + lead / 2 - third);
}

int
paint_pitch(struct painter *p, enum theme_role role) {
    struct text_metrics m = paint_metrics(p, role);
    double leading = p->theme->leading;
    int pitch = grid_near(p, (m.ascent + m.descent) * leading);
    int above = (int)lround(m.ascent * fmin(1, leading));
    int least = paint_on_grid(p, above + below_baseline(p, role));

    return pitch > least ? pitch : least;
}

int
paint_baseline(struct painter *p, int y, enum theme_role role) {
    return y + paint_pitch(p, role) - below_baseline(p, role);
}

int
paint_figure_baseline(struct painter *p, int y, enum theme_role role) {
    return y + paint_on_grid(p, paint_metrics(p, role).cap_height);
}

int
paint_figure_pitch(struct painter *p, enum theme_role role) {
    int cap = paint_metrics(p, role).cap_height;

    return paint_on_grid(p, cap) + paint_on_grid(p, cap / 8);
}

int
paint_width(struct painter *p, enum theme_role role, const char *utf8) {
    return text_measure(p->text, utf8, p->theme->style[role], INT_MAX)->width;
}

void
paint_laid_out(struct painter *p, struct text_line *line, int x, int baseline,
               enum theme_colour colour) {
    scene_add_text(p->scene, line, x, baseline, p->theme->colour[colour], NULL);
    use(p, (struct rect){x, baseline - line->ascent, line->width,
                         line->ascent + line->descent});
}

int
paint_text(struct painter *p, int x, int baseline, enum theme_role role,
           enum theme_colour colour, const char *utf8, int max_width) {
    struct text_line *line;

    if (max_width <= 0 || utf8[0] == '\0') {
        return 0;
    }
    line = text_measure(p->text, utf8, p->theme->style[role], max_width);
    paint_laid_out(p, line, x, baseline, colour);
    return line->width;
}

int
paint_figures_width(struct painter *p, enum theme_role role, const char *utf8) {
    struct text_line *line =
        text_get(p->text, utf8, p->theme->style[role], INT_MAX);

    return line->width - line->ink.x;
}

int
paint_figures(struct painter *p, int x, int baseline, enum theme_role role,
              enum theme_colour colour, const char *utf8, int max_width) {
    bool whole = paint_figures_width(p, role, utf8) <= max_width;
    struct text_line *line = text_get(p->text, utf8, p->theme->style[role],
                                      whole ? INT_MAX : max_width);

    paint_laid_out(p, line, x - line->ink.x, baseline, colour);
    return line->width - line->ink.x;
}

int
paint_text_right(struct painter *p, int x, int baseline, enum theme_role role,
                 enum theme_colour colour, const char *utf8, int max_width) {
    struct text_line *line;

    if (max_width <= 0 || utf8[0] == '\0') {
        return 0;
    }
    line = text_measure(p->text, utf8, p->theme->style[role], max_width);
    paint_laid_out(p, line, x - line->width, baseline, colour);
    return line->width;
}

void
paint_icon(struct painter *p, int x, int y, int size_px,
           enum theme_colour colour, const char *name) {
    struct text_style style = {.face = TEXT_ICON, .size_px = size_px};
    uint32_t code = text_icon_code(name);
    struct text_line *line;
    char glyph[5] = "";
    int baseline;

    if (code == 0) {
        name = "help-circle-outline";
        code = text_icon_code(name);
    }
    str_utf8_encode(code, glyph);
    line = text_measure(p->text, glyph, style, INT_MAX);
    /* the em box is square, whatever the font says about its line height */
    baseline = y + (size_px - line->ascent - line->descent) / 2 + line->ascent;
    scene_add_text(p->scene, line, x, baseline, p->theme->colour[colour], name);
    use(p, (struct rect){x, y, size_px, size_px});
}

int
paint_icon_size(struct painter *p, enum theme_role role) {
    struct text_metrics m = paint_metrics(p, role);

    return (int)lround(m.cap_height * 1.4);
}

int
paint_icon_beside(struct painter *p, int x, int baseline, enum theme_role role,
                  enum theme_colour colour, const char *name) {
    struct text_metrics m = paint_metrics(p, role);
    int size = paint_icon_size(p, role);

    paint_icon(p, x, baseline - (m.cap_height + size) / 2, size, colour, name);
    return size;
}

static void
add_shape(struct painter *p, struct rect box, int radius_px, int stroke_px,
          uint32_t argb) {
    if (rect_empty(box)) {
        return;
    }
    scene_add_shape(p->scene, box, radius_px, stroke_px, argb);
    use(p, box);
}

void
paint_shape(struct painter *p, struct rect box, int radius_px, int stroke_px,
            enum theme_colour colour) {
    add_shape(p, box, radius_px, stroke_px, p->theme->colour[colour]);
}

void
paint_shape_rgb(struct painter *p, struct rect box, int radius_px,
                int stroke_px, uint32_t rgb) {
    add_shape(p, box, radius_px, stroke_px, 0xff000000u | rgb);
}

void
paint_shift(struct painter *p, size_t first, int dx, int dy) {
    if (first < p->scene->node_count && (dx != 0 || dy != 0)) {
        scene_move(p->scene, first, dx, dy);
    }
}

/* From the left end of the leftmost node to the right end of the rightmost,
 * as a text advances, not as it is inked. */
static void
extend(const struct scene_node *node, int *left, int *right) {
    bool text = node->kind == SCENE_TEXT;
    int x = text ? node->x : node->box.x;
    int end = x + (text ? node->line->width : node->box.w);

    *left = x < *left ? x : *left;
    *right = end > *right ? end : *right;
}

void
paint_ltr(struct painter *p, size_t first) {
    int left = INT_MAX, right = INT_MIN;

    if (!lang_rtl(p->lang) || first >= p->scene->node_count) {
        return;
    }
    for (size_t i = first; i < p->scene->node_count; i++) {
        extend(&p->scene->nodes[i], &left, &right);
    }
    scene_mirror(p->scene, first, left + right);
}

struct paint_row
paint_row_begin(struct painter *p) {
    struct paint_row row = {
        .x = p->area.x,
        .y = used_bottom(p),
        .width = p->area.w,
        .first = p->scene->node_count,
        .area_before = p->area,
        .used_before = p->used,
        .align = p->align,
    };

    /* what is painted inside starts below what was there */
    p->used = (struct rect){row.x, row.y, 0, 0};
    p->area.h -= row.y - p->area.y;
    p->area.y = row.y;
    p->align = ALIGN_LEFT;
    return row;
}

void
paint_row_end(struct painter *p, struct paint_row *row, int width, int height) {
    int painted = rect_empty(p->used) ? 0 : p->used.x + p->used.w - row->x;
    int dx = 0;

    if (width <= 0) {
        width = painted;
    }
    if (row->align == ALIGN_RIGHT) {
        dx = row->width - width;
    } else if (row->align == ALIGN_CENTER) {
        dx = (row->width - width) / 2;
    }
    height = paint_on_grid(p, height);
    paint_shift(p, row->first, dx, 0);
    p->align = row->align;
    p->area = row->area_before;
    p->used = rect_union(
        row->used_before,
        (struct rect){row->x + dx, row->y, width > 0 ? width : 1, height});
}

void
paint_gap(struct painter *p, int height) {
    if (!rect_empty(p->used)) {
        p->used.h += paint_on_grid(p, height);
    }
}

int
paint_left(const struct painter *p) {
    return p->area.y + p->area.h - used_bottom(p);
}
