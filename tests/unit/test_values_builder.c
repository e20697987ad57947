#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/xalloc.h"
#include "fetch/hubs/openhab_value.h"
#include "fetch/hubs/values_builder.h"

struct house {
    struct hub_item items[4];
};

static const struct hub_item *
find(const void *arg, const char *id) {
    const struct house *house = arg;

    for (size_t i = 0; i < COUNT(house->items); i++) {
        if (strcmp(house->items[i].id, id) == 0) {
            return &house->items[i];
        }
    }
    return NULL;
}

static struct house
make_house(void) {
    struct house house = {{
        {.id = "Temp",
         .label = "Outside",
         .icon = "temperature",
         .shown = "-3,4 °C"},
        {.id = "Door",
         .label = "Door",
         .icon = "a\tvery long icon's name here",
         .shown = "open"},
        {.id = "Gone",
         .label = "A label longer than its id",
         .icon = "",
         .shown = ""},
        {.id = "Mapped", .label = "M", .icon = "", .shown = "away"},
    }};

    openhab_value_parse(OPENHAB_NUMBER, "-3.4 °C", &house.items[0].value);
    openhab_value_parse(OPENHAB_CONTACT, "OPEN", &house.items[1].value);
    openhab_value_parse(OPENHAB_NUMBER, "UNDEF", &house.items[2].value);
    openhab_value_parse(OPENHAB_NUMBER, "NULL", &house.items[3].value);
    return house;
}

static void
values_stand_in_the_order_of_the_config(void **state) {
    static const struct {
        const char *id, *label, *text, *unit, *icon;
        double number;
        int state;
    } expected[] = {
        {"Gone", "A label longer than its id", "", "", "", NAN, VALUE_MISSING},
        {"Temp", "Outside", "-3,4 °C", "°C", "temperature", -3.4, VALUE_OK},
        {"Long_Name_Of_Nothing", "Long_Name_Of_Nothing", "", "", "", NAN,
         VALUE_MISSING},
        {"Door", "Door", "open", "", "a very long icon's name here", NAN,
         VALUE_OK},
        {"Mapped", "M", "away", "", "", NAN, VALUE_OK},
        {"Temp", "Outside", "-3,4 °C", "°C", "temperature", -3.4, VALUE_OK},
    };
    struct house house = make_house();
    struct record_values *record = xcalloc(1, sizeof *record);

    (void)state;
    values_build("Gone,Temp,Long_Name_Of_Nothing,Door,Mapped,Temp", find,
                 &house, record);
    assert_true(values_check(record));
    assert_int_equal(record->count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        const struct value *value = &record->values[i];

        assert_string_equal(value->id, expected[i].id);
        assert_string_equal(value->label, expected[i].label);
        assert_string_equal(value->text, expected[i].text);
        assert_string_equal(value->unit, expected[i].unit);
        assert_string_equal(value->icon, expected[i].icon);
        assert_int_equal(value->state, expected[i].state);
        assert_true(isnan(expected[i].number)
                        ? isnan(value->number)
                        : value->number == expected[i].number);
    }
    free(record);
}

static void
values_are_bounded(void **state) {
    struct house house = make_house();
    char list[VALUES_MAX * 6] = "";

    (void)state;
    for (size_t count = 0; count <= VALUES_MAX + 1; count++) {
        struct record_values *record = xcalloc(1, sizeof *record);

        values_build(list, find, &house, record);
        assert_true(values_check(record));
        assert_int_equal(record->count,
                         count < VALUES_MAX ? count : VALUES_MAX);
        assert_int_equal(record->omitted,
                         count < VALUES_MAX ? 0 : count - VALUES_MAX);
        free(record);
        snprintf(list + strlen(list), sizeof list - strlen(list), "%s",
                 count == 0 ? "Temp" : ",Temp");
    }
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_stand_in_the_order_of_the_config),
        cmocka_unit_test(values_are_bounded),
    };

    return cmocka_run_group_tests_name("values_builder", tests, NULL, NULL);
}
