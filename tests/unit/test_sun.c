#include "unit.h"

#include <math.h>

#include "common/sun.h"

enum { TOLERANCE_S = 30 };

static int64_t
utc(const char *text) {
    int64_t utc_s = 0;

    assert_true(calendar_parse_time(text, &utc_s));
    return utc_s;
}

static struct calendar_date
day_of(const char *text) {
    struct calendar_date date = {0};

    assert_true(calendar_parse_date(text, &date));
    return date;
}

static void
assert_near(int64_t got_s, int64_t wanted_s) {
    assert_in_range(got_s, wanted_s - TOLERANCE_S, wanted_s + TOLERANCE_S);
}

/* By the other low-precision formulas, those of the Astronomical Almanac (page
 * C5: right ascension and sidereal time, no equation of time), every ten
 * seconds. */
static void
test_rise_and_set(void **state) {
    static const struct {
        double latitude, longitude;
        const char *date, *rise, *set;
    } cases[] = {
        {59.91, 10.75, "2026-10-24", "2026-10-24T06:18:10Z",
         "2026-10-24T15:43:00Z"},
        {59.91, 10.75, "2026-10-25", "2026-10-25T06:20:40Z",
         "2026-10-25T15:40:10Z"},
        {59.91, 10.75, "2026-10-26", "2026-10-26T06:23:10Z",
         "2026-10-26T15:37:30Z"},
        {52.52, 13.4, "2026-06-21", "2026-06-21T02:43:04Z",
         "2026-06-21T19:33:14Z"},
        {52.52, 13.4, "2026-12-21", "2026-12-21T07:14:44Z",
         "2026-12-21T14:53:54Z"},
        {-33.87, 151.21, "2026-01-15", "2026-01-14T18:59:29Z",
         "2026-01-15T09:08:59Z"},
        {-54.8, -68.3, "2026-06-21", "2026-06-21T12:58:42Z",
         "2026-06-21T20:11:12Z"},
        {65.8, 24.15, "2026-07-20", "2026-07-20T00:24:04Z",
         "2026-07-20T20:32:04Z"},
        {-17, -170, "2026-04-15", "2026-04-15T17:28:40Z",
         "2026-04-16T05:10:50Z"},
        {-17, 170, "2026-04-15", "2026-04-14T18:48:30Z",
         "2026-04-15T06:31:30Z"},
        {40.7, -74.0, "2048-02-29", "2048-02-29T11:30:10Z",
         "2048-02-29T22:46:50Z"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sun_day day = sun_day(day_of(cases[i].date), cases[i].latitude,
                                     cases[i].longitude);

        assert_int_equal(day.kind, SUN_RISES);
        assert_near(day.rise_s, utc(cases[i].rise));
        assert_near(day.set_s, utc(cases[i].set));
    }
}

static void
test_polar(void **state) {
    static const struct {
        double latitude, longitude;
        const char *date;
        enum sun_kind kind;
    } cases[] = {
        {69.65, 18.96, "2026-12-10", SUN_STAYS_DOWN},
        {78.22, 15.64, "2026-12-10", SUN_STAYS_DOWN},
        {69.65, 18.96, "2026-06-21", SUN_STAYS_UP},
        {78.22, 15.64, "2026-06-21", SUN_STAYS_UP},
        {69.65, 18.96, "2026-03-21", SUN_RISES},
        {-77.85, 166.67, "2026-12-21", SUN_STAYS_UP}, /* McMurdo */
        {-77.85, 166.67, "2026-06-21", SUN_STAYS_DOWN},
        {90, 0, "2026-06-21", SUN_STAYS_UP},
        {90, 0, "2026-12-21", SUN_STAYS_DOWN},
        {-90, 0, "2026-06-21", SUN_STAYS_DOWN},
        {-90, 0, "2026-12-21", SUN_STAYS_UP},
        {0, 0, "2026-06-21", SUN_RISES},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sun_day day = sun_day(day_of(cases[i].date), cases[i].latitude,
                                     cases[i].longitude);

        assert_int_equal(day.kind, cases[i].kind);
    }
}

/* Rise and set are where the altitude says so, on every day of a year at
 * latitudes from pole to pole and on both sides of the date line. */
static void
test_year_agrees_with_altitude(void **state) {
    static const double latitudes[] = {-90,  -77.85, -66.5, -33.9, 0,
                                       23.4, 52.5,   65.7,  69.65, 90};
    static const double longitudes[] = {-180, -170, 0, 13.4, 170, 180};
    int64_t first = calendar_days(day_of("2026-01-01"));

    (void)state;
    for (size_t i = 0; i < COUNT(latitudes); i++) {
        for (size_t j = 0; j < COUNT(longitudes); j++) {
            for (int64_t days = first; days < first + 365; days += 3) {
                struct calendar_date date = calendar_from_days(days);
                double latitude = latitudes[i];
                double longitude = longitudes[j];
                struct sun_day day = sun_day(date, latitude, longitude);
                int64_t low_s = day.noon_s - 43200;
                double high = sun_altitude_deg(day.noon_s, latitude, longitude);

                if (day.kind == SUN_STAYS_DOWN) {
                    assert_true(high <= SUN_HORIZON_DEG);
                    continue;
                }
                assert_true(high > SUN_HORIZON_DEG);
                if (day.kind == SUN_STAYS_UP) {
                    assert_true(sun_altitude_deg(low_s, latitude, longitude) >=
                                SUN_HORIZON_DEG);
                    continue;
                }
                assert_true(day.rise_s < day.noon_s);
                assert_true(day.noon_s < day.set_s);
                assert_true(day.set_s - day.rise_s <= 86400);
                assert_true(sun_altitude_deg(day.rise_s, latitude, longitude) >=
                            SUN_HORIZON_DEG);
                assert_true(sun_altitude_deg(day.set_s, latitude, longitude) >=
                            SUN_HORIZON_DEG);
                assert_true(day.rise_s == low_s ||
                            sun_altitude_deg(day.rise_s - 60, latitude,
                                             longitude) < SUN_HORIZON_DEG);
            }
        }
    }
}

/* Noon falls on the date at the place, whatever Greenwich calls the day. */
static void
test_date_line(void **state) {
    static const struct {
        double longitude;
        const char *noon;
    } cases[] = {
        {170, "2026-04-15T00:40Z"}, {-170, "2026-04-15T23:20Z"},
        {180, "2026-04-15T00:00Z"}, {-180, "2026-04-16T00:00Z"},
        {0, "2026-04-15T12:00Z"},
    };

    (void)state;
    /* In the middle of April the equation of time is nearly nought. */
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sun_day day =
            sun_day(day_of("2026-04-15"), -17, cases[i].longitude);

        assert_int_equal(day.kind, SUN_RISES);
        assert_near(day.noon_s, utc(cases[i].noon));
    }
}

