#include "unit.h"

#include "fetch/http_date.h"

static void
dates_of_headers(void **state) {
    static const struct {
        const char *text;
        int64_t utc_s; /* -1: refused */
    } cases[] = {
        /* The three forms as RFC 9110, 5.6.7 shows them. */
        {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777},
        {"Sunday, 06-Nov-94 08:49:37 GMT", 784111777},
        {"Sun Nov  6 08:49:37 1994", 784111777},
        {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
        {"Sat, 31 Jan 2026 07:12:00 GMT", 1769843520},
        {"Thu, 29 Feb 2024 23:59:59 GMT", 1709251199},
        /* On both sides of what 32 bits can hold. */
        {"Tue, 19 Jan 2038 03:14:07 GMT", 2147483647},
        {"Tue, 19 Jan 2038 03:14:08 GMT", 2147483648},
        {"Fri, 31 Dec 2100 23:59:59 GMT", 4133980799},
        {"Fri, 31 Dec 9999 23:59:59 GMT", 253402300799},
        {"Fri, 01 Jan 10000 00:00:00 GMT", -1},
        {"Thu, 29 Feb 2023 23:59:59 GMT", -1},
        {"Thu, 31 Apr 2026 00:00:00 GMT", -1},
        {"Thu, 00 Apr 2026 00:00:00 GMT", -1},
        {"Sun, 06 Nov 1994 24:00:00 GMT", -1},
        {"Sun, 06 Nov 1994 08:60:00 GMT", -1},
        {"Sun, 06 Nov 1994 08:49:37 CET", -1},
        {"Sun, 06 Nov 1994 08:49:37", -1},
        {"Sun, 06 Nov 1994 08:49:37 GMT+1", -1},
        {"Son, 06 Nov 1994 08:49:37 GMT", -1},
        {"Sun, 06 Okt 1994 08:49:37 GMT", -1},
        {"1994-11-06T08:49:37Z", -1},
        {"120", -1},
        {"soon", -1},
        {"", -1},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t utc_s = -1;

        assert_int_equal(http_date_parse(cases[i].text, &utc_s),
                         cases[i].utc_s >= 0);
        assert_int_equal(utc_s, cases[i].utc_s);
    }
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_of_headers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
