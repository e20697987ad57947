/*
 * How things look, from an INI file of themes/: colours, and sizes as visual
 * angles (arc minutes of the x-height at the eye), so that a theme reads the
 * same on every panel. The theme never says pixels; theme_scale() does.
 */
#ifndef MIRROR_RENDER_THEME_H
#define MIRROR_RENDER_THEME_H

#include <stdbool.h>
#include <stdint.h>

#include "common/config.h"
#include "render/text.h"

/* What a text is, not how large: the theme gives each its size and face. */
enum theme_role {
    ROLE_HERO,   /* the time; the temperature */
    ROLE_TITLE,  /* a message; a weather warning */
    ROLE_BODY,   /* rows of lists, the rain, high and low, the hours */
    ROLE_LABEL,  /* what names or dates another text; marks and ages */
    ROLE_CREDIT, /* credit lines */
    ROLE_END,
};

enum theme_colour {
    COLOUR_BRIGHT, /* what one came to see */
    COLOUR_NORMAL,
    COLOUR_DIM,   /* second in rank, stale */
    COLOUR_FAINT, /* lines, empty parts of a bar */
    COLOUR_ACCENT,
    COLOUR_COLD, /* cold end of a temperature bar, rain */
    COLOUR_WARM, /* warm end of it */
    COLOUR_WARNING,
    COLOUR_ALARM,
    COLOUR_BACKGROUND, /* black is the mirror */
    COLOUR_END,
};

/* A theme as its file has it. */
struct theme_file {
    double size_arcmin[ROLE_END]; /* of the x-height */
    int face[ROLE_END];           /* enum text_face, without TEXT_ICON */
    uint32_t colour[COLOUR_END];  /* 0xrrggbb */
    double margin_arcmin;         /* around the picture */
    double gap_arcmin;            /* between widgets */
    double leading;               /* line pitch / (ascent + descent) */
    bool lamp_colours;            /* show lamps in their own colour */
};

/* A theme on a panel: what widgets use. */
struct theme {
    struct text_style style[ROLE_END]; /* px */
    uint32_t colour[COLOUR_END];       /* 0xffrrggbb */
    int margin_px, gap_px;
    int line_px; /* thickness of a rule, at least 2 */
    int grid_px; /* heights of rows, margins and gaps are multiples of it */
    double leading;
    bool lamp_colours;
    double arcmin_px; /* an arc minute on this panel, px */
    double scale;     /* how much of its angle everything has; 1 if it fits */
};

/* Sizes of the panel and the eye in front of it. */
struct theme_panel {
    int width_px, height_px;
    double width_mm, height_mm; /* 0: from diagonal_mm */
    double diagonal_mm;         /* 0: 15.6 in */
    double distance_mm;
};

/*
 * Reads a theme: `name` is a file of `theme_dir` without its ".ini", or a path
 * with '/'. A key "base" names the theme it starts from (at most 4 deep).
 * Complaints go to config->errors, with the theme's own path; on any, *ret_file
 * is the built-in dark theme with what was good, and false is returned. A text
 * colour that has a contrast below 2 with the background is not good.
 */
bool
theme_load(struct theme_file *ret_file, const char *theme_dir, const char *name,
           struct config *errors);

/* The same for the theme that `key` of [mirror] names: a complaint that there
 * is no such theme is about that line. theme_load() is for "theme". */
bool
theme_load_for(struct theme_file *ret_file, const char *theme_dir,
               const char *key, const char *name, struct config *errors);

/* The built-in dark theme: what themes/dark.ini says, for when that is
 * missing. */
void
theme_default(struct theme_file *ret_file);

/*
 * Sizes in pixels: x-height = 2 d tan(a/2) in mm times the panel's px per mm,
 * divided by the font's x-height per em (Roboto: 1082/2048). Where that would
 * leave fewer than about 9 lines of ROLE_BODY or 14 characters in a column (a
 * third of the width, upright a half), all sizes shrink together, so that a
 * small or near panel still shows a whole page. ROLE_HERO is never wider than
 * its column: a clock must not end in "…". No stroke is thinner than 2 px: the
 * light face is regular below 35 px, and the regular one bold below 23;
 * nothing is smaller than 15 px but with a body that is.
 */
void
theme_scale(struct theme *ret_theme, const struct theme_file *file,
            const struct theme_panel *panel);

#endif
