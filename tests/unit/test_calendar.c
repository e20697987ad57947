#include "unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/calendar.h"

/* The system's zone, for one test. */
static void
live_in(const char *zone) {
    assert_int_equal(setenv("TZ", zone, 1), 0);
    tzset();
}

static struct calendar_date
date_of(int year, int month, int day) {
    return (struct calendar_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
}

static int64_t
utc(const char *text) {
    int64_t utc_s = 0;

    assert_true(calendar_parse_time(text, &utc_s));
    return utc_s;
}

static void
zones_and_their_changes(void **state) {
    static const struct {
        const char *zone, *utc, *local;
        int offset_s;
    } cases[] = {
        /* Berlin goes forward at 01:00Z, back at 01:00Z. */
        {"Europe/Berlin", "2026-03-29T00:59:59Z", "2026-03-29 01:59:59 6",
         3600},
        {"Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29 03:00:00 6",
         7200},
        {"Europe/Berlin", "2026-10-25T00:59:59Z", "2026-10-25 02:59:59 6",
         7200},
        {"Europe/Berlin", "2026-10-25T01:00:00Z", "2026-10-25 02:00:00 6",
         3600},
        /* Sao Paulo went forward at midnight until 2018. */
        {"America/Sao_Paulo", "2018-11-04T02:59:59Z", "2018-11-03 23:59:59 5",
         -10800},
        {"America/Sao_Paulo", "2018-11-04T03:00:00Z", "2018-11-04 01:00:00 6",
         -7200},
        /* Lord Howe moves by half an hour. */
        {"Australia/Lord_Howe", "2026-04-04T14:59:59Z", "2026-04-05 01:59:59 6",
         39600},
        {"Australia/Lord_Howe", "2026-04-04T15:00:00Z", "2026-04-05 01:30:00 6",
         37800},
        {"Asia/Kathmandu", "2026-01-01T18:15:00Z", "2026-01-02 00:00:00 4",
         20700},
        {"Pacific/Kiritimati", "2026-01-01T10:00:00Z", "2026-01-02 00:00:00 4",
         50400},
        /* Where 32 bits end, and summers that only the rule at the end of
         * tzdata knows. */
        {"UTC", "2038-01-19T03:14:07Z", "2038-01-19 03:14:07 1", 0},
        {"UTC", "2038-01-19T03:14:08Z", "2038-01-19 03:14:08 1", 0},
        {"Europe/Berlin", "2050-07-01T12:00:00Z", "2050-07-01 14:00:00 4",
         7200},
        {"Europe/Berlin", "2100-12-31T12:00:00Z", "2100-12-31 13:00:00 4",
         3600},
        {"Europe/London", "1970-01-01T00:00:00Z", "1970-01-01 01:00:00 3",
         3600},
        {"No/Such_Zone", "2026-01-01T18:15:00Z", "2026-01-01 18:15:00 3", 0},
        /* What POSIX would take for five hours west. */
        {"Abc5", "2026-01-01T18:15:00Z", "2026-01-01 18:15:00 3", 0},
    };

    (void)state;
    live_in("Asia/Tokyo");
    for (size_t i = 0; i < COUNT(cases); i++) {
        /* 1970 is no year calendar_parse_time() takes. */
        int64_t utc_s = cases[i].utc[0] == '1' ? 0 : utc(cases[i].utc);
        struct calendar at = calendar_at(utc_s, cases[i].zone);
        char text[64];

        snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d %d",
                 at.date.year, at.date.month, at.date.day, at.hour, at.minute,
                 at.second, at.weekday);
        assert_string_equal(text, cases[i].local);
        assert_int_equal(at.utc_offset, cases[i].offset_s);
        /* The process is back in its own zone. */
        assert_int_equal(calendar_at(utc_s, NULL).utc_offset, 9 * 3600);
        assert_string_equal(getenv("TZ"), "Asia/Tokyo");
    }
}

static void
no_zone_stays_no_zone(void **state) {
    (void)state;
    unsetenv("TZ");
    tzset();
    assert_int_equal(calendar_at(0, "Asia/Kathmandu").utc_offset, 19800);
    assert_null(getenv("TZ"));
}

static void
times_out_of_reach_are_clamped(void **state) {
    (void)state;
    live_in("UTC0");
    assert_int_equal(calendar_at(INT64_MAX, NULL).date.year, 9999);
    assert_int_equal(calendar_at(INT64_MIN, NULL).date.year, 1);
    assert_int_equal(calendar_at(INT64_MAX, "Europe/Oslo").date.year, 9999);
}

static void
zones_known(void **state) {
    static const char *const known[] = {"Europe/Oslo", "UTC", "Etc/GMT+3",
                                        "America/Argentina/Buenos_Aires"};
    static const char *const unknown[] = {
        "",
        "/",
        "Europe",
        "Europe/",
        "Europe/Atlantis",
        "europe/oslo ",
        "../../etc/passwd",
        "/usr/share/zoneinfo/UTC",
        "zone.tab",
        "UTC\n",
        "Europe\\Oslo",
        "\xc3\x85land",
    };
    char zone[80];

    (void)state;
    unsetenv("TZDIR");
    for (size_t i = 0; i < COUNT(known); i++) {
        assert_true(calendar_zone_known(known[i]));
    }
    for (size_t i = 0; i < COUNT(unknown); i++) {
        assert_false(calendar_zone_known(unknown[i]));
    }
    memset(zone, 'A', sizeof zone);
    zone[sizeof zone - 1] = '\0';
    assert_false(calendar_zone_known(zone));
}

