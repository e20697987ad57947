#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "render/theme.h"
#include "theme_rig.h"

static bool
same_theme(const struct theme_file *a, const struct theme_file *b) {
    for (int i = 0; i < ROLE_END; i++) {
        if (a->size_arcmin[i] != b->size_arcmin[i] ||
            a->face[i] != b->face[i]) {
            return false;
        }
    }
    return memcmp(a->colour, b->colour, sizeof(a->colour)) == 0 &&
           a->margin_arcmin == b->margin_arcmin &&
           a->gap_arcmin == b->gap_arcmin && a->leading == b->leading &&
           a->lamp_colours == b->lamp_colours;
}

static void
the_built_in_theme_is_dark(void **state) {
    struct theme_file built_in, dark;
    struct config errors = {0};

    (void)state;
    theme_default(&built_in);
    assert_true(theme_load(&dark, "themes", "dark", &errors));
    assert_int_equal(errors.error_count, 0);
    assert_true(same_theme(&built_in, &dark));
    config_finish(&errors);
}

/* Luminance of a colour as the eye weighs it, 0..255. */
static double
luminance(uint32_t rgb) {
    return 0.2126 * (rgb >> 16 & 0xff) + 0.7152 * (rgb >> 8 & 0xff) +
           0.0722 * (rgb & 0xff);
}

/* How far a colour stands out of the background. */
static double
contrast(const struct theme_file *file, int colour) {
    return fabs(luminance(file->colour[colour]) -
                luminance(file->colour[COLOUR_BACKGROUND]));
}

static void
shipped_themes_keep_their_ranks(void **state) {
    static const char *const names[] = {"dark", "night", "large", "contrast",
                                        "paper"};

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        struct theme_file file;
        struct config errors = {0};

        assert_true(theme_load(&file, "themes", names[i], &errors));
        for (int role = 1; role < ROLE_END; role++) {
            assert_true(file.size_arcmin[role] < file.size_arcmin[role - 1]);
        }
        for (int colour = COLOUR_NORMAL; colour <= COLOUR_FAINT; colour++) {
            assert_true(contrast(&file, colour) < contrast(&file, colour - 1));
        }
        config_finish(&errors);
    }
}

static void
night_is_dim_and_red(void **state) {
    struct theme_file night;
    struct config errors = {0};

    (void)state;
    assert_true(theme_load(&night, "themes", "night", &errors));
    assert_false(night.lamp_colours);
    for (int colour = 0; colour < COLOUR_BACKGROUND; colour++) {
        uint32_t rgb = night.colour[colour];

        assert_true(luminance(rgb) < 100);
        assert_true((rgb >> 16 & 0xff) > 2 * (rgb >> 8 & 0xff));
        assert_true((rgb >> 16 & 0xff) > 2 * (rgb & 0xff));
    }
    config_finish(&errors);
}

struct complaint_case {
    const char *text;
    const char *complaint; /* NULL: it is good */
};

static const struct complaint_case complaints[] = {
    {"", NULL},
    {"[sizes]\nbody = 20\n", NULL},
    {"[theme]\nbase = night\nleading = 1.5\n[colours]\ndim = #a31\n", NULL},
    {"[sizes]\nbody = 1\nhero = 600\n", NULL},
    {"[sizes]\nbody = 0.9\n", ":2: [sizes] body: "},
    {"[sizes]\nhero = 601\n", ":2: [sizes] hero: "},
    {"[sizes]\nmargin = 0\n", NULL},
    {"[sizes]\nmargin = -1\n", ":2: [sizes] margin: "},
    {"[sizes]\nbody = nan\n", ":2: [sizes] body: "},
    {"[sizes]\nbodi = 9\n", "did you mean 'body'?"},
    {"[theme]\nleading = 0.8\n", NULL},
    {"[theme]\nleading = 0.79\n", ":2: [theme] leading: "},
    {"[theme]\nleading = 3.01\n", ":2: [theme] leading: "},
    {"[theme]\nlamp_colours = maybe\n", ":2: [theme] lamp_colours: "},
    {"[faces]\nbody = bold\n", NULL},
    {"[faces]\nbody = icon\n", ":2: [faces] body: "},
    {"[colours]\nbright = white\n", ":2: [colours] bright: "},
    {"[colours]\nbright = #fffffff\n", ":2: [colours] bright: "},
    {"[colors]\nbright = #fff\n", ":1: [colors]: expected [theme]"},
    {"[sizes large]\nbody = 9\n", "expected [theme]"},
    {"[sizes]\nbody = 9\nbody = 10\n", "given twice"},
    {"[theme]\nbase = nowhere\n", ":2: [theme] base: there is no 'nowhere'"},
    /* on black 2.01 and 1.98 to 1 */
    {"[colours]\nnormal = #404040\n", NULL},
    {"[colours]\nnormal = #3f3f3f\n", ":2: [colours] normal: cannot be read"},
    {"[colours]\nalarm = #000\n", ":2: [colours] alarm: cannot be read"},
    {"[colours]\nfaint = #010101\n", NULL},
    {"[colours]\nbackground = #333\n", NULL},
    {"[colours]\nbackground = #fff\n",
     ":2: [colours] background: 'bright' cannot be read on it"},
    {"[theme]\nbase = night\n[colours]\nbackground = #711\n",
     ":4: [colours] background: '"},
    {"[theme]\nbase = paper\n[colours]\nbright = #eee\n",
     ":4: [colours] bright: cannot be read"},
};

