#include "unit.h"

#include "page_fixture.h"

#include <dlfcn.h>
#include <stdio.h>
#include <time.h>

static int zones; /* that were put in place of another */

/* In front of the C library's. */
void
tzset(void) {
    void (*own)(void);

    *(void **)&own = dlsym(RTLD_NEXT, "tzset");
    zones++;
    own();
}

static const struct scene_node *
find(const char *text) {
    for (size_t i = 0; i < rig.scene.node_count; i++) {
        const struct scene_node *node = &rig.scene.nodes[i];

        if (node->kind == SCENE_TEXT && strcmp(node->line->text, text) == 0) {
            return node;
        }
    }
    return NULL;
}

static bool
shows(const char *text) {
    return find(text) != NULL;
}

/* Draws a clock with the given options; returns when it wakes. */
static int64_t
draw(const char *options, const struct painter *base) {
    struct layout layout;
    char config[256];
    int64_t next_ms;

    snprintf(config, sizeof config, "[widget clock]\n%s", options);
    assert_true(page_rig_layout(&rig, config, &layout));
    scene_clear(&rig.scene);
    next_ms = layout_draw(&layout, base, NULL);
    scene_clear(&rig.scene);
    layout_draw(&layout, base, NULL);
    layout_finish(&layout);
    return next_ms;
}

static void
hours_of_a_day(void **state) {
    static const struct {
        const char *options;
        bool clock_12;
        int64_t utc_s;
        const char *digits, *beside; /* NULL: nothing of the sort */
    } cases[] = {
        {"", false, PAGE_RIG_NOW_S, "07:12", NULL},
        {"", true, PAGE_RIG_NOW_S, "7:12", "am"},
        {"format = 24\n", true, PAGE_RIG_NOW_S, "07:12", NULL},
        {"format = 12\n", false, PAGE_RIG_NOW_S + 12 * 3600, "7:12", "pm"},
        {"format = 12\n", false, PAGE_RIG_NOW_S + 5 * 3600, "12:12", "pm"},
        {"format = 12\n", false, PAGE_RIG_NOW_S - 7 * 3600, "12:12", "am"},
        {"seconds = yes\n", false, PAGE_RIG_NOW_S, "07:12", "30"},
        {"week = yes\n", false, PAGE_RIG_NOW_S, "07:12", "week 24"},
        {"zone = Asia/Tokyo\n", false, PAGE_RIG_NOW_S, "16:12", "Tokyo"},
        {"zone = Asia/Tokyo\nlabel = Oma\n", false, PAGE_RIG_NOW_S, "07:12",
         "Oma"},
        /* there it is another day */
        {"zone = Pacific/Auckland\n", false, PAGE_RIG_NOW_S + 6 * 3600, "01:12",
         "Wed"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct painter base = rig.base;

        base.clock_12 = cases[i].clock_12;
        base.now.wall_ms = cases[i].utc_s * 1000;
        draw(cases[i].options, &base);
        if (!shows(cases[i].digits) ||
            (cases[i].beside != NULL && !shows(cases[i].beside))) {
            fail_msg("case %zu lacks %s", i, cases[i].digits);
        }
        assert_true(cases[i].beside != NULL || !shows("am"));
    }
}

static void
wakes_at_the_border(void **state) {
    static const struct {
        const char *options;
        int64_t now_ms, wake_ms; /* from 07:12 on */
    } cases[] = {
        {"", 0, 60000},
        {"", 1, 60000},
        {"", 59999, 60000},
        {"seconds = yes\n", 0, 1000},
        {"seconds = yes\n", 999, 1000},
        {"seconds = yes\n", 59000, 60000},
    };
    int64_t start_ms = (PAGE_RIG_NOW_S - PAGE_RIG_NOW_S % 60) * 1000;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct painter base = rig.base;

        base.now.wall_ms = start_ms + cases[i].now_ms;
        assert_true(draw(cases[i].options, &base) ==
                    start_ms + cases[i].wake_ms);
    }
}

/* Putting one in place and back reads two files, in every measure of a page. */
static void
only_a_second_zone_is_put_in_place(void **state) {
    (void)state;
    zones = 0;
    draw("week = yes\n", &rig.base);
    assert_int_equal(zones, 0);
    draw("zone = Asia/Tokyo\n", &rig.base);
    assert_int_not_equal(zones, 0);
}

static void
an_unset_clock_says_so(void **state) {
    struct painter base = rig.base;

    (void)state;
    base.now.wall_known = false;
    draw("zone = Asia/Tokyo\nweek = yes\n", &base);
    assert_true(shows("--:--"));
    assert_true(shows("clock not set"));
    assert_false(shows("07:12"));
    assert_false(shows("Tokyo"));
}

/* Over the edge of the date, whichever digit is the first; at the right each
 * digit keeps its place from minute to minute. */
static void
digits_stand_on_the_edge(void **state) {
    static const struct {
        int64_t utc_s;
        const char *digits;
    } cases[] = {
        {PAGE_RIG_NOW_S, "07:12"},
        {PAGE_RIG_NOW_S + 3 * 60, "07:15"},
        {PAGE_RIG_NOW_S + 5 * 3600, "12:12"},
        {PAGE_RIG_NOW_S + 14 * 3600, "21:12"},
    };
    int right = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct painter base = rig.base;
        const struct scene_node *digits;

        base.now.wall_ms = cases[i].utc_s * 1000;
        draw("position = top_left\n", &base);
        digits = find(cases[i].digits);
        assert_non_null(digits);
        assert_int_equal(digits->x + digits->line->ink.x,
                         find("Tuesday, 9 June")->x);
        assert_true(digits->line->ink.x > 0); /* or it would prove nothing */
        draw("position = top_right\n", &base);
        digits = find(cases[i].digits);
        assert_non_null(digits);
        assert_true(i == 0 || digits->x + digits->line->width == right);
        right = digits->x + digits->line->width;
    }
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hours_of_a_day),
        cmocka_unit_test(wakes_at_the_border),
        cmocka_unit_test(only_a_second_zone_is_put_in_place),
        cmocka_unit_test(an_unset_clock_says_so),
        cmocka_unit_test(digits_stand_on_the_edge),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
