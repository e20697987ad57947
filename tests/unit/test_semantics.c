#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "fetch/hubs/semantics.h"
#include "openhab_sample.h"

enum { LIGHTS_TEXT_MAX = 2048 };

static int
by_name(const void *a, const void *b) {
    const struct semantics_light *one = a;
    const struct semantics_light *two = b;

    return strcmp(one->named->name, two->named->name);
}

static const char *
name_of(const struct openhab_item *item) {
    return item == NULL ? "-" : item->name;
}

/* "Lamp=main,power,white,seen,status@Room" for each, sorted, with '*' before a
 * group. */
static void
describe(const struct sample *sample, const char *const *configured,
         size_t count, char text[LIGHTS_TEXT_MAX]) {
    struct semantics_lights lights;
    size_t used = 0;

    text[0] = '\0';
    semantics_find_lights(&sample->items, configured, count, &lights);
    if (lights.count > 0) {
        qsort(lights.lights, lights.count, sizeof *lights.lights, by_name);
    }
    for (size_t i = 0; i < lights.count; i++) {
        const struct semantics_light *light = &lights.lights[i];

        used += (size_t)snprintf(
            text + used, LIGHTS_TEXT_MAX - used, "%s%s%s=%s,%s,%s,%s,%s@%s",
            i > 0 ? " " : "", light->group ? "*" : "", light->named->name,
            name_of(light->main), name_of(light->power), name_of(light->white),
            name_of(light->seen), name_of(light->status),
            semantics_room(&sample->items, light->self));
    }
    semantics_lights_finish(&lights);
}

#define ROOM  "gLiving Group label=Wohnzimmer is=Location_Indoor_Room\n"
#define LIGHT "relatesTo=Property_Light"

static void
segments_are_whole(void **state) {
    static const struct {
        const char *id, *segment;
        bool has;
    } cases[] = {
        {"Equipment_Lightbulb", "Lightbulb", true},
        {"Equipment_Lightbulb", "Equipment", true},
        {"Equipment_Lightbulb_LightStripe", "Lightbulb", true},
        {"Equipment_LightbulbX", "Lightbulb", false},
        {"Equipment_XLightbulb", "Lightbulb", false},
        {"Lightbulb", "Lightbulb", true},
        {"", "Lightbulb", false},
        {"_Lightbulb_", "Lightbulb", true},
        {"__", "", true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(semantics_has_segment(cases[i].id, cases[i].segment),
                         cases[i].has);
    }
    assert_true(semantics_is_lamp("Equipment_Lightbulb"));
    assert_true(semantics_is_lamp("Equipment_LightSource_Lightbulb"));
    assert_true(semantics_is_lamp("Equipment_Lightbulb_LightStripe"));
    assert_true(semantics_is_lamp("Equipment_LightSource_Chandelier"));
    assert_false(semantics_is_lamp("Equipment_LightSourceSensor"));
    assert_false(semantics_is_lamp("Equipment_PowerOutlet"));
    assert_false(semantics_is_lamp("Point_Lightbulb"));
}

/* A lamp of five points, as the two generations of openHAB spell it. */
static void
both_spellings_find_the_same(void **state) {
    static const char *const houses[] = {
        ROOM
        "Lamp Group is=Equipment_LightSource_Lightbulb hasLocation=gLiving\n"
        "Lamp_C Color is=Point_Control isPointOf=Lamp"
        " relatesTo=Property_Color\n"
        "Lamp_P Switch is=Point_Control_Switch isPointOf=Lamp"
        " relatesTo=Property_Power\n"
        "Lamp_T Dimmer is=Point_Control isPointOf=Lamp"
        " relatesTo=Property_ColorTemperature\n"
        "Lamp_K Number:Temperature is=Point_Control isPointOf=Lamp"
        " relatesTo=Property_ColorTemperature\n"
        "Lamp_Seen DateTime is=Point_Status isPointOf=Lamp"
        " relatesTo=Property_Timestamp\n"
        "Lamp_State String is=Point_Status isPointOf=Lamp\n",

        "Lamp_Seen DateTime is=Point_Status isPointOf=Lamp\n"
        "Lamp_State String is=Point_Status isPointOf=Lamp\n"
        "Lamp_P Switch is=Point_Control_Switch isPointOf=Lamp"
        " relatesTo=Property_Power\n"
        "Lamp_K Number:Temperature is=Point_Control isPointOf=Lamp"
        " relatesTo=Property_ColorTemperature\n"
        "Lamp_C Color is=Point_Control isPointOf=Lamp"
        " relatesTo=Property_Light\n"
        "Lamp Group in=gLiving is=Equipment_Lightbulb hasLocation=gLiving\n"
        "Sensor Number is=Point_Measurement relatesTo=Property_Light\n" ROOM,
    };

    (void)state;
    for (size_t i = 0; i < COUNT(houses); i++) {
        struct sample sample = {0};
        char text[LIGHTS_TEXT_MAX];

        sample_house(&sample, houses[i]);
        describe(&sample, NULL, 0, text);
        assert_string_equal(
            text, "Lamp=Lamp_C,Lamp_P,Lamp_K,Lamp_Seen,Lamp_State@Wohnzimmer");
        sample_finish(&sample);
    }
}

struct house_case {
    const char *house, *expected;
};

static void
check_houses(const struct house_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct sample sample = {0};
        char text[LIGHTS_TEXT_MAX];

        sample_house(&sample, cases[i].house);
        describe(&sample, NULL, 0, text);
        assert_string_equal(text, cases[i].expected);
        sample_finish(&sample);
    }
}

