#include "render/drift.h"

enum { STEP_MS = 5 * 60 * 1000, REACH_MAX_PX = 8 };

/* To and fro between -reach and reach, a pixel a step. */
static int
swing(int64_t step, int reach) {
    int at;

    if (reach <= 0) {
        return 0;
    }
    at = (int)(step % (4 * (int64_t)reach));
    if (at < 0) {
        at += 4 * reach;
    }
    if (at <= reach) {
        return at;
    }
    return at <= 3 * reach ? 2 * reach - at : at - 4 * reach;
}

/* Both ways are of different length, so that it does not run along one line
 * for ever. */
struct drift
drift_at(int64_t wall_ms, int margin_px) {
    int64_t step = wall_ms / STEP_MS;
    int reach = margin_px / 2 < REACH_MAX_PX ? margin_px / 2 : REACH_MAX_PX;

    return (struct drift){swing(step, reach), swing(step, reach - 1)};
}

bool
drift_equal(struct drift a, struct drift b) {
    return a.x == b.x && a.y == b.y;
}
