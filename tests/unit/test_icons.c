#include "unit.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/str.h"
#include "render/icon_table.h"
#include "render/text.h"

static void
the_table_is_the_list(void **state) {
    FILE *list = fopen("fonts/icons.txt", "r");
    char line[80];
    size_t count = 0;

    (void)state;
    assert_non_null(list);
    while (fgets(line, sizeof(line), list) != NULL) {
        char *blank = strchr(line, ' ');

        assert_non_null(blank);
        *blank = '\0';
        uint32_t code = (uint32_t)strtoul(blank + 1, NULL, 16);

        assert_true(count < icon_table_count);
        assert_string_equal(icon_table[count].name, line);
        assert_int_equal(icon_table[count].code, code);
        assert_int_equal(text_icon_code(line), code);
        count++;
    }
    assert_true(feof(list));
    fclose(list);
    assert_int_equal(count, icon_table_count);
}

static void
names_are_sorted_and_others_are_none(void **state) {
    static const char *const strangers[] = {"", "weather-sunn", "zzz",
                                            "weather-sunnyy", "A"};

    (void)state;
    for (size_t i = 1; i < icon_table_count; i++) {
        assert_true(strcmp(icon_table[i - 1].name, icon_table[i].name) < 0);
    }
    for (size_t i = 0; i < COUNT(strangers); i++) {
        assert_int_equal(text_icon_code(strangers[i]), 0);
    }
}

/* Each has a picture of its own in the font, inside its em box but for a
 * rounded pixel. */
static void
every_icon_is_in_the_font(void **state) {
    struct text *text = text_create("fonts");
    struct text_style style = {TEXT_ICON, 64};

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < icon_table_count; i++) {
        char utf8[5] = "";

        str_utf8_encode(icon_table[i].code, utf8);

        const struct text_line *line = text_get(text, utf8, style, INT_MAX);

        assert_int_equal(line->piece_count, 1);
        assert_int_equal(line->width, 64);
        assert_true(line->ink.w > 2 && line->ink.w <= 64);
        assert_true(line->ink.h > 2 && line->ink.h <= 65);
    }
    text_destroy(text);
}

/* What widgets and the code tables of the weather name. */
static void
the_usual_ones_are_there(void **state) {
    static const char *const names[] = {
        "alert",
        "check",
        "checkbox-blank-outline",
        "clock-alert-outline",
        "cloud-off-outline",
        "cloud-question",
        "help-circle-outline",
        "lan-disconnect",
        "lightbulb",
        "lightbulb-on",
        "lightbulb-outline",
        "navigation",
        "snowflake-alert",
        "sun-wireless",
        "thermometer",
        "umbrella",
        "water-percent",
        "weather-cloudy",
        "weather-dust",
        "weather-fog",
        "weather-hail",
        "weather-hazy",
        "weather-lightning",
        "weather-lightning-rainy",
        "weather-night",
        "weather-night-partly-cloudy",
        "weather-partly-cloudy",
        "weather-partly-lightning",
        "weather-partly-rainy",
        "weather-partly-snowy",
        "weather-partly-snowy-rainy",
        "weather-pouring",
        "weather-rainy",
        "weather-snowy",
        "weather-snowy-heavy",
        "weather-snowy-rainy",
        "weather-sunny",
        "weather-sunset-down",
        "weather-sunset-up",
        "weather-tornado",
        "weather-windy",
        "wifi-off",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        assert_true(text_icon_code(names[i]) >= 0xf0000);
    }
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_the_list),
        cmocka_unit_test(names_are_sorted_and_others_are_none),
        cmocka_unit_test(every_icon_is_in_the_font),
        cmocka_unit_test(the_usual_ones_are_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