static void
lamps_are_found_as_people_write_them(void **state) {
    static const struct house_case cases[] = {
        /* A bare switch with the property, in a room's group. */
        {ROOM "S Switch in=gLiving is=Point_Control hasLocation=gLiving " LIGHT,
         "S=S,-,-,-,-@Wohnzimmer"},
        /* Equipment that is its own point. */
        {"D Dimmer is=Equipment_Lightbulb", "D=D,-,-,-,-@"},
        /* Points that only the group tells, in a room that only it tells. */
        {ROOM "L Group in=gLiving is=Equipment_Lightbulb\n"
              "P Dimmer in=L",
         "L=P,-,-,-,-@Wohnzimmer"},
        /* Equipment with a state of its own and no points. */
        {"L Group groupType=Dimmer is=Equipment_Lightbulb", "L=L,-,-,-,-@"},
        /* Nothing to show. */
        {"L Group is=Equipment_Lightbulb", ""},
        {"L Number is=Equipment_Lightbulb", ""},
        {"Lux Number is=Point_Measurement " LIGHT, ""},
        /* A plug, and its alarm. */
        {"L Group is=Equipment_PowerOutlet\n"
         "S Switch in=L is=Point_Control_Switch relatesTo=Property_Power\n"
         "A Switch is=Point_Alarm isPointOf=L",
         ""},
        /* A lamp's alarm is not its switch. */
        {"L Group is=Equipment_Lightbulb\n"
         "A Switch is=Point_Alarm isPointOf=L",
         ""},
        /* Dimmer before switch; brightness before what says nothing. */
        {"L Group is=Equipment_Lightbulb\n"
         "A Dimmer is=Point_Control isPointOf=L\n"
         "B Dimmer is=Point_Control isPointOf=L"
         " relatesTo=Property_Brightness\n"
         "C Switch is=Point_Control_Switch isPointOf=L",
         "L=B,C,-,-,-@"},
        /* A point to switch before one to read. */
        {"L Group is=Equipment_Lightbulb\n"
         "A Switch is=Point_Status isPointOf=L\n"
         "B Switch is=Point_Control_Switch isPointOf=L",
         "L=B,-,-,-,-@"},
        /* Two lamps in one housing. */
        {"L Group is=Equipment_Lightbulb\n"
         "A Switch is=Point_Control isPointOf=L " LIGHT "\n"
         "B Switch is=Point_Control isPointOf=L " LIGHT,
         "B=B,-,-,-,-@ L=A,-,-,-,-@"},
    };

    (void)state;
    check_houses(cases, COUNT(cases));
}

static void
groups_do_not_count_beside_their_members(void **state) {
    static const struct house_case cases[] = {
        {"All Group groupType=Switch is=Point_Control " LIGHT "\n"
         "S Switch in=All is=Point_Control " LIGHT,
         "S=S,-,-,-,-@"},
        /* Through a group in between that is none of ours. */
        {"All Group groupType=Switch is=Point_Control " LIGHT "\n"
         "Mid Group in=All\n"
         "S Switch in=Mid is=Point_Control " LIGHT,
         "S=S,-,-,-,-@"},
        /* Nobody below: the group stands for itself. */
        {"All Group groupType=Dimmer is=Point_Control " LIGHT,
         "*All=All,-,-,-,-@"},
        /* A chandelier and its bulbs. */
        {"Ch Group groupType=Switch is=Equipment_LightSource_Chandelier\n"
         "B1 Dimmer is=Equipment_LightSource_Lightbulb isPartOf=Ch",
         "B1=B1,-,-,-,-@"},
        /* Two groups in each other: one of them stays. */
        {"A Group groupType=Switch in=B is=Point_Control " LIGHT "\n"
         "B Group groupType=Switch in=A is=Point_Control " LIGHT,
         "*A=A,-,-,-,-@"},
        {"A Group groupType=Switch in=A is=Point_Control " LIGHT,
         "*A=A,-,-,-,-@"},
    };

    (void)state;
    check_houses(cases, COUNT(cases));
}

