/*
 * How one picture gives way to the next: half a second, in steps that follow
 * the clock, so that a slow machine draws fewer of them.
 */
#ifndef MIRROR_RENDER_FADE_H
#define MIRROR_RENDER_FADE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    FADE_STEP_MS = 33,           /* as the picture changes at most */
    FADE_MS = 15 * FADE_STEP_MS, /* of 300 to 800, where a change is neither a
                                    jerk nor a wait */
};

/* How opaque it is what only the old picture has, and what only the new one
 * has: 0 to 255. */
struct fade_mix {
    uint8_t leaving, coming;
};

/* The mix so long after the begin. The first step is drawn with the change
 * itself, and shows something of it: it is that of FADE_STEP_MS. Returns false
 * if the fade is over, and then only the new picture is left. */
bool
fade_mix_at(int64_t elapsed_ms, struct fade_mix *ret_mix);

#endif
