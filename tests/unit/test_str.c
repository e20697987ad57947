#include "unit.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "common/str.h"

static void
copy_cuts_between_characters(void **state) {
    static const struct {
        const char *from;
        size_t size;
        const char *expected;
        bool whole;
    } cases[] = {
        {"abc", 4, "abc", true},
        {"abc", 3, "ab", false},
        {"", 1, "", true},
        {"abc", 1, "", false},
        {"a\xc3\xa4", 4, "aä", true},
        {"a\xc3\xa4", 3, "a", false},
        {"\xe2\x82\xac", 3, "", false},
        {"\xe2\x82\xac", 4, "€", true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char to[16];

        memset(to, 'x', sizeof to);
        assert_int_equal(str_copy(to, cases[i].size, cases[i].from),
                         cases[i].whole);
        assert_string_equal(to, cases[i].expected);
    }
}

static void
numbers_are_whole_or_refused(void **state) {
    static const char *const bad[] = {
        "",    " 1",  "1 ", "+1",  "0x10",
        "1.0", "abc", "1a", "--1", "99999999999999999999"};
    static const char *const bad_real[] = {"",    " 1", "nan",   "inf", "0x1",
                                           "1,5", "1e", "1e999", "1 ",  "-"};
    long value = 7;
    double real = 7;

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_false(str_to_long(bad[i], &value));
        assert_int_equal(value, 7);
    }
    for (size_t i = 0; i < COUNT(bad_real); i++) {
        assert_false(str_to_double(bad_real[i], &real));
        assert_true(real == 7);
    }
    assert_true(str_to_long("-12", &value) && value == -12);
    assert_true(str_to_long("0", &value) && value == 0);
    assert_true(str_to_double("-1.5", &real) && real == -1.5);
    assert_true(str_to_double("1.0E-18", &real) && real == 1e-18);
}

static void
trim_takes_both_ends(void **state) {
    char text[] = " \t a b \r\n";
    char blank[] = "  ";

    (void)state;
    assert_string_equal(str_trim(text), "a b");
    assert_string_equal(str_trim(blank), "");
}

static void
utf8_follows_rfc_3629(void **state) {
    static const struct {
        const char *bytes;
        size_t length;
        uint32_t code;
    } cases[] = {
        {"A", 1, 'A'},
        {"\x7f", 1, 0x7f},
        {"\xc2\x80", 2, 0x80},
        {"\xdf\xbf", 2, 0x7ff},
        {"\xe0\xa0\x80", 3, 0x800},
        {"\xef\xbf\xbf", 3, 0xffff},
        {"\xf0\x90\x80\x80", 4, 0x10000},
        {"\xf4\x8f\xbf\xbf", 4, 0x10ffff},
        {"\xc0\x80", 0, 0},         /* overlong */
        {"\xe0\x9f\xbf", 0, 0},     /* overlong */
        {"\xf0\x8f\xbf\xbf", 0, 0}, /* overlong */
        {"\xed\xa0\x80", 0, 0},     /* a surrogate */
        {"\xf4\x90\x80\x80", 0, 0}, /* above U+10FFFF */
        {"\x80", 0, 0},             /* no lead byte */
        {"\xff", 0, 0},
        {"\xc3", 0, 0}, /* ends too soon */
        {"\xe2\x82", 0, 0},
        {"\xe2\x28\xa1", 0, 0}, /* no continuation */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint32_t code = 0;
        char back[4];

        assert_int_equal(
            str_utf8_decode(cases[i].bytes, strlen(cases[i].bytes), &code),
            cases[i].length);
        assert_int_equal(code, cases[i].code);
        if (cases[i].length > 0) {
            assert_int_equal(str_utf8_encode(code, back), cases[i].length);
            assert_memory_equal(back, cases[i].bytes, cases[i].length);
        }
    }
    assert_int_equal(str_utf8_decode("", 0, &(uint32_t){0}), 0);
    assert_int_equal(str_utf8_encode(0xd800, (char[4]){0}), 0);
    assert_int_equal(str_utf8_encode(0x110000, (char[4]){0}), 0);
    assert_true(str_utf8_valid("a€😀", strlen("a€😀")));
    assert_false(str_utf8_valid("a\xff", 2));
}

