#include "unit.h"

#include "fetch/cache_wear.h"

#define SECOND INT64_C(1000)
#define DAY    (CACHE_DAY_S * SECOND)
#define APART  (CACHE_APART_S * SECOND)
#define SETTLE (CACHE_SETTLE_S * SECOND)

/* Long after the start, so that zeroed times would be a mistake. */
static const int64_t t0 = 400 * DAY;

static void
first_news_wait_for_more(void **state) {
    struct cache_wear wear = {0};

    (void)state;
    assert_int_equal(cache_wear_due_ms(&wear, t0), t0 + SETTLE);
    assert_true(cache_wear_allows(&wear, t0));
}

static void
writes_are_apart(void **state) {
    struct cache_wear wear = {0};

    (void)state;
    cache_wear_count(&wear, t0);
    assert_int_equal(cache_wear_due_ms(&wear, t0 + 1), t0 + APART);
    assert_int_equal(cache_wear_due_ms(&wear, t0 + APART - SETTLE - 1),
                     t0 + APART);
    assert_int_equal(cache_wear_due_ms(&wear, t0 + APART - SETTLE), t0 + APART);
    assert_int_equal(cache_wear_due_ms(&wear, t0 + APART), t0 + APART + SETTLE);
}

static void
a_day_has_four_early_ends(void **state) {
    struct cache_wear wear = {0};
    int64_t now = t0;

    (void)state;
    cache_wear_count(&wear, now);
    for (int i = 0; i < CACHE_EARLY_MAX; i++) {
        now += SECOND;
        assert_true(cache_wear_allows(&wear, now));
        cache_wear_count(&wear, now);
    }
    assert_false(cache_wear_allows(&wear, now + SECOND));
    assert_false(cache_wear_allows(&wear, now + APART - 1));
    assert_true(cache_wear_allows(&wear, now + APART));
    now += APART;
    cache_wear_count(&wear, now); /* a usual one gives none back */
    assert_false(cache_wear_allows(&wear, now + SECOND));
    wear.last_ms = t0 + DAY - SECOND;
    assert_false(cache_wear_allows(&wear, t0 + DAY - 1));
    assert_true(cache_wear_allows(&wear, t0 + DAY));
    cache_wear_count(&wear, t0 + DAY);
    assert_int_equal(wear.window_ms, t0 + DAY);
}

/* News all the time, and a program that is ended every ten minutes: the worst
 * day of a year is within the budget. */
static void
no_day_has_more_than_a_hundred(void **state) {
    struct cache_wear wear = {0};
    int64_t due = 0, end = t0 + DAY, now;
    int writes = 0, days = 0;

    (void)state;
    for (now = t0; days < 30; now += SECOND) {
        if (now >= end) {
            assert_in_range(writes, 90, 96 + CACHE_EARLY_MAX);
            writes = 0;
            days++;
            end += DAY;
        }
        if (due == 0) {
            due = cache_wear_due_ms(&wear, now);
        }
        if (now >= due ||
            (now % (600 * SECOND) == 0 && cache_wear_allows(&wear, now))) {
            cache_wear_count(&wear, now);
            writes++;
            due = 0;
        }
    }
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_news_wait_for_more),
        cmocka_unit_test(writes_are_apart),
        cmocka_unit_test(a_day_has_four_early_ends),
        cmocka_unit_test(no_day_has_more_than_a_hundred),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
