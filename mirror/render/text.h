/*
 * Text to masks. A line of text is cleaned, ordered by FriBidi, cut into runs
 * of one script and font, rasterised once by SDL_ttf and kept as 8-bit masks
 * (colour emoji as small images) until nobody shows it and room is needed.
 */
#ifndef MIRROR_RENDER_TEXT_H
#define MIRROR_RENDER_TEXT_H

#include <pixman.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/canvas.h"

enum {
    TEXT_BYTES_MAX = 1024, /* of one line or paragraph, then "…" */
    TEXT_SIZE_MIN = 6,     /* px */
    TEXT_SIZE_MAX = 1200,
    TEXT_WIDTH_MAX = 2 * CANVAS_SIZE_MAX, /* px of one line, then "…" */
    TEXT_CACHE_BYTES = 3 * 1024 * 1024,   /* of masks that nobody shows */
};

enum text_face {
    TEXT_LIGHT,   /* large type */
    TEXT_REGULAR, /* small type */
    TEXT_BOLD,    /* the one emphasis */
    TEXT_ICON,    /* Material Design Icons; see text_icon_code() */
    TEXT_FACE_END,
};

struct text;

struct text_style {
    enum text_face face;
    int size_px; /* of the em; clamped to the bounds above */
};

/* One piece of a line: one script in one font. */
struct text_piece {
    pixman_image_t *image; /* owned; a8 mask, or a8r8g8b8 if `colour` */
    bool colour;
    int x, y; /* of its top left, from the line's origin on the
                              baseline; y is negative above it */
    int w, h;
};

/* A laid-out line. Belongs to the cache; hold it with text_line_ref() for as
 * long as it is on screen. */
struct text_line {
    int width;           /* advance, px */
    int ascent, descent; /* of the style's own font, px, both positive */
    struct rect ink;     /* around all pieces, from the origin */
    bool clipped;        /* cut with "…" */
    bool rtl;            /* the paragraph runs from right to left */
    size_t piece_count;
    struct text_piece *pieces; /* owned */
    char *text;                /* owned; what is shown, after cleaning */
    struct text_style style;
    int refs; /* private from here on */
    struct text *home;
    struct text_line *next, *newer, *older;
    char *source; /* owned; what was asked for */
    size_t source_size, bytes;
    uint64_t hash;
    int max_width, base;
    bool automatic; /* its own direction is that of `base` */
    bool inked;     /* its pieces are there */
};

/* Opens the fonts of `font_dir` (Roboto, icons); fallback fonts are opened
 * when a character first needs one. Which file of our own is missing or broken
 * is logged: another weight takes its place, or a font of the system, or block
 * letters. NULL, having logged why, if SDL_ttf does not start. */
struct text *
text_create(const char *font_dir);

/* The same with the fonts that came with the program. */
struct text *
text_open(void);

/* The first font file of our own that is missing or broken; NULL: none is. */
const char *
text_broken_font(const struct text *text);

/* Whether there is no font at all to write with, but block letters. */
bool
text_is_block(const struct text *text);

void
text_destroy(struct text *text); /* accepts NULL */

/*
 * A line at most `max_width` px wide (INT_MAX: any), cut with "…" at a
 * character where it is not. Never NULL: what cannot be drawn is an empty line
 * of the right height. Newlines count as blanks.
 */
struct text_line *
text_get(struct text *text, const char *utf8, struct text_style style,
         int max_width);

/* The same with its pieces and their ink still missing, unless somebody has
 * asked for them: most of what a page measures is never shown. */
struct text_line *
text_measure(struct text *text, const char *utf8, struct text_style style,
             int max_width);

/* Draws the pieces of a line that was measured. It is the one asked for last,
 * or held. */
void
text_ink(struct text_line *line);

struct text_line *
text_line_ref(struct text_line *line);
void
text_line_unref(struct text *text, struct text_line *line); /* NULL ok */

/* Draws `line` with its origin (left end of the baseline) at x, y. */
void
text_draw(const struct text_line *line, struct canvas *canvas, int x, int y,
          uint32_t argb);

/* The font's own measures, px: ascent and descent of a line, and the height of
 * a capital and of an "x". */
struct text_metrics {
    int ascent, descent, cap_height, x_height;
};
struct text_metrics
text_metrics(struct text *text, struct text_style style);

/*
 * Cuts `utf8` into at most `max_lines` lines of `max_width` px, at blanks, at
 * newlines, between ideographs, and inside a word only where it alone is too
 * wide; the last is cut with "…" if there is more. Fills ret_lines with
 * referenced lines (unref each), measured only, and returns how many.
 */
size_t
text_wrap(struct text *text, const char *utf8, struct text_style style,
          int max_width, struct text_line **ret_lines, size_t max_lines);

/* The code point of an icon ("weather-sunny") of fonts/icons.txt; 0 if it is
 * not in the font. */
uint32_t
text_icon_code(const char *name);

/* Counters for tests and the benchmark. */
struct text_counters {
    uint64_t hits, misses, evictions;
    size_t bytes, lines, missing_glyphs;
};
struct text_counters
text_counters(const struct text *text);

#endif
