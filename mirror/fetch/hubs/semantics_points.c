#include "fetch/hubs/semantics_points.h"

#include <string.h>

bool
semantics_has_segment(const char *id, const char *segment) {
    size_t length = strlen(segment);

    while (*id != '\0') {
        size_t size = strcspn(id, "_");

        if (size == length && memcmp(id, segment, size) == 0) {
            return true;
        }
        id += size + (id[size] == '_' ? 1 : 0);
    }
    return false;
}

bool
semantics_is_lamp(const char *class) {
    static const char *const segments[] = {"LightSource", "Lightbulb",
                                           "LightStripe"};

    if (!semantics_has_segment(class, "Equipment")) {
        return false;
    }
    for (size_t i = 0; i < sizeof segments / sizeof segments[0]; i++) {
        if (semantics_has_segment(class, segments[i])) {
            return true;
        }
    }
    return false;
}

static bool
about(const struct openhab_item *item, const char *property) {
    return semantics_has_segment(item->property, property);
}

/* A point that can only be read ranks below one that can be switched. */
static int
writable(const struct openhab_item *item) {
    return semantics_has_segment(item->class, "Status") ||
                   semantics_has_segment(item->class, "Measurement")
               ? 0
               : 10;
}

/* Color, else Dimmer, else Switch; a property must be light's. */
static int
rank_main(const struct openhab_item *item) {
    bool plain = item->property[0] == '\0';
    bool light = about(item, "Light") || about(item, "Brightness");

    if (semantics_has_segment(item->class, "Alarm")) {
        return 0;
    }
    switch (openhab_item_state_type(item)) {
    case OPENHAB_COLOUR:
        return light || plain || about(item, "Color") ? 60 + writable(item) : 0;
    case OPENHAB_DIMMER:
        return light || plain ? 40 + writable(item) + light : 0;
    case OPENHAB_SWITCH:
        return light || plain || about(item, "Power")
                   ? 20 + writable(item) + 2 * light + !plain
                   : 0;
    default: return 0;
    }
}

static int
rank_power(const struct openhab_item *item) {
    if (openhab_item_state_type(item) != OPENHAB_SWITCH ||
        semantics_has_segment(item->class, "Alarm")) {
        return 0;
    }
    if (about(item, "Power")) {
        return 3;
    }
    if (about(item, "Light")) {
        return 2;
    }
    return item->property[0] == '\0' &&
           semantics_has_segment(item->class, "Switch");
}

/* Kelvin rather than percent: only kelvin tells the colour. */
static int
rank_white(const struct openhab_item *item) {
    if (!about(item, "ColorTemperature")) {
        return 0;
    }
    switch (openhab_item_state_type(item)) {
    case OPENHAB_NUMBER: return 2;
    case OPENHAB_DIMMER: return 1;
    default: return 0;
    }
}

/* The WiZ binding's last-update and its like. */
static int
rank_seen(const struct openhab_item *item) {
    bool status = semantics_has_segment(item->class, "Status") ||
                  semantics_has_segment(item->class, "Measurement");

    if (item->type != OPENHAB_DATETIME) {
        return 0;
    }
    if (about(item, "Timestamp")) {
        return 2 + status;
    }
    return status && item->property[0] == '\0';
}

int
semantics_rank(const struct openhab_item *item, enum semantics_place place) {
    switch (place) {
    case PLACE_MAIN: return rank_main(item);
    case PLACE_POWER: return rank_power(item);
    case PLACE_WHITE: return rank_white(item);
    case PLACE_SEEN: return rank_seen(item);
    case PLACE_STATUS:
        return item->type == OPENHAB_STRING &&
               semantics_has_segment(item->class, "Status");
    case PLACE_END: break;
    }
    return 0;
}

void
semantics_offer(struct semantics_light *light,
                const struct openhab_item *item) {
    const struct openhab_item **const places[PLACE_END] = {
        [PLACE_MAIN] = &light->main,     [PLACE_POWER] = &light->power,
        [PLACE_WHITE] = &light->white,   [PLACE_SEEN] = &light->seen,
        [PLACE_STATUS] = &light->status,
    };

    for (int i = 0; i < PLACE_END; i++) {
        int rank = semantics_rank(item, (enum semantics_place)i);

        if (rank > light->ranks[i] ||
            (rank > 0 && rank == light->ranks[i] &&
             strcmp(item->name, (*places[i])->name) < 0)) {
            light->ranks[i] = rank;
            *places[i] = item;
        }
    }
}
