#include "unit.h"

#include <string.h>

#include "render/text_clean.h"
#include "render/text_runs.h"

static const struct text_style regular = {TEXT_REGULAR, 32};

struct bidi_case {
    const char *text;
    bool rtl;
    const char *order; /* of the runs, the first characters from the left */
};

static const struct bidi_case bidi[] = {
    {"abc", false, "a"},
    {"שלום", true, "ש"},
    {"abc שלום def", false, "aשd"},
    {"שלום abc עולם", true, "עaש"},
    {"שלום 12:30", true, "1ש"},
    {"12:30", false, "1"},
    /* a number keeps its sign, its degree and its unit */
    {"חום −5° בחוץ", true, "ב−ח"},
    {"حرارة −14°", true, "−ح"},
    {"רוח 5\u202fm/s", true, "5mר"},
    {"−5° abc", false, "−"},
    {"8−5 שלום", true, "ש8"},
    {"a (שלום) b", false, "aש)b"},
    {"", false, ""},
};

static void
mixed_lines_are_in_visual_order(void **state) {
    struct fonts *fonts = fonts_create("fonts");

    (void)state;
    assert_non_null(fonts);
    for (size_t i = 0; i < COUNT(bidi); i++) {
        struct text_codes codes;
        struct text_runs runs;
        const char *order = bidi[i].order;
        char first[8];

        text_clean(bidi[i].text, strlen(bidi[i].text),
                   (struct text_clean_options){0}, &codes);
        text_runs_cut(fonts, regular, codes.code, codes.count, TEXT_BASE_AUTO,
                      &runs);
        assert_int_equal(runs.rtl, bidi[i].rtl);
        for (size_t r = 0; r < runs.count; r++) {
            size_t at = runs.run[r].first;

            /* A blank that begins a run says less than what follows it. */
            at += codes.code[at] == ' ';
            if (at == runs.run[r].end) {
                continue;
            }
            uint32_t code = codes.code[at];

            text_encode(&code, 1, first, sizeof(first));
            assert_memory_equal(order, first, strlen(first));
            order += strlen(first);
        }
        assert_string_equal(order, "");
    }
    fonts_destroy(fonts);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mixed_lines_are_in_visual_order),
    };

    return cmocka_run_group_tests_name("text_runs", tests, NULL, NULL);
}
