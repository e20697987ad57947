/*
 * A few pixels of slow movement, so that a clock that stands at one place for
 * years does not burn its outline into the panel.
 */
#ifndef MIRROR_RENDER_DRIFT_H
#define MIRROR_RENDER_DRIFT_H

#include <stdbool.h>
#include <stdint.h>

/* How far the page is moved, px. */
struct drift {
    int x, y;
};

/*
 * Where it stands at a wall time on a page with such a margin, of which it
 * uses up to half, at most 8 px. It moves a pixel each way every five minutes
 * and comes back to the same place within a day.
 */
struct drift
drift_at(int64_t wall_ms, int margin_px);

bool
drift_equal(struct drift a, struct drift b);

#endif
