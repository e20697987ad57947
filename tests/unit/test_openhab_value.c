#include "unit.h"

#include <math.h>
#include <string.h>

#include "fetch/hubs/openhab_value.h"

static void
types_are_told_by_name(void **state) {
    static const struct {
        const char *name;
        enum openhab_type type;
    } cases[] = {
        {"Group", OPENHAB_GROUP},
        {"Switch", OPENHAB_SWITCH},
        {"Dimmer", OPENHAB_DIMMER},
        {"Color", OPENHAB_COLOUR},
        {"Number", OPENHAB_NUMBER},
        {"Number:Temperature", OPENHAB_NUMBER},
        {"Number:", OPENHAB_NUMBER},
        {"Numbers", OPENHAB_OTHER},
        {"String", OPENHAB_STRING},
        {"Contact", OPENHAB_CONTACT},
        {"Rollershutter", OPENHAB_ROLLERSHUTTER},
        {"DateTime", OPENHAB_DATETIME},
        {"Location", OPENHAB_TEXT},
        {"Player", OPENHAB_TEXT},
        {"Call", OPENHAB_TEXT},
        {"Image", OPENHAB_TEXT},
        {"Hologram", OPENHAB_OTHER},
        {"switch", OPENHAB_OTHER},
        {"", OPENHAB_OTHER},
        {NULL, OPENHAB_OTHER},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(openhab_type_of(cases[i].name), cases[i].type);
    }
}

static void
null_and_undef_are_no_value_of_any_type(void **state) {
    struct hub_value value;

    (void)state;
    for (int type = OPENHAB_OTHER; type <= OPENHAB_TEXT; type++) {
        openhab_value_parse((enum openhab_type)type, "NULL", &value);
        assert_int_equal(value.type, HUB_VALUE_NONE);
        openhab_value_parse((enum openhab_type)type, "UNDEF", &value);
        assert_int_equal(value.type, HUB_VALUE_NONE);
        assert_true(isnan(value.number));
        assert_true(value.time_s == RECORD_NO_TIME);
    }
}

static void
lamps_are_read_by_the_shape_of_their_state(void **state) {
    static const struct {
        enum openhab_type type;
        const char *text;
        enum hub_value_type expected;
        bool on;
        double number;
    } cases[] = {
        {OPENHAB_SWITCH, "ON", HUB_VALUE_SWITCH, true, NAN},
        {OPENHAB_SWITCH, "OFF", HUB_VALUE_SWITCH, false, NAN},
        {OPENHAB_SWITCH, "on", HUB_VALUE_TEXT, false, NAN},
        {OPENHAB_SWITCH, "", HUB_VALUE_TEXT, false, NAN},
        {OPENHAB_DIMMER, "0", HUB_VALUE_PERCENT, false, 0},
        {OPENHAB_DIMMER, "37.5", HUB_VALUE_PERCENT, true, 37.5},
        {OPENHAB_DIMMER, "100", HUB_VALUE_PERCENT, true, 100},
        {OPENHAB_DIMMER, "100.1", HUB_VALUE_TEXT, false, NAN},
        {OPENHAB_DIMMER, "-1", HUB_VALUE_TEXT, false, NAN},
        {OPENHAB_DIMMER, "ON", HUB_VALUE_SWITCH, true, NAN},
        {OPENHAB_COLOUR, "210,65,80", HUB_VALUE_COLOUR, true, 80},
        {OPENHAB_COLOUR, "0,0,0", HUB_VALUE_COLOUR, false, 0},
        {OPENHAB_COLOUR, "209.99999,33.3,0.5", HUB_VALUE_COLOUR, true, 0.5},
        {OPENHAB_COLOUR, "360,100,100", HUB_VALUE_COLOUR, true, 100},
        {OPENHAB_COLOUR, "360.1,100,100", HUB_VALUE_TEXT, false, NAN},
        {OPENHAB_COLOUR, "360,100.1,100", HUB_VALUE_TEXT, false, NAN},
        {OPENHAB_COLOUR, "360,100,100.1", HUB_VALUE_TEXT, false, NAN},
        {OPENHAB_COLOUR, "1,2", HUB_VALUE_TEXT, false, NAN},
        {OPENHAB_COLOUR, "1,2,3,4", HUB_VALUE_TEXT, false, NAN},
        {OPENHAB_COLOUR, "1,,3", HUB_VALUE_TEXT, false, NAN},
        {OPENHAB_COLOUR, "1, 2, 3", HUB_VALUE_TEXT, false, NAN},
        {OPENHAB_COLOUR, "50", HUB_VALUE_PERCENT, true, 50},
        {OPENHAB_ROLLERSHUTTER, "100", HUB_VALUE_PERCENT, true, 100},
        {OPENHAB_ROLLERSHUTTER, "UP", HUB_VALUE_TEXT, false, NAN},
    };
    struct hub_value value;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        openhab_value_parse(cases[i].type, cases[i].text, &value);
        assert_int_equal(value.type, cases[i].expected);
        assert_int_equal(value.on, cases[i].on);
        assert_true(isnan(cases[i].number) ? isnan(value.number)
                                           : value.number == cases[i].number);
        assert_ptr_equal(value.text, cases[i].text);
    }
}

