#include "unit.h"

#include "allocations.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "render/scene.h"

enum { WIDTH = 320, HEIGHT = 240, SCENES = 300 };

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

/* A small generator of our own: the same scenes on every machine. */
static unsigned
next_random(unsigned *seed, unsigned below) {
    *seed = *seed * 1103515245 + 12345;
    return (*seed >> 16) % below;
}

static void
add_random(struct scene *scene, unsigned *seed) {
    static const char *const words[] = {"07:12",      "Küche", "שלום",
                                        "\U0001f600", "jÅg",   ""};
    static const uint32_t colours[] = {0xffffffff, 0x80ff8000, 0xff00ff00};
    uint32_t argb = colours[next_random(seed, COUNT(colours))];
    int x = (int)next_random(seed, WIDTH + 60) - 30;
    int y = (int)next_random(seed, HEIGHT + 60) - 30;

    if (next_random(seed, 3) > 0) {
        struct text_style style = {TEXT_REGULAR,
                                   12 + 10 * (int)next_random(seed, 4)};
        const char *word = words[next_random(seed, COUNT(words))];

        scene_add_text(scene, text_get(scene->text, word, style, 150), x, y,
                       argb, NULL);
    } else {
        struct rect box = {x, y, (int)next_random(seed, 80),
                           (int)next_random(seed, 80)};

        scene_add_shape(scene, box, (int)next_random(seed, 30),
                        (int)next_random(seed, 6), argb);
    }
}

/* Takes node `i` of `from` over, now and then changed a little. */
static void
take_node(struct scene *to, const struct scene *from, size_t i,
          unsigned *seed) {
    const struct scene_node *node = &from->nodes[i];
    int dx = next_random(seed, 9) == 0 ? 1 : 0;
    uint32_t argb = node->argb ^ (next_random(seed, 9) == 0 ? 0x404040 : 0);

    if (node->kind == SCENE_TEXT) {
        static const char *const times[] = {"07:12", "07:13", "17:12", "7:12"};
        struct text_line *line = node->line;

        if (line->text[0] <= '9' && next_random(seed, 2) == 0) {
            line = text_get(to->text, times[next_random(seed, COUNT(times))],
                            line->style, 1000);
        }
        scene_add_text(to, line, node->x + dx, node->baseline, argb,
                       node->icon);
    } else {
        struct rect box = node->box;

        box.x += dx;
        scene_add_shape(to, box, node->radius_px, node->stroke_px, argb);
    }
}

/* A scene that keeps most of `from`. */
static void
build_next(struct scene *to, const struct scene *from, unsigned *seed) {
    scene_clear(to);
    for (size_t i = 0; i < from->node_count; i++) {
        if (next_random(seed, 8) == 0) {
            add_random(to, seed);
        }
        if (next_random(seed, 8) > 0) {
            take_node(to, from, i, seed);
        }
    }
    while (to->node_count < 6) {
        add_random(to, seed);
    }
}

static void
compose_all(const struct scene *scene, struct canvas *canvas) {
    pixman_region32_t all;

    pixman_region32_init_rect(&all, 0, 0, WIDTH, HEIGHT);
    scene_compose(scene, canvas, &all);
    pixman_region32_fini(&all);
}

static uint32_t
rgb(const struct canvas *canvas, int i) {
    return canvas->pixels[i] & 0xffffff;
}

static void
damage_gives_what_a_full_redraw_gives(void **state) {
    struct scene scenes[2];
    struct canvas damaged, whole;
    pixman_region32_t damage;
    unsigned seed = 7;

    scene_init(&scenes[0], *state, WIDTH, HEIGHT);
    scene_init(&scenes[1], *state, WIDTH, HEIGHT);
    assert_true(canvas_init(&damaged, WIDTH, HEIGHT, DEPTH_32));
    assert_true(canvas_init(&whole, WIDTH, HEIGHT, DEPTH_32));
    for (int round = 0; round < SCENES; round++) {
        const struct scene *before = &scenes[round % 2];
        struct scene *after = &scenes[(round + 1) % 2];
        bool same = true;

        build_next(after, before, &seed);
        pixman_region32_init(&damage);
        scene_diff(before, after, &damage);
        scene_compose(after, &damaged, &damage);
        compose_all(after, &whole);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            same = same && rgb(&damaged, i) == rgb(&whole, i);
        }
        assert_true(same);
        pixman_region32_fini(&damage);
    }
    scene_finish(&scenes[0]);
    scene_finish(&scenes[1]);
    canvas_finish(&damaged);
    canvas_finish(&whole);
}

static struct text_line *
word(void *text, const char *utf8) {
    return text_get(text, utf8, (struct text_style){TEXT_REGULAR, 40}, INT_MAX);
}

