/*
 * What a widget draws with. It puts text, icons and shapes into the scene, in
 * pixels, from the top left of the area it was given; the painter keeps what
 * it used. Alignment is the region's: blocks are moved as a whole afterwards,
 * so a widget that mirrors nothing just draws from the left. So does it where
 * the language reads from the right: the layout mirrors the whole page.
 */
#ifndef MIRROR_RENDER_PAINTER_H
#define MIRROR_RENDER_PAINTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/clock.h"
#include "render/drift.h"
#include "render/facts.h"
#include "render/lang.h"
#include "render/scene.h"
#include "render/theme.h"

enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

struct painter {
    struct scene *scene; /* borrowed, like all that follows */
    struct text *text;
    const struct theme *theme;
    const struct lang *lang;
    const struct facts *facts;
    struct moment now;
    double latitude_deg, longitude_deg; /* of the config; NaN: none */
    bool clock_12;                      /* [mirror] clock = 12 */
    struct drift drift;                 /* of the whole page */

    struct rect area; /* may be used; a height of INT_MAX / 4 asks how much
                           would be */
    enum align align; /* how rows stand in the area */
    struct rect used; /* around everything painted so far */
    int64_t next_ms;  /* wall time of the next change; CLOCK_NEVER */
};

/* Says that the picture changes by itself at `wall_ms`; the earliest counts. A
 * time that has come is in this picture already, and is ignored. */
void
paint_wake_at(struct painter *p, int64_t wall_ms);

/* Measures of a role's font: px. Line pitch is ascent + descent, times the
 * theme's leading, on the theme's grid; so are the baselines in it. */
struct text_metrics
paint_metrics(struct painter *p, enum theme_role role);
int
paint_pitch(struct painter *p, enum theme_role role);

/* The next multiple of the theme's grid from `px` on. */
int
paint_on_grid(const struct painter *p, int px);

/* The same for a row of figures alone, which have no descenders: the capitals
 * reach from the row's upper edge to the baseline. */
int
paint_figure_pitch(struct painter *p, enum theme_role role);
int
paint_figure_baseline(struct painter *p, int y, enum theme_role role);

/* The width of a text in px, without painting it. */
int
paint_width(struct painter *p, enum theme_role role, const char *utf8);

/* Paints one line with its left end at x and its baseline at y, at most
 * `max_width` wide (then "…"). Returns the width in px. */
int
paint_text(struct painter *p, int x, int baseline, enum theme_role role,
           enum theme_colour colour, const char *utf8, int max_width);

/* Large figures: their ink begins at x, whatever room the font leaves in front
 * of it, so that they stand on the edge of smaller texts below. The width is
 * from there, too. */
int
paint_figures_width(struct painter *p, enum theme_role role, const char *utf8);
int
paint_figures(struct painter *p, int x, int baseline, enum theme_role role,
              enum theme_colour colour, const char *utf8, int max_width);

/* A line that was laid out before (text_wrap), its left end at x. */
void
paint_laid_out(struct painter *p, struct text_line *line, int x, int baseline,
               enum theme_colour colour);

/* paint_text(), ending at x. */
int
paint_text_right(struct painter *p, int x, int baseline, enum theme_role role,
                 enum theme_colour colour, const char *utf8, int max_width);

/* An icon as large as `size_px` (its em box), its box's top left at x, y. A
 * name the font lacks paints "help-circle-outline"; names are literals of the
 * widgets, never text from outside. */
void
paint_icon(struct painter *p, int x, int y, int size_px,
           enum theme_colour colour, const char *name);

/* The size in px of an icon that stands in a line of `role`. */
int
paint_icon_size(struct painter *p, enum theme_role role);

/* An icon in a line of text: paint_icon_size() large, its left at x, its middle
 * at the middle of the capitals. Returns its width in px. */
int
paint_icon_beside(struct painter *p, int x, int baseline, enum theme_role role,
                  enum theme_colour colour, const char *name);

/* A box with round corners: filled, or only its rim of stroke_px. */
void
paint_shape(struct painter *p, struct rect box, int radius_px, int stroke_px,
            enum theme_colour colour);

/* The same in a colour of its own, 0xrrggbb (a lamp's swatch). */
void
paint_shape_rgb(struct painter *p, struct rect box, int radius_px,
                int stroke_px, uint32_t rgb);

/* Moves everything painted since `first` (scene->node_count at the time). */
void
paint_shift(struct painter *p, size_t first, int dx, int dy);

/* Says that everything painted since `first` stands in this order in every
 * language, as the parts of a time do: undoes beforehand what the layout does
 * to a page that reads from right to left. */
void
paint_ltr(struct painter *p, size_t first);

/*
 * The usual row: painted from the left of the area at p->used's lower edge,
 * moved as the region aligns. Paint between the two calls; `row.y` is the top
 * of the row, `row.x` the left end. A row within a row stands left, so that a
 * row around several makes a block that moves as a whole.
 */
struct paint_row {
    int x, y, width; /* where to paint; the width that is there */
    size_t first;
    struct rect area_before, used_before;
    enum align align;
};
struct paint_row
paint_row_begin(struct painter *p);

/* Ends a row of `height` px; `width` is what it used (0: as painted). Its
 * height, rounded up to the grid, counts even if nothing was painted. */
void
paint_row_end(struct painter *p, struct paint_row *row, int width, int height);

/* The baseline of a line of `role` whose pitch begins at y. */
int
paint_baseline(struct painter *p, int y, enum theme_role role);

/* One line of text as a row of its own. Nothing, and false, if its height is
 * not left. */
bool
paint_line(struct painter *p, enum theme_role role, enum theme_colour colour,
           const char *utf8);

/* The same with an icon in front, which may be NULL. */
bool
paint_icon_line(struct painter *p, enum theme_role role,
                enum theme_colour colour, const char *icon, const char *utf8);

/* A paragraph of at most `max_lines` lines (PAINT_LINES_MAX), each a row; cut
 * with "…". Returns how many there was room for. */
enum { PAINT_LINES_MAX = 8 };
size_t
paint_paragraph(struct painter *p, enum theme_role role,
                enum theme_colour colour, const char *utf8, size_t max_lines);

/* The same with an icon beside the first line (NULL: none), as a block of its
 * own, the lines below each other. No icon without a text. */
size_t
paint_icon_paragraph(struct painter *p, enum theme_role role,
                     enum theme_colour icon_colour, enum theme_colour colour,
                     const char *icon, const char *utf8, size_t max_lines);

/* Whether such a paragraph holds the whole text, in height and width, without
 * a break inside a word. */
bool
paint_text_fits(struct painter *p, enum theme_role role, const char *icon,
                const char *utf8, size_t max_lines);

/* Empty space below what is there, rounded up to the grid. */
void
paint_gap(struct painter *p, int height);

/* How much height of the area is left below p->used. */
int
paint_left(const struct painter *p);

#endif
