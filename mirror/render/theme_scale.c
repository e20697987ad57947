#include <math.h>

#include "render/theme.h"

/* Of Roboto, per em of 2048: the height of an "x" (OS/2 sxHeight), and ascent
 * and descent together (hhea). A character is about half an em wide. */
static const double x_height_em = 1082.0 / 2048;
static const double line_em = (1900.0 + 500.0) / 2048;
static const double character_em = 0.5;

/* What a page must hold at least: lines, characters in one of its columns,
 * and across a column a temperature with its picture ("-12°"), in ems. */
static const double lines_least = 9;
static const double characters_least = 14;
static const double hero_em = 3.15;

enum {
    /* Thinner strokes than 2 px fall apart behind mirror film: the stem of an
     * "l" is 119 parts of 2048 in Roboto Light, 186 in Regular, 290 in Bold. */
    LIGHT_LEAST_PX = 35,
    REGULAR_LEAST_PX = 23,
    BOLD_LEAST_PX = 15,
    /* of the body's em */
    RULE_PARTS = 28,
    GRID_PARTS = 14,
};

static const double mm_per_inch = 25.4, diagonal_default_in = 15.6;
static const double distance_default_mm = 1500;

/* Panels have 1.5 to 40 pixels a millimetre (38 to 1000 dpi). Projectors and
 * broken EDIDs report sizes outside of it. */
static bool
plausible(double px_per_mm) {
    return px_per_mm >= 1.5 && px_per_mm <= 40;
}

static double
px_per_mm(const struct theme_panel *panel) {
    double diagonal_px = hypot(panel->width_px, panel->height_px);
    double known_mm = hypot(panel->width_mm, panel->height_mm);

    if (panel->width_mm > 0 && panel->height_mm > 0 &&
        plausible(diagonal_px / known_mm)) {
        return diagonal_px / known_mm;
    }
    if (panel->diagonal_mm > 0) {
        return diagonal_px / panel->diagonal_mm;
    }
    return diagonal_px / (diagonal_default_in * mm_per_inch);
}

/* Pixels of something seen under an angle. */
static double
px_per_arcmin(const struct theme_panel *panel) {
    const double pi = 3.14159265358979323846;
    double distance =
        panel->distance_mm > 0 ? panel->distance_mm : distance_default_mm;

    /* The tangent of half an arc minute; over the few degrees of a page the
     * chord grows with the angle to a part in a thousand. */
    return 2 * distance * tan(pi / 180 / 60 / 2) * px_per_mm(panel);
}

/* Beside one another: left, middle and right, or upright only two. */
static int
column_count(const struct theme_panel *panel) {
    return panel->width_px > panel->height_px ? 3 : 2;
}

/* What is around and between the columns. */
static double
empty_width(const struct theme_file *file, const struct theme_panel *panel,
            double scale) {
    return (2 * file->margin_arcmin +
            (column_count(panel) - 1) * file->gap_arcmin) *
           scale;
}

/* By how much all sizes shrink so that a page fits. */
static double
shrink(const struct theme_file *file, const struct theme_panel *panel,
       double scale) {
    double body = file->size_arcmin[ROLE_BODY] * scale / x_height_em;
    double height = lines_least * body * line_em * file->leading +
                    2 * file->margin_arcmin * scale;
    double width =
        column_count(panel) * characters_least * body * character_em +
        empty_width(file, panel, scale);
    double by_height = panel->height_px / height;
    double by_width = panel->width_px / width;

    return fmin(1, fmin(by_height, by_width));
}

/* The largest em of ROLE_HERO that a column holds. */
static double
hero_most(const struct theme_file *file, const struct theme_panel *panel,
          double scale) {
    double width = panel->width_px - empty_width(file, panel, scale);

    return width / column_count(panel) / hero_em;
}

static int
to_px(double px) {
    return (int)lround(fmin(fmax(px, 0), TEXT_SIZE_MAX));
}

/* To the next multiple of the grid, at least one. */
static int
to_grid(double px, int grid_px) {
    int steps = (int)lround(fmin(fmax(px, 0), TEXT_SIZE_MAX) / grid_px);

    return (steps > 0 ? steps : px > 0) * grid_px;
}

static enum text_face
face_for(enum text_face face, int size_px) {
    if (face == TEXT_LIGHT && size_px < LIGHT_LEAST_PX) {
        face = TEXT_REGULAR;
    }
    if (face == TEXT_REGULAR && size_px < REGULAR_LEAST_PX) {
        face = TEXT_BOLD;
    }
    return face;
}

/* The size and face of a role, not below `least_px`. */
static struct text_style
style_for(const struct theme_file *file, const struct theme_panel *panel,
          enum theme_role role, double scale, int least_px) {
    double em = file->size_arcmin[role] * scale / x_height_em;
    int size_px;

    if (role == ROLE_HERO) {
        em = fmin(em, hero_most(file, panel, scale));
    }
    size_px = to_px(em);
    size_px = size_px > least_px ? size_px : least_px;
    return (struct text_style){
        .face = face_for((enum text_face)file->face[role], size_px),
        .size_px = size_px,
    };
}

void
theme_scale(struct theme *ret_theme, const struct theme_file *file,
            const struct theme_panel *panel) {
    double arcmin_px = px_per_arcmin(panel);
    double shrunk = shrink(file, panel, arcmin_px), scale = arcmin_px * shrunk;
    int body_px, grid_px;

    body_px = style_for(file, panel, ROLE_BODY, scale, TEXT_SIZE_MIN).size_px;
    for (int role = 0; role < ROLE_END; role++) {
        ret_theme->style[role] =
            style_for(file, panel, (enum theme_role)role, scale,
                      body_px < BOLD_LEAST_PX ? body_px : BOLD_LEAST_PX);
    }
    for (int colour = 0; colour < COLOUR_END; colour++) {
        ret_theme->colour[colour] = 0xff000000 | file->colour[colour];
    }
    grid_px = (body_px + GRID_PARTS / 2) / GRID_PARTS;
    grid_px = grid_px > 1 ? grid_px : 1;
    ret_theme->grid_px = grid_px;
    ret_theme->margin_px = to_grid(file->margin_arcmin * scale, grid_px);
    ret_theme->gap_px = to_grid(file->gap_arcmin * scale, grid_px);
    ret_theme->line_px = body_px / RULE_PARTS > 2 ? body_px / RULE_PARTS : 2;
    ret_theme->leading = file->leading;
    ret_theme->lamp_colours = file->lamp_colours;
    ret_theme->arcmin_px = arcmin_px;
    ret_theme->scale = shrunk;
}