static void
test_altitude(void **state) {
    int64_t june = utc("2026-06-21T12:02Z");
    int64_t december = utc("2026-12-21T11:58Z");

    (void)state;
    /* Solstices at Greenwich's noon: 90 - |latitude - 23.44|. */
    assert_true(fabs(sun_altitude_deg(june, 51.48, 0) - 61.96) < 0.05);
    assert_true(fabs(sun_altitude_deg(december, 51.48, 0) - 15.08) < 0.05);
    assert_true(fabs(sun_altitude_deg(june, -33.87, 0) - 32.69) < 0.05);
    assert_true(fabs(sun_altitude_deg(june, 23.44, 0) - 90) < 0.5);
    /* The other side of the earth sees it as deep as this one sees it high. */
    assert_true(fabs(sun_altitude_deg(june, 51.48, 0) +
                     sun_altitude_deg(june, -51.48, 180)) < 1e-6);
    assert_true(fabs(sun_altitude_deg(june, 10, -180) -
                     sun_altitude_deg(june, 10, 180)) < 1e-6);
    /* As high before noon as after it, but for the drift of the seasons. */
    for (int hours = 1; hours < 12; hours++) {
        struct sun_day day = sun_day(day_of("2026-06-21"), 52.5, 13.4);
        double before = sun_altitude_deg(day.noon_s - hours * 3600, 52.5, 13.4);
        double after = sun_altitude_deg(day.noon_s + hours * 3600, 52.5, 13.4);

        assert_true(fabs(before - after) < 0.05);
    }
    /* Before 1970 the seconds are negative. */
    assert_true(
        fabs(sun_altitude_deg(utc("2026-06-21T12:00Z") - 2051222400, 0, 0) -
             66.56) < 0.1);
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rise_and_set),
        cmocka_unit_test(test_polar),
        cmocka_unit_test(test_year_agrees_with_altitude),
        cmocka_unit_test(test_date_line),
        cmocka_unit_test(test_altitude),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
