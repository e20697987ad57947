/*
 * Where the sun stands, from NOAA's low-precision solar position formulas (NOAA
 * Global Monitoring Laboratory, "Solar calculation details", after Meeus):
 * within about two minutes for rise and set, 1950 to 2050, at any latitude.
 */
#ifndef MIRROR_COMMON_SUN_H
#define MIRROR_COMMON_SUN_H

#include <stdint.h>

#include "common/calendar.h"

/* The centre stands at -0.833 degrees when the upper edge touches the horizon
 * (16' radius and 34' refraction). */
#define SUN_HORIZON_DEG (-0.833)

enum sun_kind {
    SUN_RISES,      /* rise and set are given */
    SUN_STAYS_DOWN, /* polar night */
    SUN_STAYS_UP,   /* midnight sun */
};

struct sun_day {
    enum sun_kind kind;
    int64_t rise_s, set_s; /* UTC seconds; only for SUN_RISES */
    int64_t noon_s;        /* UTC seconds of the highest stand */
};

/* Altitude of the centre, degrees above the horizon, without refraction. */
double
sun_altitude_deg(int64_t utc_s, double latitude_deg, double longitude_deg);

/* Rise and set around the solar noon that falls on `date` at the place (its
 * own longitude, not a time zone, decides). */
struct sun_day
sun_day(struct calendar_date date, double latitude_deg, double longitude_deg);

#endif