static void
bad_themes_are_complained_about(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(complaints); i++) {
        char *path = write_theme(complaints[i].text);
        struct theme_file file;
        struct config errors = {0};
        bool good = theme_load(&file, "themes", path, &errors);

        if (good != (complaints[i].complaint == NULL)) {
            print_message("%s%s\n", complaints[i].text,
                          good ? "" : errors.errors[0]);
        }
        assert_int_equal(good, complaints[i].complaint == NULL);
        assert_int_equal(errors.error_count, good ? 0 : 1);
        if (!good) {
            assert_non_null(strstr(errors.errors[0], complaints[i].complaint));
        }
        config_finish(&errors);
        unlink(path);
        free(path);
    }
}

static void
a_theme_changes_only_what_it_says(void **state) {
    char *path = write_theme("[theme]\nbase = night\nlamp_colours = yes\n"
                             "[sizes]\nbody = 20\nbad = 1\n"
                             "[colours]\ndim = #903040\n");
    struct theme_file file, night;
    struct config errors = {0};

    (void)state;
    assert_true(theme_load(&night, "themes", "night", &errors));
    assert_false(theme_load(&file, "themes", path, &errors));
    /* What was good counts in spite of what was not. */
    night.lamp_colours = true;
    night.size_arcmin[ROLE_BODY] = 20;
    night.colour[COLOUR_DIM] = 0x903040;
    assert_true(same_theme(&file, &night));
    config_finish(&errors);
    unlink(path);
    free(path);
}

/* Themes 0..depth-1, each standing on the next. Returns whether it loads. */
static bool
load_chain(int depth) {
    char dir[] = "/tmp/mirror-chain-XXXXXX", path[64], name[16];
    struct theme_file file;
    struct config errors = {0};
    bool good;

    assert_non_null(mkdtemp(dir));
    for (int i = 0; i < depth; i++) {
        snprintf(path, sizeof(path), "%s/t%d.ini", dir, i);
        FILE *out = fopen(path, "w");

        assert_non_null(out);
        snprintf(name, sizeof(name), "base = t%d\n", i + 1);
        fprintf(out, "[theme]\n%s", i + 1 < depth ? name : "leading = 2\n");
        fclose(out);
    }
    good = theme_load(&file, dir, "t0", &errors);
    assert_int_equal(good, file.leading == 2);
    assert_int_equal(errors.error_count, good ? 0 : 1);
    for (int i = 0; i < depth; i++) {
        snprintf(path, sizeof(path), "%s/t%d.ini", dir, i);
        unlink(path);
    }
    rmdir(dir);
    config_finish(&errors);
    return good;
}

static void
themes_stand_on_one_another_four_deep(void **state) {
    char *path = write_theme("[theme]\nbase = PATH\n");
    char text[128];
    struct theme_file file;
    struct config errors = {0};

    (void)state;
    assert_true(load_chain(1));
    assert_true(load_chain(4));
    assert_false(load_chain(5));

    /* One that stands on itself ends. */
    FILE *out = fopen(path, "w");

    snprintf(text, sizeof(text), "[theme]\nbase = %s\n", path);
    fputs(text, out);
    fclose(out);
    assert_false(theme_load(&file, "themes", path, &errors));
    assert_int_equal(errors.error_count, 1);
    config_finish(&errors);
    unlink(path);
    free(path);
}

static struct theme
scale_dark(struct theme_panel panel) {
    struct theme_file file;
    struct theme theme;

    theme_default(&file);
    theme_scale(&theme, &file, &panel);
    return theme;
}

