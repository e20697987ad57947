#include "unit.h"

#include <stdlib.h>
#include <time.h>

#include "widgets/todo_due.h"

#define NOW_S INT64_C(1780989150) /* Tuesday 2026-06-09 07:12:30 UTC */

enum { HOUR = 3600, DAY = 86400 };

static int questions; /* to the zone */

/* In front of the C library's. */
struct tm *
localtime_r(const time_t *time, struct tm *tm) {
    questions++;
    *tm = *localtime(time);
    return tm;
}

static struct todo_item
on_day(int year, int month, int day) {
    return (struct todo_item){
        .due_date = {(int16_t)year, (uint8_t)month, (uint8_t)day},
        .due_s = RECORD_NO_TIME,
    };
}

static struct todo_item
at_time(int64_t utc_s) {
    return (struct todo_item){.due_s = utc_s};
}

static void
days_and_times(void **state) {
    const struct {
        struct todo_item item;
        enum todo_due due;
    } cases[] = {
        {at_time(RECORD_NO_TIME), TODO_DUE_NONE},
        {on_day(2026, 6, 8), TODO_DUE_OVERDUE},
        {on_day(2025, 12, 31), TODO_DUE_OVERDUE},
        {on_day(2026, 6, 9), TODO_DUE_TODAY},
        {on_day(2026, 6, 10), TODO_DUE_TOMORROW},
        {on_day(2026, 6, 11), TODO_DUE_WEEKDAY},
        {on_day(2026, 6, 15), TODO_DUE_WEEKDAY},
        {on_day(2026, 6, 16), TODO_DUE_DATE}, /* a Tuesday again */
        {on_day(2026, 12, 31), TODO_DUE_DATE},
        {on_day(2027, 5, 9), TODO_DUE_DATE}, /* 334 days */
        {on_day(2027, 5, 10), TODO_DUE_YEAR},
        {on_day(2031, 6, 9), TODO_DUE_YEAR},
        {at_time(NOW_S - 1), TODO_DUE_OVERDUE},
        {at_time(NOW_S), TODO_DUE_OVERDUE},
        {at_time(NOW_S + 1), TODO_DUE_TODAY},
        {at_time(NOW_S + 16 * HOUR), TODO_DUE_TODAY},
        {at_time(NOW_S + 17 * HOUR), TODO_DUE_TOMORROW},
        {at_time(NOW_S + 7 * DAY), TODO_DUE_DATE},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct todo_item done = cases[i].item;

        assert_int_equal(todo_due(&cases[i].item, NOW_S), cases[i].due);
        done.done = 1;
        assert_int_equal(todo_due(&done, NOW_S), TODO_DUE_NONE);
    }
}

static void
order(void **state) {
    /* each before the next */
    const struct todo_item sorted[] = {
        on_day(2026, 6, 8), at_time(NOW_S),      at_time(NOW_S + 16 * HOUR),
        on_day(2026, 6, 9), on_day(2026, 6, 10), at_time(RECORD_NO_TIME),
    };

    (void)state;
    for (size_t i = 0; i < COUNT(sorted); i++) {
        for (size_t k = 0; k < COUNT(sorted); k++) {
            int expected = (i > k) - (i < k);

            assert_int_equal(todo_due_compare(&sorted[i], &sorted[k]),
                             expected);
        }
    }
}

/* A long list is sorted by many of them, several times for a picture. */
static void
an_order_asks_little_of_the_zone(void **state) {
    const struct todo_item monday = on_day(2026, 6, 8);
    const struct todo_item tuesday = on_day(2026, 6, 9);
    const struct todo_item now = at_time(NOW_S);

    (void)state;
    questions = 0;
    assert_int_equal(todo_due_compare(&monday, &tuesday), -1);
    assert_int_equal(questions, 0);
    assert_int_equal(todo_due_compare(&monday, &now), -1);
    assert_int_equal(questions, 1);
}

static void
when_it_changes(void **state) {
    const int64_t midnight_s = NOW_S - NOW_S % DAY + DAY;
    const struct {
        struct todo_item item;
        int64_t change_s;
    } cases[] = {
        {on_day(2026, 6, 9), midnight_s},
        {at_time(NOW_S + HOUR), NOW_S + HOUR},
        {at_time(NOW_S - HOUR), midnight_s},
        {at_time(NOW_S + 2 * DAY), midnight_s},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t change_s = todo_due_change(&cases[i].item, NOW_S);

        assert_true(change_s == cases[i].change_s);
    }
}

/* All of a year may be said without it from its first day on. */
static void
the_last_day_of_this_year(void **state) {
    const int64_t new_year_s = INT64_C(1767225600); /* 2026-01-01 */
    const struct todo_item last = on_day(2026, 12, 31);
    const struct todo_item next = on_day(2027, 1, 1);

    (void)state;
    assert_int_equal(todo_due(&last, new_year_s), TODO_DUE_DATE);
    assert_int_equal(todo_due(&next, new_year_s), TODO_DUE_YEAR);
    assert_int_equal(todo_due(&last, new_year_s - 1), TODO_DUE_YEAR);
}

/* In Berlin this night has 23 hours. */
static void
midnight_of_a_short_day(void **state) {
    struct todo_item item = on_day(2026, 3, 29);
    int64_t now_s = INT64_C(1774738800); /* 2026-03-29 00:00 +01:00 */

    (void)state;
    setenv("TZ", "Europe/Berlin", 1);
    tzset();
    assert_int_equal(todo_due(&item, now_s), TODO_DUE_TODAY);
    assert_true(todo_due_change(&item, now_s) == now_s + 23 * HOUR);
    assert_int_equal(todo_due(&item, now_s + 23 * HOUR - 1), TODO_DUE_TODAY);
    assert_int_equal(todo_due(&item, now_s + 23 * HOUR), TODO_DUE_OVERDUE);
    setenv("TZ", "UTC", 1);
    tzset();
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_and_times),
        cmocka_unit_test(order),
        cmocka_unit_test(an_order_asks_little_of_the_zone),
        cmocka_unit_test(when_it_changes),
        cmocka_unit_test(the_last_day_of_this_year),
        cmocka_unit_test(midnight_of_a_short_day),
    };

    setenv("TZ", "UTC", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
