#include "unit.h"

#include "page_fixture.h"

#include "render/paint_list.h"

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
    int wide = paint_width(&p, ROLE_BODY, "Donaudampfschifffahrt") +
               paint_icon_size(&p, ROLE_BODY) / 2;

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

/* A second line stands in where no mark tells it from the next item, and a note
 * alone stands closer to its text than that does. */
static void
second_lines_belong_to_their_item(void **state) {
    static const struct {
        const char *text, *second;
    } cases[] = {
        {"Renew passport", "30 Jul"},
        {"Renew passport at last", "at last"},
    };
    struct list_item item;
    int width, label, body;
    struct painter p;

    (void)state;
    page_rig_resize(&rig, 1920, 1080); /* a label is lower than an item */
    p = fresh(ALIGN_LEFT);
    width = paint_width(&p, ROLE_BODY, "Renew passport") + 2;
    label = paint_pitch(&p, ROLE_LABEL), body = paint_item_pitch(&p);
    assert_true(label < body);
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (int align = ALIGN_LEFT; align <= ALIGN_RIGHT; align += 2) {
            const struct scene_node *first, *second;
            int below = i == 0 ? label : body;

            item = list_item(cases[i].text);
            item.lines = 2;
            item.note = i == 0 ? "30 Jul" : "";
            p = fresh((enum align)align);
            p.area.w = width + (i == 0 ? 0 : paint_icon_size(&p, ROLE_BODY));
            assert_int_equal(paint_item_height(&p, &item), body + below);
            assert_true(paint_item(&p, &item));
            assert_int_equal(p.used.h, body + below);
            first = &rig.scene.nodes[0];
            second = &rig.scene.nodes[1];
            assert_string_equal(second->line->text, cases[i].second);
            assert_int_equal(second->baseline - first->baseline, below);
            if (align == ALIGN_LEFT) {
                assert_true(second->x > first->x + 10);
            } else {
                assert_true(second->x + second->line->width + 10 <
                            first->x + first->line->width);
            }
        }
    }
    page_rig_resize(&rig, 800, 480);
}

/* The word where it fits, else the sign, for which the text is cut. */
static void
a_note_may_become_a_sign(void **state) {
    struct list_item item = list_item("Library books");
    struct painter p = fresh(ALIGN_LEFT);
    int text = paint_width(&p, ROLE_BODY, item.text);
    int note = paint_width(&p, ROLE_LABEL, "overdue");
    int icon = paint_icon_size(&p, ROLE_BODY), gap = icon / 3;
    const struct {
        int width;
        bool sign, cut;
    } cases[] = {
        {text + gap + note, false, false},
        {text + gap + note - 1, true, false},
        {text + gap + icon, true, false},
        {text + gap + icon - 1, true, true},
    };

    (void)state;
    item.note = "overdue";
    item.note_icon = "alert-circle-outline";
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (int align = ALIGN_LEFT; align <= ALIGN_RIGHT; align++) {
            assert_int_equal(paint_in(&item, (enum align)align, cases[i].width),
                             2);
            assert_int_equal(rig.scene.nodes[0].line->clipped, cases[i].cut);
            assert_int_equal(rig.scene.nodes[1].icon != NULL, cases[i].sign);
        }
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

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_mirror_at_the_right),
        cmocka_unit_test(wrapped_items_stay_in_their_row),
        cmocka_unit_test(notes_yield_where_they_may),
        cmocka_unit_test(two_lines_hold_the_text_first),
        cmocka_unit_test(second_lines_belong_to_their_item),
        cmocka_unit_test(a_note_may_become_a_sign),
        cmocka_unit_test(crushed_is_less_than_nine_tenths),
        cmocka_unit_test(items_that_fit),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
