#include "common/sun.h"

#include <math.h>
#include <stdbool.h>

enum { DAY_S = 86400 };

#define DEGREE (3.14159265358979323846 / 180)

/* What the place of the sun comes down to at one instant. */
struct sun_place {
    double declination;   /* radians */
    double equation_mins; /* true minus mean solar time, minutes */
};

/* The numbers are NOAA's, in degrees but for the eccentricity; `t` is in Julian
 * centuries since J2000 (Meeus, "Astronomical Algorithms", 22 and 25). */
static struct sun_place
sun_place(int64_t utc_s) {
    static const double j2000_s = 946728000; /* 2000-01-01T12:00:00Z */
    double t = ((double)utc_s - j2000_s) / DAY_S / 36525;
    double longitude = (280.46646 + t * (36000.76983 + t * 0.0003032)) * DEGREE;
    double anomaly = (357.52911 + t * (35999.05029 - t * 0.0001537)) * DEGREE;
    double eccentricity = 0.016708634 - t * (0.000042037 + t * 0.0000001267);
    double centre = (sin(anomaly) * (1.914602 - t * (0.004817 + t * 0.000014)) +
                     sin(2 * anomaly) * (0.019993 - t * 0.000101) +
                     sin(3 * anomaly) * 0.000289) *
                    DEGREE;
    double node = (125.04 - t * 1934.136) * DEGREE; /* of the moon's orbit */
    double apparent =
        longitude + centre - (0.00569 + 0.00478 * sin(node)) * DEGREE;
    double obliquity =
        (23.439291 - t * (0.0130042 + t * 0.00000016) + 0.00256 * cos(node)) *
        DEGREE;
    double y = tan(obliquity / 2) * tan(obliquity / 2);
    double equation = y * sin(2 * longitude) - 2 * eccentricity * sin(anomaly) +
                      4 * eccentricity * y * sin(anomaly) * cos(2 * longitude) -
                      y * y * sin(4 * longitude) / 2 -
                      5 * eccentricity * eccentricity * sin(2 * anomaly) / 4;

    return (struct sun_place){
        .declination = asin(sin(obliquity) * sin(apparent)),
        .equation_mins = 4 * equation / DEGREE,
    };
}

double
sun_altitude_deg(int64_t utc_s, double latitude_deg, double longitude_deg) {
    struct sun_place place = sun_place(utc_s);
    int64_t second_of_day = ((utc_s % DAY_S) + DAY_S) % DAY_S;
    double solar_mins =
        (double)second_of_day / 60 + place.equation_mins + 4 * longitude_deg;
    double hour_angle = (solar_mins / 4 - 180) * DEGREE;
    double latitude = latitude_deg * DEGREE;
    double sine = sin(latitude) * sin(place.declination) +
                  cos(latitude) * cos(place.declination) * cos(hour_angle);

    return asin(fmin(1, fmax(-1, sine))) / DEGREE;
}

/* A whole second strictly between the two, `share` of the way. */
static int64_t
between(int64_t from_s, int64_t to_s, double share) {
    int64_t step_s = llround((double)(to_s - from_s) * share);
    int64_t sign = to_s > from_s ? 1 : -1;

    if (step_s == 0) {
        step_s = sign;
    }
    if (step_s == to_s - from_s) {
        step_s -= sign;
    }
    return from_s + step_s;
}

/* The instant between a low and a high stand at which the sun crosses the
 * horizon; the low one itself where it is up even then. Turns of the straight
 * line and of halving: a dozen steps where halving alone takes sixteen, and
 * never more than twice that. */
static int64_t
find_crossing(int64_t low_s, int64_t high_s, double latitude_deg,
              double longitude_deg) {
    double low =
        sun_altitude_deg(low_s, latitude_deg, longitude_deg) - SUN_HORIZON_DEG;
    double high =
        sun_altitude_deg(high_s, latitude_deg, longitude_deg) - SUN_HORIZON_DEG;
    bool halve = false;

    if (low >= 0) {
        return low_s;
    }
    while (high_s - low_s > 1 || low_s - high_s > 1) {
        double share = halve ? 0.5 : low / (low - high);
        int64_t middle_s = between(low_s, high_s, share);
        double middle =
            sun_altitude_deg(middle_s, latitude_deg, longitude_deg) -
            SUN_HORIZON_DEG;

        if (middle >= 0) {
            high_s = middle_s;
            high = middle;
        } else {
            low_s = middle_s;
            low = middle;
        }
        halve = !halve;
    }
    return high_s;
}

struct sun_day
sun_day(struct calendar_date date, double latitude_deg, double longitude_deg) {
    int64_t mean_noon_s =
        calendar_days(date) * DAY_S + DAY_S / 2 - llround(longitude_deg * 240);
    int64_t noon_s =
        mean_noon_s - llround(sun_place(mean_noon_s).equation_mins * 60);
    int64_t before_s = noon_s - DAY_S / 2;
    int64_t after_s = noon_s + DAY_S / 2;
    struct sun_day day = {.kind = SUN_RISES, .noon_s = noon_s};

    if (sun_altitude_deg(noon_s, latitude_deg, longitude_deg) <=
        SUN_HORIZON_DEG) {
        day.kind = SUN_STAYS_DOWN;
        return day;
    }
    day.rise_s = find_crossing(before_s, noon_s, latitude_deg, longitude_deg);
    day.set_s = find_crossing(after_s, noon_s, latitude_deg, longitude_deg);
    /* On the first and the last of the long days the sun only grazes the
     * horizon at one of the two midnights, which then stands for the other
     * event. */
    if (day.rise_s == before_s && day.set_s == after_s) {
        day.kind = SUN_STAYS_UP;
        day.rise_s = 0;
        day.set_s = 0;
    }
    return day;
}