static void
the_config_may_name_lamps_and_groups(void **state) {
    static const char house[] =
        "gAll Group groupType=Switch\n"
        "gUp Group in=gAll\n"
        "Empty Group groupType=Dimmer\n"
        "S1 Switch in=gAll\n"
        "D2 Dimmer in=gUp\n"
        "N3 Number in=gUp\n"
        "Lamp Group in=gUp is=Equipment_Lightbulb\n"
        "Lamp_C Color in=Lamp is=Point_Control isPointOf=Lamp\n"
        "Lamp_K Number in=Lamp is=Point_Control isPointOf=Lamp"
        " relatesTo=Property_ColorTemperature\n"
        "Other Dimmer is=Equipment_Lightbulb\n";
    static const struct {
        const char *names[3];
        size_t count;
        const char *expected;
    } cases[] = {
        {{NULL}, 0, "Lamp=Lamp_C,-,Lamp_K,-,-@ Other=Other,-,-,-,-@"},
        {{"S1"}, 1, "S1=S1,-,-,-,-@"},
        {{"gAll"},
         1,
         "D2=D2,-,-,-,-@ Lamp=Lamp_C,-,Lamp_K,-,-@ S1=S1,-,-,-,-@"},
        {{"gUp"}, 1, "D2=D2,-,-,-,-@ Lamp=Lamp_C,-,Lamp_K,-,-@"},
        {{"gAll", "gUp", "S1"},
         3,
         "D2=D2,-,-,-,-@ Lamp=Lamp_C,-,Lamp_K,-,-@ S1=S1,-,-,-,-@"},
        {{"Lamp_C", "Other"},
         2,
         "Lamp=Lamp_C,-,Lamp_K,-,-@ Other=Other,-,-,-,-@"},
        {{"Empty"}, 1, "*Empty=Empty,-,-,-,-@"},
        {{"Nowhere", "N3"}, 2, ""},
    };
    struct sample sample = {.wants.members = true};

    (void)state;
    sample_house(&sample, house);
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[LIGHTS_TEXT_MAX];

        describe(&sample, cases[i].names, cases[i].count, text);
        assert_string_equal(text, cases[i].expected);
    }
    sample_finish(&sample);
}

static void
rooms_are_found_upward(void **state) {
    static const struct {
        const char *item, *expected;
    } cases[] = {
        {"X Switch is=Point hasLocation=R", "Raum"},
        {"X Switch is=Point isPointOf=E", "Raum"},
        {"X Switch is=Point isPointOf=Loop", ""},
        {"X Switch is=Point hasLocation=Gone", ""},
        {"X Switch in=In", "Raum"},
        {"X Switch in=Loop,In", "Raum"},
        {"X Switch in=Loop,Gone", ""},
        {"X Switch", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sample sample = {.wants.members = true};
        char text[1024];

        intern_text(&sample.wants.names, "X");
        snprintf(text, sizeof text,
                 "R Group label=Raum is=Location_Indoor_Room\n"
                 "E Group is=Equipment hasLocation=R\n"
                 "Loop Group in=Loop2 is=Equipment isPartOf=Loop2\n"
                 "Loop2 Group in=Loop is=Equipment isPartOf=Loop\n"
                 "In Group in=R\n%s",
                 cases[i].item);
        sample_house(&sample, text);
        assert_string_equal(
            semantics_room(&sample.items,
                           openhab_items_find(&sample.items, "X")),
            cases[i].expected);
        sample_finish(&sample);
    }
}

/* A chain of equipment: the room is found over SEMANTICS_DEPTH_MAX steps, and
 * not over one more. */
static void
the_way_upward_is_bounded(void **state) {
    (void)state;
    for (int links = SEMANTICS_DEPTH_MAX - 1; links <= SEMANTICS_DEPTH_MAX;
         links++) {
        struct sample sample = {0};
        char text[2048];
        size_t used = (size_t)snprintf(
            text, sizeof text,
            "R Group label=Raum\nE0 Group is=Equipment hasLocation=R\n");

        for (int i = 1; i <= links; i++) {
            used += (size_t)snprintf(text + used, sizeof text - used,
                                     "E%d Group is=Equipment isPartOf=E%d\n", i,
                                     i - 1);
        }
        sample_house(&sample, text);
        snprintf(text, sizeof text, "E%d", links);
        assert_string_equal(
            semantics_room(&sample.items,
                           openhab_items_find(&sample.items, text)),
            links < SEMANTICS_DEPTH_MAX ? "Raum" : "");
        sample_finish(&sample);
    }
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(segments_are_whole),
        cmocka_unit_test(both_spellings_find_the_same),
        cmocka_unit_test(lamps_are_found_as_people_write_them),
        cmocka_unit_test(groups_do_not_count_beside_their_members),
        cmocka_unit_test(the_config_may_name_lamps_and_groups),
        cmocka_unit_test(rooms_are_found_upward),
        cmocka_unit_test(the_way_upward_is_bounded),
    };

    return cmocka_run_group_tests_name("semantics", tests, NULL, NULL);
}
