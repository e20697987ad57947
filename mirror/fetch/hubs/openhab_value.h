/* openHAB's item types, and its state strings taken apart. */
#ifndef MIRROR_FETCH_HUBS_OPENHAB_VALUE_H
#define MIRROR_FETCH_HUBS_OPENHAB_VALUE_H

#include "fetch/hubs/hub_item.h"

enum openhab_type {
    OPENHAB_OTHER, /* a type we do not know, or a group without one */
    OPENHAB_GROUP,
    OPENHAB_SWITCH,
    OPENHAB_DIMMER,
    OPENHAB_COLOUR,
    OPENHAB_NUMBER, /* also Number:Temperature and its like */
    OPENHAB_STRING,
    OPENHAB_CONTACT,
    OPENHAB_ROLLERSHUTTER,
    OPENHAB_DATETIME,
    OPENHAB_TEXT, /* Location, Player, Call, Image: shown as they are */
};

/* The type that openHAB calls `name`; NULL reads as OPENHAB_OTHER. */
enum openhab_type
openhab_type_of(const char *name);

/* Whether the type can be a lamp's: Switch, Dimmer, Color. */
bool
openhab_type_lights(enum openhab_type type);

/*
 * Takes `state` of an item of `type` apart. Whatever does not fit its type
 * becomes HUB_VALUE_TEXT, NULL and UNDEF become HUB_VALUE_NONE for every type.
 * ret_value->text is `state` itself: the caller keeps it.
 */
void
openhab_value_parse(enum openhab_type type, const char *state,
                    struct hub_value *ret_value);

#endif
