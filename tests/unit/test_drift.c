#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "render/drift.h"

enum { STEP_MS = 300000, STEPS_A_DAY = 288, REACH = 8, SIDE = 2 * REACH + 1 };

static void
it_moves_by_a_pixel_and_stays_within_half_the_margin(void **state) {
    static const struct {
        int margin, reach;
    } cases[] = {{0, 0},  {1, 0},  {2, 1},  {3, 1},  {4, 2},
                 {15, 7}, {16, 8}, {17, 8}, {200, 8}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct drift before = drift_at(0, cases[i].margin);
        int most = 0;

        for (int64_t k = 1; k < 2 * STEPS_A_DAY; k++) {
            struct drift now = drift_at(k * STEP_MS, cases[i].margin);

            assert_true(abs(now.x) <= cases[i].reach);
            assert_true(abs(now.y) <= cases[i].reach);
            assert_true(abs(now.x - before.x) <= 1);
            assert_true(abs(now.y - before.y) <= 1);
            most = abs(now.x) > most ? abs(now.x) : most;
            before = now;
        }
        assert_int_equal(most, cases[i].reach);
    }
}

static void
it_stands_still_between_its_steps(void **state) {
    struct drift at = drift_at(7 * STEP_MS, 100);

    (void)state;
    assert_true(drift_equal(drift_at(8 * STEP_MS - 1, 100), at));
    assert_false(drift_equal(drift_at(8 * STEP_MS, 100), at));
    assert_true(abs(drift_at(-5 * STEP_MS, 100).x) <= REACH); /* before 1970 */
}

/* So that no pixel of a stroke stays lit. */
static void
a_day_leads_to_many_places(void **state) {
    bool seen[SIDE][SIDE];
    int places = 0;

    (void)state;
    memset(seen, 0, sizeof seen);
    for (int64_t k = 0; k < STEPS_A_DAY; k++) {
        struct drift at = drift_at(k * STEP_MS, 100);
        bool *place = &seen[at.y + REACH][at.x + REACH];

        places += !*place;
        *place = true;
    }
    assert_true(places > 100);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_moves_by_a_pixel_and_stays_within_half_the_margin),
        cmocka_unit_test(it_stands_still_between_its_steps),
        cmocka_unit_test(a_day_leads_to_many_places),
    };

    return cmocka_run_group_tests_name("drift", tests, NULL, NULL);
}
