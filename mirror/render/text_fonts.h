/*
 * Font files and open fonts. Our own four are always there; a font of the
 * system is looked for when a character first needs it. Files are mapped once
 * and shared by all sizes.
 */
#ifndef MIRROR_RENDER_TEXT_FONTS_H
#define MIRROR_RENDER_TEXT_FONTS_H

#include <SDL_ttf.h>
#include <hb.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/text.h"

enum {
    FONTS_OPEN_MAX = 48,   /* sizes of faces; the oldest closes */
    EMOJI_STRIKE_PX = 109, /* em of the one size that Noto Color Emoji has */
};

struct fonts;

/* Which file of our own is missing or broken is logged: another weight takes
 * its place, or a font of the system. NULL, having logged why, if SDL_ttf does
 * not start. */
struct fonts *
fonts_create(const char *font_dir);
void
fonts_destroy(struct fonts *fonts); /* accepts NULL */

/*
 * The face to draw code[at] with: an enum text_face, or a number from
 * TEXT_FACE_END on for a font of the system. `before` is the face of the
 * character before it, -1 for none: marks, joiners and blanks stay with it.
 */
int
fonts_pick(struct fonts *fonts, struct text_style style, const uint32_t *code,
           size_t count, size_t at, int before);

/* The first file of our own that is missing or broken; NULL: none is. */
const char *
fonts_broken(const struct fonts *fonts);

/* An open font of a face that fonts_pick() gave. Borrowed until the next call.
 * NULL, having logged why, if none opens: then there are block letters. */
TTF_Font *
fonts_open(struct fonts *fonts, int face, int size_px);

/* Whether the face has colour bitmaps of EMOJI_STRIKE_PX. */
bool
fonts_in_colour(int face);

/* Measures of one of our own faces. */
struct text_metrics
fonts_metrics(struct fonts *fonts, struct text_style style);

/* How many characters no font had. */
size_t
fonts_missing(const struct fonts *fonts);

/* A font of the system. */
struct fallback {
    hb_script_t script;  /* HB_SCRIPT_COMMON: for anything */
    const char *regular; /* below FALLBACK_DIR */
    const char *bold;    /* NULL: the regular one */
    const char *package; /* Debian's, for the log */
};

#define FALLBACK_DIR "/usr/share/fonts/truetype/"

/* In the order in which they are tried. */
extern const struct fallback fallbacks[];
extern const size_t fallback_count;

/* The row that has the colour emoji. */
extern const size_t fallback_emoji;

/* The row that can stand in for our own letters. */
size_t
fallback_latin(void);

#endif
