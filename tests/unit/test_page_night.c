/* When the night theme holds. */
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "common/calendar.h"
#include "render/page.h"

enum { MINUTE_MS = 60000, HOUR_MS = 60 * MINUTE_MS };

#define BERLIN 52.52, 13.40
#define TROMSO 69.65, 18.96

static struct moment
moment_of(const char *text) {
    struct moment moment = {.wall_known = true};

    assert_true(calendar_parse_local(text, &moment.wall_ms));
    moment.wall_ms *= 1000;
    return moment;
}

static struct page
make_page(double latitude, double longitude, struct option_hours hours) {
    struct page page = {0};

    page.settings.mirror.location[0] = latitude;
    page.settings.mirror.location[1] = longitude;
    page.settings.mirror.night = hours;
    page.settings.mirror.night_theme[0] = 'n';
    return page;
}

static void
by_sun_or_by_hours(void **state) {
    static const struct {
        double place[2];
        struct option_hours hours;
        const char *at;
        bool night;
    } cases[] = {
        /* The sun of Berlin rises at 04:44 and sets at 21:26. */
        {{BERLIN}, {0, 0}, "2026-06-09T04:30", true},
        {{BERLIN}, {0, 0}, "2026-06-09T05:00", false},
        {{BERLIN}, {0, 0}, "2026-06-09T21:10", false},
        {{BERLIN}, {0, 0}, "2026-06-09T21:40", true},
        {{BERLIN}, {0, 0}, "2026-06-09T23:59", true},
        {{BERLIN}, {0, 0}, "2026-06-10T00:00", true},
        {{BERLIN}, {1320, 390}, "2026-06-09T21:59", false},
        {{BERLIN}, {1320, 390}, "2026-06-09T22:00", true},
        {{BERLIN}, {1320, 390}, "2026-06-09T06:29", true},
        {{BERLIN}, {1320, 390}, "2026-06-09T06:30", false},
        {{TROMSO}, {0, 0}, "2026-06-09T00:30", false},
        {{TROMSO}, {0, 0}, "2026-12-24T12:00", false},
        {{TROMSO}, {1320, 390}, "2026-12-24T23:00", true},
        {{NAN, NAN}, {0, 0}, "2026-06-09T02:00", false},
        {{NAN, NAN}, {1320, 390}, "2026-06-09T02:00", true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct page page =
            make_page(cases[i].place[0], cases[i].place[1], cases[i].hours);
        struct moment now = moment_of(cases[i].at);
        int64_t wait_ms;

        if (page_is_night(&page, &now, &wait_ms) != cases[i].night) {
            fail_msg("case %zu", i);
        }
        now.wall_known = false; /* then it is day */
        assert_false(page_is_night(&page, &now, &wait_ms));
    }
}

static void
without_a_theme_there_is_no_night(void **state) {
    struct page page = make_page(BERLIN, (struct option_hours){1320, 390});
    struct moment now = moment_of("2026-06-09T02:00");
    int64_t wait_ms = 0;

    (void)state;
    page.settings.mirror.night_theme[0] = '\0';
    assert_false(page_is_night(&page, &now, &wait_ms));
    assert_true(wait_ms == CLOCK_NEVER);
    assert_ptr_equal(page_theme(&page, true), &page.theme);
    page.settings.mirror.night_theme[0] = 'n';
    assert_ptr_equal(page_theme(&page, true), &page.night_theme);
    assert_ptr_equal(page_theme(&page, false), &page.theme);
}

/* Who follows its word for when to look again misses no edge of a year. */
static void
waits_end_at_the_edges(void **state) {
    struct page page = make_page(BERLIN, (struct option_hours){0, 0});
    struct moment now = moment_of("2026-01-01T12:00");
    bool night = false;
    int edges = 0;

    (void)state;
    for (int looks = 0; looks < 366 * 26; looks++) {
        int64_t wait_ms;
        bool is = page_is_night(&page, &now, &wait_ms);

        assert_true(wait_ms > 0 && wait_ms <= HOUR_MS);
        edges += is != night;
        night = is;
        now.wall_ms += wait_ms - 1;
        assert_int_equal(page_is_night(&page, &now, &wait_ms), night);
        now.wall_ms += 1;
    }
    assert_in_range(edges, 2 * 365, 2 * 400);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_sun_or_by_hours),
        cmocka_unit_test(without_a_theme_there_is_no_night),
        cmocka_unit_test(waits_end_at_the_edges),
    };

    setenv("TZ", "Europe/Berlin", 1);
    tzset();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
