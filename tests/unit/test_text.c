#include "unit.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "render/text.h"
#include "render/text_clean.h"
#include "render/text_runs.h"

static const struct text_style regular = {TEXT_REGULAR, 32};

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

/* `count` times `piece`. The caller frees it. */
static char *
repeat(const char *piece, size_t count) {
    size_t size = strlen(piece);
    char *text = calloc(size * count + 1, 1);

    assert_non_null(text);
    for (size_t i = 0; i < count; i++) {
        memcpy(text + i * size, piece, size);
    }
    return text;
}

static void
a_path_has_a_bound(void **state) {
    char *path = repeat("x", PATH_MAX);

    (void)state;
    assert_null(text_create(path));
    free(path);
    text_destroy(NULL);
}

static void
check_line(const struct text_line *line, int max_width) {
    assert_true(line->width >= 0 && line->width <= max_width);
    assert_int_equal(line->ascent, 30);
    assert_int_equal(line->descent, 7);
    /* Nothing leaves the neighbourhood of the line. */
    assert_true(line->ink.y >= -37 && line->ink.y + line->ink.h <= 18);
    for (size_t i = 0; i < line->piece_count; i++) {
        assert_non_null(line->pieces[i].image);
    }
}

static void
hostile_text_is_drawn_like_any_other(void **state) {
    static const struct {
        const char *piece;
        size_t count;
    } cases[] = {
        {"", 1},
        {"\n", 1},
        {" ", 1000},
        {"\t\r\n", 300},
        {"\x01\x02\x1b\x7f", 9},
        {"\xff\xfe\xc0\x80", 400},
        {"\xf0\x9f\x98", 400},
        {"\u200b", 500},
        {"\u200d", 500},
        {"\ufe0f", 500},
        {"\u202e\u2066", 500},
        {"\u0301", 2000},
        {"a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308", 200},
        {"W", 100000},
        {"\ufdfd", 400},
        {"\u5b57", 5000},
        {"\U0001f600", 3000},
        {"\U0001f1e9", 301},
        {"\U0001f468\u200d", 300},
        {"\u05d0(", 700},
        {"\u0627\u0644", 600},
        {"\u0915\u094d", 600},
        {"\U000f0599", 300},
        {"\U0010ffff", 300},
        {"%s%n%x", 200},
    };
    static const int widths[] = {INT_MAX, 300, 17, 1, 0, -5, INT_MIN};
    struct text *text = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        char *hostile = repeat(cases[i].piece, cases[i].count);

        for (size_t w = 0; w < COUNT(widths); w++) {
            int most = widths[w] > 0 ? widths[w] : 0;

            check_line(text_get(text, hostile, regular, widths[w]),
                       most < TEXT_WIDTH_MAX ? most : TEXT_WIDTH_MAX);
        }
        free(hostile);
    }
}

static void
empty_lines_have_the_height_of_a_line(void **state) {
    static const char *const texts[] = {"", " ", "\n", "\u200b", "\x07"};

    for (size_t i = 0; i < COUNT(texts); i++) {
        const struct text_line *line =
            text_get(*state, texts[i], regular, INT_MAX);

        assert_int_equal(line->width, 0);
        assert_int_equal(line->piece_count, 0);
        assert_int_equal(line->ascent, 30);
        assert_true(rect_empty(line->ink));
        assert_false(line->clipped);
        assert_string_equal(line->text, "");
    }
}

static void
sizes_are_clamped(void **state) {
    static const struct {
        int asked, given;
    } cases[] = {{-3, TEXT_SIZE_MIN},
                 {TEXT_SIZE_MIN - 1, TEXT_SIZE_MIN},
                 {TEXT_SIZE_MIN, TEXT_SIZE_MIN},
                 {TEXT_SIZE_MAX, TEXT_SIZE_MAX},
                 {TEXT_SIZE_MAX + 1, TEXT_SIZE_MAX},
                 {INT_MAX, TEXT_SIZE_MAX}};

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text_style style = {TEXT_LIGHT, cases[i].asked};

        assert_int_equal(text_get(*state, "x", style, INT_MAX)->style.size_px,
                         cases[i].given);
    }
}

