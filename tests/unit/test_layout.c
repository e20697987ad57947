#include "unit.h"

#include "page_rig.h"
#include "render/layout_place.h"

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

/* The same layouts on every run. */
static unsigned
draw_lot(uint64_t *seed, unsigned below) {
    *seed =
        *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*seed >> 33) % below;
}

static const char *const names[] = {
    "Lamp",
    "Küche",
    "مصباح",
    "階段の照明",
    "🌵 Kaktus",
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "A name with a good many words in it that goes on and on",
    "W",
};

static void
put_lights(struct page_rig *rig, uint64_t *seed) {
    struct record_lights *r = calloc(1, sizeof *r);

    record_head_init(&r->head, "hub", "", PAGE_RIG_NOW_S);
    r->count = draw_lot(seed, 40);
    for (uint32_t i = 0; i < r->count; i++) {
        struct light *light = &r->lights[i];

        snprintf(light->id, sizeof light->id, "L%u", (unsigned)i);
        str_copy(light->name, sizeof light->name, names[draw_lot(seed, 8)]);
        str_copy(light->room, sizeof light->room, names[i / 6 % 8]);
        light->state = (uint8_t)draw_lot(seed, LIGHT_STATE_END);
        light->brightness_pct = (int8_t)draw_lot(seed, 101);
        light->rgb = light->kelvin = -1;
    }
    page_rig_put(rig, RECORD_LIGHTS, r);
    free(r);
}

static void
put_todo(struct page_rig *rig, uint64_t *seed) {
    struct record_todo *r = calloc(1, sizeof *r);

    record_head_init(&r->head, "hub", "a", PAGE_RIG_NOW_S);
    r->count = draw_lot(seed, 30);
    for (uint32_t i = 0; i < r->count; i++) {
        str_copy(r->items[i].text, sizeof r->items[i].text,
                 names[draw_lot(seed, 8)]);
        r->items[i].completed_s = RECORD_NO_TIME;
        r->items[i].due_s =
            PAGE_RIG_NOW_S + ((int64_t)draw_lot(seed, 20) - 5) * 43200;
    }
    page_rig_put(rig, RECORD_TODO, r);
    free(r);
}

static void
put_words(struct page_rig *rig, uint64_t *seed) {
    struct record_message *m = calloc(1, sizeof *m);
    struct record_values *v = calloc(1, sizeof *v);

    record_head_init(&m->head, "hub", "", PAGE_RIG_NOW_S);
    m->until_s = RECORD_NO_TIME;
    m->severity = (uint8_t)draw_lot(seed, MESSAGE_SEVERITY_END);
    str_copy(m->text, sizeof m->text, names[draw_lot(seed, 8)]);
    page_rig_put(rig, RECORD_MESSAGE, m);
    record_head_init(&v->head, "hub", "a", PAGE_RIG_NOW_S);
    v->count = draw_lot(seed, 12);
    for (uint32_t i = 0; i < v->count; i++) {
        snprintf(v->values[i].id, sizeof v->values[i].id, "V%u", (unsigned)i);
        str_copy(v->values[i].label, sizeof v->values[i].label,
                 names[draw_lot(seed, 8)]);
        str_copy(v->values[i].text, sizeof v->values[i].text,
                 names[draw_lot(seed, 8)]);
        v->values[i].number = NAN;
    }
    page_rig_put(rig, RECORD_VALUES, v);
    free(m);
    free(v);
}

