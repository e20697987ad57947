#include "unit.h"

#include <limits.h>

#include "page_rig.h"

static struct page_rig rig;

static int
set_up(void **state) {
    (void)state;
    page_rig_init(&rig);
    page_rig_resize(&rig, 1920, 1080);
    return 0;
}

static int
tear_down(void **state) {
    (void)state;
    page_rig_finish(&rig);
    return 0;
}

static struct painter
fresh(int width, int height) {
    struct painter p = page_rig_painter(&rig, ALIGN_LEFT);

    scene_clear(&rig.scene);
    p.area.w = width;
    p.area.h = height;
    return p;
}

/* Every role, at every leading: rows and baselines are on the grid, and small
 * roles that end at one edge share a baseline. */
static void
rows_lie_on_the_grid(void **state) {
    struct painter p = fresh(900, 900);

    (void)state;
    for (double leading = 0.8; leading <= 3; leading += 0.1) {
        int below[ROLE_END];

        rig.theme.leading = leading;
        for (int role = 0; role < ROLE_END; role++) {
            int pitch = paint_pitch(&p, (enum theme_role)role);
            int baseline = paint_baseline(&p, 0, (enum theme_role)role);

            assert_true(pitch > 0 && baseline > 0 && baseline <= pitch);
            assert_int_equal(pitch % rig.theme.grid_px, 0);
            assert_int_equal(baseline % rig.theme.grid_px, 0);
            assert_int_equal(paint_figure_pitch(&p, (enum theme_role)role) %
                                 rig.theme.grid_px,
                             0);
            below[role] = pitch - baseline;
        }
        assert_int_equal(below[ROLE_LABEL], below[ROLE_BODY]);
        assert_int_equal(below[ROLE_CREDIT], below[ROLE_BODY]);
    }
    rig.theme.leading = 1;
    assert_int_equal(paint_on_grid(&p, 0), 0);
    assert_int_equal(paint_on_grid(&p, 1), rig.theme.grid_px);
    assert_int_equal(paint_on_grid(&p, rig.theme.grid_px), rig.theme.grid_px);
}

static int
line_width(size_t i) {
    return rig.scene.nodes[i].line->width;
}

/* The last line is no single word, and no word is broken for that. */
static void
paragraphs_are_even(void **state) {
    static const char words[] = "Parcel at the neighbour's, number 12";
    struct painter p = fresh(900, 900);
    size_t count;

    (void)state;
    p.area.w = paint_width(&p, ROLE_TITLE, "Parcel at the neighbour's, num");
    count = paint_paragraph(&p, ROLE_TITLE, COLOUR_BRIGHT, words, 3);
    assert_int_equal(count, 2);
    assert_true(line_width(0) < 2 * line_width(1));

    p = fresh(900, 900);
    p.area.w = paint_width(&p, ROLE_TITLE, "Waschmaschine ist");
    count = paint_paragraph(&p, ROLE_TITLE, COLOUR_BRIGHT,
                            "Waschmaschine ist fertig", 3);
    assert_int_equal(count, 2);
    assert_string_equal(rig.scene.nodes[1].line->text, "ist fertig");
}

static void
what_fits_is_neither_cut_nor_broken(void **state) {
    static const char words[] = "Severe storm";
    struct painter p = fresh(900, 900);
    int word = paint_width(&p, ROLE_TITLE, "Severe");
    int pitch = paint_pitch(&p, ROLE_TITLE);
    int icon = paint_icon_size(&p, ROLE_TITLE);
    const struct {
        int width, height;
        const char *icon;
        size_t lines;
        bool fits;
    } cases[] = {
        {4 * word, 4 * pitch, NULL, 1, true},
        {word, 4 * pitch, NULL, 2, true},
        {word - 1, 4 * pitch, NULL, 3, false}, /* a word would be broken */
        {word, 4 * pitch, NULL, 1, false},     /* cut: too few lines */
        {word, 2 * pitch, NULL, 2, true},
        {word, 2 * pitch - 1, NULL, 2, false}, /* cut: too low */
        {word, pitch - 1, NULL, 2, false},
        {word, 4 * pitch, "alert", 2, false},
        {word + icon + icon / 3, 4 * pitch, "alert", 2, true},
        {0, 4 * pitch, NULL, 2, false},
        {icon / 2, 4 * pitch, "alert", 2, false},
        {word, 4 * pitch, NULL, 99, true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        p = fresh(cases[i].width, cases[i].height);
        if (paint_text_fits(&p, ROLE_TITLE, cases[i].icon, words,
                            cases[i].lines) != cases[i].fits) {
            fail_msg("case %zu", i);
        }
    }
    assert_int_equal(rig.scene.node_count, 0);
}

/* An icon stands beside the first line, and the lines below each other. */
static void
lines_stand_beside_their_icon(void **state) {
    struct painter p = fresh(900, 900);
    int word = paint_width(&p, ROLE_TITLE, "Severe");

    (void)state;
    p = fresh(word * 2, 900);
    assert_int_equal(paint_icon_paragraph(&p, ROLE_TITLE, COLOUR_ALARM,
                                          COLOUR_BRIGHT, "alert",
                                          "Severe storm", 2),
                     2);
    assert_string_equal(rig.scene.nodes[0].icon, "alert");
    assert_int_equal(rig.scene.nodes[1].x, rig.scene.nodes[2].x);
    assert_true(rig.scene.nodes[1].x > rig.scene.nodes[0].x);
    assert_int_equal(p.used.h, 2 * paint_pitch(&p, ROLE_TITLE));

    p = fresh(word * 2, paint_pitch(&p, ROLE_TITLE) - 1);
    assert_int_equal(paint_icon_paragraph(&p, ROLE_TITLE, COLOUR_ALARM,
                                          COLOUR_BRIGHT, "alert",
                                          "Severe storm", 2),
                     0);
    assert_int_equal(rig.scene.node_count, 0);
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_lie_on_the_grid),
        cmocka_unit_test(paragraphs_are_even),
        cmocka_unit_test(what_fits_is_neither_cut_nor_broken),
        cmocka_unit_test(lines_stand_beside_their_icon),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
