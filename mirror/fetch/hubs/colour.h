/* Colours of lamps, as a screen can show them. */
#ifndef MIRROR_FETCH_HUBS_COLOUR_H
#define MIRROR_FETCH_HUBS_COLOUR_H

#include <stdbool.h>
#include <stdint.h>

/* 0xrrggbb of a hue (degrees, 0..360) and saturation (percent, 0..100) at full
 * brightness: a swatch says which colour, the brightness stands beside it. */
int32_t
colour_from_hue(double hue_deg, double saturation_pct);

/* 0xrrggbb of a black body at `kelvin`, its brightest part at 255. */
int32_t
colour_from_kelvin(double kelvin);

/* Whether a lamp in white mode can have this colour at all: along the black
 * bodies' curve from orange to a pale blue. */
bool
colour_may_be_white(double hue_deg, double saturation_pct);

#endif