static void
metrics_are_the_font_s(void **state) {
    struct text_metrics m =
        text_metrics(*state, (struct text_style){TEXT_REGULAR, 2048});

    /* Clamped to 1200 px: 1900, 500, 1456 and 1082 of 2048 units. */
    assert_in_range(m.ascent, 1112, 1115);
    assert_in_range(m.descent, 292, 295);
    assert_in_range(m.cap_height, 851, 856);
    assert_in_range(m.x_height, 632, 637);
}

/* More sizes than are kept, asked in turns: each has its own every time. */
static void
metrics_are_those_of_the_size(void **state) {
    for (int round = 0; round < 2; round++) {
        for (int size = 20; size < 90; size++) {
            struct text_style style = {TEXT_REGULAR, size};

            assert_in_range(text_metrics(*state, style).ascent, size * 9 / 10,
                            size);
        }
    }
}

static void
digits_never_jitter(void **state) {
    static const enum text_face faces[] = {TEXT_LIGHT, TEXT_REGULAR, TEXT_BOLD};
    char time[] = "00:00";

    for (size_t f = 0; f < COUNT(faces); f++) {
        struct text_style style = {faces[f], 120};
        int width = text_get(*state, time, style, INT_MAX)->width;

        for (char digit = '0'; digit <= '9'; digit++) {
            for (size_t place = 0; place < 5; place += place == 1 ? 2 : 1) {
                time[place] = digit;
                assert_int_equal(text_get(*state, time, style, INT_MAX)->width,
                                 width);
            }
        }
    }
}

static void
the_ellipsis_comes_exactly_when_needed(void **state) {
    static const char *const texts[] = {
        "Wohnzimmer Stehlampe",
        "מנורה בסלון ליד",
        "東京都は晴れ",
        "e\u0301e\u0301e\u0301e\u0301e\u0301",
        "\U0001f600\U0001f680\u2615",
        "Meet שלום at 12:30",
    };

    for (size_t i = 0; i < COUNT(texts); i++) {
        int width = text_get(*state, texts[i], regular, INT_MAX)->width;
        const struct text_line *line =
            text_get(*state, texts[i], regular, width);

        assert_false(line->clipped);
        assert_string_equal(line->text, texts[i]);
        for (int less = width - 1; less > 0; less -= 7) {
            line = text_get(*state, texts[i], regular, less);
            assert_true(line->clipped);
            assert_true(line->width <= less);
            /* Either a beginning and the sign, or no room even for that. */
            if (line->text[0] != '\0') {
                size_t kept = strlen(line->text) - 3;

                assert_string_equal(line->text + kept, "…");
                assert_memory_equal(line->text, texts[i], kept);
            }
        }
    }
}

static void
the_ellipsis_never_halves_a_character(void **state) {
    static const char family[] = "\U0001f468\u200d\U0001f469\u200d\U0001f467";
    char text[128], family_cut[32];

    snprintf(text, sizeof(text), "%s%s", family, family);
    snprintf(family_cut, sizeof(family_cut), "%s…", family);
    for (int width = 1; width < 90; width++) {
        const char *shown = text_get(*state, text, regular, width)->text;

        assert_true(strcmp(shown, "") == 0 || strcmp(shown, "…") == 0 ||
                    strcmp(shown, family_cut) == 0 || strcmp(shown, text) == 0);
    }
}

static void
length_is_bounded(void **state) {
    char *just = repeat("i", TEXT_BYTES_MAX);
    char *more = repeat("i", TEXT_BYTES_MAX + 1);
    struct text_style small = {TEXT_REGULAR, TEXT_SIZE_MIN};
    const struct text_line *line = text_get(*state, just, small, INT_MAX);

    assert_false(line->clipped);
    assert_string_equal(line->text, just);
    line = text_get(*state, more, small, INT_MAX);
    assert_true(line->clipped);
    assert_string_equal(line->text + strlen(line->text) - 3, "…");
    free(just);
    free(more);
}

static size_t
missing(struct text *text, const char *utf8) {
    size_t before = text_counters(text).missing_glyphs;

    text_get(text, utf8, regular, INT_MAX);
    return text_counters(text).missing_glyphs - before;
}

