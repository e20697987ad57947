/* What of the weather is left out first where there is little room. */
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "page_rig.h"

enum { HOUR_S = 3600, QUARTER_S = 900, HOURS = 12, MINUTES = 12 };

static struct page_rig rig;
static struct layout layout;

/* 14 degrees now and 15 in each of the next hours, between 11 and 21; rain of
 * some quarters of an hour. */
static void
put_weather(void) {
    struct record_weather *w = calloc(1, sizeof *w);
    int64_t hour_s = PAGE_RIG_NOW_S - PAGE_RIG_NOW_S % HOUR_S;

    assert_non_null(w);
    record_head_init(&w->head, "weather", "", PAGE_RIG_NOW_S);
    str_copy(w->attribution, sizeof w->attribution, "Weather data by somebody");
    w->issued_s = RECORD_NO_TIME;
    w->now = (struct weather_now){
        .time_s = hour_s, .temp_c = 14, .feels_c = 14, .gust_ms = NAN};
    w->minute_count = MINUTES;
    for (int i = 0; i < MINUTES; i++) {
        w->minutes[i] = (struct weather_minute){hour_s + i * QUARTER_S,
                                                hour_s + (i + 1) * QUARTER_S,
                                                i == 2 ? 1 : 0};
    }
    w->hour_count = HOURS;
    for (int i = 0; i < HOURS; i++) {
        w->hours[i] = (struct weather_hour){
            .time_s = hour_s + i * HOUR_S,
            .precip_start_s = hour_s + (i - 1) * HOUR_S,
            .precip_end_s = hour_s + i * HOUR_S,
            .temp_c = 15,
        };
    }
    w->day_count = 1;
    w->days[0] =
        (struct weather_day){.date = calendar_at(PAGE_RIG_NOW_S, NULL).date,
                             .min_c = 11,
                             .max_c = 21,
                             .sunrise_s = hour_s - 3 * HOUR_S,
                             .sunset_s = hour_s + 14 * HOUR_S};
    page_rig_put(&rig, RECORD_WEATHER, w);
    free(w);
}

static int
setup(void **state) {
    (void)state;
    page_rig_init(&rig);
    page_rig_resize(&rig, 1280, 720);
    put_weather();
    assert_true(page_rig_layout(&rig, "[widget weather]\n", &layout));
    return 0;
}

static int
teardown(void **state) {
    (void)state;
    layout_finish(&layout);
    page_rig_finish(&rig);
    return 0;
}

/* Draws into so much room; returns the height that was used. */
static int
draw(int width, int height) {
    struct painter p = rig.base;

    scene_clear(&rig.scene);
    p.area = (struct rect){0, 0, width, height};
    p.align = ALIGN_RIGHT;
    layout.widgets[0].type->draw(layout.widgets[0].options, &p);
    return p.used.h;
}

static bool
shows(const char *text) {
    for (size_t i = 0; i < rig.scene.node_count; i++) {
        const struct scene_node *node = &rig.scene.nodes[i];

        if (node->kind == SCENE_TEXT && strstr(node->line->text, text)) {
            return true;
        }
    }
    return false;
}

/* The rain's ribbon, the sun's arc, a day's bar. */
static bool
shows_shapes(void) {
    for (size_t i = 0; i < rig.scene.node_count; i++) {
        if (rig.scene.nodes[i].kind == SCENE_SHAPE) {
            return true;
        }
    }
    return false;
}

/* In every width and height: high and low before ribbon, hours and sun, and
 * whose data it is before all of it. */
static void
high_and_low_come_first(void **state) {
    int without = 0, with = 0, alone = 0;

    (void)state;
    for (int width = 240; width <= 480; width += 40) {
        for (int height = 40; height <= 700; height += 4) {
            int used = draw(width, height);
            bool more = shows_shapes() || shows("15°");

            assert_in_range(used, 0, height);
            assert_true(rig.scene.node_count == 0 || shows("somebody"));
            assert_true(!more || (shows("21°") && shows("11°")));
            assert_true(!more || shows("min"));
            without += !shows("21°");
            alone += shows("21°") && !more;
            with += more;
        }
    }
    assert_true(without > 0 && alone > 0 && with > 0);
}

/* The credit line gives half of the room above it for a row more. */
static void
the_credit_moves_closer_for_a_row(void **state) {
    int whole = draw(300, 4000);

    (void)state;
    assert_true(shows("15°"));
    assert_int_equal(draw(300, whole), whole);
    assert_true(shows("15°"));
    assert_int_equal(draw(300, whole - rig.theme.grid_px),
                     whole - rig.theme.grid_px);
    assert_true(shows("15°"));
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(high_and_low_come_first),
        cmocka_unit_test(the_credit_moves_closer_for_a_row),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
