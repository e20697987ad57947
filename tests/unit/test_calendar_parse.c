#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "common/calendar.h"

/* The system's zone, for one test. */
static void
live_in(const char *zone) {
    assert_int_equal(setenv("TZ", zone, 1), 0);
    tzset();
}

static int64_t
utc(const char *text) {
    int64_t utc_s = 0;

    assert_true(calendar_parse_time(text, &utc_s));
    return utc_s;
}

static void
parse_local(void **state) {
    static const struct {
        const char *zone, *text, *utc; /* NULL: refused */
    } cases[] = {
        {"Europe/Berlin", "2026-01-31T07:12", "2026-01-31T06:12Z"},
        {"Europe/Berlin", "2026-07-31T07:12:30", "2026-07-31T05:12:30Z"},
        /* 02:30 comes twice in autumn and not at all in spring. */
        {"Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30Z"},
        {"Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00Z"},
        {"Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30Z"},
        {"Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00Z"},
        {"America/New_York", "2026-11-01T01:30", "2026-11-01T05:30Z"},
        {"Australia/Sydney", "2026-04-05T02:30", "2026-04-04T15:30Z"},
        {"Asia/Kathmandu", "2026-01-31T07:12", "2026-01-31T01:27Z"},
        {"UTC", "2026-01-31", NULL},
        {"UTC", "2026-01-31T07:12Z", NULL},
        {"UTC", "2026-01-31T07:12 ", NULL},
        {"UTC", "2026-02-30T07:12", NULL},
        {"UTC", "2026-01-31T24:00", NULL},
        {"UTC", "2026-01-31T07:60", NULL},
        {"UTC", "", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t utc_s = -7;

        live_in(cases[i].zone);
        assert_int_equal(calendar_parse_local(cases[i].text, &utc_s),
                         cases[i].utc != NULL);
        assert_int_equal(utc_s, cases[i].utc != NULL ? utc(cases[i].utc) : -7);
    }
}

static void
parse_time(void **state) {
    static const struct {
        const char *text;
        int64_t utc_s; /* -7: refused */
    } cases[] = {
        {"2026-01-31T07:12:00Z", 1769843520},
        {"2026-01-31t07:12:00z", 1769843520},
        {"2026-01-31 07:12:00Z", 1769843520},
        {"2026-01-31T07:12Z", 1769843520},
        {"2026-01-31T08:12:00+01:00", 1769843520},
        {"2026-01-31T08:12:00+0100", 1769843520},
        {"2026-01-31T03:42:00.123456789-0330", 1769843520},
        {"2026-01-31T07:12:00.9Z", 1769843520},
        {"2026-01-31T07:11:60Z", 1769843520},
        {"2026-01-31T12:57:00", 1769843520}, /* local: Kathmandu */
        {"2000-01-01T00:00:00Z", 946684800},
        {"2100-12-31T23:59:59Z", 4133980799},
        {"2000-01-01T05:45:00", 946684800},
        {"2000-01-01T01:00:00+01:00", 946684800},
        {"2100-12-31T22:59:59-01:00", 4133980799},
        {"1999-12-31T23:59:59Z", -7},
        {"1999-12-31T23:59:59-01:00", -7},
        {"2000-01-01T00:59:59+01:00", -7}, /* UTC's year counts, too */
        {"2000-01-01T05:44:59", -7},
        {"2100-12-31T23:00:00-01:00", -7},
        {"2100-12-31T23:59:60Z", -7},
        {"2101-01-01T00:00:00Z", -7},
        {"2024-02-29T00:00Z", 1709164800},
        {"2023-02-29T00:00Z", -7},
        {"2100-02-29T00:00Z", -7},
        {"2026-04-31T00:00Z", -7},
        {"2026-00-10T00:00Z", -7},
        {"2026-13-10T00:00Z", -7},
        {"2026-01-00T00:00Z", -7},
        {"2026-01-31T24:00:00Z", -7},
        {"2026-01-31T07:60:00Z", -7},
        {"2026-01-31T07:12:61Z", -7},
        {"2026-01-31T07:12:00.Z", -7},
        {"2026-01-31T07:12:00+1:00", -7},
        {"2026-01-31T07:12:00+01:60", -7},
        {"2026-01-31T07:12:00+24:00", -7},
        {"2026-01-31T07:12:00+01", -7},
        {"2026-01-31T07:12:00ZZ", -7},
        {"2026-01-31T07:12:00 Z", -7},
        {" 2026-01-31T07:12:00Z", -7},
        {"2026-1-31T07:12:00Z", -7},
        {"2026-01-31X07:12:00Z", -7},
        {"2026-01-31", -7},
        {"2026-01-31T", -7},
        {"2026-01-31T07", -7},
        {"2026-01-31T07:", -7},
        {"NULL", -7},
        {"", -7},
    };

    (void)state;
    live_in("Asia/Kathmandu");
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t utc_s = -7;

        assert_int_equal(calendar_parse_time(cases[i].text, &utc_s),
                         cases[i].utc_s != -7);
        assert_int_equal(utc_s, cases[i].utc_s);
    }
}

static void
parse_date(void **state) {
    static const struct {
        const char *text;
        bool good;
    } cases[] = {
        {"2026-01-31", true},  {"2000-01-01", true},   {"2100-12-31", true},
        {"2024-02-29", true},  {"2000-02-29", true},   {"2100-02-28", true},
        {"1999-12-31", false}, {"2101-01-01", false},  {"2023-02-29", false},
        {"2100-02-29", false}, {"2026-06-31", false},  {"2026-1-31", false},
        {"2026-01-32", false}, {"2026-01-31 ", false}, {"20260131", false},
        {"2026-01", false},    {"-026-01-31", false},  {"", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct calendar_date date = {0};
        char text[24];

        assert_int_equal(calendar_parse_date(cases[i].text, &date),
                         cases[i].good);
        if (cases[i].good) {
            snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month,
                     date.day);
            assert_string_equal(text, cases[i].text);
        } else {
            assert_int_equal(date.year, 0);
        }
    }
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse_local),
        cmocka_unit_test(parse_time),
        cmocka_unit_test(parse_date),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
