#include "unit.h"

#include "page_rig.h"

#include "render/paint_fact.h"
#include "render/paint_list.h"

static struct page_rig rig; /* opened once: fonts are slow to read */

static int
setup(void **state) {
    (void)state;
    page_rig_init(&rig);
    return 0;
}

static int
teardown(void **state) {
    (void)state;
    page_rig_finish(&rig);
    return 0;
}

static struct painter
fresh(enum align align) {
    scene_clear(&rig.scene);
    return page_rig_painter(&rig, align);
}

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

/* The mark stands at the edge of the panel on either side, and a text that is
 * too long loses its end, never its note. */
static void
items_mirror_at_the_right(void **state) {
    struct list_item item = list_item("A text that is too long for its row");
    struct painter p = fresh(ALIGN_LEFT);

    (void)state;
    item.mark = LIST_DISC;
    item.note = "today";
    p.area.w = 240;
    assert_true(paint_item(&p, &item));
    assert_int_equal(rig.scene.node_count, 3);
    assert_true(rig.scene.nodes[0].box.x < rig.scene.nodes[1].x);
    assert_true(rig.scene.nodes[1].x < rig.scene.nodes[2].x);
    assert_true(rig.scene.nodes[1].line->clipped);
    assert_false(rig.scene.nodes[2].line->clipped);
    assert_true(p.used.w <= 240);
    p = fresh(ALIGN_RIGHT);
    assert_true(paint_item(&p, &item));
    assert_true(rig.scene.nodes[2].x < rig.scene.nodes[1].x);
    assert_true(rig.scene.nodes[1].x < rig.scene.nodes[0].box.x);
    assert_int_equal(p.used.x + p.used.w, 790);
}

/* Two lines, the first wide, the note beside the second: at either side the
 * row is no wider than its area. */
static void
wrapped_items_stay_in_their_row(void **state) {
    struct list_item item = list_item("Quiteaverylongwordfirst and");

    (void)state;
    item.mark = LIST_DISC;
    item.note = "overdue";
    item.lines = 2;
    for (int width = 120; width < 500; width++) {
        for (int align = ALIGN_LEFT; align <= ALIGN_RIGHT; align++) {
            struct painter p = fresh((enum align)align);

            p.area.w = width;
            assert_true(paint_item(&p, &item));
            assert_in_range(p.used.w, 1, width);
            assert_in_range(p.used.x, 10, 10 + width - p.used.w);
        }
    }
}

/* Paints the item in so much width; returns how many nodes that made, and
 * whether it stayed inside. */
static size_t
paint_in(struct list_item *item, enum align align, int width) {
    struct painter p = fresh(align);

    p.area.w = width;
    p.used.x = p.area.x;
    assert_true(paint_item(&p, item));
    assert_true(p.used.x >= p.area.x);
    assert_true(p.used.x + p.used.w <= p.area.x + width);
    for (size_t i = 0; i < rig.scene.node_count; i++) {
        assert_true(rig.scene.nodes[i].box.x >= p.area.x - 2);
    }
    return rig.scene.node_count;
}

/* Of a lamp the name comes first; of a task on one line, when it is due. */
static void
notes_yield_where_they_may(void **state) {
    struct list_item item = list_item("Reading lamp");
    struct painter p = fresh(ALIGN_LEFT);
    int text = paint_width(&p, ROLE_BODY, item.text), room;

    (void)state;
    item.note = "not reachable";
    room = text + paint_width(&p, ROLE_LABEL, item.note) + 40;
    for (int align = ALIGN_LEFT; align <= ALIGN_RIGHT; align++) {
        item.note_yields = false;
        assert_int_equal(paint_in(&item, (enum align)align, room), 2);
        assert_int_equal(paint_in(&item, (enum align)align, text + 10), 2);
        item.note_yields = true;
        assert_int_equal(paint_in(&item, (enum align)align, room), 2);
        assert_int_equal(paint_in(&item, (enum align)align, text + 10), 1);
        assert_false(rig.scene.nodes[0].line->clipped);
    }
}

/* On two lines: the note behind the second, else below the first, else gone
 * before the text is cut for it. */
static void
two_lines_hold_the_text_first(void **state) {
    static const char words[] = "Donaudampfschifffahrt is long";
    struct painter p = fresh(ALIGN_LEFT);
    struct list_item item = list_item(words);
    int wide = paint_width(&p, ROLE_BODY, "Donaudampfschifffahrt");

    (void)state;
    item.lines = 2;
    item.note = "today";
    for (int align = ALIGN_LEFT; align <= ALIGN_RIGHT; align++) {
        assert_int_equal(paint_in(&item, (enum align)align, wide + 2), 3);
        item.text = "Donaudampfschifffahrt";
        assert_int_equal(paint_in(&item, (enum align)align, wide + 2), 2);
        item.text = "Donaudampfschifffahrt Donaudampfschiffe";
        assert_int_equal(paint_in(&item, (enum align)align, wide + 2), 2);
        assert_false(rig.scene.nodes[1].line->clipped);
        item.text = words;
    }
}

static void
crushed_is_less_than_nine_tenths(void **state) {
    struct list_item item = list_item("Renew passport");
    struct painter p = fresh(ALIGN_LEFT);
    int text = paint_width(&p, ROLE_BODY, item.text);

    (void)state;
    p.area.w = (9 * text + 9) / 10;
    assert_false(paint_item_is_crushed(&p, &item));
    p.area.w = 9 * text / 10 - 1;
    assert_true(paint_item_is_crushed(&p, &item));
}

static void
items_that_fit(void **state) {
    struct painter p;
    int item, more;

    page_rig_resize(&rig, 1920, 1080); /* a label is lower than an item */
    p = fresh(ALIGN_LEFT);
    item = paint_item_pitch(&p);
    more = paint_pitch(&p, ROLE_LABEL);
    assert_true(more < item);

    const struct {
        int height;
        size_t count, fit;
    } cases[] = {
        {4 * item, 4, 4}, {4 * item - 1, 4, 3},
        {4 * item, 5, 3}, {3 * item + more, 5, 3},
        {item, 0, 0},     {0, 3, 0},
        {-20, 3, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        p.area.h = cases[i].height;
        assert_int_equal(paint_items_fit(&p, cases[i].count), cases[i].fit);
    }
    page_rig_resize(&rig, 800, 480);
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
        cmocka_unit_test(items_mirror_at_the_right),
        cmocka_unit_test(wrapped_items_stay_in_their_row),
        cmocka_unit_test(notes_yield_where_they_may),
        cmocka_unit_test(two_lines_hold_the_text_first),
        cmocka_unit_test(crushed_is_less_than_nine_tenths),
        cmocka_unit_test(items_that_fit),
        cmocka_unit_test(facts_grow_old),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
