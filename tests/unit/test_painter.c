#include "unit.h"

#include "page_fixture.h"

#include "render/paint_fact.h"

/* A row of 100 px in an area of 780 that begins at 10. */
static void
rows_stand_as_the_region_does(void **state) {
    static const struct {
        enum align align;
        int x;
    } cases[] = {{ALIGN_LEFT, 10}, {ALIGN_CENTER, 350}, {ALIGN_RIGHT, 690}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct painter p = fresh(cases[i].align);
        struct paint_row row = paint_row_begin(&p);

        assert_int_equal(row.x, 10);
        assert_int_equal(row.y, 10);
        assert_int_equal(row.width, 780);
        paint_shape(&p, (struct rect){row.x, row.y, 100, 20}, 0, 0,
                    COLOUR_BRIGHT);
        paint_row_end(&p, &row, 0, 30);
        assert_int_equal(rig.scene.nodes[0].box.x, cases[i].x);
        assert_int_equal(p.used.x, cases[i].x);
        assert_int_equal(p.used.w, 100);
        assert_int_equal(p.used.h, 30);
        assert_int_equal(paint_left(&p), 460 - 30);
    }
}

static void
rows_within_a_row_move_together(void **state) {
    struct painter p = fresh(ALIGN_RIGHT);
    struct paint_row block = paint_row_begin(&p);
    static const int widths[] = {100, 40};

    (void)state;
    for (size_t i = 0; i < COUNT(widths); i++) {
        struct paint_row row = paint_row_begin(&p);

        paint_shape(&p, (struct rect){row.x, row.y, widths[i], 20}, 0, 0,
                    COLOUR_BRIGHT);
        paint_row_end(&p, &row, 0, 24);
    }
    paint_row_end(&p, &block, 0, 48);
    /* the left ends stay in a line, the wider one at the edge */
    assert_int_equal(rig.scene.nodes[0].box.x, 690);
    assert_int_equal(rig.scene.nodes[1].box.x, 690);
    assert_int_equal(rig.scene.nodes[1].box.y, 34);
    assert_int_equal(p.align, ALIGN_RIGHT);
    assert_int_equal(p.used.h, 48);
    assert_int_equal(p.area.h, 460);
}

static void
an_empty_row_has_its_height(void **state) {
    struct painter p = fresh(ALIGN_LEFT);
    struct paint_row row;

    (void)state;
    paint_gap(&p, 50); /* nothing above it: nothing */
    assert_true(rect_empty(p.used));
    row = paint_row_begin(&p);
    paint_row_end(&p, &row, 0, 40);
    assert_int_equal(paint_left(&p), 420);
    paint_gap(&p, 20);
    assert_int_equal(paint_left(&p), 400);
}

static void
lines_need_their_height(void **state) {
    struct painter p = fresh(ALIGN_LEFT);
    int pitch = paint_pitch(&p, ROLE_BODY);

    (void)state;
    p.area.h = pitch - 1;
    assert_false(paint_line(&p, ROLE_BODY, COLOUR_BRIGHT, "x"));
    assert_int_equal(paint_paragraph(&p, ROLE_BODY, COLOUR_BRIGHT, "x", 3), 0);
    assert_int_equal(rig.scene.node_count, 0);
    p.area.h = pitch;
    assert_true(paint_line(&p, ROLE_BODY, COLOUR_BRIGHT, "x"));
    assert_int_equal(rig.scene.node_count, 1);
}

static void
paragraphs_end_in_time(void **state) {
    static const char words[] = "one two three four five six seven eight nine "
                                "ten eleven twelve thirteen fourteen fifteen";
    struct painter p = fresh(ALIGN_LEFT);
    int pitch = paint_pitch(&p, ROLE_TITLE);

    (void)state;
    p.area.w = 200;
    assert_int_equal(paint_paragraph(&p, ROLE_TITLE, COLOUR_BRIGHT, words, 3),
                     3);
    assert_int_equal(p.used.h, 3 * pitch);
    assert_true(rig.scene.nodes[2].line->clipped);
    p = fresh(ALIGN_LEFT);
    p.area.h = 2 * pitch + pitch / 2;
    assert_int_equal(paint_paragraph(&p, ROLE_TITLE, COLOUR_BRIGHT, words, 99),
                     2);
}

