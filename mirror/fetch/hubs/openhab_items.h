/*
 * openHAB's items as GET /rest/items?staticDataOnly=true lists them. One
 * element of the list becomes one small struct; a list may hold any number of
 * elements, and only those that may matter to the mirror are kept.
 */
#ifndef MIRROR_FETCH_HUBS_OPENHAB_ITEMS_H
#define MIRROR_FETCH_HUBS_OPENHAB_ITEMS_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "fetch/hubs/intern.h"
#include "fetch/hubs/openhab_value.h"

enum {
    OPENHAB_GROUPS_MAX = 32,   /* groups of one item; more are not followed */
    OPENHAB_OPTIONS_MAX = 128, /* state options of one item; more are dropped */
    OPENHAB_OPTION_MAX = 512,  /* bytes of an option's value and label */
    OPENHAB_ITEMS_MAX = 65536, /* items kept; more are counted only, */
    OPENHAB_ITEMS_BYTES_MAX = 16 * 1024 * 1024, /* as behind so many bytes */
};

/* All texts are interned and never NULL. */
struct openhab_item {
    const char *name;
    const char *label;    /* without a trailing "[...]"; the name if none */
    const char *category; /* icon */
    const char *pattern;
    const char *options;  /* "value\0label\0...\0", or NULL */
    const char *class;    /* semantic class id, "Point_Control" */
    const char *property; /* relatesTo, "Property_Light" */
    const char *location; /* hasLocation */
    const char *part_of;  /* isPartOf */
    const char *point_of; /* isPointOf */
    const char *thing;    /* metadata mirror, config "thing", */
    const char *severity; /* "severity" */
    double order;         /* and "order"; NaN without */
    const char *const *groups;
    unsigned char group_count;
    unsigned char type;       /* enum openhab_type */
    unsigned char group_type; /* of a group with a state; else OTHER */
};

/* Which items are worth keeping besides groups, rooms, equipment, what could be
 * a point of a lamp, and what can be a lamp and is in a group. */
struct openhab_wants {
    struct intern names; /* items and groups of the config */
    bool members;        /* some name may be a group: keep whatever is in one */
};

struct openhab_items {
    struct intern texts;
    struct openhab_item *items; /* owned */
    size_t count, room;
    size_t seen;    /* elements that were items, kept or not */
    size_t dropped; /* of these, what may matter but is over a bound */
};

/* Reads one element of the list; keeps it if it may matter. Returns false for
 * what is no item (no object, no proper name), which is only a reason to skip
 * it. */
bool
openhab_items_add(struct openhab_items *items,
                  const struct openhab_wants *wants, const cJSON *element);

/* Sorts by name and drops second items of one name: once, after the last. */
void
openhab_items_seal(struct openhab_items *items);

/* NULL if there is none; only after openhab_items_seal(). */
const struct openhab_item *
openhab_items_find(const struct openhab_items *items, const char *name);

/* The type of its state: a group's own, or the item's. */
enum openhab_type
openhab_item_state_type(const struct openhab_item *item);

/* Bytes on the heap. */
size_t
openhab_items_bytes(const struct openhab_items *items);

/* Accepts a zeroed store, leaves a zeroed one. */
void
openhab_items_finish(struct openhab_items *items);

#endif
