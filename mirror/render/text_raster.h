/* One run of text, measured or turned into a mask. */
#ifndef MIRROR_RENDER_TEXT_RASTER_H
#define MIRROR_RENDER_TEXT_RASTER_H

#include "render/text_runs.h"

/* The advance of a run, px. */
int
text_run_width(struct fonts *fonts, int size_px, const uint32_t *code,
               const struct text_run *run);

/*
 * Draws a run whose left end stands at x = 0 on the baseline, the mask cropped
 * to its ink. `max_height` bounds how far it may reach above and below (marks
 * upon marks). Returns false if there is nothing to see. The image is the
 * caller's.
 */
bool
text_run_draw(struct fonts *fonts, int size_px, const uint32_t *code,
              const struct text_run *run, int max_height,
              struct text_piece *ret_piece);

#endif