static void
other_scripts_come_from_other_fonts(void **state) {
    static const char *const texts[] = {
        "Łódź José Việt Nam", "четверг Πέμπτη", "שלום עולם",
        "مرحبا بالعالم",      "हिन्दी",          "น้ำ ที่นี่",
        "東京 かな カナ",     "좋은 아침",      "الثلاثاء، 9 يونيو؟",
        "→ ↑ ½ ∑ ☀ −3 °C",    "Աբգ აბგ አማርኛ",
    };

    for (size_t i = 0; i < COUNT(texts); i++) {
        assert_int_equal(missing(*state, texts[i]), 0);
        assert_true(text_get(*state, texts[i], regular, INT_MAX)->width > 20);
    }
    /* Cuneiform has no font here: boxes, and the rest of the line. */
    assert_int_equal(missing(*state, "ab \U00012000 cd"), 1);
    assert_true(text_get(*state, "ab \U00012000 cd", regular, INT_MAX)->width >
                text_get(*state, "ab  cd", regular, INT_MAX)->width);
}

static void
emoji_are_pictures_of_the_text_s_size(void **state) {
    static const char *const pictures[] = {
        "\U0001f600",
        "\u2615",
        "\u2764\ufe0f",
        "1\ufe0f\u20e3",
        "\U0001f44d\U0001f3fd",
        "\U0001f1e9\U0001f1ea",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    };

    for (size_t i = 0; i < COUNT(pictures); i++) {
        const struct text_line *line =
            text_get(*state, pictures[i], regular, INT_MAX);

        assert_int_equal(line->piece_count, 1);
        assert_true(line->pieces[0].colour);
        assert_in_range(line->width, 36, 44);
        assert_in_range(line->pieces[0].h, 34, 42);
    }
    /* A digit, a heart in text and a copyright sign are text. */
    assert_false(text_get(*state, "1", regular, INT_MAX)->pieces[0].colour);
    assert_false(text_get(*state, "©", regular, INT_MAX)->pieces[0].colour);
}

static void
marks_above_and_below_leave_the_baseline(void **state) {
    static const char *const texts[] = {
        "x\u0301\u0302\u0303\u0304",
        "x\u0331\u0332\u0333\u0331",
        "x\u0302\u0303\u0331\u0332",
        "x\u0323",
    };
    const struct text_line *plain = text_get(*state, "xx", regular, INT_MAX);

    for (size_t i = 0; i < COUNT(texts); i++) {
        char text[32];

        /* The second x has no marks: its right half ends on the baseline. */
        snprintf(text, sizeof(text), "%sx", texts[i]);
        const struct text_line *line = text_get(*state, text, regular, INT_MAX);
        const struct text_piece *piece = &line->pieces[0];
        const uint8_t *mask = (uint8_t *)pixman_image_get_data(piece->image);
        int stride = pixman_image_get_stride(piece->image), bottom = 0;

        for (int y = 0; y < piece->h; y++) {
            if (mask[y * stride + piece->w - 2] > 0) {
                bottom = piece->y + y + 1;
            }
        }
        assert_int_equal(bottom, plain->ink.y + plain->ink.h);
    }
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_has_a_bound),
        cmocka_unit_test(hostile_text_is_drawn_like_any_other),
        cmocka_unit_test(empty_lines_have_the_height_of_a_line),
        cmocka_unit_test(sizes_are_clamped),
        cmocka_unit_test(metrics_are_the_font_s),
        cmocka_unit_test(metrics_are_those_of_the_size),
        cmocka_unit_test(digits_never_jitter),
        cmocka_unit_test(the_ellipsis_comes_exactly_when_needed),
        cmocka_unit_test(the_ellipsis_never_halves_a_character),
        cmocka_unit_test(length_is_bounded),
        cmocka_unit_test(other_scripts_come_from_other_fonts),
        cmocka_unit_test(emoji_are_pictures_of_the_text_s_size),
        cmocka_unit_test(marks_above_and_below_leave_the_baseline),
    };

    log_open("test_text", LOG_LEVEL_ERROR);
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
