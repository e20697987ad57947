#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fetch/hubs/colour.h"
#include "fetch/hubs/lights_builder.h"
#include "fetch/hubs/openhab_value.h"

static const int64_t now_s = 1769842800;
enum { LIMIT_S = 360 };

static struct hub_item
item_of(enum openhab_type type, const char *text) {
    struct hub_item item = {
        .id = "I", .label = "I", .icon = "", .severity = "", .order = NAN};

    openhab_value_parse(type, text, &item.value);
    item.shown = text;
    return item;
}

/* Builds the record of one lamp; `lights` must pass its own check. */
static struct light
build_one(const struct hub_light *light, int64_t at_s) {
    struct record_lights *record = calloc(1, sizeof *record);
    struct light result;

    assert_non_null(record);
    lights_build(light, 1, at_s, LIMIT_S, record);
    assert_true(lights_check(record));
    assert_int_equal(record->count, 1);
    result = record->lights[0];
    free(record);
    return result;
}

/* What the points of a lamp say, and what is shown for it. */
static const struct {
    enum openhab_type type;
    const char *main, *power, *white;
    enum light_state expected;
    int brightness, kelvin;
    int32_t rgb;
} lamps[] = {
    {OPENHAB_SWITCH, "ON", NULL, NULL, LIGHT_ON, -1, -1, -1},
    {OPENHAB_SWITCH, "OFF", NULL, NULL, LIGHT_OFF, -1, -1, -1},
    {OPENHAB_SWITCH, "NULL", NULL, NULL, LIGHT_UNKNOWN, -1, -1, -1},
    {OPENHAB_SWITCH, "MAYBE", NULL, NULL, LIGHT_UNKNOWN, -1, -1, -1},
    {OPENHAB_DIMMER, "0", NULL, NULL, LIGHT_OFF, 0, -1, -1},
    {OPENHAB_DIMMER, "0.2", NULL, NULL, LIGHT_ON, 1, -1, -1},
    {OPENHAB_DIMMER, "37.5", NULL, NULL, LIGHT_ON, 38, -1, -1},
    {OPENHAB_DIMMER, "UNDEF", NULL, NULL, LIGHT_UNKNOWN, -1, -1, -1},
    {OPENHAB_COLOUR, "0,100,50", NULL, NULL, LIGHT_ON, 50, -1, 0xff0000},
    {OPENHAB_COLOUR, "120,100,1", NULL, NULL, LIGHT_ON, 1, -1, 0x00ff00},
    {OPENHAB_COLOUR, "0,0,100", NULL, NULL, LIGHT_ON, 100, -1, 0xffffff},
    {OPENHAB_COLOUR, "0,0,0", NULL, NULL, LIGHT_OFF, 0, -1, -1},
    /* White mode, and none. */
    {OPENHAB_COLOUR, "30,70,80", NULL, "2700 K", LIGHT_ON, 80, 2700, 0xffad59},
    {OPENHAB_COLOUR, "240,100,80", NULL, "2700 K", LIGHT_ON, 80, -1, 0x0000ff},
    {OPENHAB_COLOUR, "30,100,80", NULL, "UNDEF", LIGHT_ON, 80, -1, 0xff8000},
    {OPENHAB_DIMMER, "40", NULL, "370 mired", LIGHT_ON, 40, 2703, 0xffad59},
    {OPENHAB_DIMMER, "40", NULL, "1000 K", LIGHT_ON, 40, 1000, 0xff7400},
    {OPENHAB_DIMMER, "40", NULL, "999 K", LIGHT_ON, 40, -1, -1},
    {OPENHAB_DIMMER, "40", NULL, "20000", LIGHT_ON, 40, 20000, 0xabc1ff},
    {OPENHAB_DIMMER, "40", NULL, "20001", LIGHT_ON, 40, -1, -1},
    {OPENHAB_DIMMER, "40", NULL, "0 mired", LIGHT_ON, 40, -1, -1},
    {OPENHAB_DIMMER, "0", NULL, "2700 K", LIGHT_OFF, 0, -1, -1},
    /* A switch beside it. */
    {OPENHAB_COLOUR, "0,100,50", "OFF", NULL, LIGHT_OFF, 0, -1, -1},
    {OPENHAB_COLOUR, "0,100,50", "ON", NULL, LIGHT_ON, 50, -1, 0xff0000},
    {OPENHAB_COLOUR, "0,100,50", "NULL", NULL, LIGHT_ON, 50, -1, 0xff0000},
    {OPENHAB_DIMMER, "0", "ON", NULL, LIGHT_OFF, 0, -1, -1},
    {OPENHAB_DIMMER, "UNDEF", "ON", NULL, LIGHT_ON, -1, -1, -1},
    {OPENHAB_DIMMER, "UNDEF", "OFF", NULL, LIGHT_OFF, -1, -1, -1},
};