static size_t
open_descriptors(void) {
    DIR *folder = opendir("/proc/self/fd");
    size_t count = 0;

    assert_non_null(folder);
    while (readdir(folder) != NULL) {
        count++;
    }
    closedir(folder);
    return count;
}

static void
many_zones_leak_no_descriptor(void **state) {
    size_t before = open_descriptors();

    (void)state;
    for (int i = 0; i < 500; i++) {
        calendar_at(i * 86400, i % 2 == 0 ? "Europe/Oslo" : "Asia/Tokyo");
    }
    assert_int_equal(open_descriptors(), before);
}

static void
midnight(void **state) {
    static const struct {
        const char *zone;
        struct calendar_date date;
        const char *utc;
        int hours; /* of that day */
    } cases[] = {
        {"UTC", {2026, 1, 1}, "2026-01-01T00:00Z", 24},
        {"Europe/Berlin", {2026, 3, 29}, "2026-03-28T23:00Z", 23},
        {"Europe/Berlin", {2026, 10, 25}, "2026-10-24T22:00Z", 25},
        /* Begins at 01:00; then 23:00 comes twice. */
        {"America/Sao_Paulo", {2018, 11, 4}, "2018-11-04T03:00Z", 23},
        {"America/Sao_Paulo", {2019, 2, 16}, "2019-02-16T02:00Z", 25},
        {"Australia/Sydney", {2026, 10, 4}, "2026-10-03T14:00Z", 23},
        {"Australia/Sydney", {2026, 4, 5}, "2026-04-04T13:00Z", 25},
        {"Asia/Kathmandu", {2026, 6, 1}, "2026-05-31T18:15Z", 24},
        {"Pacific/Kiritimati", {2026, 6, 1}, "2026-05-31T10:00Z", 24},
        {"Pacific/Niue", {2026, 6, 1}, "2026-06-01T11:00Z", 24},
        /* The day that Samoa left out begins with the next. */
        {"Pacific/Apia", {2011, 12, 30}, "2011-12-30T10:00Z", 0},
        {"Pacific/Apia", {2011, 12, 31}, "2011-12-30T10:00Z", 24},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t days = calendar_days(cases[i].date);
        int64_t start_s, end_s;

        live_in(cases[i].zone);
        start_s = calendar_midnight(cases[i].date);
        end_s = calendar_midnight(calendar_from_days(days + 1));
        assert_int_equal(start_s, utc(cases[i].utc));
        assert_int_equal(end_s - start_s, cases[i].hours * 3600);
    }
    live_in("Australia/Lord_Howe");
    assert_int_equal(calendar_midnight(date_of(2026, 4, 6)) -
                         calendar_midnight(date_of(2026, 4, 5)),
                     24 * 3600 + 1800);
}

/* Every day of four centuries, against the months as one learns them. */
static void
days_and_back(void **state) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};
    int64_t days = calendar_days(date_of(1800, 1, 1));

    (void)state;
    assert_int_equal(calendar_days(date_of(1970, 1, 1)), 0);
    assert_int_equal(calendar_days(date_of(2000, 3, 1)), 11017);
    for (int year = 1800; year < 2200; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

        for (int month = 1; month <= 12; month++) {
            int length = lengths[month - 1] + (month == 2 && leap ? 1 : 0);

            for (int day = 1; day <= length; day++, days++) {
                struct calendar_date date = date_of(year, month, day);

                assert_int_equal(calendar_days(date), days);
                assert_int_equal(
                    calendar_compare(calendar_from_days(days), date), 0);
            }
        }
    }
    assert_int_equal(
        calendar_compare(calendar_from_days(-719468), date_of(0, 3, 1)), 0);
}

static void
order_of_dates(void **state) {
    (void)state;
    assert_true(calendar_compare(date_of(2026, 1, 2), date_of(2026, 1, 1)) > 0);
    assert_true(calendar_compare(date_of(2026, 1, 9), date_of(2026, 2, 1)) < 0);
    assert_true(calendar_compare(date_of(2025, 9, 9), date_of(2026, 1, 1)) < 0);
    assert_int_equal(calendar_compare(date_of(2026, 1, 1), date_of(2026, 1, 1)),
                     0);
}

static void
weeks(void **state) {
    static const struct {
        struct calendar_date date;
        int weekday, week;
    } cases[] = {
        {{2026, 1, 1}, 3, 1},   {{2026, 12, 31}, 3, 53},
        {{2027, 1, 1}, 4, 53},  {{2027, 1, 3}, 6, 53},
        {{2027, 1, 4}, 0, 1},   {{2024, 12, 29}, 6, 52},
        {{2024, 12, 30}, 0, 1}, {{2020, 12, 31}, 3, 53},
        {{2021, 1, 3}, 6, 53},  {{2021, 1, 4}, 0, 1},
        {{2000, 1, 1}, 5, 52},  {{2000, 2, 29}, 1, 9},
        {{1970, 1, 1}, 3, 1},   {{1969, 12, 28}, 6, 52},
        {{2016, 1, 3}, 6, 53},  {{2100, 12, 31}, 4, 52},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(calendar_weekday(cases[i].date), cases[i].weekday);
        assert_int_equal(calendar_iso_week(cases[i].date), cases[i].week);
    }
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(zones_and_their_changes),
        cmocka_unit_test(no_zone_stays_no_zone),
        cmocka_unit_test(times_out_of_reach_are_clamped),
        cmocka_unit_test(zones_known),
        cmocka_unit_test(many_zones_leak_no_descriptor),
        cmocka_unit_test(midnight),
        cmocka_unit_test(days_and_back),
        cmocka_unit_test(order_of_dates),
        cmocka_unit_test(weeks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
