#include "unit.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "render/text.h"
#include "render/text_break.h"
#include "render/text_clean.h"

enum { LINES_MAX = 40 };

static const struct text_style style = {TEXT_REGULAR, 32};

static int
set_up(void **state) {
    *state = text_create("fonts");
    return *state == NULL;
}

static int
tear_down(void **state) {
    text_destroy(*state);
    return 0;
}

/* The lines joined by '|', to be freed. */
static char *
wrap(struct text *text, const char *utf8, int width, size_t max_lines) {
    struct text_line *lines[LINES_MAX];
    size_t count = text_wrap(text, utf8, style, width, lines, max_lines);
    char *joined = calloc(8, TEXT_BYTES_MAX);
    size_t used = 0;

    assert_non_null(joined);
    assert_true(count <= max_lines);
    for (size_t i = 0; i < count; i++) {
        assert_true(lines[i]->width <= (width > 0 ? width : 0));
        assert_true(lines[i]->refs > 0);
        used += (size_t)snprintf(joined + used, 8 * TEXT_BYTES_MAX - used,
                                 "%s%s", i > 0 ? "|" : "", lines[i]->text);
        text_line_unref(text, lines[i]);
    }
    return joined;
}

struct wrap_case {
    const char *text;
    const char *widest; /* the width is that of this text */
    size_t max_lines;
    const char *lines;
};

static const struct wrap_case cases[] = {
    {"", "wide", 3, ""},
    {"   \n ", "wide", 3, ""},
    {"one", "one", 3, "one"},
    {"one two", "one two", 3, "one two"},
    {"one two", "one tw", 3, "one|two"},
    {"one two three four", "three four", 9, "one two|three four"},
    {"one two three four", "one two", 2, "one two|three f…"},
    {"one two", "one", 1, "o…"},
    {"one two", "one two", 0, ""},
    /* newlines, and empty lines between them */
    {"a\nb", "wide", 3, "a|b"},
    {"a\n\nb", "wide", 3, "a||b"},
    {"a\r\nb\n", "wide", 3, "a|b"},
    {"a\nb\nc", "wide", 2, "a|b c"},
    {"a\nb", "wide", 1, "a b"},
    /* a word that is too wide breaks where it must */
    {"abcdefgh", "abcd", 5, "abcd|efgh"},
    {"x abcdefgh y", "abcd", 9, "x|abcd|efgh|y"},
    {"e\u0301e\u0301e\u0301", "ee", 5, "e\u0301e\u0301|e\u0301"},
    {"W", "i", 2, ""},
    /* between ideographs, but not before what closes or after what opens */
    {"東京都は晴れ", "東京", 9, "東京|都は|晴れ"},
    {"晴れ、雨", "晴れ", 9, "晴|れ、|雨"},
    {"雨「晴」", "雨「", 9, "雨|「晴|」"},
    {"dog東京", "dog", 9, "dog|東|京"},
    /* a blank that does not break */
    {"12\u00a0km go", "12\u00a0km", 9, "12\u00a0km|go"},
};

static void
lines_end_where_they_may(void **state) {
    struct text *text = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        int width = text_get(text, cases[i].widest, style, INT_MAX)->width;
        char *lines = wrap(text, cases[i].text, width, cases[i].max_lines);

        assert_string_equal(lines, cases[i].lines);
        free(lines);
    }
}

static void
a_paragraph_runs_one_way(void **state) {
    struct text_line *lines[4];
    size_t count = text_wrap(*state, "שלום\nabc def", style, 400, lines, 4);

    assert_int_equal(count, 2);
    /* The second line alone would run from left to right. */
    for (size_t i = 0; i < count; i++) {
        assert_true(lines[i]->rtl);
        text_line_unref(*state, lines[i]);
    }
    assert_false(text_get(*state, "abc def", style, 400)->rtl);
}

static void
any_width_ends(void **state) {
    static const char text[] =
        "Ein Satz, der \U0001f468\u200d\U0001f469\u200d\U0001f467 "
        "überallhin\npasst: 東京「晴れ」、שלום (עולם) क्षत्रिय";

    for (int width = -1; width < 700; width += width < 60 ? 1 : 13) {
        free(wrap(*state, text, width, LINES_MAX));
        free(wrap(*state, text, width, 3));
    }
}

static void
nothing_is_lost_between_lines(void **state) {
    static const char text[] = "the quick brown fox jumps over the lazy dog "
                               "and does it once more for good measure";

    for (int width = 150; width < 1200; width += 17) {
        char *lines = wrap(*state, text, width, LINES_MAX);

        for (char *bar = lines; (bar = strchr(bar, '|')) != NULL;) {
            *bar = ' ';
        }
        assert_string_equal(lines, text);
        free(lines);
    }
}

static void
long_text_is_cut_and_says_so(void **state) {
    char *text = calloc(40001, 1);
    char *lines;

    assert_non_null(text);
    for (size_t i = 0; i < 40000; i += 4) {
        memcpy(text + i, "wox ", 4);
    }
    lines = wrap(*state, text, 4000, LINES_MAX);
    assert_string_equal(lines + strlen(lines) - 3, "…");
    assert_true(strlen(lines) <= TEXT_BYTES_MAX + 3);
    free(lines);

    memset(text, '\xff', 40000);
    lines = wrap(*state, text, 100, LINES_MAX);
    assert_string_equal(lines + strlen(lines) - 3, "…");
    free(lines);
    free(text);
}

static void
pieces_hold_together(void **state) {
    static const struct {
        const char *text;
        size_t at, end;
    } pieces[] = {
        {"word next", 0, 4}, {"word next", 5, 9}, {"a\nb", 0, 1},
        {"東京", 0, 1},      {"東、京", 0, 2},    {"「東」京", 0, 3},
        {"x東", 0, 1},       {"e\u0301e", 0, 3},  {"東\ufe0f京", 0, 2},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(pieces); i++) {
        struct text_codes codes;

        text_clean(pieces[i].text, strlen(pieces[i].text),
                   (struct text_clean_options){.newlines = true}, &codes);
        assert_int_equal(text_break_next(codes.code, codes.count, pieces[i].at),
                         pieces[i].end);
    }
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_where_they_may),
        cmocka_unit_test(a_paragraph_runs_one_way),
        cmocka_unit_test(any_width_ends),
        cmocka_unit_test(nothing_is_lost_between_lines),
        cmocka_unit_test(long_text_is_cut_and_says_so),
        cmocka_unit_test(pieces_hold_together),
    };

    log_open("test_text_wrap", LOG_LEVEL_ERROR);
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
