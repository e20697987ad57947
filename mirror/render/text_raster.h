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
 * to its ink; what reaches far out of the line (marks upon marks) is cut off.
 * Returns false if there is nothing to see. The image is the
 * caller's.
 */
bool
text_run_draw(struct fonts *fonts, int size_px, const uint32_t *code,
              const struct text_run *run, struct text_piece *ret_piece);

#endif