static void
texts_keep_their_width(void **state) {
    struct painter p = fresh(ALIGN_LEFT);
    int width = paint_width(&p, ROLE_BODY, "Some words");

    (void)state;
    assert_int_equal(rig.scene.node_count, 0);
    assert_int_equal(
        paint_text(&p, 10, 40, ROLE_BODY, COLOUR_DIM, "Some words", width),
        width);
    assert_false(rig.scene.nodes[0].line->clipped);
    assert_true(paint_text(&p, 10, 40, ROLE_BODY, COLOUR_DIM, "Some words",
                           width - 1) < width);
    assert_true(rig.scene.nodes[1].line->clipped);
    assert_int_equal(paint_text(&p, 10, 40, ROLE_BODY, COLOUR_DIM, "x", 0), 0);
    assert_int_equal(paint_text(&p, 10, 40, ROLE_BODY, COLOUR_DIM, "", 99), 0);
    assert_int_equal(rig.scene.node_count, 2);
    paint_text_right(&p, 500, 40, ROLE_BODY, COLOUR_DIM, "Some words", 400);
    assert_int_equal(rig.scene.nodes[2].x, 500 - width);
}

static void
an_unknown_icon_is_a_question(void **state) {
    struct painter p = fresh(ALIGN_LEFT);

    (void)state;
    paint_icon(&p, 10, 10, 40, COLOUR_BRIGHT, "weather-sunny");
    paint_icon(&p, 60, 10, 40, COLOUR_BRIGHT, "no-such-icon");
    assert_string_equal(rig.scene.nodes[0].icon, "weather-sunny");
    assert_string_equal(rig.scene.nodes[1].icon, "help-circle-outline");
    assert_int_equal(p.used.w, 90);
    assert_int_equal(p.used.h, 40);
}

static void
the_earliest_wake_counts(void **state) {
    struct painter p = fresh(ALIGN_LEFT);
    int64_t now_ms = p.now.wall_ms;

    (void)state;
    assert_true(p.next_ms == CLOCK_NEVER);
    paint_wake_at(&p, now_ms + 500);
    paint_wake_at(&p, now_ms + 900);
    assert_true(p.next_ms == now_ms + 500);
    paint_wake_at(&p, now_ms + 1);
    assert_true(p.next_ms == now_ms + 1);
}

/* Or it would be drawn 30 times a second, for ever. */
static void
a_time_that_has_come_wakes_nobody(void **state) {
    struct painter p = fresh(ALIGN_LEFT);

    (void)state;
    paint_wake_at(&p, p.now.wall_ms);
    paint_wake_at(&p, p.now.wall_ms - 1000);
    assert_true(p.next_ms == CLOCK_NEVER);
}

static void
facts_grow_old(void **state) {
    struct record_message record = {.until_s = RECORD_NO_TIME};
    struct fact fact = {.record = &record};
    static const struct {
        int64_t age_s;
        enum freshness freshness;
        int64_t wake_s; /* from now */
    } cases[] = {
        {0, FACT_FRESH, 61},         {60, FACT_FRESH, 1},
        {61, FACT_STALE, 59},        {3599, FACT_STALE, 1},
        {3601, FACT_OLD, INT64_MAX}, {-1, FACT_STALE, INT64_MAX},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct painter p = fresh(ALIGN_LEFT);

        fact.age_s = cases[i].age_s;
        assert_int_equal(paint_freshness(&p, &fact, 60, 3600),
                         cases[i].freshness);
        assert_true(cases[i].wake_s == INT64_MAX
                        ? p.next_ms == CLOCK_NEVER
                        : p.next_ms == p.now.wall_ms + cases[i].wake_s * 1000);
    }
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_stand_as_the_region_does),
        cmocka_unit_test(rows_within_a_row_move_together),
        cmocka_unit_test(an_empty_row_has_its_height),
        cmocka_unit_test(lines_need_their_height),
        cmocka_unit_test(paragraphs_end_in_time),
        cmocka_unit_test(texts_keep_their_width),
        cmocka_unit_test(an_unknown_icon_is_a_question),
        cmocka_unit_test(the_earliest_wake_counts),
        cmocka_unit_test(a_time_that_has_come_wakes_nobody),
        cmocka_unit_test(facts_grow_old),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
