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

#define ROOM                                                                   \
    "{'name':'gLiving','type':'Group','label':'Wohnzimmer','metadata':"        \
    "{'semantics':{'value':'Location_Indoor_Room_LivingRoom'}}},"
#define SEMANTICS(class, relations)                                            \
    "'metadata':{'semantics':{'value':'" class "','config':{" relations "}}}"

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
    static const char
        *const houses[] =
            {
                "[" ROOM
                "{'name':'Lamp','type':'Group','label':'Stehlampe'," SEMANTICS(
                    "Equipment_LightSource_Lightbulb", "'hasLocation':'gLiving'"
                                                       ",'hasPoint':'Lamp_"
                                                       "Temp'") "},"
                                                                "{'name':'Lamp_"
                                                                "C','type':'"
                                                                "Color'"
                                                                "," SEMANTICS(
                                                                    "Point_"
                                                                    "Control",
                                                                    "'isPointOf"
                                                                    "':'Lamp','"
                                                                    "relatesTo'"
                                                                    ":'"
                                                                    "Property_"
                                                                    "Color'") "},"
                                                                              "{'name':'Lamp_P','type':'Switch'," SEMANTICS("Point_Control_Switch", "'isPointOf':'Lamp','relatesTo':'Property_Power'") "},"
                                                                                                                                                                                                       "{'name':'Lamp_T','type':'Dimmer'," SEMANTICS("Point_Control",
                                                                                                                                                                                                                                                     "'isPointOf':'Lamp','relatesTo':'Property_ColorTemperature'") "},"
                                                                                                                                                                                                                                                                                                                   "{'name':'Lamp_K','type':'Number:Temperature'," SEMANTICS("Point_Control", "'isPointOf':'Lamp','relatesTo':'Property_ColorTemperature'") "},"
                                                                                                                                                                                                                                                                                                                                                                                                                                                            "{'name':'Lamp_Seen','type':'DateTime'," SEMANTICS("Point_Status",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                               "'isPointOf':'Lamp','relatesTo':'Property_Timestamp'") "},"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                      "{'name':'Lamp_State','type':'String'," SEMANTICS("Point_Status",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        "'isPointOf':'Lamp'") "}]",
                "[{'name':'Lamp_Seen','type':'DateTime'," SEMANTICS(
                    "Point_Status",
                    "'isPointOf':'Lamp'") "},"
                                          "{'name':'Lamp_State','type':'String'"
                                          "," SEMANTICS("Point_Status", "'isPoi"
                                                                        "ntOf':"
                                                                        "'Lamp"
                                                                        "'") "}"
                                                                             ","
                                                                             "{"
                                                                             "'"
                                                                             "n"
                                                                             "a"
                                                                             "m"
                                                                             "e"
                                                                             "'"
                                                                             ":"
                                                                             "'"
                                                                             "L"
                                                                             "a"
                                                                             "m"
                                                                             "p"
                                                                             "_"
                                                                             "P"
                                                                             "'"
                                                                             ","
                                                                             "'"
                                                                             "t"
                                                                             "y"
                                                                             "p"
                                                                             "e"
                                                                             "'"
                                                                             ":"
                                                                             "'"
                                                                             "S"
                                                                             "w"
                                                                             "i"
                                                                             "t"
                                                                             "c"
                                                                             "h"
                                                                             "'"
                                                                             "," SEMANTICS(
                                                                                 "Point_Control_Switch", "'isPointOf':'Lamp','relatesTo':'Property_Power'") "},"
                                                                                                                                                            "{'name':'Lamp_K','type':'Number:Temperature'," SEMANTICS("Point_Control", "'isPointOf':'Lamp','relatesTo':'Property_ColorTemperature'") "},"
                                                                                                                                                                                                                                                                                                     "{'name':'Lamp_C','type':'Color'," SEMANTICS("Point_Control",
                                                                                                                                                                                                                                                                                                                                                  "'isPointOf':'Lamp','relatesTo':'Property_Light'") "},"
                                                                                                                                                                                                                                                                                                                                                                                                     "{'name':'Lamp','type':'Group','groupNames':['gLiving']," SEMANTICS(
                                                                                                                                                                                                                                                                                                                                                                                                         "Equipment_Lightbulb",
                                                                                                                                                                                                                                                                                                                                                                                                         "'hasLocation':'gLiving'") "}," ROOM
                                                                                                                                                                                                                                                                                                                                                                                                                                    "{'name':'Sensor','type':'Number'," SEMANTICS(
                                                                                                                                                                                                                                                                                                                                                                                                                                        "Point_Measurement",
                                                                                                                                                                                                                                                                                                                                                                                                                                        "'relatesTo':'Property_Light'") "}]",
            };

    (void)state;
    for (size_t i = 0; i < COUNT(houses); i++) {
        struct sample sample = {0};
        char text[LIGHTS_TEXT_MAX];

        sample_load(&sample, houses[i]);
        describe(&sample, NULL, 0, text);
        assert_string_equal(
            text, "Lamp=Lamp_C,Lamp_P,Lamp_K,Lamp_Seen,Lamp_State@Wohnzimmer");
        sample_finish(&sample);
    }
}

