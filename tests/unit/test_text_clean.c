#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "common/str.h"
#include "render/text_clean.h"

#define FAMILY "\U0001f468\u200d\U0001f469\u200d\U0001f467"
#define FFFD   "\ufffd"

struct clean_case {
    const char *text, *shown;
};

static const struct clean_case lines[] = {
    {"plain", "plain"},
    {"", ""},
    {"  blanks \t\r\n between  ", "blanks between"},
    {"\x01\x02\x1b[31mred\x7f", "[31mred"},
    {"c1 \xc2\x80\xc2\x90\xc2\x9f end", "c1 end"},
    /* not UTF-8: one mark for each bad byte */
    {"abc\xc3", "abc" FFFD},
    {"a\xff\xfe"
     "b",
     "a" FFFD FFFD "b"},
    {"\xf0\x9f\x98", FFFD FFFD FFFD},
    {"a\xc0\x80"
     "b",
     "a" FFFD FFFD "b"},
    {"\xed\xa0\x80", FFFD FFFD FFFD},
    {"\xf4\x90\x80\x80", FFFD FFFD FFFD FFFD},
    /* the reading order is not theirs to turn */
    {"a\u202e\u2066b\u2069\u202c\u200e\u200f\u061c", "ab"},
    /* invisible */
    {"\ufeffno\u200b\u2060\u00ad\u034f\u180ething", "nothing"},
    {"\u115f\u1160\u3164\uffa0x", "x"},
    {"\ufff9x\ufffay\ufffb", "xy"},
    {"tag\U000e0041\U000e007f", "tag"},
    {"variant\ufe00\U000e0100", "variant"},
    /* private use and what is no character */
    {"\ue000x\U000f0599\U0010fffd", "x"},
    {"\ufdd0\uffff\U0001fffe!", "!"},
    /* joiners where they join */
    {"a\u200db\u200cc", "abc"},
    {FAMILY, FAMILY},
    {"\U0001f468\u200d", "\U0001f468"},
    {"\u2764\ufe0f\u200d\U0001f525", "\u2764\ufe0f\u200d\U0001f525"},
    {"\u06a9\u200c\u0647", "\u06a9\u200c\u0647"},
    {"\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"},
    {"\u200dx", "x"},
    /* emoji with their presentation; never alone, never twice */
    {"\u2764\ufe0f\ufe0f", "\u2764\ufe0f"},
    {"\ufe0fx", "x"},
    {"1\ufe0f\u20e3", "1\ufe0f\u20e3"},
    /* at most four marks on one base */
    {"a\u0301\u0302\u0303\u0304", "a\u0301\u0302\u0303\u0304"},
    {"a\u0301\u0302\u0303\u0304\u0305\u0306z", "a\u0301\u0302\u0303\u0304z"},
    /* blanks that do not break stay what they are */
    {"12\u00a0\u00b0C 3\u202fm", "12\u00a0\u00b0C 3\u202fm"},
};

static void
check_clean(const char *text, size_t size, struct text_clean_options options,
            const char *shown) {
    struct text_codes codes;
    char utf8[4 * TEXT_BYTES_MAX + 1];

    text_clean(text, size, options, &codes);
    text_encode(codes.code, codes.count, utf8, sizeof(utf8));
    assert_string_equal(utf8, shown);
}

static void
lines_are_cleaned(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(lines); i++) {
        check_clean(lines[i].text, strlen(lines[i].text),
                    (struct text_clean_options){0}, lines[i].shown);
    }
}

static void
paragraphs_keep_newlines_and_icons_their_codes(void **state) {
    static const struct clean_case paragraphs[] = {
        {"one\ntwo", "one\ntwo"},
        {"one \n two", "one\ntwo"},
        {"one\r\n\r\ntwo\n", "one\n\ntwo"},
        {"one\u2028two\u2029three", "one\ntwo\nthree"},
        {"\n\nlate", "\n\nlate"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(paragraphs); i++) {
        check_clean(paragraphs[i].text, strlen(paragraphs[i].text),
                    (struct text_clean_options){.newlines = true},
                    paragraphs[i].shown);
    }
    check_clean("\U000f0599", 4, (struct text_clean_options){.icons = true},
                "\U000f0599");
}

static void
length_is_bounded_at_whole_characters(void **state) {
    static char text[2 * TEXT_BYTES_MAX];
    struct text_codes codes;

    (void)state;
    memset(text, 'x', sizeof(text));
    text_clean(text, TEXT_BYTES_MAX, (struct text_clean_options){0}, &codes);
    assert_int_equal(codes.count, TEXT_BYTES_MAX);
    assert_false(codes.cut);
    text_clean(text, TEXT_BYTES_MAX + 1, (struct text_clean_options){0},
               &codes);
    assert_int_equal(codes.count, TEXT_BYTES_MAX);
    assert_true(codes.cut);

    /* A character across the bound goes as a whole. */
    for (size_t inside = 1; inside < 4; inside++) {
        memset(text, 'x', sizeof(text));
        memcpy(text + TEXT_BYTES_MAX - inside, "\U0001f600", 4);
        text_clean(text, sizeof(text), (struct text_clean_options){0}, &codes);
        assert_int_equal(codes.count, TEXT_BYTES_MAX - inside);
        assert_int_equal(codes.code[codes.count - 1], 'x');
    }
}

struct border_case {
    const char *text;
    const char *borders; /* of each place: '|' or '.' */
};

static const struct border_case borders[] = {
    {"ab", "|||"},
    {"e\u0301x", "|.||"},
    {FAMILY "!", "|....||"},
    {"\U0001f44d\U0001f3fdx", "|.||"},
    {"\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7", "|.|.|"},
    {"\U0001f1e9\U0001f1ea\U0001f1eb", "|.||"},
    {"\u2764\ufe0fx", "|.||"},
    {"1\ufe0f\u20e3x", "|..||"},
    {"\u0e19\u0e49\u0e33", "|..|"},
    {"\u0915\u094d\u0937", "|..|"},
    {"\u1100\u1161\u11a8\u1100", "|..||"},
};

static void
characters_are_not_cut(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(borders); i++) {
        struct text_codes codes;

        text_clean(borders[i].text, strlen(borders[i].text),
                   (struct text_clean_options){0}, &codes);
        /* Cleaning drops a joiner at the end; nothing else here. */
        assert_int_equal(codes.count + 1, strlen(borders[i].borders));
        for (size_t at = 0; at <= codes.count; at++) {
            assert_int_equal(text_border(codes.code, codes.count, at),
                             borders[i].borders[at] == '|');
        }
    }
}

static void
encoding_stops_at_the_room(void **state) {
    static const uint32_t code[] = {'a', 0x20ac, 'b'};
    char to[8];

    (void)state;
    assert_int_equal(text_encode(code, 3, to, 6), 5);
    assert_string_equal(to, "a\u20acb");
    assert_int_equal(text_encode(code, 3, to, 5), 4);
    assert_string_equal(to, "a\u20ac");
    assert_int_equal(text_encode(code, 3, to, 4), 1);
    assert_string_equal(to, "a");
    assert_int_equal(text_encode(code, 3, to, 1), 0);
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_cleaned),
        cmocka_unit_test(paragraphs_keep_newlines_and_icons_their_codes),
        cmocka_unit_test(length_is_bounded_at_whole_characters),
        cmocka_unit_test(characters_are_not_cut),
        cmocka_unit_test(encoding_stops_at_the_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