static void
clean_keeps_text_and_drops_the_rest(void **state) {
    static const struct {
        const char *from;
        size_t length;
        const char *expected;
    } cases[] = {
        {"Küche", 6, "Küche"},
        {"a\tb\nc\rd", 7, "a b\ncd"},
        {"a\x1b[31mb", 7, "a[31mb"},
        {"a\0b", 3, "ab"},
        {"\xff\xfe", 2, "\xef\xbf\xbd\xef\xbf\xbd"},
        {"a\xc3", 2, "a\xef\xbf\xbd"},
        {"\xc2\x9bx", 3, "x"}, /* a C1 control */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char to[32];

        assert_true(str_clean(to, sizeof to, cases[i].from, cases[i].length));
        assert_string_equal(to, cases[i].expected);
    }
}

static void
clean_cuts_with_an_ellipsis(void **state) {
    char to[9];

    (void)state;
    assert_true(str_clean(to, sizeof to, "12345678", 8));
    assert_string_equal(to, "12345678");
    assert_false(str_clean(to, sizeof to, "123456789", 9));
    assert_string_equal(to, "12345…");
    assert_false(str_clean(to, sizeof to, "1234äöü", 10));
    assert_string_equal(to, "1234…");
    assert_true(str_utf8_valid(to, strlen(to)));
}

/* Whatever the bytes and the size: terminated, valid, within bounds. */
static void
clean_is_always_valid(void **state) {
    unsigned seed = 1;

    (void)state;
    for (int round = 0; round < 2000; round++) {
        char from[40];
        char to[24];
        size_t size = 8 + (size_t)round % 17;

        for (size_t i = 0; i < sizeof from; i++) {
            seed = seed * 1103515245u + 12345u;
            from[i] = (char)(seed >> 16);
        }
        memset(to, 'x', sizeof to);
        str_clean(to, size, from, (size_t)round % sizeof from);
        assert_true(strnlen(to, size) < size);
        assert_true(str_utf8_valid(to, strlen(to)));
        for (size_t i = size; i < sizeof to; i++) {
            assert_int_equal(to[i], 'x');
        }
    }
}

static void
distance_counts_typing_mistakes(void **state) {
    static const struct {
        const char *a, *b;
        int distance;
    } cases[] = {
        {"position", "position", 0},
        {"positon", "position", 1},
        {"psoition", "position", 1},
        {"", "abc", 3},
        {"abc", "", 3},
        {"kitten", "sitting", 3},
        {"ab", "ba", 1},
    };
    char far[80];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(str_distance(cases[i].a, cases[i].b),
                         cases[i].distance);
    }
    memset(far, 'a', sizeof far);
    far[64] = '\0';
    assert_int_equal(str_distance(far, "a"), INT_MAX);
    far[63] = '\0';
    assert_int_equal(str_distance(far, "a"), 62);
    assert_true(str_starts_with("abc", "ab") && !str_starts_with("a", "ab"));
    assert_true(str_ends_with("abc", "bc") && !str_ends_with("c", "bc"));
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copy_cuts_between_characters),
        cmocka_unit_test(numbers_are_whole_or_refused),
        cmocka_unit_test(trim_takes_both_ends),
        cmocka_unit_test(utf8_follows_rfc_3629),
        cmocka_unit_test(clean_keeps_text_and_drops_the_rest),
        cmocka_unit_test(clean_cuts_with_an_ellipsis),
        cmocka_unit_test(clean_is_always_valid),
        cmocka_unit_test(distance_counts_typing_mistakes),
    };

    return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
