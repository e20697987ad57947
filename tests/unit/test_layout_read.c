#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "render/layout.h"

static bool
read_text(struct layout *layout, struct config *config, const char *text) {
    assert_true(config_load_text(config, "m", text, strlen(text)));
    return layout_read(layout, config);
}

static void
finish(struct layout *layout, struct config *config) {
    layout_finish(layout);
    config_finish(config);
}

/* The text of an option of a placed widget. */
static const char *
option_text(const struct placed_widget *widget, const char *name) {
    const struct option *option = option_find(widget->type->options, name);

    assert_non_null(option);
    return (const char *)widget->options + option->offset;
}

struct expected {
    const char *type, *name, *region;
};

static void
assert_page(const struct layout *layout, const struct expected *expected,
            size_t count) {
    assert_int_equal(layout->count, count);
    for (size_t i = 0; i < count; i++) {
        const struct placed_widget *widget = &layout->widgets[i];

        assert_string_equal(widget->type->name, expected[i].type);
        assert_string_equal(widget->name, expected[i].name);
        assert_string_equal(region_name(widget->region), expected[i].region);
    }
}

static void
widgets_stand_in_the_order_of_the_file(void **state) {
    static const struct expected expected[] = {
        {"lights", "lights", "top_bar"},
        {"clock", "clock", "top_left"},
        {"clock", "tokyo", "fullscreen_above"},
    };
    struct layout layout;
    struct config config;

    (void)state;
    assert_true(read_text(&layout, &config,
                          "[widget lights]\nposition = top_bar\n"
                          "[widget clock]\n"
                          "[widget clock  tokyo]\nzone = Asia/Tokyo\n"
                          "position = fullscreen_above\n"));
    assert_page(&layout, expected, COUNT(expected));
    assert_string_equal(option_text(&layout.widgets[2], "zone"), "Asia/Tokyo");
    finish(&layout, &config);
}

static void
without_widgets_the_sources_are_shown(void **state) {
    static const struct expected alone[] = {{"clock", "clock", "top_left"}};
    static const struct expected all[] = {
        {"clock", "clock", "top_left"},
        {"weather", "weather", "top_right"},
        {"message", "message", "upper_third"},
        {"value", "outdoor", "lower_third"},
        {"todo", "food", "bottom_left"},
        {"todo", "house", "bottom_left"},
        {"lights", "lights", "bottom_right"},
    };
    struct layout layout;
    struct config config;

    (void)state;
    assert_true(read_text(&layout, &config, "[mirror]\nclock = 12\n"));
    assert_page(&layout, alone, COUNT(alone));
    finish(&layout, &config);
    assert_true(read_text(&layout, &config,
                          "[todo food]\n[hub]\n[todo house]\n[weather]\n"
                          "[values outdoor]\n[message]\n"));
    assert_page(&layout, all, COUNT(all));
    assert_string_equal(option_text(&layout.widgets[3], "values"), "outdoor");
    assert_string_equal(option_text(&layout.widgets[5], "list"), "house");
    finish(&layout, &config);
}

/* A page of nothing but mistakes is not a blank one. */
static void
bad_widgets_are_named_and_left_out(void **state) {
    static const struct {
        const char *text, *error;
        size_t count;
    } cases[] = {
        {"[widget clok]\n",
         "m:1: [widget clok]: there is no widget 'clok'; did you mean "
         "'clock'?",
         1},
        {"[widget camera]\n",
         "m:1: [widget camera]: there is no widget 'camera'; mirror "
         "--list-widgets names them",
         1},
        {"[widget]\n",
         "m:1: [widget]: there is no widget ''; mirror --list-widgets names "
         "them",
         1},
        {"[widget clock]\nposition = topleft\n",
         "m:2: [widget clock] position: expected top_bar, top_left, "
         "top_center, top_right, upper_third, middle_center, lower_third, "
         "bottom_left, bottom_center, bottom_right, bottom_bar, "
         "fullscreen_below or fullscreen_above, got 'topleft' (did you mean "
         "'top_left'?)",
         1},
        {"[widget clock]\nsecond = yes\n",
         "m:2: [widget clock] second: unknown key, did you mean 'seconds'?", 1},
        {"[widget todo]\n",
         "m:1: [widget todo] list: expected the NAME of one [todo NAME] "
         "section, got none",
         1},
        {"[todo a]\n[widget todo]\nlist = b\n",
         "m:2: [widget todo] list: there is no section [todo b]", 1},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct layout layout;
        struct config config;

        assert_false(read_text(&layout, &config, cases[i].text));
        assert_int_equal(config.error_count, 1);
        assert_string_equal(config.errors[0], cases[i].error);
        assert_int_equal(layout.count, cases[i].count);
        finish(&layout, &config);
    }
}

static void
widgets_have_a_bound(void **state) {
    char text[LAYOUT_WIDGETS_MAX * 24 + 64] = "";
    size_t used = 0;

    (void)state;
    for (int i = 1; i <= LAYOUT_WIDGETS_MAX + 1; i++) {
        struct layout layout;
        struct config config;

        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "[widget clock c%d]\n", i);
        assert_int_equal(read_text(&layout, &config, text),
                         i <= LAYOUT_WIDGETS_MAX);
        assert_int_equal(layout.count,
                         i <= LAYOUT_WIDGETS_MAX ? i : LAYOUT_WIDGETS_MAX);
        finish(&layout, &config);
    }
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widgets_stand_in_the_order_of_the_file),
        cmocka_unit_test(without_widgets_the_sources_are_shown),
        cmocka_unit_test(bad_widgets_are_named_and_left_out),
        cmocka_unit_test(widgets_have_a_bound),
    };

    return cmocka_run_group_tests_name("layout_read", tests, NULL, NULL);
}
