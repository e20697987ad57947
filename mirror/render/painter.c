#include "render/painter.h"

#include <limits.h>
#include <math.h>

#include "common/str.h"

void
paint_wake_at(struct painter *p, int64_t wall_ms) {
    if (wall_ms < p->next_ms) {
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
paint_pitch(struct painter *p, enum theme_role role) {
    struct text_metrics m = paint_metrics(p, role);

    return (int)lround((m.ascent + m.descent) * p->theme->leading);
}

int
paint_baseline(struct painter *p, int y, enum theme_role role) {
    struct text_metrics m = paint_metrics(p, role);

    return y + (paint_pitch(p, role) - m.ascent - m.descent) / 2 + m.ascent;
}

int
paint_width(struct painter *p, enum theme_role role, const char *utf8) {
    return text_get(p->text, utf8, p->theme->style[role], INT_MAX)->width;
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
    line = text_get(p->text, utf8, p->theme->style[role], max_width);
    paint_laid_out(p, line, x, baseline, colour);
    return line->width;
}

int
paint_text_right(struct painter *p, int x, int baseline, enum theme_role role,
                 enum theme_colour colour, const char *utf8, int max_width) {
    struct text_line *line;

    if (max_width <= 0 || utf8[0] == '\0') {
        return 0;
    }
    line = text_get(p->text, utf8, p->theme->style[role], max_width);
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
    line = text_get(p->text, glyph, style, INT_MAX);
    /* the em box is square, whatever the font says about its line height */
    baseline = y + (size_px - line->ascent - line->descent) / 2 + line->ascent;
    scene_add_text(p->scene, line, x, baseline, p->theme->colour[colour], name);
    use(p, (struct rect){x, y, size_px, size_px});
}

int
paint_icon_size(struct painter *p, enum theme_role role) {
    struct text_metrics m = paint_metrics(p, role);

    return (int)lround(m.cap_height * 1.5);
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
    paint_shift(p, row->first, dx, 0);
    p->align = row->align;
    p->area = row->area_before;
    p->used = rect_union(
        row->used_before,
        (struct rect){row->x + dx, row->y, width > 0 ? width : 1, height});
}

bool
paint_icon_line(struct painter *p, enum theme_role role,
                enum theme_colour colour, const char *icon, const char *utf8) {
    int pitch = paint_pitch(p, role);
    struct paint_row row;
    int baseline, x;

    if (paint_left(p) < pitch) {
        return false;
    }
    row = paint_row_begin(p);
    baseline = paint_baseline(p, row.y, role);
    x = row.x;
    if (icon != NULL) {
        x += paint_icon_beside(p, x, baseline, role, colour, icon);
        x += paint_icon_size(p, role) / 3;
    }
    paint_text(p, x, baseline, role, colour, utf8, row.x + row.width - x);
    paint_row_end(p, &row, 0, pitch);
    return true;
}

bool
paint_line(struct painter *p, enum theme_role role, enum theme_colour colour,
           const char *utf8) {
    return paint_icon_line(p, role, colour, NULL, utf8);
}

size_t
paint_paragraph(struct painter *p, enum theme_role role,
                enum theme_colour colour, const char *utf8, size_t max_lines) {
    struct text_line *lines[PAINT_LINES_MAX];
    int pitch = paint_pitch(p, role);
    int room = paint_left(p) / pitch;
    size_t count;

    if (max_lines > PAINT_LINES_MAX) {
        max_lines = PAINT_LINES_MAX;
    }
    if (room < 1 || p->area.w <= 0) {
        return 0;
    }
    if ((size_t)room < max_lines) {
        max_lines = (size_t)room;
    }
    count = text_wrap(p->text, utf8, p->theme->style[role], p->area.w, lines,
                      max_lines);
    for (size_t i = 0; i < count; i++) {
        struct paint_row row = paint_row_begin(p);

        paint_laid_out(p, lines[i], row.x, paint_baseline(p, row.y, role),
                       colour);
        paint_row_end(p, &row, 0, pitch);
        text_line_unref(p->text, lines[i]);
    }
    return count;
}

void
paint_gap(struct painter *p, int height) {
    if (!rect_empty(p->used)) {
        p->used.h += height;
    }
}

int
paint_left(const struct painter *p) {
    return p->area.y + p->area.h - used_bottom(p);
}
