/* A page of which only one widget is drawn anew. */
#include "unit.h"

#include "page_records.h"
#include "page_rig.h"

/* All that two scenes differ in. */
static void
assert_changed_within(const struct scene *before, const struct scene *after,
                      struct rect area) {
    pixman_region32_t changed;
    struct rect all;

    pixman_region32_init(&changed);
    scene_diff(before, after, &changed);
    all = (struct rect){changed.extents.x1, changed.extents.y1,
                        changed.extents.x2 - changed.extents.x1,
                        changed.extents.y2 - changed.extents.y1};
    pixman_region32_fini(&changed);
    assert_false(rect_empty(all));
    assert_true(rect_equal(rect_intersect(all, area), all));
}

/* At the next minute only the clock's own nodes are new, and its pixels. */
static void
a_tick_touches_only_its_widget(void **state) {
    uint64_t seed = 3;
    struct page_rig rig;
    struct layout layout;
    struct scene after;
    struct painter base;
    int64_t next_ms;
    size_t same = 0;

    (void)state;
    page_rig_init(&rig);
    put_todo(&rig, &seed);
    put_lights(&rig, &seed); /* discs and rings */
    assert_true(page_rig_layout(
        &rig,
        "[widget clock]\nposition = top_left\n"
        "[todo a]\nitem = A\n[widget todo]\nposition = top_right\n"
        "[widget lights]\nposition = bottom_right\nshow = all\n",
        &layout));
    next_ms = layout_draw(&layout, &rig.base, NULL);
    assert_int_equal(next_ms, (PAGE_RIG_NOW_S / 60 + 1) * 60000);
    scene_init(&after, rig.text, 800, 480);
    base = rig.base;
    base.scene = &after;
    base.now.wall_ms = next_ms;
    assert_true(layout_tick(&layout, &base, &rig.scene, &next_ms));
    /* then the lamps are a minute old */
    assert_int_equal(next_ms, (PAGE_RIG_NOW_S + 61) * 1000);
    assert_int_equal(after.node_count, rig.scene.node_count);
    for (size_t i = 0; i < after.node_count; i++) {
        same += after.nodes[i].line == rig.scene.nodes[i].line;
    }
    assert_int_equal(same, after.node_count - 1);
    assert_changed_within(&rig.scene, &after, layout.widgets[0].used);
    scene_finish(&after);
    layout_finish(&layout);
    page_rig_finish(&rig);
}

/* A message that ends leaves a hole: the whole page is to be drawn. */
static void
a_tick_tells_of_a_changed_size(void **state) {
    struct page_rig rig;
    struct layout layout;
    struct scene after;
    struct painter base;
    int64_t next_ms;
    struct record_message message = {.until_s = PAGE_RIG_NOW_S + 5};

    (void)state;
    page_rig_init(&rig);
    record_head_init(&message.head, "hub", "", PAGE_RIG_NOW_S);
    str_copy(message.text, sizeof message.text, "Soon over");
    page_rig_put(&rig, RECORD_MESSAGE, &message);
    assert_true(page_rig_layout(&rig, "[widget message]\nposition = top_left\n",
                                &layout));
    next_ms = layout_draw(&layout, &rig.base, NULL);
    assert_int_equal(next_ms, (PAGE_RIG_NOW_S + 5) * 1000);
    scene_init(&after, rig.text, 800, 480);
    base = rig.base;
    base.scene = &after;
    base.now.wall_ms = next_ms;
    assert_false(layout_tick(&layout, &base, &rig.scene, &next_ms));
    scene_finish(&after);
    layout_finish(&layout);
    page_rig_finish(&rig);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tick_touches_only_its_widget),
        cmocka_unit_test(a_tick_tells_of_a_changed_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
