#include "unit.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/option.h"

struct all {
    bool flag;
    int number, any, choice, duration;
    double real, length, location[2];
    char text[8], name[8], item[8], items[16], words[16], url[32], path[8];
    char zone[32];
    uint32_t colour;
};

static const struct option table[] = {
    {.name = "flag",
     .type = OPTION_BOOL,
     OPTION_AT(struct all, flag),
     .fallback = "yes"},
    {.name = "number",
     .type = OPTION_INT,
     OPTION_AT(struct all, number),
     .min = -2,
     .max = 5,
     .fallback = "3"},
    {.name = "any",
     .type = OPTION_INT,
     OPTION_AT(struct all, any),
     .fallback = "0"},
    {.name = "choice",
     .type = OPTION_CHOICE,
     OPTION_AT(struct all, choice),
     .choices = "auto|always|never",
     .fallback = "always"},
    {.name = "duration",
     .type = OPTION_DURATION,
     OPTION_AT(struct all, duration),
     .min = 60,
     .max = 7200,
     .fallback = "5 min"},
    {.name = "real",
     .type = OPTION_REAL,
     OPTION_AT(struct all, real),
     .min = -0.5,
     .max = 1.5,
     .fallback = ""},
    {.name = "length",
     .type = OPTION_LENGTH,
     OPTION_AT(struct all, length),
     .min = 100,
     .max = 2000,
     .fallback = "15.6 in"},
    {.name = "location",
     .type = OPTION_LOCATION,
     OPTION_AT(struct all, location),
     .fallback = ""},
    {.name = "text",
     .type = OPTION_TEXT,
     OPTION_AT(struct all, text),
     .fallback = ""},
    {.name = "name",
     .type = OPTION_NAME,
     OPTION_AT(struct all, name),
     .fallback = "n"},
    {.name = "item",
     .type = OPTION_ITEM,
     OPTION_AT(struct all, item),
     .fallback = ""},
    {.name = "items",
     .type = OPTION_ITEMS,
     OPTION_AT(struct all, items),
     .fallback = ""},
    {.name = "words",
     .type = OPTION_WORDS,
     OPTION_AT(struct all, words),
     .fallback = "a, b"},
    {.name = "url",
     .type = OPTION_URL,
     OPTION_AT(struct all, url),
     .fallback = ""},
    {.name = "path",
     .type = OPTION_PATH,
     OPTION_AT(struct all, path),
     .fallback = ""},
    {.name = "zone",
     .type = OPTION_ZONE,
     OPTION_AT(struct all, zone),
     .fallback = ""},
    {.name = "colour",
     .type = OPTION_COLOUR,
     OPTION_AT(struct all, colour),
     .fallback = "#abc"},
    {0},
};

static bool
parse(struct all *all, const char *name, const char *value, char *why) {
    const struct option *option = option_find(table, name);

    assert_non_null(option);
    return option_parse(option, value, all, why);
}

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

/* Every bad value is refused with its reason, and changes nothing. */
static void
bad_values_change_nothing(void **state) {
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
        cmocka_unit_test(bad_values_change_nothing),
        cmocka_unit_test(list_words_have_a_bound),
        cmocka_unit_test(nearest_is_within_two_mistakes),
        cmocka_unit_test(options_describe_themselves),
        cmocka_unit_test(choices_and_words_are_walked),
    };

    return cmocka_run_group_tests_name("option", tests, NULL, NULL);
}
