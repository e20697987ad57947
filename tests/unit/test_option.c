#include "unit.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "option_sample.h"

static void
defaults_fill_every_member(void **state) {
    struct all all;

    (void)state;
    memset(&all, 0x55, sizeof all);
    option_set_defaults(table, &all);
    assert_true(all.flag);
    assert_int_equal(all.number, 3);
    assert_int_equal(all.any, 0);
    assert_int_equal(all.choice, 1);
    assert_int_equal(all.duration, 300);
    assert_true(isnan(all.real));
    assert_true(fabs(all.length - 396.24) < 1e-9);
    assert_true(isnan(all.location[0]) && isnan(all.location[1]));
    assert_string_equal(all.text, "");
    assert_string_equal(all.name, "n");
    assert_string_equal(all.words, "a,b");
    assert_int_equal(all.colour, 0xaabbcc);
}

static void
whole_numbers(void **state) {
    static const struct {
        const char *name, *value;
        int expected;
    } good[] = {
        {"number", "-2", -2},           {"number", "5", 5},
        {"any", "2147483647", INT_MAX}, {"any", "-2147483648", INT_MIN},
        {"duration", "60 s", 60},       {"duration", "60s", 60},
        {"duration", "2 h", 7200},      {"duration", "1.5 min", 90},
        {"choice", "auto", 0},          {"choice", "never", 2},
    };
    struct all all;
    char why[OPTION_WHY_MAX];

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        const struct option *option = option_find(table, good[i].name);

        assert_true(parse(&all, good[i].name, good[i].value, why));
        assert_int_equal(*(int *)((char *)&all + option->offset),
                         good[i].expected);
    }
}

static void
real_numbers(void **state) {
    static const struct {
        const char *name, *value;
        double expected;
    } good[] = {{"real", "-0.5", -0.5},    {"real", "1.5", 1.5},
                {"real", "1e-1", 0.1},     {"length", "10 cm", 100},
                {"length", "2 m", 2000},   {"length", "4in", 101.6},
                {"length", "345\tmm", 345}};
    struct all all;
    char why[OPTION_WHY_MAX];

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        const struct option *option = option_find(table, good[i].name);
        double found;

        assert_true(parse(&all, good[i].name, good[i].value, why));
        memcpy(&found, (char *)&all + option->offset, sizeof found);
        assert_true(fabs(found - good[i].expected) < 1e-9);
    }
    assert_true(parse(&all, "location", "-90, 180", why));
    assert_true(all.location[0] == -90 && all.location[1] == 180);
    assert_true(parse(&all, "location", "52.52,13.40", why));
    assert_true(all.location[0] == 52.52 && all.location[1] == 13.40);
    assert_true(parse(&all, "hours", "06:30-23:59", why));
    assert_true(all.hours.from_min == 390 && all.hours.to_min == 1439);
    assert_true(parse(&all, "hours", "17:00-00:00", why)); /* to midnight */
    assert_true(all.hours.from_min == 1020 && all.hours.to_min == 0);
}

static void
texts(void **state) {
    static const struct {
        const char *name, *value, *expected;
    } good[] = {
        {"text", "grün 7", "grün 7"},
        {"text", "", ""},
        {"name", "a_B-9", "a_B-9"},
        {"item", "L_1.a", "L_1.a"},
        {"items", "A , B_2,C", "A,B_2,C"},
        {"words", "a b,  ü", "a b,ü"},
        {"url", "http://hub.lan:8080/", "http://hub.lan:8080"},
        {"url", "https://[fe80::1]:8443/a/b//", "https://[fe80::1]:8443/a/b"},
        {"nets", "192.0.2.7, 10.0.0.0/32,::1 , 2001:db8::/128,::/1",
         "192.0.2.7,10.0.0.0/32,::1,2001:db8::/128,::/1"},
        {"url", "http://h:65535", "http://h:65535"},
        {"path", "/a b", "/a b"},
        {"zone", "Europe/Oslo", "Europe/Oslo"},
    };
    struct all all;
    char why[OPTION_WHY_MAX];

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        const struct option *option = option_find(table, good[i].name);

        assert_true(parse(&all, good[i].name, good[i].value, why));
        assert_string_equal((char *)&all + option->offset, good[i].expected);
    }
}

static void
flags_and_colours(void **state) {
    static const struct {
        const char *value;
        bool expected;
    } flags[] = {{"yes", true},    {"no", false}, {"true", true},
                 {"false", false}, {"on", true},  {"off", false},
                 {"YES", true},    {"Off", false}};
    struct all all;
    char why[OPTION_WHY_MAX];

    (void)state;
    for (size_t i = 0; i < COUNT(flags); i++) {
        assert_true(parse(&all, "flag", flags[i].value, why));
        assert_int_equal(all.flag, flags[i].expected);
    }
    assert_true(parse(&all, "colour", "#FF8800", why));
    assert_int_equal(all.colour, 0xff8800);
    assert_true(parse(&all, "colour", "#0f0", why));
    assert_int_equal(all.colour, 0x00ff00);
}

static void
nearest_is_within_two_mistakes(void **state) {
    static const struct {
        const char *typed, *expected;
    } cases[] = {{"colour", "colour"}, {"color", "colour"}, {"zoen", "zone"},
                 {"lenght", "length"}, {"weather", NULL},   {"", NULL}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *found = option_nearest(table, cases[i].typed);

        if (cases[i].expected == NULL) {
            assert_null(found);
        } else {
            assert_non_null(found);
            assert_string_equal(found, cases[i].expected);
        }
    }
    assert_null(option_find(table, "color"));
}

static void
options_describe_themselves(void **state) {
    static const struct {
        const char *name, *expected;
    } cases[] = {
        {"flag", "yes | no"},         {"number", "-2..5"},
        {"any", "whole number"},      {"choice", "auto | always | never"},
        {"duration", "1 min to 2 h"}, {"real", "-0.5..1.5"},
        {"length", "10 cm to 2 m"},   {"location", "latitude, longitude"},
        {"zone", "time zone"},        {"items", "items"},
        {"colour", "colour"},
    };
    const struct option reference = {.type = OPTION_NAME, .choices = "todo"};
    char text[64];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_string_equal(option_describe(option_find(table, cases[i].name),
                                            text, sizeof text),
                            cases[i].expected);
    }
    assert_string_equal(option_describe(&reference, text, sizeof text),
                        "name of a [todo]");
    assert_string_equal(option_describe(option_find(table, "choice"), text, 12),
                        "auto | alwa");
}

static void
choices_and_words_are_walked(void **state) {
    static const char *const expected[] = {"A", "b c", "", "d"};
    const char *next = " A, b c ,,d";
    char word[8];
    size_t count = 0;

    (void)state;
    assert_true(option_choice("auto|on", 1, word, sizeof word));
    assert_string_equal(word, "on");
    assert_false(option_choice("auto|on", 2, word, sizeof word));
    assert_false(option_choice("auto|on", -1, word, sizeof word));
    while ((next = option_next_word(next, word, sizeof word)) != NULL) {
        assert_true(count < COUNT(expected));
        assert_string_equal(word, expected[count++]);
    }
    assert_int_equal(count, COUNT(expected));
    assert_null(option_next_word("  ", word, sizeof word));
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_fill_every_member),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(real_numbers),
        cmocka_unit_test(texts),
        cmocka_unit_test(flags_and_colours),
        cmocka_unit_test(nearest_is_within_two_mistakes),
        cmocka_unit_test(options_describe_themselves),
        cmocka_unit_test(choices_and_words_are_walked),
    };

    return cmocka_run_group_tests_name("option", tests, NULL, NULL);
}