static void
lamps_are_found_as_people_write_them(void **state) {
    static const struct {
        const char *house, *expected;
    } cases[] =
        {
            /* A bare switch with the property, in a room's group. */
            {"[" ROOM
             "{'name':'S','type':'Switch','groupNames':['gLiving']," SEMANTICS(
                 "Point_Control", "'hasLocation':'gLiving','relatesTo':"
                                  "'Property_Light'") "}]",
             "S=S,-,-,-,-@Wohnzimmer"},
            /* Equipment that is its own point. */
            {"[{'name':'D','type':'Dimmer'," SEMANTICS("Equipment_Lightbulb",
                                                       "") "}]",
             "D=D,-,-,-,-@"},
            /* Points that only the group tells, in a room that only it tells. */
            {"[" ROOM
             "{'name':'L','type':'Group','groupNames':['gLiving']," SEMANTICS(
                 "Equipment_Lightbulb",
                 "") "},"
                     "{'name':'P','type':'Dimmer','groupNames':['L']}]",
             "L=P,-,-,-,-@Wohnzimmer"},
            /* Equipment with a state of its own and no points. */
            {"[{'name':'L','type':'Group','groupType':'Dimmer'," SEMANTICS(
                 "Equipment_Lightbulb", "") "}]",
             "L=L,-,-,-,-@"},
            /* Nothing to show. */
            {"[{'name':'L','type':'Group'," SEMANTICS("Equipment_Lightbulb",
                                                      "") "}]",
             ""},
            {"[{'name':'L','type':'Number'," SEMANTICS("Equipment_Lightbulb",
                                                       "") "}]",
             ""},
            {"[{'name':'Lux','type':'Number'," SEMANTICS(
                 "Point_Measurement", "'relatesTo':'Property_Light'") "}]",
             ""},
            /* A switch that is not about light, a plug, a lamp's alarm. */
            {"[{'name':'S','type':'Switch','groupNames':['L']," SEMANTICS(
                 "Point_Control_Switch",
                 "'relatesTo':'Property_Power'") "},"
                                                 "{'name':'A','type':'Switch'"
                                                 "," SEMANTICS("Point_Alarm",
                                                               "'isPointOf':'"
                                                               "L'") "},"
                                                                     "{'name':'"
                                                                     "L','type'"
                                                                     ":'Group'"
                                                                     "," SEMANTICS(
                                                                         "Equip"
                                                                         "ment_"
                                                                         "Power"
                                                                         "Outle"
                                                                         "t",
                                                                         "") "}"
                                                                             "]",
             ""},
            /* Dimmer before switch; brightness before what says nothing. */
            {"[{'name':'L','type':'Group'," SEMANTICS("Equipment_Lightbulb", "") "},{'name':'A_Speed','type':'Dimmer'," SEMANTICS(
                 "Point_Control",
                 "'isPointOf':'L'") "},"
                                    "{'name':'B_Dim','type':'Dimmer'"
                                    "," SEMANTICS(
                                        "Point_Control",
                                        "'isPointOf':'L','relatesTo':'Property_"
                                        "Brightness'") "},"
                                                       "{'name':'C_S','type':'"
                                                       "Switch'," SEMANTICS(
                                                           "Point_Control_"
                                                           "Switch",
                                                           "'isPointOf':'L'") "}]",
             "L=B_Dim,C_S,-,-,-@"},
            /* A point to switch before one to read. */
            {"[{'name':'L','type':'Group'," SEMANTICS(
                 "Equipment_Lightbulb",
                 "") "},{'name':'A','type':'Switch'," SEMANTICS("Point_Status",
                                                                "'isPointOf':'"
                                                                "L'") "},"
                                                                      "{'name':"
                                                                      "'B','"
                                                                      "type':'"
                                                                      "Switch'"
                                                                      "," SEMANTICS(
                                                                          "Poin"
                                                                          "t_"
                                                                          "Cont"
                                                                          "rol_"
                                                                          "Swit"
                                                                          "ch",
                                                                          "'isP"
                                                                          "oint"
                                                                          "Of':"
                                                                          "'L'") "}]",
             "L=B,-,-,-,-@"},
            /* Two lamps in one housing. */
            {"[{'name':'L','type':'Group'," SEMANTICS("Equipment_Lightbulb", "") "},{'name':'A','type':'Switch'," SEMANTICS(
                 "Point_Control", "'isPointOf':'L','relatesTo':'Property_"
                                  "Light'") "},{'name':'B','type':'Switch'"
                                            "," SEMANTICS("Point_Control",
                                                          "'isPointOf':'L','"
                                                          "relatesTo':'"
                                                          "Property_Light'") "}"
                                                                             "]",
             "B=B,-,-,-,-@ L=A,-,-,-,-@"},
        };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sample sample = {0};
        char text[LIGHTS_TEXT_MAX];

        sample_load(&sample, cases[i].house);
        describe(&sample, NULL, 0, text);
        assert_string_equal(text, cases[i].expected);
        sample_finish(&sample);
    }
}

