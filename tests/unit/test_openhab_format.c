#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fetch/hubs/openhab_format.h"
#include "fetch/hubs/openhab_value.h"

enum { SIZE = 64 };

static void
patterns_are_followed(void **state) {
    static const struct {
        const char *pattern;
        enum openhab_type type;
        const char *value;
        const char *expected;
    } cases[] = {
        {"%.1f °C", OPENHAB_NUMBER, "21.54 °C", "21.5 °C"},
        {"%.1f %unit%", OPENHAB_NUMBER, "-3.4 °C", "-3.4 °C"},
        {"%.0f %unit%", OPENHAB_NUMBER, "21.6 °C", "22 °C"},
        {"%.0f", OPENHAB_NUMBER, "-0.4", "0"},
        {"%.0f", OPENHAB_NUMBER, "2.5", "3"},
        {"%.0f", OPENHAB_NUMBER, "-2.5", "-3"},
        {"%.1f", OPENHAB_NUMBER, "0.25", "0.3"},
        {"%f", OPENHAB_NUMBER, "1.5", "1.500000"},
        {"%d %%", OPENHAB_DIMMER, "37.5", "38 %"},
        {"%d", OPENHAB_NUMBER, "1e3", "1000"},
        {"%d", OPENHAB_COLOUR, "30,60,80", "80"},
        {"%3d|", OPENHAB_NUMBER, "7", "  7|"},
        {"%-3d|", OPENHAB_NUMBER, "7", "7  |"},
        {"%03d", OPENHAB_NUMBER, "-7", "-07"},
        {"%+d", OPENHAB_NUMBER, "7", "+7"},
        {"%,d", OPENHAB_NUMBER, "1234567", "1,234,567"},
        {"%,.1f", OPENHAB_NUMBER, "-123456.7", "-123,456.7"},
        {"%1$d W", OPENHAB_NUMBER, "12 W", "12 W"},
        {"<%s>", OPENHAB_STRING, "a %d b", "<a %d b>"},
        {"%4s|", OPENHAB_STRING, "ä", "   ä|"},
        {"a%nb", OPENHAB_STRING, "x", "a\nb"},
        {"plain", OPENHAB_STRING, "x", "plain"},
        {"%1$tY-%1$tm-%1$td %1$tH:%1$tM:%1$tS", OPENHAB_DATETIME,
         "2026-01-31T07:12:05.000+0000", "2026-01-31 07:12:05"},
        {"%1$te.%1$tm.%1$ty %1$tR", OPENHAB_DATETIME,
         "2026-02-03T17:02:05.000+0000", "3.02.26 17:02"},
        {"%1$tl:%1$tM %1$tp", OPENHAB_DATETIME, "2026-02-03T00:02:05.000+0000",
         "12:02 am"},
        {"%tI %tk %tT", OPENHAB_DATETIME, "2026-02-03T13:02:05.000+0000",
         "01 13 13:02:05"},
        {"%tF %tD", OPENHAB_DATETIME, "2026-02-03T13:02:05.000+0000",
         "2026-02-03 02/03/26"},
        {"", OPENHAB_STRING, "x", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct hub_value value;
        char text[SIZE] = "before";

        openhab_value_parse(cases[i].type, cases[i].value, &value);
        assert_true(openhab_format(cases[i].pattern, &value, text, SIZE));
        assert_string_equal(text, cases[i].expected);
    }
}

static void
what_cannot_be_followed_is_refused(void **state) {
    static const struct {
        const char *pattern;
        enum openhab_type type;
        const char *value;
    } cases[] = {
        {"MAP(de.map):%s", OPENHAB_STRING, "OPEN"},
        {"JS(a.js):%s", OPENHAB_STRING, "x"},
        {"%q", OPENHAB_NUMBER, "3"},
        {"%n%n%hn", OPENHAB_NUMBER, "3"},
        {"%ld", OPENHAB_NUMBER, "3"},
        {"%*d", OPENHAB_NUMBER, "3"},
        {"%2$d", OPENHAB_NUMBER, "3"},
        {"50 %", OPENHAB_NUMBER, "3"},
        {"%t", OPENHAB_DATETIME, "2026-02-03T13:02:05.000+0000"},
        {"%tB", OPENHAB_DATETIME, "2026-02-03T13:02:05.000+0000"},
        {"%tH", OPENHAB_NUMBER, "3"},
        {"%d", OPENHAB_STRING, "three"},
        {"%.1f", OPENHAB_SWITCH, "ON"},
        {"%.3s", OPENHAB_STRING, "three"},
        {"%33d", OPENHAB_NUMBER, "3"},
        {"%99999999999d", OPENHAB_NUMBER, "3"},
        {"%.10f", OPENHAB_NUMBER, "3"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct hub_value value;
        char text[SIZE] = "before";

        openhab_value_parse(cases[i].type, cases[i].value, &value);
        assert_false(openhab_format(cases[i].pattern, &value, text, SIZE));
        assert_string_equal(text, "before");
    }
}

static void
bounds_have_two_sides(void **state) {
    struct hub_value value;
    char pattern[OPENHAB_PATTERN_MAX + 2];
    char text[RECORD_TEXT_MAX];

    (void)state;
    openhab_value_parse(OPENHAB_NUMBER, "3", &value);
    assert_true(openhab_format("%32d", &value, text, sizeof text));
    assert_true(openhab_format("%.9f", &value, text, sizeof text));
    assert_string_equal(text, "3.000000000");

    memset(pattern, 'x', sizeof pattern);
    pattern[OPENHAB_PATTERN_MAX] = '\0';
    assert_true(openhab_format(pattern, &value, text, sizeof text));
    pattern[OPENHAB_PATTERN_MAX] = 'x';
    pattern[OPENHAB_PATTERN_MAX + 1] = '\0';
    assert_false(openhab_format(pattern, &value, text, sizeof text));

    assert_true(openhab_format("1234567", &value, text, 8));
    assert_false(openhab_format("12345678", &value, text, 8));

    openhab_value_parse(OPENHAB_NUMBER, "1e308", &value);
    assert_false(openhab_format("%.0f", &value, text, sizeof text));
}

static void
the_server_s_own_text_comes_first(void **state) {
    static const char options[] = "1\0Day\0"
                                  "2\0Night\0";
    static const struct {
        const char *value, *display, *options, *pattern, *expected;
    } cases[] = {
        {"21.54 °C", "21,5 °C", NULL, "%.1f °C", "21,5 °C"},
        {"21.54 °C", NULL, NULL, "%.1f °C", "21.5 °C"},
        {"21.54 °C", NULL, NULL, "", "21.54 °C"},
        {"21.54 °C", NULL, NULL, "MAP(x.map):%s", "21.54 °C"},
        {"2", NULL, options, "%.1f", "Night"},
        {"3", NULL, options, "%.1f", "3.0"},
        {"2", "nachts", options, "%.1f", "nachts"},
        {"45", "45 ", NULL, "", "45"},
        {"NULL", NULL, options, "%.1f", ""},
        {"UNDEF", "weg", NULL, "", "weg"},
        {"a\tb\x01", NULL, NULL, "%s", "a b"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct hub_value value;
        char text[SIZE];

        openhab_value_parse(OPENHAB_NUMBER, cases[i].value, &value);
        openhab_show(&value, cases[i].display, cases[i].options,
                     cases[i].pattern, text, SIZE);
        assert_string_equal(text, cases[i].expected);
    }
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_are_followed),
        cmocka_unit_test(what_cannot_be_followed_is_refused),
        cmocka_unit_test(bounds_have_two_sides),
        cmocka_unit_test(the_server_s_own_text_comes_first),
    };

    setenv("TZ", "UTC", 1);
    tzset();
    return cmocka_run_group_tests_name("openhab_format", tests, NULL, NULL);
}
