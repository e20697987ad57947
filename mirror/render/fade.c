#include "render/fade.h"

enum { OPAQUE = 255 };

/* Fast at first, as what happens in the house is to be seen at once, and slow
 * at its end. The two make a whole: with more than that, edges that both
 * pictures have would be brighter than in either. Opacity is counted in sRGB,
 * which is about as bright as it looks. */
bool
fade_mix_at(int64_t elapsed_ms, struct fade_mix *ret_mix) {
    int64_t whole = (int64_t)FADE_MS * FADE_MS;
    int64_t left_ms = FADE_MS - FADE_STEP_MS - elapsed_ms;

    if (left_ms <= 0) {
        return false;
    }
    left_ms = left_ms < FADE_MS ? left_ms : FADE_MS;
    ret_mix->leaving =
        (uint8_t)((OPAQUE * left_ms * left_ms + whole / 2) / whole);
    ret_mix->coming = OPAQUE - ret_mix->leaving;
    return true;
}
