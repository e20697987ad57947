/*
 * Block letters, for a mirror that has no font left to write with: capitals,
 * digits and the signs of ASCII, of five by seven squares. Accents are left
 * out, and what is unknown is a box, icons too.
 */
#ifndef MIRROR_RENDER_TEXT_BLOCK_H
#define MIRROR_RENDER_TEXT_BLOCK_H

#include "render/text.h"

/* The measures of a line, px. */
struct text_metrics
text_block_metrics(int size_px);

/* The advance of `count` letters, px: all are equally wide. */
int
text_block_width(int size_px, size_t count);

/* Draws them from x = 0 on the baseline. Returns false if there is nothing to
 * see. The image is the caller's. */
bool
text_block_draw(int size_px, const uint32_t *code, size_t count,
                struct text_piece *ret_piece);

#endif
