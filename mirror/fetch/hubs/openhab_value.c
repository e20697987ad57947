#include "fetch/hubs/openhab_value.h"

#include <math.h>
#include <string.h>

#include "common/calendar.h"
#include "common/str.h"

enum { NUMBER_TEXT_MAX = 64 };

enum openhab_type
openhab_type_of(const char *name) {
    static const struct {
        const char *name;
        enum openhab_type type;
    } types[] = {
        {"Group", OPENHAB_GROUP},
        {"Switch", OPENHAB_SWITCH},
        {"Dimmer", OPENHAB_DIMMER},
        {"Color", OPENHAB_COLOUR},
        {"Number", OPENHAB_NUMBER},
        {"String", OPENHAB_STRING},
        {"Contact", OPENHAB_CONTACT},
        {"Rollershutter", OPENHAB_ROLLERSHUTTER},
        {"DateTime", OPENHAB_DATETIME},
        {"Location", OPENHAB_TEXT},
        {"Player", OPENHAB_TEXT},
        {"Call", OPENHAB_TEXT},
        {"Image", OPENHAB_TEXT},
    };

    if (name == NULL) {
        return OPENHAB_OTHER;
    }
    if (str_starts_with(name, "Number:")) {
        return OPENHAB_NUMBER;
    }
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(name, types[i].name) == 0) {
            return types[i].type;
        }
    }
    return OPENHAB_OTHER;
}

bool
openhab_type_lights(enum openhab_type type) {
    return type == OPENHAB_SWITCH || type == OPENHAB_DIMMER ||
           type == OPENHAB_COLOUR;
}

/* The number in the first `size` bytes of `text`: all of them or nothing. */
static bool
number_in(const char *text, size_t size, double *ret_number) {
    char copy[NUMBER_TEXT_MAX];

    if (size == 0 || size >= sizeof copy) {
        return false;
    }
    memcpy(copy, text, size);
    copy[size] = '\0';
    return str_to_double(copy, ret_number);
}

static bool
parse_switch(const char *state, struct hub_value *value) {
    bool on = strcmp(state, "ON") == 0;

    if (!on && strcmp(state, "OFF") != 0) {
        return false;
    }
    value->type = HUB_VALUE_SWITCH;
    value->on = on;
    return true;
}

static bool
parse_percent(const char *state, struct hub_value *value) {
    double number;

    if (!number_in(state, strlen(state), &number) || number < 0 ||
        number > 100) {
        return false;
    }
    value->type = HUB_VALUE_PERCENT;
    value->number = number;
    value->on = number > 0;
    str_copy(value->unit, sizeof value->unit, "%");
    return true;
}

/* "H,S,B": degrees and percents, decimals allowed (HSBType). */
static bool
parse_colour(const char *state, struct hub_value *value) {
    static const double most[3] = {360, 100, 100};
    double parts[3];

    for (int i = 0; i < 3; i++) {
        size_t size = strcspn(state, ",");

        if (!number_in(state, size, &parts[i]) || parts[i] < 0 ||
            parts[i] > most[i] || (state[size] == ',') != (i < 2)) {
            return false;
        }
        state += size + (i < 2 ? 1 : 0);
    }
    value->type = HUB_VALUE_COLOUR;
    value->hue_deg = parts[0];
    value->saturation_pct = parts[1];
    value->number = parts[2];
    value->on = parts[2] > 0;
    str_copy(value->unit, sizeof value->unit, "%");
    return true;
}

/* A number, and behind one blank its unit: "-3.4 °C", "1.0E-18 m", "42". */
static bool
parse_number(const char *state, struct hub_value *value) {
    size_t size = strcspn(state, " ");
    double number;

    if (!number_in(state, size, &number)) {
        return false;
    }
    value->type = HUB_VALUE_NUMBER;
    value->number = number;
    if (state[size] == ' ') {
        str_clean(value->unit, sizeof value->unit, state + size + 1,
                  strlen(state + size + 1));
    }
    return true;
}

static bool
parse_time(const char *state, struct hub_value *value) {
    if (!calendar_parse_time(state, &value->time_s)) {
        value->time_s = RECORD_NO_TIME;
        return false;
    }
    value->type = HUB_VALUE_TIME;
    return true;
}

/* What a group answers depends on its function as much as on its type, so a
 * lamp's state is read by its shape. */
static bool
parse_light(const char *state, struct hub_value *value) {
    return parse_switch(state, value) || parse_percent(state, value) ||
           parse_colour(state, value);
}

static bool
parse_typed(enum openhab_type type, const char *state,
            struct hub_value *value) {
    switch (type) {
    case OPENHAB_SWITCH:
    case OPENHAB_DIMMER:
    case OPENHAB_COLOUR:
    case OPENHAB_ROLLERSHUTTER: return parse_light(state, value);
    case OPENHAB_NUMBER: return parse_number(state, value);
    case OPENHAB_DATETIME: return parse_time(state, value);
    case OPENHAB_CONTACT: value->on = strcmp(state, "OPEN") == 0; return false;
    case OPENHAB_OTHER:
    case OPENHAB_GROUP:
        return parse_switch(state, value) || parse_number(state, value);
    case OPENHAB_STRING:
    case OPENHAB_TEXT: break;
    }
    return false;
}

void
openhab_value_parse(enum openhab_type type, const char *state,
                    struct hub_value *ret_value) {
    *ret_value = (struct hub_value){
        .number = NAN,
        .time_s = RECORD_NO_TIME,
        .text = state,
    };
    if (strcmp(state, "NULL") != 0 && strcmp(state, "UNDEF") != 0 &&
        !parse_typed(type, state, ret_value)) {
        ret_value->type = HUB_VALUE_TEXT;
    }
}