static void
states_become_lights(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(lamps); i++) {
        struct hub_item main = item_of(lamps[i].type, lamps[i].main);
        struct hub_item power = item_of(
            OPENHAB_SWITCH, lamps[i].power != NULL ? lamps[i].power : "NULL");
        struct hub_item white = item_of(
            OPENHAB_NUMBER, lamps[i].white != NULL ? lamps[i].white : "NULL");
        struct hub_light light = {.id = "L",
                                  .name = "Lamp",
                                  .room = "Room",
                                  .main = &main,
                                  .thing = ""};
        struct light result;

        light.power = lamps[i].power != NULL ? &power : NULL;
        light.white = lamps[i].white != NULL ? &white : NULL;
        result = build_one(&light, now_s);
        assert_int_equal(result.state, lamps[i].expected);
        assert_int_equal(result.brightness_pct, lamps[i].brightness);
        assert_int_equal(result.kelvin, lamps[i].kelvin);
        assert_int_equal(result.rgb, lamps[i].rgb);
        assert_string_equal(result.room, "Room");
    }
}

static void
silence_makes_a_lamp_unreachable(void **state) {
    static const struct {
        int64_t seen_s, at_s;
        bool lost;
    } cases[] = {
        {now_s - LIMIT_S, now_s, false}, {now_s - LIMIT_S - 1, now_s, true},
        {now_s + 86400, now_s, false},   {now_s - 86400, RECORD_NO_TIME, false},
        {RECORD_NO_TIME, now_s, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct hub_item main = item_of(OPENHAB_DIMMER, "40");
        struct hub_item seen = item_of(OPENHAB_DATETIME, "UNDEF");
        struct hub_light light = {.id = "L",
                                  .name = "L",
                                  .room = "",
                                  .main = &main,
                                  .seen = &seen,
                                  .thing = ""};
        struct light result;

        seen.value.time_s = cases[i].seen_s;
        result = build_one(&light, cases[i].at_s);
        assert_int_equal(result.state,
                         cases[i].lost ? LIGHT_UNREACHABLE : LIGHT_ON);
        assert_int_equal(result.brightness_pct, 40);
    }
}

static void
the_hub_may_say_that_a_lamp_is_lost(void **state) {
    static const struct {
        const char *status;
        bool lost, expected;
    } cases[] = {
        {"ONLINE", false, false},
        {"OFFLINE", false, true},
        {"offline", false, true},
        {"OFFLINE (COMMUNICATION_ERROR)", false, true},
        {"OFF", false, false},
        {"NULL", false, false},
        {"", false, false},
        {"ONLINE", true, true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct hub_item main = item_of(OPENHAB_SWITCH, "ON");
        struct hub_item status = item_of(OPENHAB_STRING, cases[i].status);
        struct hub_light light = {.id = "L",
                                  .name = "L",
                                  .room = "",
                                  .main = &main,
                                  .status = &status,
                                  .thing = "",
                                  .lost = cases[i].lost};

        assert_int_equal(build_one(&light, now_s).state,
                         cases[i].expected ? LIGHT_UNREACHABLE : LIGHT_ON);
    }
}

/* Without a limit, and of several lamps the earliest. */
static void
the_next_silence_is_told(void **state) {
    struct record_lights *record = calloc(1, sizeof *record);
    struct hub_item main = item_of(OPENHAB_SWITCH, "ON");
    struct hub_item seen[3];
    struct hub_light lights[3];
    static const int ages_s[3] = {10, 100, 1000};

    (void)state;
    assert_non_null(record);
    for (size_t i = 0; i < 3; i++) {
        seen[i] = item_of(OPENHAB_DATETIME, "UNDEF");
        seen[i].value.time_s = now_s - ages_s[i];
        lights[i] = (struct hub_light){.id = "L",
                                       .name = "L",
                                       .room = "",
                                       .main = &main,
                                       .seen = &seen[i],
                                       .thing = ""};
    }
    assert_true(lights_build(lights, 3, now_s, LIMIT_S, record) ==
                now_s - 100 + LIMIT_S + 1);
    assert_int_equal(record->lights[2].state, LIGHT_UNREACHABLE);
    *record = (struct record_lights){0};
    assert_true(lights_build(lights, 3, now_s, 0, record) == INT64_MAX);
    assert_int_equal(record->lights[2].state, LIGHT_ON);
    *record = (struct record_lights){0};
    assert_true(lights_build(lights, 3, RECORD_NO_TIME, LIMIT_S, record) ==
                INT64_MAX);
    free(record);
}

static void
lamps_stand_by_room_and_name(void **state) {
    struct hub_item main = item_of(OPENHAB_SWITCH, "ON");
    struct hub_light lights[] = {
        {.id = "1", .name = "a", .room = ""},
        {.id = "2", .name = "B", .room = "kitchen"},
        {.id = "3", .name = "a", .room = "Kitchen"},
        {.id = "5", .name = "x", .room = "Hall"},
        {.id = "4", .name = "X", .room = "Hall"},
    };
    static const char *const expected[] = {"4", "5", "3", "2", "1"};

    (void)state;
    for (size_t i = 0; i < COUNT(lights); i++) {
        lights[i].main = &main;
    }
    lights_sort(lights, COUNT(lights));
    for (size_t i = 0; i < COUNT(lights); i++) {
        assert_string_equal(lights[i].id, expected[i]);
    }
    lights_sort(NULL, 0);
}

/* The first lamps are off: these make room where there are too many. */
static void
beyond_the_bound_those_off_go_first(void **state) {
    static const struct {
        size_t count, off, kept_off;
    } cases[] = {
        {LIGHTS_MAX, 10, 10},
        {LIGHTS_MAX + 1, 10, 9},
        {LIGHTS_MAX + 10, 10, 0},
        {LIGHTS_MAX + 11, 10, 0},
    };
    struct hub_item on = item_of(OPENHAB_SWITCH, "ON");
    struct hub_item off = item_of(OPENHAB_SWITCH, "OFF");
    struct hub_light lights[LIGHTS_MAX + 11];
    struct record_lights *record = calloc(1, sizeof *record);

    (void)state;
    assert_non_null(record);
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t kept_off = 0;

        *record = (struct record_lights){0};
        for (size_t j = 0; j < cases[i].count; j++) {
            lights[j] =
                (struct hub_light){.id = "L",
                                   .name = "L",
                                   .room = "",
                                   .main = j < cases[i].off ? &off : &on,
                                   .thing = ""};
        }
        lights_build(lights, cases[i].count, now_s, LIMIT_S, record);
        assert_int_equal(record->count, LIGHTS_MAX);
        assert_int_equal(record->omitted, cases[i].count - LIGHTS_MAX);
        for (size_t j = 0; j < record->count; j++) {
            kept_off += record->lights[j].state == LIGHT_OFF;
        }
        assert_int_equal(kept_off, cases[i].kept_off);
    }
    free(record);
}

static void
colours_are_those_of_the_books(void **state) {
    (void)state;
    assert_int_equal(colour_from_hue(0, 0), 0xffffff);
    assert_int_equal(colour_from_hue(60, 100), 0xffff00);
    assert_int_equal(colour_from_hue(300, 100), 0xff00ff);
    assert_int_equal(colour_from_hue(360, 100), 0xff0000);
    assert_int_equal(colour_from_hue(210, 50), 0x80bfff);
    /* Daylight is nearly white, and outside the fits nothing breaks. */
    assert_int_equal(colour_from_kelvin(6504) >> 16, 0xff);
    assert_true((colour_from_kelvin(6504) & 0xff) > 0xf4);
    assert_int_equal(colour_from_kelvin(1000), colour_from_kelvin(1667));
    assert_int_equal(colour_from_kelvin(99999), colour_from_kelvin(25000));
    assert_true(colour_may_be_white(240, 35));
    assert_false(colour_may_be_white(240, 36));
    assert_true(colour_may_be_white(60, 100));
    assert_false(colour_may_be_white(61, 100));
    assert_true(colour_may_be_white(10, 100));
    assert_false(colour_may_be_white(9, 100));
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_become_lights),
        cmocka_unit_test(silence_makes_a_lamp_unreachable),
        cmocka_unit_test(the_hub_may_say_that_a_lamp_is_lost),
        cmocka_unit_test(the_next_silence_is_told),
        cmocka_unit_test(lamps_stand_by_room_and_name),
        cmocka_unit_test(beyond_the_bound_those_off_go_first),
        cmocka_unit_test(colours_are_those_of_the_books),
    };

    return cmocka_run_group_tests_name("lights_builder", tests, NULL, NULL);
}
