/*
 * openHAB's semantic model: which items are lamps, which of their points say
 * what, and in which room they are. The server gives each item its class id
 * with all parents ("Equipment_LightSource_Lightbulb" in 5.x,
 * "Equipment_Lightbulb" in 4.x) and its relations by item name
 * (SemanticsMetadataProvider.java); a whole segment between '_' is compared,
 * never a part of one.
 */
#ifndef MIRROR_FETCH_HUBS_SEMANTICS_H
#define MIRROR_FETCH_HUBS_SEMANTICS_H

#include "fetch/hubs/openhab_items.h"

enum {
    SEMANTICS_DEPTH_MAX = 16,  /* steps upward to a room, or down a group */
    SEMANTICS_VISITS_MAX = 64, /* groups looked at for a room */
};

/* One lamp; all items are borrowed from the store. */
struct semantics_light {
    const struct openhab_item *self;  /* equipment, or the item itself */
    const struct openhab_item *named; /* gives id and name */
    const struct openhab_item *main;
    const struct openhab_item *power;
    const struct openhab_item *white;
    const struct openhab_item *seen;
    const struct openhab_item *status;
    bool group; /* stands for lamps that are not listed themselves */
    int ranks[5];
    bool dropped;
};

struct semantics_lights {
    struct semantics_light *lights; /* owned */
    size_t count, room;
};

/* Whether `id` ("Point_Control_Switch") has the whole segment `segment`. */
bool
semantics_has_segment(const char *id, const char *segment);

/* Whether the class is a lamp's: equipment with one of the segments
 * Lightbulb, LightStripe, LightSource. */
bool
semantics_is_lamp(const char *class);

/*
 * Every lamp of a sealed store, in no order. `configured` lists the items and
 * groups that [hub] lights names (`count` of them): then only these, and what
 * is in these groups, are lamps; with none the semantic model alone decides.
 * A group of lamps is left out where one of its lamps is in the result.
 */
void
semantics_find_lights(const struct openhab_items *items,
                      const char *const *configured, size_t count,
                      struct semantics_lights *ret_lights);

/* Accepts zeroed ones. */
void
semantics_lights_finish(struct semantics_lights *lights);

/* The label of the room where `item` is, or "": hasLocation, else upward along
 * isPointOf, isPartOf and groups. Loops end at a bound. */
const char *
semantics_room(const struct openhab_items *items,
               const struct openhab_item *item);

/* Marks (marks[i] for items->items[i]) whatever is in a marked group, and in
 * groups of these, SEMANTICS_DEPTH_MAX deep. */
void
semantics_mark_members(const struct openhab_items *items, bool *marks);

#endif
