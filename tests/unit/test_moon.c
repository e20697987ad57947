#include "unit.h"

#include <math.h>

#include "common/moon.h"

/* Eclipses are new and full moons; the rest are published phases. */
static const struct {
    int64_t utc_s;
    double phase;
    int eighth;
} cases[] = {
    {947182440, 0, 0},     /* 2000-01-06 18:14 new */
    {948429600, 0.5, 4},   /* 2000-01-21 04:40 full, eclipse */
    {1712600460, 0, 0},    /* 2024-04-08 18:21 new, eclipse */
    {1713208380, 0.25, 2}, /* 2024-04-15 19:13 first quarter */
    {1727203800, 0.75, 6}, /* 2024-09-24 18:50 last quarter */
    {1772537880, 0.5, 4},  /* 2026-03-03 11:38 full, eclipse */
    {1786556220, 0, 0},    /* 2026-08-12 17:37 new, eclipse */
};

static void
phases_are_a_day_off_at_most(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        double off = moon_phase(cases[i].utc_s) - cases[i].phase;

        off -= floor(off + 0.5); /* 0.99 is as near to 0 as 0.01 */
        assert_true(fabs(off) < 1 / 29.53);
        assert_int_equal(moon_eighth(cases[i].utc_s), cases[i].eighth);
    }
}

static void
phases_follow_each_other(void **state) {
    int64_t utc_s = -INT64_C(86400) * 365 * 100;
    int before = moon_eighth(utc_s), steps = 0;

    (void)state;
    for (int hours = 0; hours < 24 * 365; hours++) {
        int now = moon_eighth(utc_s + (int64_t)hours * 3600);

        assert_true(now == before || now == (before + 1) % 8);
        steps += now != before;
        before = now;
    }
    /* twelve months and a third, of eight phases */
    assert_in_range(steps, 98, 100);
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(phases_are_a_day_off_at_most),
        cmocka_unit_test(phases_follow_each_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