static void
sizes_follow_the_formula(void **state) {
    struct theme_panel panel = {1920, 1080, 345.4, 194.3, 0, 1500};
    struct theme theme = scale_dark(panel);
    double x_height_mm = 2 * 1500 * tan(12.0 / 60 / 2 * 3.14159265358979 / 180);
    double expected = x_height_mm * (1920 / 345.4) / (1082.0 / 2048);

    (void)state;
    assert_true(fabs(theme.style[ROLE_BODY].size_px - expected) < 0.6);

    /* Twice as far is twice as large; a finer panel needs more pixels. */
    panel.distance_mm = 750;
    assert_true(abs(2 * scale_dark(panel).style[ROLE_BODY].size_px -
                    theme.style[ROLE_BODY].size_px) <= 1);
    panel = (struct theme_panel){3840, 2160, 345.4, 194.3, 0, 1500};
    assert_true(abs(scale_dark(panel).style[ROLE_BODY].size_px -
                    2 * theme.style[ROLE_BODY].size_px) <= 1);
    /* Turned, the panel is the same. */
    panel = (struct theme_panel){1080, 1920, 194.3, 345.4, 0, 1500};
    assert_int_equal(scale_dark(panel).style[ROLE_BODY].size_px,
                     theme.style[ROLE_BODY].size_px);
}

static void
unknown_and_absurd_panels_have_a_size(void **state) {
    int usual = scale_dark((struct theme_panel){1920, 1080, 0, 0, 396.24, 1500})
                    .style[ROLE_BODY]
                    .size_px;
    static const struct theme_panel same[] = {
        {1920, 1080, 0, 0, 0, 1500},        {1920, 1080, 0, 0, 0, 0},
        {1920, 1080, 16, 9, 0, 1500},       /* an EDID that gives a ratio */
        {1920, 1080, 16000, 9000, 0, 1500}, /* a wall */
        {1920, 1080, 345.4, 0, 0, 1500},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(same); i++) {
        assert_int_equal(scale_dark(same[i]).style[ROLE_BODY].size_px, usual);
    }
}

static void
a_page_always_fits(void **state) {
    static const int sizes[][2] = {{640, 480},   {480, 640},   {1080, 1920},
                                   {1920, 1080}, {3840, 2160}, {2160, 3840},
                                   {160, 160},   {8192, 160}};

    (void)state;
    for (size_t i = 0; i < COUNT(sizes); i++) {
        for (double distance = 300; distance <= 10000; distance += 700) {
            struct theme theme = scale_dark((struct theme_panel){
                sizes[i][0], sizes[i][1], 0, 0, 0, distance});
            int body = theme.style[ROLE_BODY].size_px;
            double pitch = body * 2400.0 / 2048 * theme.leading;
            int height = sizes[i][1] - 2 * theme.margin_px;
            int columns = sizes[i][0] > sizes[i][1] ? 3 : 2;
            int width = (sizes[i][0] - 2 * theme.margin_px -
                         (columns - 1) * theme.gap_px) /
                        columns;

            assert_true(body >= TEXT_SIZE_MIN && body <= TEXT_SIZE_MAX);
            assert_true(theme.line_px >= 2);
            /* Sizes are whole pixels: a tenth is rounding. */
            assert_true(height / pitch > 9 * 0.9);
            assert_true(width / (body * 0.5) > 14 * 0.9);
            assert_true(theme.style[ROLE_HERO].size_px * 3 < width);
        }
    }
}

static void
strokes_are_two_pixels_thick(void **state) {
    struct theme_file file;
    struct theme theme;
    struct theme_panel panel = {1920, 1080, 0, 0, 0, 0};
    bool light = false, regular = false, bold = false;

    (void)state;
    theme_default(&file);
    file.face[ROLE_CREDIT] = TEXT_LIGHT;
    for (panel.distance_mm = 300; panel.distance_mm < 4000;
         panel.distance_mm += 50) {
        theme_scale(&theme, &file, &panel);
        if (theme.style[ROLE_CREDIT].size_px < 23) {
            bold = true;
            assert_int_equal(theme.style[ROLE_CREDIT].face, TEXT_BOLD);
        } else if (theme.style[ROLE_CREDIT].size_px < 35) {
            regular = true;
            assert_int_equal(theme.style[ROLE_CREDIT].face, TEXT_REGULAR);
        } else {
            light = true;
            assert_int_equal(theme.style[ROLE_CREDIT].face, TEXT_LIGHT);
        }
    }
    assert_true(light && regular && bold);
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_built_in_theme_is_dark),
        cmocka_unit_test(shipped_themes_keep_their_ranks),
        cmocka_unit_test(night_is_dim_and_red),
        cmocka_unit_test(bad_themes_are_complained_about),
        cmocka_unit_test(a_theme_changes_only_what_it_says),
        cmocka_unit_test(themes_stand_on_one_another_four_deep),
        cmocka_unit_test(sizes_follow_the_formula),
        cmocka_unit_test(unknown_and_absurd_panels_have_a_size),
        cmocka_unit_test(a_page_always_fits),
        cmocka_unit_test(strokes_are_two_pixels_thick),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
