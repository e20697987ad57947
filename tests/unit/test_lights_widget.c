#include "unit.h"

#include "model/lights.h"
#include "page_rig.h"

enum { LAMPS = 24, LAMPS_PER_ROOM = 4 };

static struct page_rig rig;

static int
set_up(void **state) {
    (void)state;
    page_rig_init(&rig);
    return 0;
}

static int
tear_down(void **state) {
    (void)state;
    page_rig_finish(&rig);
    return 0;
}

/* Lamps of which those with a bit in `lit` are on, by rooms of four. */
static void
put_lamps(uint32_t lit) {
    struct record_lights *r = calloc(1, sizeof *r);

    record_head_init(&r->head, "hub", "", PAGE_RIG_NOW_S);
    r->count = LAMPS;
    for (uint32_t i = 0; i < LAMPS; i++) {
        struct light *light = &r->lights[i];

        snprintf(light->id, sizeof light->id, "L%u", (unsigned)i);
        snprintf(light->name, sizeof light->name, "Lamp %u", (unsigned)i);
        snprintf(light->room, sizeof light->room, "Room %u",
                 (unsigned)i / LAMPS_PER_ROOM);
        light->state = lit >> i & 1 ? LIGHT_ON : LIGHT_OFF;
        light->brightness_pct = light->rgb = light->kelvin = -1;
    }
    page_rig_put(&rig, RECORD_LIGHTS, r);
    free(r);
}

/* What stands on the panel: lit lamps are discs, others rings. */
struct seen {
    int discs, rings;
    int more;   /* of "+3 more"; 0 for none */
    int height; /* that was used */
};

static struct seen
draw_in(int height) {
    struct painter p = page_rig_painter(&rig, ALIGN_LEFT);
    struct layout layout;
    struct seen seen = {0};

    assert_true(page_rig_layout(
        &rig, "[widget lights]\nshow = all\nmax = 128\n", &layout));
    scene_clear(&rig.scene);
    p.area.h = height;
    layout.widgets[0].type->draw(layout.widgets[0].options, &p);
    for (size_t i = 0; i < rig.scene.node_count; i++) {
        const struct scene_node *node = &rig.scene.nodes[i];

        if (node->kind == SCENE_SHAPE) {
            seen.rings += node->stroke_px > 0;
            seen.discs += node->stroke_px == 0;
        } else if (node->line->text[0] == '+') {
            seen.more = (int)strtol(node->line->text, NULL, 10);
        }
    }
    seen.height = p.used.h;
    layout_finish(&layout);
    return seen;
}

static int
count_bits(uint32_t bits) {
    int count = 0;

    for (; bits != 0; bits &= bits - 1) {
        count++;
    }
    return count;
}

/* At any height: an off lamp is shown only where every lit one is, nothing
 * leaves the area, and what is not shown is counted. */
static void
no_lit_lamp_hides_behind_one_that_is_off(void **state) {
    static const uint32_t lit[] = {0,        1,        1 << 23,  0x800800,
                                   0xf00000, 0x111111, 0x888888, 0xffffff};

    (void)state;
    for (size_t i = 0; i < COUNT(lit); i++) {
        int on = count_bits(lit[i]);

        put_lamps(lit[i]);
        for (int height = 0; height <= 1200; height += 9) {
            struct seen seen = draw_in(height);

            assert_true(seen.height <= height);
            if (on > 0 && seen.rings > 0) {
                assert_int_equal(seen.discs, on);
            }
            if (seen.rings == LAMPS - on && seen.discs == on) {
                assert_int_equal(seen.more, 0);
            }
        }
        assert_int_equal(draw_in(2000).rings, LAMPS - on);
    }
}

/* Rows for rooms: a lit lamp in the last one is the first to be seen. */
static void
rooms_with_light_come_first(void **state) {
    int row, label;
    struct painter p = page_rig_painter(&rig, ALIGN_LEFT);
    struct seen seen;

    (void)state;
    row = paint_pitch(&p, ROLE_BODY);
    label = paint_pitch(&p, ROLE_LABEL);
    put_lamps(1 << 23);
    seen = draw_in(row + label);
    assert_int_equal(seen.discs, 1);
    assert_int_equal(seen.rings, 0);
    assert_int_equal(seen.more, LAMPS - 1);
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_lit_lamp_hides_behind_one_that_is_off),
        cmocka_unit_test(rooms_with_light_come_first),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
