/* A line of cleaned code points: how wide, how much of it fits, its masks. */
#ifndef MIRROR_RENDER_TEXT_LINE_H
#define MIRROR_RENDER_TEXT_LINE_H

#include "render/text_clean.h"
#include "render/text_raster.h"

/* Advance in px. */
int
text_line_width(struct fonts *fonts, struct text_style style,
                const uint32_t *code, size_t count, enum text_base base);

/*
 * A new line of what fits into max_width, with "…" where the rest is missing;
 * `codes` is changed to what is shown. Everything is set but the cache's own
 * fields, the pieces and their ink. Free it with text_line_free().
 */
struct text_line *
text_line_create(struct fonts *fonts, struct text_style style,
                 struct text_codes *codes, int max_width, enum text_base base);

/* Draws the pieces, once. */
void
text_line_ink(struct fonts *fonts, struct text_line *line);
void
text_line_free(struct text_line *line); /* accepts NULL */

#endif