/* The page of the next tests: a clock above a list. */
static void
build_page(struct scene *scene, const char *time, const char *first) {
    scene_clear(scene);
    scene_begin_group(scene, "clock", "clock", "top_left");
    scene_add_text(scene, word(scene->text, time), 10, 50, 0xffffffff, NULL);
    scene_end_group(scene, (struct rect){10, 10, 120, 50});
    scene_begin_group(scene, "todo", "groceries", "bottom_left");
    if (first != NULL) {
        scene_add_text(scene, word(scene->text, first), 10, 150, 0xff808080,
                       NULL);
    }
    scene_add_shape(scene, (struct rect){10, 180, 200, 4}, 2, 0, 0xff202020);
    scene_add_text(scene, word(scene->text, "Milk"), 10, 230, 0xff808080, NULL);
    scene_end_group(scene, (struct rect){10, 110, 200, 130});
}

static bool
covers(pixman_region32_t *damage, struct rect box) {
    pixman_box32_t expected = {box.x, box.y, box.x + box.w, box.y + box.h};
    const pixman_box32_t *found = pixman_region32_extents(damage);

    return memcmp(&expected, found, sizeof(expected)) == 0;
}

static struct rect
last_piece(const struct scene_node *node) {
    const struct text_piece *piece =
        &node->line->pieces[node->line->piece_count - 1];

    return (struct rect){node->x + piece->x, node->baseline + piece->y,
                         piece->w, piece->h};
}

static void
damage_is_no_more_than_what_changed(void **state) {
    struct scene before, after;
    pixman_region32_t damage;
    struct rect both;

    scene_init(&before, *state, WIDTH, HEIGHT);
    scene_init(&after, *state, WIDTH, HEIGHT);
    build_page(&before, "07:12", "Bread");

    pixman_region32_init(&damage);
    build_page(&after, "07:12", "Bread");
    scene_diff(&before, &after, &damage);
    assert_false(pixman_region32_not_empty(&damage));

    /* One digit changes: its old ink and its new ink. */
    build_page(&after, "07:13", "Bread");
    both =
        rect_union(last_piece(&before.nodes[0]), last_piece(&after.nodes[0]));
    scene_diff(&before, &after, &damage);
    assert_true(covers(&damage, both));
    pixman_region32_clear(&damage);

    /* One goes from the middle: the others stay untouched. */
    build_page(&after, "07:12", NULL);
    scene_diff(&before, &after, &damage);
    assert_true(covers(&damage, before.nodes[1].box));
    pixman_region32_clear(&damage);
    scene_diff(&after, &before, &damage);
    assert_true(covers(&damage, before.nodes[1].box));
    pixman_region32_clear(&damage);

    /* A colour changes. */
    build_page(&after, "07:12", "Bread");
    after.nodes[3].argb = 0xff123456;
    scene_diff(&before, &after, &damage);
    assert_true(covers(&damage, after.nodes[3].box));
    pixman_region32_clear(&damage);

    /* All of it goes. */
    scene_clear(&after);
    scene_diff(&before, &after, &damage);
    for (size_t i = 0; i < before.node_count; i++) {
        struct rect box = before.nodes[i].box;
        pixman_box32_t gone = {box.x, box.y, box.x + box.w, box.y + box.h};

        assert_int_equal(pixman_region32_contains_rectangle(&damage, &gone),
                         PIXMAN_REGION_IN);
    }
    pixman_region32_fini(&damage);
    scene_finish(&before);
    scene_finish(&after);
}

/* Each rectangle costs: beyond 24 of them it is the one around. */
static void
many_changes_are_one(void **state) {
    static const int counts[] = {24, 25, 40};
    struct scene before, after;
    pixman_region32_t damage;

    scene_init(&before, *state, WIDTH, HEIGHT);
    scene_init(&after, *state, WIDTH, HEIGHT);
    for (size_t i = 0; i < COUNT(counts); i++) {
        int side = 5 * counts[i] - 2;

        scene_clear(&after);
        for (int k = 0; k < counts[i]; k++) {
            scene_add_shape(&after, (struct rect){5 * k, 5 * k, 3, 3}, 0, 0,
                            0xffffffff);
        }
        pixman_region32_init(&damage);
        scene_diff(&before, &after, &damage);
        assert_int_equal(pixman_region32_n_rects(&damage),
                         counts[i] < 25 ? counts[i] : 1);
        assert_true(covers(&damage, (struct rect){0, 0, side, side}));
        pixman_region32_fini(&damage);
    }
    scene_finish(&before);
    scene_finish(&after);
}

static void
nodes_move_and_go_with_their_group(void **state) {
    struct scene scene;
    struct text_line *line = word(*state, "Milk");

    scene_init(&scene, *state, WIDTH, HEIGHT);
    build_page(&scene, "07:12", "Bread");
    assert_int_equal(line->refs, 1);
    scene_move(&scene, 1, 5, -7);
    assert_int_equal(scene.nodes[0].x, 10);
    assert_int_equal(scene.nodes[1].x, 15);
    assert_int_equal(scene.nodes[1].baseline, 143);
    assert_int_equal(scene.nodes[2].box.y, 173);
    assert_true(
        rect_equal(scene.groups[0].box, (struct rect){10, 10, 120, 50}));
    assert_true(
        rect_equal(scene.groups[1].box, (struct rect){15, 103, 200, 130}));

    scene_truncate(&scene, 2);
    assert_int_equal(scene.node_count, 2);
    assert_int_equal(scene.groups[0].count, 1);
    assert_int_equal(scene.groups[1].count, 1);
    assert_int_equal(line->refs, 0);
    scene_truncate(&scene, 99);
    assert_int_equal(scene.node_count, 2);
    scene_finish(&scene);
    scene_finish(&scene);
}