static void
groups_do_not_count_beside_their_members(void **state) {
    static const struct {
        const char *house, *expected;
    } cases[] =
        {
            {"[{'name':'All','type':'Group','groupType':'Switch'," SEMANTICS(
                 "Point_Control",
                 "'relatesTo':'Property_Light'") "},"
                                                 "{'name':'S','type':'Switch','"
                                                 "groupNames':['All']"
                                                 "," SEMANTICS(
                                                     "Point_Control",
                                                     "'relatesTo':'Property_"
                                                     "Light'") "}]",
             "S=S,-,-,-,-@"},
            /* Through a group in between that is none of ours. */
            {"[{'name':'All','type':'Group','groupType':'Switch'," SEMANTICS(
                 "Point_Control",
                 "'relatesTo':'Property_Light'") "},"
                                                 "{'name':'Mid','type':'Group',"
                                                 "'groupNames':['All']},"
                                                 "{'name':'S','type':'Switch','"
                                                 "groupNames':['Mid']"
                                                 "," SEMANTICS(
                                                     "Point_Control",
                                                     "'relatesTo':'Property_"
                                                     "Light'") "}]",
             "S=S,-,-,-,-@"},
            /* Nobody below: the group stands for itself. */
            {"[{'name':'All','type':'Group','groupType':'Dimmer'," SEMANTICS(
                 "Point_Control", "'relatesTo':'Property_Light'") "}]",
             "*All=All,-,-,-,-@"},
            /* A chandelier and its bulbs. */
            {"[{'name':'Ch','type':'Group','groupType':'Switch'," SEMANTICS(
                 "Equipment_LightSource_Chandelier",
                 "") "},"
                     "{'name':'B1','type':'Dimmer'," SEMANTICS(
                         "Equipment_LightSource_Lightbulb",
                         "'isPartOf':'Ch'") "}]",
             "B1=B1,-,-,-,-@"},
            /* Two groups in each other: one of them stays. */
            {"[{'name':'A','type':'Group','groupType':'Switch','groupNames':['"
             "B']," SEMANTICS(
                 "Point_Control",
                 "'relatesTo':'Property_Light'") "},"
                                                 "{'name':'B','type':'Group','"
                                                 "groupType':'Switch','"
                                                 "groupNames':['A']," SEMANTICS(
                                                     "Point_Control",
                                                     "'relatesTo':'Property_"
                                                     "Light'") "}]",
             "*A=A,-,-,-,-@"},
            {"[{'name':'A','type':'Group','groupType':'Switch','groupNames':['"
             "A']," SEMANTICS("Point_Control",
                              "'relatesTo':'Property_Light'") "}]",
             "*A=A,-,-,-,-@"},
        };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sample sample = {0};
        char text[LIGHTS_TEXT_MAX];

        sample_load(&sample, cases[i].house);
        describe(&sample, NULL, 0, text);
        assert_string_equal(text, cases[i].expected);
        sample_finish(&sample);
    }
}

