/* Hours of the day. */
#include "unit.h"

#include <stdlib.h>
#include <time.h>

#include "common/calendar.h"
#include "common/clock.h"
#include "render/hours.h"

enum { MINUTE_MS = 60000, HOUR_MS = 60 * MINUTE_MS };

static int64_t
wall_ms(const char *text) {
    int64_t utc_s;

    assert_true(calendar_parse_local(text, &utc_s));
    return utc_s * 1000;
}

static void
on_within_the_hours_and_off_outside(void **state) {
    static const struct {
        struct option_hours hours;
        const char *at;
        bool on;
        int64_t wait_ms;
    } cases[] = {
        {{360, 1380}, "2026-06-09T05:59", false, MINUTE_MS},
        {{360, 1380}, "2026-06-09T06:00", true, HOUR_MS},
        {{360, 1380}, "2026-06-09T22:50", true, 10 * MINUTE_MS},
        {{360, 1380}, "2026-06-09T23:00", false, HOUR_MS},
        {{360, 1380}, "2026-06-09T00:00", false, HOUR_MS},
        {{1020, 90}, "2026-06-09T16:59", false, MINUTE_MS},
        {{1020, 90}, "2026-06-09T17:00", true, HOUR_MS},
        {{1020, 90}, "2026-06-10T00:00", true, HOUR_MS},
        {{1020, 90}, "2026-06-10T01:29", true, MINUTE_MS},
        {{1020, 90}, "2026-06-10T01:30", false, HOUR_MS},
        {{1020, 0}, "2026-06-10T23:59", true, MINUTE_MS},
        {{1020, 0}, "2026-06-10T00:00", false, HOUR_MS},
        {{0, 0}, "2026-06-10T03:00", true, CLOCK_NEVER},
    };

    (void)state;
    setenv("TZ", "Europe/Berlin", 1);
    tzset();
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t wait_ms;

        assert_int_equal(
            hours_hold(&cases[i].hours, wall_ms(cases[i].at), &wait_ms),
            cases[i].on);
        assert_true(wait_ms == cases[i].wait_ms);
    }
}

/* Following its own word for when to look again, it switches on time on every
 * day of a year, also on those of 23 and 25 hours. */
static void
on_time_all_year(void **state) {
    const struct option_hours hours = {390, 1380};
    int64_t now_ms = wall_ms("2026-01-01T00:00");
    int64_t end_ms = wall_ms("2027-01-01T00:00");
    int switches = 0;
    bool was = false;

    (void)state;
    while (now_ms < end_ms) {
        int64_t wait_ms;
        bool on = hours_hold(&hours, now_ms, &wait_ms);
        struct calendar at = calendar_at(now_ms / 1000, NULL);

        if (on != was) {
            assert_int_equal(at.hour * 60 + at.minute,
                             on ? hours.from_min : hours.to_min);
            switches++;
        }
        was = on;
        assert_true(wait_ms > 0 && wait_ms <= HOUR_MS);
        now_ms += wait_ms;
    }
    assert_int_equal(switches, 2 * 365);
}

static void
a_second_before_is_before(void **state) {
    const struct option_hours hours = {390, 1380};
    int64_t wait_ms;

    (void)state;
    assert_false(hours_hold(&hours, wall_ms("2026-06-09T06:30") - 1, &wait_ms));
    assert_true(wait_ms == 1);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(on_within_the_hours_and_off_outside),
        cmocka_unit_test(on_time_all_year),
        cmocka_unit_test(a_second_before_is_before),
    };

    return cmocka_run_group_tests_name("hours", tests, NULL, NULL);
}
