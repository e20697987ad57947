#include "unit.h"

#include "page_records.h"
#include "page_rig.h"
#include "render/layout_place.h"

#include <limits.h>
#include <stdio.h>

struct share_case {
    int room;
    size_t count;
    struct place_part parts[4];
    int want[4];
};

static void
water_fills(void **state) {
    static const struct share_case cases[] = {
        {100, 2, {{30, 1, 0, 0, 0}, {40, 1, 0, 0, 0}}, {30, 40}},
        {100, 2, {{30, 1, 0, 0, 0}, {90, 1, 0, 0, 0}}, {30, 70}},
        {100, 2, {{80, 1, 0, 0, 0}, {90, 1, 0, 0, 0}}, {50, 50}},
        {100,
         3,
         {{80, 1, 0, 0, 0}, {10, 1, 0, 0, 0}, {90, 1, 0, 0, 0}},
         {45, 10, 45}},
        {90, 2, {{80, 2, 0, 0, 0}, {90, 1, 0, 0, 0}}, {60, 30}},
        {100, 2, {{0, 1, 0, 0, 0}, {90, 0, 0, 0, 0}}, {0, 0}},
        {0, 1, {{10, 1, 0, 0, 0}}, {0}},
        {-5, 2, {{10, 1, 0, 0, 0}, {10, 1, 0, 0, 0}}, {0, 0}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct place_part parts[4];

        memcpy(parts, cases[i].parts, sizeof parts);
        place_share(parts, cases[i].count, cases[i].room);
        for (size_t k = 0; k < cases[i].count; k++) {
            assert_int_equal(parts[k].share, cases[i].want[k]);
        }
    }
}

static void
stacks_near_the_anchors(void **state) {
    static const struct {
        int share[3];
        double anchor[3];
        int at[3];
    } cases[] = {
        {{10, 10, 10}, {0, 0.5, 1}, {0, 45, 90}},
        {{60, 10, 10}, {0, 0.5, 1}, {0, 65, 90}},
        {{10, 10, 70}, {0, 0.5, 1}, {0, 15, 30}},
        {{30, 30, 30}, {0, 0, 0}, {0, 35, 70}},
        {{30, 30, 30}, {1, 1, 1}, {0, 35, 70}},
        {{10, 0, 10}, {0.5, 0.5, 0.5}, {45, 0, 60}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct place_part parts[3] = {{0}};

        for (size_t k = 0; k < 3; k++) {
            parts[k].share = cases[i].share[k];
            parts[k].anchor = cases[i].anchor[k];
        }
        place_stack(parts, 3, 0, 100, 5);
        for (size_t k = 0; k < 3; k++) {
            if (parts[k].share > 0) {
                assert_int_equal(parts[k].at, cases[i].at[k]);
            }
        }
    }
}

static void
random_config(uint64_t *seed, char *text, size_t size) {
    size_t count = 1 + draw_lot(seed, 12);
    int length = snprintf(text, size,
                          "[todo a]\nitem = A\n"
                          "[values a]\nitems = A\n");

    for (size_t i = 0; i < count; i++) {
        size_t types = 0;

        while (widget_types[types] != NULL) {
            types++;
        }
        length +=
            snprintf(text + length, size - (size_t)length,
                     "[widget %s w%zu]\nposition = %s\n",
                     widget_types[draw_lot(seed, (unsigned)types)]->name, i,
                     region_name(draw_lot(seed, REGION_FULLSCREEN_BELOW)));
    }
}

static bool
inside(struct rect inner, const struct scene *scene) {
    return inner.x >= 0 && inner.y >= 0 && inner.x + inner.w <= scene->width &&
           inner.y + inner.h <= scene->height;
}

/* Marks above letters may reach into the line above, but not a third of it. */
static bool
collide(const struct scene_node *a, const struct scene_node *b) {
    struct rect ink_a = a->line->ink, ink_b = b->line->ink, common;

    ink_a.x += a->x;
    ink_a.y += a->baseline;
    ink_b.x += b->x;
    ink_b.y += b->baseline;
    common = rect_intersect(ink_a, ink_b);
    return common.w > 2 && common.h * 3 > ink_a.h && common.h * 3 > ink_b.h;
}

static bool
texts_collide(const struct scene *scene) {
    for (size_t i = 0; i < scene->node_count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (scene->nodes[i].kind == SCENE_TEXT &&
                scene->nodes[k].kind == SCENE_TEXT &&
                collide(&scene->nodes[i], &scene->nodes[k])) {
                print_error("%s / %s\n", scene->nodes[i].line->text,
                            scene->nodes[k].line->text);
                return true;
            }
        }
    }
    return false;
}

/* Whether a widget, before the page drifted, keeps to the room it was given,
 * less a pixel of rounding. */
static bool
keeps_the_margin(struct rect box, const struct painter *base) {
    const struct scene *scene = base->scene;
    int margin = base->theme->margin_px;

    box.x -= base->drift.x;
    box.y -= base->drift.y;
    return rect_empty(box) || (box.x >= margin - 1 && box.y >= margin - 1 &&
                               box.x + box.w <= scene->width - margin + 1 &&
                               box.y + box.h <= scene->height - margin + 1);
}

static void
check_scene(const struct painter *base, const char *config) {
    const struct scene *scene = base->scene;

    for (size_t i = 0; i < scene->node_count; i++) {
        const struct scene_node *node = &scene->nodes[i];

        if (!inside(node->box, scene)) {
            fail_msg("%dx%d: '%s' at %d,%d leaves the panel:\n%s", scene->width,
                     scene->height,
                     node->kind == SCENE_TEXT ? node->line->text : "a shape",
                     node->box.x, node->box.y, config);
        }
    }
    if (texts_collide(scene)) {
        fail_msg("%dx%d: texts collide:\n%s", scene->width, scene->height,
                 config);
    }
    for (size_t i = 0; i < scene->group_count; i++) {
        if (!keeps_the_margin(scene->groups[i].box, base)) {
            fail_msg("%dx%d: %s leaves its room (%d,%d %dx%d):\n%s",
                     scene->width, scene->height, scene->groups[i].name,
                     scene->groups[i].box.x, scene->groups[i].box.y,
                     scene->groups[i].box.w, scene->groups[i].box.h, config);
        }
        for (size_t k = 0; k < i; k++) {
            if (rect_overlap(scene->groups[i].box, scene->groups[k].box)) {
                fail_msg("%dx%d: %s lies over %s:\n%s", scene->width,
                         scene->height, scene->groups[i].name,
                         scene->groups[k].name, config);
            }
        }
    }
}

static void
nothing_overlaps_or_leaves(void **state) {
    static const int sizes[][2] = {{640, 480},   {800, 480},   {480, 800},
                                   {1280, 720},  {1024, 1024}, {1080, 1920},
                                   {1920, 1080}, {3840, 2160}};
    uint64_t seed = 7;
    struct page_rig rig;
    char config[2048];

    (void)state;
    page_rig_init(&rig);
    for (size_t round = 0; round < 240; round++) {
        const int *size = sizes[round % COUNT(sizes)];
        struct layout layout;

        page_rig_resize(&rig, size[0], size[1]);
        put_lights(&rig, &seed);
        put_todo(&rig, &seed);
        put_words(&rig, &seed);
        put_weather(&rig, &seed);
        random_config(&seed, config, sizeof config);
        rig.base.drift = /* at any hour */
            drift_at((int64_t)round * 77 * 60000, rig.theme.margin_px);
        assert_true(page_rig_layout(&rig, config, &layout));
        layout_draw(&layout, &rig.base,
                    round % 3 == 0 ? "config line 12" : NULL);
        check_scene(&rig.base, config);
        layout_finish(&layout);
    }
    page_rig_finish(&rig);
}

static void
every_region_has_its_place(void **state) {
    static const struct {
        const char *region;
        double x, y; /* of the middle, as a part of the panel */
    } cases[] = {
        {"top_bar", .5, .1},          {"top_left", .2, .1},
        {"top_center", .5, .1},       {"top_right", .8, .1},
        {"upper_third", .5, .33},     {"middle_center", .5, .5},
        {"lower_third", .5, .67},     {"bottom_left", .2, .9},
        {"bottom_center", .5, .9},    {"bottom_right", .8, .9},
        {"bottom_bar", .5, .9},       {"fullscreen_below", .5, .5},
        {"fullscreen_above", .5, .5},
    };
    struct page_rig rig;

    (void)state;
    page_rig_init(&rig);
    for (size_t i = 0; i < 2 * COUNT(cases); i++) {
        bool portrait = i >= COUNT(cases);
        size_t k = i % COUNT(cases);
        int w = portrait ? 1080 : 1920, h = portrait ? 1920 : 1080;
        struct layout layout;
        struct rect box;
        char config[128];

        page_rig_resize(&rig, w, h);
        snprintf(config, sizeof config, "[widget clock]\nposition = %s\n",
                 cases[k].region);
        assert_true(page_rig_layout(&rig, config, &layout));
        layout_draw(&layout, &rig.base, NULL);
        assert_int_equal(rig.scene.group_count, 1);
        box = rig.scene.groups[0].box;
        assert_true(fabs((box.x + box.w / 2.0) / w - cases[k].x) < .12);
        assert_true(fabs((box.y + box.h / 2.0) / h - cases[k].y) < .07);
        layout_finish(&layout);
    }
    page_rig_finish(&rig);
}

/* A widget that would fill any height, and what it was asked. */
struct asked {
    struct rect areas[64];
    size_t count;
};

static void
draw_asked(const void *options, struct painter *p) {
    struct asked *asked = *(struct asked *const *)options;
    int pitch = paint_pitch(p, ROLE_BODY);
    char words[64];

    assert_true(asked->count < COUNT(asked->areas));
    asked->areas[asked->count++] = p->area;
    snprintf(words, sizeof words, "at most %d wide", p->area.w);
    for (int i = 0; i < 40 && paint_left(p) >= pitch; i++) {
        paint_line(p, ROLE_BODY, COLOUR_NORMAL, words);
        /* what is only measured needs no masks */
        assert_int_equal(
            text_measure(p->text, words, p->theme->style[ROLE_BODY], INT_MAX)
                ->inked,
            !p->scene->measuring);
    }
}

static void
a_plan_asks_the_same_only_once(void **state) {
    static const struct widget_type type = {.name = "test", .draw = draw_asked};
    static const enum region regions[] = {REGION_TOP_LEFT, REGION_BOTTOM_LEFT,
                                          REGION_MIDDLE_CENTER,
                                          REGION_BOTTOM_RIGHT};
    struct asked asked[COUNT(regions)] = {{.count = 0}};
    struct asked *options[COUNT(regions)];
    struct layout layout = {.count = COUNT(regions)};
    struct page_rig rig;

    (void)state;
    page_rig_init(&rig);
    for (size_t i = 0; i < COUNT(regions); i++) {
        options[i] = &asked[i];
        layout.widgets[i] = (struct placed_widget){
            .type = &type, .options = &options[i], .region = regions[i]};
    }
    layout_draw(&layout, &rig.base, NULL);
    for (size_t i = 0; i < COUNT(regions); i++) {
        /* the last is where it stands */
        assert_in_range(asked[i].count, 3, 6);
        for (size_t k = 0; k < asked[i].count - 1; k++) {
            for (size_t l = 0; l < k; l++) {
                assert_false(rect_equal(asked[i].areas[k], asked[i].areas[l]));
            }
        }
    }
    page_rig_finish(&rig);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(water_fills),
        cmocka_unit_test(stacks_near_the_anchors),
        cmocka_unit_test(every_region_has_its_place),
        cmocka_unit_test(nothing_overlaps_or_leaves),
        cmocka_unit_test(a_plan_asks_the_same_only_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