static void
colours_keep_hue_and_saturation(void **state) {
    struct hub_value value;

    (void)state;
    openhab_value_parse(OPENHAB_COLOUR, "209.5,33.25,0.5", &value);
    assert_true(value.hue_deg == 209.5);
    assert_true(value.saturation_pct == 33.25);
}

static void
numbers_have_a_unit_behind_one_blank(void **state) {
    static const struct {
        const char *text;
        enum hub_value_type type;
        double number;
        const char *unit;
    } cases[] = {
        {"21.5", HUB_VALUE_NUMBER, 21.5, ""},
        {"-3.4 °C", HUB_VALUE_NUMBER, -3.4, "°C"},
        {"1.0E-18 m", HUB_VALUE_NUMBER, 1e-18, "m"},
        {"45", HUB_VALUE_NUMBER, 45, ""},
        {"12 m/s 2", HUB_VALUE_NUMBER, 12, "m/s 2"},
        {"1e308", HUB_VALUE_NUMBER, 1e308, ""},
        {"1e309", HUB_VALUE_TEXT, NAN, ""},
        {"21,5 °C", HUB_VALUE_TEXT, NAN, ""},
        {" 21", HUB_VALUE_TEXT, NAN, ""},
        {"nan", HUB_VALUE_TEXT, NAN, ""},
        {"0x10", HUB_VALUE_TEXT, NAN, ""},
        {"", HUB_VALUE_TEXT, NAN, ""},
        /* 63 characters of a number are read, 64 are not. */
        {"1.0000000000000000000000000000000000000000000000000000000000000",
         HUB_VALUE_NUMBER, 1, ""},
        {"1.00000000000000000000000000000000000000000000000000000000000000",
         HUB_VALUE_TEXT, NAN, ""},
        /* 31 bytes of a unit fit; more are cut with an ellipsis. */
        {"1 abcdefghijabcdefghijabcdefghija", HUB_VALUE_NUMBER, 1,
         "abcdefghijabcdefghijabcdefghija"},
        {"1 abcdefghijabcdefghijabcdefghijab", HUB_VALUE_NUMBER, 1,
         "abcdefghijabcdefghijabcdefgh…"},
        {"1 a\x01\x62", HUB_VALUE_NUMBER, 1, "ab"},
    };
    struct hub_value value;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        openhab_value_parse(OPENHAB_NUMBER, cases[i].text, &value);
        assert_int_equal(value.type, cases[i].type);
        assert_string_equal(value.unit, cases[i].unit);
        assert_true(isnan(cases[i].number) ? isnan(value.number)
                                           : value.number == cases[i].number);
    }
}

static void
times_have_fractions_and_offsets_without_colon(void **state) {
    static const struct {
        const char *text;
        int64_t time_s; /* RECORD_NO_TIME: only text */
    } cases[] = {
        {"2026-01-31T07:12:00.000+0100", 1769839920},
        {"2026-01-31T07:12:00.123456789+0530", 1769823720},
        {"2026-01-31T07:12:00.123456+01:00", 1769839920},
        {"2026-01-31T06:12:00Z", 1769839920},
        {"1970-01-01T00:00:00.000+0000", RECORD_NO_TIME},
        {"2026-02-30T07:12:00.000+0100", RECORD_NO_TIME},
        {"yesterday", RECORD_NO_TIME},
        {"", RECORD_NO_TIME},
    };
    struct hub_value value;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool good = cases[i].time_s != RECORD_NO_TIME;

        openhab_value_parse(OPENHAB_DATETIME, cases[i].text, &value);
        assert_int_equal(value.type, good ? HUB_VALUE_TIME : HUB_VALUE_TEXT);
        assert_true(value.time_s == cases[i].time_s);
    }
}

static void
the_rest_is_text(void **state) {
    static const struct {
        enum openhab_type type;
        const char *text;
        enum hub_value_type expected;
        bool on;
    } cases[] = {
        {OPENHAB_CONTACT, "OPEN", HUB_VALUE_TEXT, true},
        {OPENHAB_CONTACT, "CLOSED", HUB_VALUE_TEXT, false},
        {OPENHAB_STRING, "42", HUB_VALUE_TEXT, false},
        {OPENHAB_STRING, "ON", HUB_VALUE_TEXT, false},
        {OPENHAB_TEXT, "52.52,13.40", HUB_VALUE_TEXT, false},
        {OPENHAB_OTHER, "42", HUB_VALUE_NUMBER, false},
        {OPENHAB_OTHER, "ON", HUB_VALUE_SWITCH, true},
        {OPENHAB_OTHER, "fog", HUB_VALUE_TEXT, false},
    };
    struct hub_value value;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        openhab_value_parse(cases[i].type, cases[i].text, &value);
        assert_int_equal(value.type, cases[i].expected);
        assert_int_equal(value.on, cases[i].on);
    }
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_are_told_by_name),
        cmocka_unit_test(null_and_undef_are_no_value_of_any_type),
        cmocka_unit_test(lamps_are_read_by_the_shape_of_their_state),
        cmocka_unit_test(colours_keep_hue_and_saturation),
        cmocka_unit_test(numbers_have_a_unit_behind_one_blank),
        cmocka_unit_test(times_have_fractions_and_offsets_without_colon),
        cmocka_unit_test(the_rest_is_text),
    };

    return cmocka_run_group_tests_name("openhab_value", tests, NULL, NULL);
}
