/*
 * The phase of the moon by its mean motion: a day off at most, which
 * nobody sees in a picture of it (Meeus, "Astronomical Algorithms", 49).
 */
#ifndef MIRROR_COMMON_MOON_H
#define MIRROR_COMMON_MOON_H

#include <stdint.h>

/* How far the moon is through its phases: 0 new, 0.25 first quarter, 0.5 full,
 * below 1. */
double
moon_phase(int64_t utc_s);

/* The nearest of eight phases: 0 new, 1 waxing crescent, ... 7 waning
 * crescent. */
int
moon_eighth(int64_t utc_s);

#endif
