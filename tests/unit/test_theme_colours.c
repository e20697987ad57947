#include "unit.h"

#include <math.h>

#include "render/theme.h"
#include "render/theme_contrast.h"
#include "theme_rig.h"

/* What a bad colour becomes, and what a bad background leaves. */
static void
unreadable_colours_are_replaced(void **state) {
    static const struct {
        const char *text;
        int complaints;
        uint32_t bright, background;
    } cases[] = {
        {"[colours]\nbright = #111\n", 1, 0xffffff, 0x000000},
        {"[colours]\nbackground = #fff\n", 1, 0xffffff, 0x000000},
        {"[theme]\nbase = paper\n[colours]\nbright = #eee\n", 1, 0x000000,
         0xffffff},
        /* white of the base is no better on white than what was asked for */
        {"[colours]\nbackground = #fff\nbright = #eee\nnormal = #000\n"
         "dim = #555\naccent = #00508f\ncold = #00639c\nwarm = #a34a00\n"
         "warning = #8a5200\nalarm = #b3140a\n",
         1, 0x000000, 0xffffff},
        {"[colours]\nbackground = #fff\nbright = #eee\n", 1, 0xeeeeee,
         0x000000},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *path = write_theme(cases[i].text);
        struct theme_file file;
        struct config errors = {0};

        assert_int_equal(theme_load(&file, "themes", path, &errors),
                         cases[i].complaints == 0);
        assert_int_equal(errors.error_count, cases[i].complaints);
        assert_int_equal(file.colour[COLOUR_BRIGHT], cases[i].bright);
        assert_int_equal(file.colour[COLOUR_BACKGROUND], cases[i].background);
        config_finish(&errors);
        unlink(path);
        free(path);
    }
}

static void
contrast_is_that_of_wcag(void **state) {
    (void)state;
    assert_true(fabs(theme_contrast(0x000000, 0xffffff) - 21) < 1e-9);
    assert_true(fabs(theme_contrast(0x777777, 0x777777) - 1) < 1e-9);
    /* #767676 is the darkest grey that WCAG accepts on white, 4.54 */
    assert_true(fabs(theme_contrast(0x767676, 0xffffff) - 4.54) < 0.005);
    assert_true(fabs(theme_contrast(0xffffff, 0x767676) - 4.54) < 0.005);
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(unreadable_colours_are_replaced),
        cmocka_unit_test(contrast_is_that_of_wcag),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