static void
put_weather(struct page_rig *rig, uint64_t *seed) {
    struct record_weather *w = calloc(1, sizeof *w);
    int64_t hour_s = PAGE_RIG_NOW_S - PAGE_RIG_NOW_S % 3600;
    int64_t today = calendar_days(calendar_at(PAGE_RIG_NOW_S, NULL).date);

    record_head_init(&w->head, "weather", "", PAGE_RIG_NOW_S);
    str_copy(w->attribution, sizeof w->attribution, "Weather data by somebody");
    w->issued_s = RECORD_NO_TIME;
    w->now = (struct weather_now){.time_s = hour_s,
                                  .sky = {.kind = WEATHER_RAIN, .level = 3},
                                  .temp_c = (double)draw_lot(seed, 60) - 20,
                                  .feels_c = 0,
                                  .gust_ms = 20,
                                  .wind_ms = 12};
    w->hour_count = draw_lot(seed, 30);
    for (uint32_t i = 0; i < w->hour_count; i++) {
        int64_t at_s = hour_s + (int64_t)i * 3600;

        w->hours[i] = (struct weather_hour){
            .time_s = at_s,
            .precip_start_s = at_s - 3600,
            .precip_end_s = at_s,
            .sky = {.kind = (uint8_t)draw_lot(seed, WEATHER_KIND_END)},
            .temp_c = (double)draw_lot(seed, 60) - 30,
            .precip_mm = draw_lot(seed, 3),
            .pop = draw_lot(seed, 101) / 100.0,
        };
    }
    w->day_count = draw_lot(seed, WEATHER_DAYS_MAX);
    for (uint32_t i = 0; i < w->day_count; i++) {
        w->days[i] = (struct weather_day){
            .date = calendar_from_days(today + i),
            .min_c = -(double)draw_lot(seed, 30),
            .max_c = draw_lot(seed, 40),
            .precip_mm = draw_lot(seed, 20),
            .sunrise_s = RECORD_NO_TIME,
            .sunset_s = RECORD_NO_TIME,
        };
    }
    page_rig_put(rig, RECORD_WEATHER, w);
    free(w);
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

static void
check_scene(const struct scene *scene, const char *config) {
    for (size_t i = 0; i < scene->node_count; i++) {
        if (!inside(scene->nodes[i].box, scene)) {
            fail_msg("%dx%d: a node leaves the panel:\n%s", scene->width,
                     scene->height, config);
        }
    }
    for (size_t i = 0; i < scene->group_count; i++) {
        assert_true(rect_empty(scene->groups[i].box) ||
                    inside(scene->groups[i].box, scene));
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
    for (size_t round = 0; round < 64; round++) {
        const int *size = sizes[round % COUNT(sizes)];
        struct layout layout;

        page_rig_resize(&rig, size[0], size[1]);
        put_lights(&rig, &seed);
        put_todo(&rig, &seed);
        put_words(&rig, &seed);
        put_weather(&rig, &seed);
        random_config(&seed, config, sizeof config);
        assert_true(page_rig_layout(&rig, config, &layout));
        layout_draw(&layout, &rig.base,
                    round % 3 == 0 ? "config line 12" : NULL);
        check_scene(&rig.scene, config);
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

/* At the next minute only the clock's own nodes are new. */
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
    assert_true(page_rig_layout(
        &rig,
        "[widget clock]\nposition = top_left\n"
        "[todo a]\nitem = A\n[widget todo]\nposition = top_right\n",
        &layout));
    next_ms = layout_draw(&layout, &rig.base, NULL);
    assert_int_equal(next_ms, (PAGE_RIG_NOW_S / 60 + 1) * 60000);
    scene_init(&after, rig.text, 800, 480);
    base = rig.base;
    base.scene = &after;
    base.now.wall_ms = next_ms;
    assert_true(layout_tick(&layout, &base, &rig.scene, &next_ms));
    assert_int_equal(next_ms, base.now.wall_ms + 60000);
    assert_int_equal(after.node_count, rig.scene.node_count);
    for (size_t i = 0; i < after.node_count; i++) {
        same += after.nodes[i].line == rig.scene.nodes[i].line;
    }
    assert_int_equal(same, after.node_count - 1);
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
        cmocka_unit_test(water_fills),
        cmocka_unit_test(stacks_near_the_anchors),
        cmocka_unit_test(every_region_has_its_place),
        cmocka_unit_test(nothing_overlaps_or_leaves),
        cmocka_unit_test(a_tick_touches_only_its_widget),
        cmocka_unit_test(a_tick_tells_of_a_changed_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
