/* A page that reads from right to left is the mirror image of the other, but
 * for what keeps its order. The language is English, only turned. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/todo.h"
#include "page_rig.h"

enum { WIDTH = 800, HEIGHT = 480 };

static struct lang *
turned_english(void) {
    char dir[] = "/tmp/mirror-rtl-XXXXXX", words[PATHS_MAX];
    char from[PATHS_MAX + 16], english[64], turned[64];
    struct config errors = {0};
    struct lang *lang;
    FILE *file;

    assert_non_null(mkdtemp(dir));
    assert_true(paths_lang(words));
    snprintf(from, sizeof from, "%s/en.ini", words);
    snprintf(english, sizeof english, "%s/en.ini", dir);
    snprintf(turned, sizeof turned, "%s/xx.ini", dir);
    assert_non_null(realpath(from, words));
    assert_int_equal(symlink(words, english), 0);
    file = fopen(turned, "w");
    assert_non_null(file);
    assert_true(fputs("[words]\ndirection = rtl\n", file) >= 0);
    assert_int_equal(fclose(file), 0);
    lang = lang_create(dir, "xx", &errors);
    assert_non_null(lang);
    assert_int_equal(errors.error_count, 0);
    assert_true(lang_rtl(lang));
    config_finish(&errors);
    unlink(english);
    unlink(turned);
    rmdir(dir);
    return lang;
}

static int
left_of(const struct scene_node *node) {
    return node->kind == SCENE_TEXT ? node->x : node->box.x;
}

static int
right_of(const struct scene_node *node) {
    return node->kind == SCENE_TEXT ? node->x + node->line->width
                                    : node->box.x + node->box.w;
}

static void
assert_mirrored(const struct scene *page, const struct scene *turned,
                size_t first, size_t end) {
    for (size_t i = first; i < end; i++) {
        const struct scene_node *a = &page->nodes[i], *b = &turned->nodes[i];

        assert_int_equal(left_of(b), WIDTH - right_of(a));
        assert_int_equal(b->box.w, a->box.w);
        assert_int_equal(b->box.y, a->box.y);
        assert_int_equal(b->baseline, a->baseline);
        if (b->kind == SCENE_TEXT) { /* the letters go along */
            assert_int_equal(b->box.x - b->x, a->box.x - a->x);
        }
    }
}

static void
rig_with_page(struct page_rig *rig, struct layout *layout) {
    static struct record_todo todo;

    page_rig_init(rig);
    todo = (struct record_todo){.count = 1};
    record_head_init(&todo.head, "hub", "a", PAGE_RIG_NOW_S);
    str_copy(todo.items[0].text, sizeof todo.items[0].text, "Water tomatoes");
    todo.items[0].due_s = todo.items[0].completed_s = RECORD_NO_TIME;
    page_rig_put(rig, RECORD_TODO, &todo);
    assert_true(page_rig_layout(
        rig,
        "[widget clock]\nposition = top_left\nseconds = yes\n"
        "[todo a]\nitem = A\n[widget todo]\nposition = bottom_right\n",
        layout));
}

static void
a_page_is_turned_around(void **state) {
    struct page_rig rig;
    struct layout layout;
    struct scene turned, after;
    struct painter base;
    struct lang *lang = turned_english();
    int64_t next_ms;

    (void)state;
    rig_with_page(&rig, &layout);
    scene_init(&turned, rig.text, WIDTH, HEIGHT);
    scene_init(&after, rig.text, WIDTH, HEIGHT);
    layout_draw(&layout, &rig.base, NULL);
    base = rig.base;
    base.lang = lang;
    base.scene = &turned;
    next_ms = layout_draw(&layout, &base, NULL);
    assert_int_equal(turned.node_count, rig.scene.node_count);
    assert_int_equal(turned.group_count, 2);
    for (size_t i = 0; i < turned.group_count; i++) {
        struct rect box = rig.scene.groups[i].box;

        assert_int_equal(turned.groups[i].box.x, WIDTH - box.x - box.w);
        assert_int_equal(turned.groups[i].box.w, box.w);
    }
    /* digits before seconds, both at the right; the date below is mirrored */
    assert_true(left_of(&turned.nodes[1]) > right_of(&turned.nodes[0]));
    assert_int_equal(right_of(&turned.nodes[1]),
                     WIDTH - left_of(&rig.scene.nodes[0]));
    assert_mirrored(&rig.scene, &turned, 2, turned.node_count);

    /* the next second changes nothing but the seconds */
    base.scene = &after;
    base.now.wall_ms = next_ms;
    assert_true(layout_tick(&layout, &base, &turned, &next_ms));
    assert_int_equal(after.node_count, turned.node_count);
    for (size_t i = 2; i < after.node_count; i++) {
        assert_int_equal(left_of(&after.nodes[i]), left_of(&turned.nodes[i]));
    }
    assert_int_equal(left_of(&after.nodes[0]), left_of(&turned.nodes[0]));
    scene_finish(&after);
    scene_finish(&turned);
    layout_finish(&layout);
    page_rig_finish(&rig);
    lang_destroy(lang);
}

static void
order_is_kept_only_where_it_would_turn(void **state) {
    struct lang *lang = turned_english();
    struct page_rig rig;
    struct painter p;

    (void)state;
    page_rig_init(&rig);
    p = page_rig_painter(&rig, ALIGN_LEFT);
    paint_ltr(&p, 0); /* of nothing */
    paint_shape(&p, (struct rect){10, 10, 30, 5}, 0, 0, COLOUR_NORMAL);
    paint_shape(&p, (struct rect){50, 10, 10, 5}, 0, 0, COLOUR_NORMAL);
    paint_ltr(&p, 0);
    assert_int_equal(rig.scene.nodes[0].box.x, 10);
    assert_int_equal(rig.scene.nodes[1].box.x, 50);
    p.lang = lang;
    paint_ltr(&p, 0); /* 10 to 60, turned: the layout turns them back */
    assert_int_equal(rig.scene.nodes[0].box.x, 30);
    assert_int_equal(rig.scene.nodes[1].box.x, 10);
    scene_mirror(&rig.scene, 1, 100); /* only the second */
    assert_int_equal(rig.scene.nodes[0].box.x, 30);
    assert_int_equal(rig.scene.nodes[1].box.x, 80);
    page_rig_finish(&rig);
    lang_destroy(lang);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_turned_around),
        cmocka_unit_test(order_is_kept_only_where_it_would_turn),
    };

    return cmocka_run_group_tests_name("rtl", tests, NULL, NULL);
}
