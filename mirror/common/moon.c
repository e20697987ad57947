#include "common/moon.h"

#include <math.h>

/* The mean new moon of 2000-01-06 14:20 UTC, and the mean time from one to the
 * next (Meeus, formula 49.1, without the terms of centuries). */
static const double new_moon_s = 947168400;
static const double month_s = 29.530588861 * 86400;

double
moon_phase(int64_t utc_s) {
    double months = ((double)utc_s - new_moon_s) / month_s;

    return months - floor(months);
}

int
moon_eighth(int64_t utc_s) {
    return (int)lround(moon_phase(utc_s) * 8) % 8;
}