static void
the_config_may_name_lamps_and_groups(void **state) {
    static const char house
        [] = "[{'name':'gAll','type':'Group','groupType':'Switch'},"
             "{'name':'gUp','type':'Group','groupNames':['gAll']},"
             "{'name':'Empty','type':'Group','groupType':'Dimmer'},"
             "{'name':'S1','type':'Switch','groupNames':['gAll']},"
             "{'name':'D2','type':'Dimmer','groupNames':['gUp']},"
             "{'name':'N3','type':'Number','groupNames':['gUp']},"
             "{'name':'Lamp','type':'Group','groupNames':['gUp']," SEMANTICS(
                 "Equipment_Lightbulb",
                 "") "},"
                     "{'name':'Lamp_C','type':'Color','groupNames':['Lamp']"
                     "," SEMANTICS(
                         "Point_Control",
                         "'isPointOf':'Lamp'") "},"
                                               "{'name':'Lamp_K','type':'"
                                               "Number','groupNames':['Lamp']"
                                               "," SEMANTICS("Point_Control",
                                                             "'isPointOf':'"
                                                             "Lamp','relatesTo'"
                                                             ":'Property_"
                                                             "ColorTemperature"
                                                             "'") "},"
                                                                  "{'name':'"
                                                                  "Other','"
                                                                  "type':'"
                                                                  "Dimmer'"
                                                                  "," SEMANTICS(
                                                                      "Equipmen"
                                                                      "t_"
                                                                      "Lightbul"
                                                                      "b",
                                                                      "") "}]";
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
    sample_load(&sample, house);
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
        {"'metadata':{'semantics':{'value':'Point','config':{'hasLocation':"
         "'R'}}}",
         "Raum"},
        {"'metadata':{'semantics':{'value':'Point','config':{'isPointOf':'E'}}"
         "}",
         "Raum"},
        {"'metadata':{'semantics':{'value':'Point','config':{'isPointOf':"
         "'Loop'}}}",
         ""},
        {"'metadata':{'semantics':{'value':'Point','config':{'hasLocation':"
         "'Gone'}}}",
         ""},
        {"'groupNames':['In']", "Raum"},
        {"'groupNames':['Loop','In']", "Raum"},
        {"'groupNames':['Loop','Gone']", ""},
        {"'groupNames':[]", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sample sample = {.wants.members = true};
        char text[1024];

        intern_text(&sample.wants.names, "X");
        snprintf(text, sizeof text,
                 "[{'name':'R','type':'Group','label':'Raum','metadata':"
                 "{'semantics':{'value':'Location_Indoor_Room'}}},"
                 "{'name':'E','type':'Group','metadata':{'semantics':{'value':"
                 "'Equipment','config':{'hasLocation':'R'}}}},"
                 "{'name':'Loop','type':'Group','groupNames':['Loop2'],"
                 "'metadata':{'semantics':{'value':'Equipment','config':"
                 "{'isPartOf':'Loop2'}}}},"
                 "{'name':'Loop2','type':'Group','groupNames':['Loop'],"
                 "'metadata':{'semantics':{'value':'Equipment','config':"
                 "{'isPartOf':'Loop'}}}},"
                 "{'name':'In','type':'Group','groupNames':['R']},"
                 "{'name':'X','type':'Switch',%s}]",
                 cases[i].item);
        sample_load(&sample, text);
        assert_string_equal(
            semantics_room(&sample.items,
                           openhab_items_find(&sample.items, "X")),
            cases[i].expected);
        sample_finish(&sample);
    }
}

/* A chain of equipment: the room is found over SEMANTICS_DEPTH_MAX links, and
 * not over one more. */
static void
the_way_upward_is_bounded(void **state) {
    (void)state;
    for (int links = SEMANTICS_DEPTH_MAX - 1; links <= SEMANTICS_DEPTH_MAX;
         links++) {
        struct sample sample = {0};
        char text[4096];
        size_t used = (size_t)snprintf(
            text, sizeof text,
            "[{'name':'R','type':'Group','label':'Raum'},{'name':'E0','type':"
            "'Group','metadata':{'semantics':{'value':'Equipment','config':"
            "{'hasLocation':'R'}}}}");

        for (int i = 1; i <= links; i++) {
            used += (size_t)snprintf(
                text + used, sizeof text - used,
                ",{'name':'E%d','type':'Group','metadata':{'semantics':"
                "{'value':'Equipment','config':{'isPartOf':'E%d'}}}}",
                i, i - 1);
        }
        snprintf(text + used, sizeof text - used, "]");
        sample_load(&sample, text);
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
