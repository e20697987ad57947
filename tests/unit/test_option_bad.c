#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "option_sample.h"

static const struct {
    const char *name, *value, *why;
} bad[] = {
    {"flag", "ja", "expected yes or no, got 'ja'"},
    {"flag", "", "expected yes or no, got nothing"},
    {"number", "6", "expected -2..5, got '6'"},
    {"number", "-3", "expected -2..5, got '-3'"},
    {"number", "1.0", "expected -2..5, got '1.0'"},
    {"any", "2147483648", "expected a whole number, got '2147483648'"},
    {"any", "x\x1b[1m", "expected a whole number, got 'x\\x1b[1m'"},
    {"choice", "alwys",
     "expected auto, always or never, got 'alwys' "
     "(did you mean 'always'?)"},
    {"choice", "blue", "expected auto, always or never, got 'blue'"},
    {"choice", "auto|always",
     "expected auto, always or never, got 'auto|always'"},
    {"duration", "59 s", "expected 1 min to 2 h, got '59 s'"},
    {"duration", "7201 s", "expected 1 min to 2 h, got '7201 s'"},
    {"duration", "90",
     "expected a duration in s, min, h or d, such as "
     "\"90 s\", got '90'"},
    {"duration", "5 minutes", NULL},
    {"duration", "-5 min", NULL},
    {"duration", "61.5 s",
     "expected whole seconds, up to 24855 d, got "
     "'61.5 s'"},
    {"duration", "99999999999 d", NULL},
    {"duration", "1.1.1 s", NULL},
    {"duration", "s", NULL},
    {"real", "1.51", "expected -0.5..1.5, got '1.51'"},
    {"real", "-0.51", NULL},
    {"real", "0,5", NULL},
    {"real", "nan", NULL},
    {"length", "99.9 mm", "expected 10 cm to 2 m, got '99.9 mm'"},
    {"length", "2001 mm", NULL},
    {"length", "15.6\"", NULL},
    {"length", "15.6",
     "expected a length in mm, cm, m or in, such as "
     "\"15.6 in\", got '15.6'"},
    {"length", "1e2 mm", NULL},
    {"hours", "06:00", NULL},
    {"hours", "06:00-", NULL},
    {"hours", "-23:00", NULL},
    {"hours", "6:00-23:00", NULL},
    {"hours", "06:00-24:00", NULL},
    {"hours", "06:60-23:00", NULL},
    {"hours", "006:00-23:00", NULL},
    {"hours", "06:00-23:00 ", NULL},
    {"hours", "06:00-23:000", NULL},
    {"hours", "06:00 - 23:00", NULL},
    {"hours", "06:00-06:00",
     "expected two times of day such as 06:00-23:00, got '06:00-06:00'"},
    {"hours", "dawn-dusk", NULL},
    {"location", "52.52", NULL},
    {"location", "52.52, ", NULL},
    {"location", "52.52, 13.40,", NULL},
    {"location", "52,52, 13,40", NULL},
    {"location", "1, 2, 3", NULL},
    {"location", "90.01, 0",
     "expected a latitude of -90..90 and a "
     "longitude of -180..180, got '90.01, 0'"},
    {"location", "0, -180.01", NULL},
    {"location", "north, west", NULL},
    {"text", "12345678", "expected at most 7 bytes, got '12345678'"},
    {"text", "a\tb", NULL},
    {"text", "a\xc2\x9b", NULL},
    {"text", "\xff", NULL},
    {"name", "a b", NULL},
    {"name", "../etc", NULL},
    {"name", "", NULL},
    {"name", "12345678", NULL},
    {"item", "a-b", NULL},
    {"item", "a/b", NULL},
    {"items", "A,,B", "expected an item name between commas, got nothing"},
    {"items", "A,B,",
     "expected an item name after the last comma, got "
     "nothing"},
    {"items", ",", NULL},
    {"items", "A,b-c", NULL},
    {"items", "A23456789,B23456", NULL},
    {"nets", "hub.lan",
     "expected an address or a prefix such as 2001:db8::/32 between commas, "
     "got 'hub.lan'"},
    {"nets", "192.0.2.7/0", NULL},
    {"nets", "192.0.2.7/33", NULL},
    {"nets", "192.0.2.7/", NULL},
    {"nets", "192.0.2.7/8/8", NULL},
    {"nets", "2001:db8::/129", NULL},
    {"nets", "192.0.2", NULL},
    {"nets", "::1,", NULL},
    {"url", "hub.lan", NULL},
    {"url", "ftp://hub", NULL},
    {"url", "http://", NULL},
    {"url", "http://:80", NULL},
    {"url", "http://h:0", NULL},
    {"url", "http://h:65536", NULL},
    {"url", "http://h:", NULL},
    {"url", "http://[::1", NULL},
    {"url", "http://[]", NULL},
    {"url", "http://h x/", NULL},
    {"url", "http://h/a b", NULL},
    {"url", "http://h/?q=1", NULL},
    {"url", "http://h/#a", NULL},
    {"url", "http://h/\xc3\xa4", NULL},
    {"url", "http://h/\r\nX: y", NULL},
    {"url", "http://h\\@evil", "expected a URL without user and password"},
    {"url", "http://me:secret@h",
     "expected a URL without user and "
     "password"},
    {"url", "http://12345678901234567890123456", NULL},
    {"path", "12345678", NULL},
    {"path", "a\nb", NULL},
    {"zone", "Europe/Nowhere", NULL},
    {"zone", "../../etc/passwd", NULL},
    {"colour", "ff8800", NULL},
    {"colour", "#ff880", NULL},
    {"colour", "#gg0000", NULL},
    {"colour", "#ff88001", NULL},
    {"colour", "", "expected a colour such as #ff8800, got nothing"},
};

/* Every bad value is refused with its reason, and changes nothing. */
static void
bad_values_change_nothing(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct all all;
        struct all before;
        char why[OPTION_WHY_MAX] = "";

        memset(&all, 0, sizeof all);
        option_set_defaults(table, &all);
        before = all;
        if (parse(&all, bad[i].name, bad[i].value, why)) {
            fail_msg("%s: '%s' passed", bad[i].name, bad[i].value);
        }
        assert_memory_equal(&all, &before, sizeof all);
        assert_true(strncmp(why, "expected ", 9) == 0);
        if (bad[i].why != NULL) {
            assert_string_equal(why, bad[i].why);
        }
    }
}

static void
list_words_have_a_bound(void **state) {
    struct {
        char list[256];
    } base;
    const struct option option = {.name = "list",
                                  .type = OPTION_ITEMS,
                                  .size = sizeof base.list,
                                  .fallback = ""};
    char value[OPTION_WORD_MAX + 1];
    char why[OPTION_WHY_MAX];

    (void)state;
    memset(value, 'a', sizeof value);
    value[OPTION_WORD_MAX - 1] = '\0';
    assert_true(option_parse(&option, value, &base, why));
    assert_string_equal(base.list, value);
    value[OPTION_WORD_MAX - 1] = 'a';
    value[OPTION_WORD_MAX] = '\0';
    assert_false(option_parse(&option, value, &base, why));
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_values_change_nothing),
        cmocka_unit_test(list_words_have_a_bound),
    };

    return cmocka_run_group_tests_name("option_bad", tests, NULL, NULL);
}
