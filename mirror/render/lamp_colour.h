/* The colour in which the light of a lamp is shown. */
#ifndef MIRROR_RENDER_LAMP_COLOUR_H
#define MIRROR_RENDER_LAMP_COLOUR_H

#include <stdint.h>

/*
 * 0xrrggbb at full strength, whatever the lamp is dimmed to: white light of
 * `kelvin` where that is above 0 (outside 1000 to 20000 that of the nearer
 * end), else the hue of `rgb`. -1 where it has neither: rgb is below 0, or
 * black.
 */
int32_t
lamp_colour(int32_t kelvin, int32_t rgb);

#endif