static void
a_minute_of_the_clock_allocates_nothing(void **state) {
    struct scene scenes[2];
    struct canvas canvas;
    pixman_region32_t damage;

    scene_init(&scenes[0], *state, WIDTH, HEIGHT);
    scene_init(&scenes[1], *state, WIDTH, HEIGHT);
    assert_true(canvas_init(&canvas, WIDTH, HEIGHT, DEPTH_32));
    for (int frame = 0; frame < 6; frame++) {
        const struct scene *before = &scenes[frame % 2];
        struct scene *after = &scenes[(frame + 1) % 2];
        size_t at_start = allocations;

        build_page(after, frame % 2 ? "07:12" : "07:18", "Bread");
        pixman_region32_init(&damage);
        scene_diff(before, after, &damage);
        scene_compose(after, &canvas, &damage);
        pixman_region32_fini(&damage);
        /* The first two frames make the masks of both times. */
        assert_true(frame < 2 || allocations == at_start);
    }
    scene_finish(&scenes[0]);
    scene_finish(&scenes[1]);
    canvas_finish(&canvas);
}

static void
a_scene_is_written_as_json(void **state) {
    struct text_style icon = {TEXT_ICON, 48};
    static const struct theme theme = {
        .style = {{TEXT_LIGHT, 80},
                  {TEXT_LIGHT, 40},
                  {TEXT_REGULAR, 24},
                  {TEXT_REGULAR, 18},
                  {TEXT_REGULAR, 16}},
        .colour = {[COLOUR_BACKGROUND] = 0xff102030},
        .grid_px = 2,
        .margin_px = 20,
        .gap_px = 16,
        .line_px = 3,
        .arcmin_px = 1.5,
        .scale = 0.5,
    };
    struct scene scene;
    char *json;
    size_t size;
    FILE *out = open_memstream(&json, &size);

    assert_non_null(out);
    scene_init(&scene, *state, WIDTH, HEIGHT);
    scene.theme = theme;
    scene_begin_group(&scene, "lights", "up\"stairs", "bottom_right");
    scene_add_text(&scene, word(*state, "Ö 1"), 12, 60, 0xffabcdef, NULL);
    scene_add_text(&scene, text_get(*state, "\U000f0335", icon, INT_MAX), -3,
                   100, 0xff00000f, "lightbulb");
    scene_add_shape(&scene, (struct rect){1, 2, 30, 40}, 5, 2, 0xffff0000);
    scene_end_group(&scene, (struct rect){1, 2, 300, 200});
    scene_write(&scene, out);
    fclose(out);
    assert_string_equal(
        json,
        "{\"size\":[320,240],\"theme\":{\"sizes_px\":[80,40,24,18,16],"
        "\"grid_px\":2,\"margin_px\":20,\"gap_px\":16,\"line_px\":3,"
        "\"arcmin_px\":1.5,\"scale\":0.5,\"background\":\"#102030\"},"
        "\"widgets\":[{\"widget\":\"lights\","
        "\"name\":\"up\\\"stairs\",\"region\":\"bottom_right\","
        "\"box\":[1,2,300,200],\"texts\":["
        "{\"text\":\"Ö 1\",\"box\":[12,22,59,47],\"size_px\":40,"
        "\"baseline\":60,\"face\":\"regular\",\"ink\":[14,23,50,37],"
        "\"colour\":\"#abcdef\",\"icon\":null,\"clipped\":false},"
        "{\"text\":\"\",\"box\":[-3,58,48,48],\"size_px\":48,"
        "\"baseline\":100,\"face\":\"icon\",\"ink\":[7,62,28,40],"
        "\"colour\":\"#00000f\",\"icon\":\"lightbulb\",\"clipped\":false}],"
        "\"shapes\":[{\"box\":[1,2,30,40],\"colour\":\"#ff0000\","
        "\"radius_px\":5,\"stroke_px\":2}]}]}\n");
    free(json);
    scene_finish(&scene);
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(damage_gives_what_a_full_redraw_gives),
        cmocka_unit_test(damage_is_no_more_than_what_changed),
        cmocka_unit_test(many_changes_are_one),
        cmocka_unit_test(nodes_move_and_go_with_their_group),
        cmocka_unit_test(a_minute_of_the_clock_allocates_nothing),
        cmocka_unit_test(a_scene_is_written_as_json),
    };

    log_open("test_scene", LOG_LEVEL_ERROR);
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
