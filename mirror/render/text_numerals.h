/*
 * Lines of nothing but numerals ("14:05", "-3°") put together from the masks
 * of their characters. The clock shows another line each minute, and all of
 * them are made of ten digits: none of those is drawn twice.
 */
#ifndef MIRROR_RENDER_TEXT_NUMERALS_H
#define MIRROR_RENDER_TEXT_NUMERALS_H

#include "render/text_private.h"

/*
 * The line of `utf8`, not yet in the cache, or NULL if it has anything but
 * numerals and what stands between them, is of one character, or is wider than
 * max_width: then it is a text like any other. Numerals run from left to right
 * and need no shaping; Roboto's have one width and no kerning.
 */
struct text_line *
text_numerals_create(struct text *text, const char *utf8, size_t size,
                     struct text_style style, int max_width);

#endif
