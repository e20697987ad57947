/*
 * What the mirror needs to know of any hub's items, in no hub's dialect. An
 * adapter fills these; the shared builders (lights_builder.h, ...) make records
 * of them.
 */
#ifndef MIRROR_FETCH_HUBS_HUB_ITEM_H
#define MIRROR_FETCH_HUBS_HUB_ITEM_H

#include <stdbool.h>
#include <stdint.h>

#include "model/record.h"

/* What kind of value an item holds. */
enum hub_value_type {
    HUB_VALUE_NONE,    /* NULL, UNDEF, never seen */
    HUB_VALUE_SWITCH,  /* on */
    HUB_VALUE_NUMBER,  /* number, unit */
    HUB_VALUE_PERCENT, /* number 0..100; on above 0 */
    HUB_VALUE_COLOUR,  /* hue_deg, saturation_pct, number (brightness 0..100) */
    HUB_VALUE_TIME,    /* time_s */
    HUB_VALUE_TEXT,    /* only text */
};

enum { HUB_UNIT_MAX = 32 };

/* A state, taken apart. */
struct hub_value {
    enum hub_value_type type;
    bool on;
    double number; /* NaN where there is none */
    double hue_deg, saturation_pct;
    int64_t time_s; /* RECORD_NO_TIME where there is none */
    char unit[HUB_UNIT_MAX];
    const char *text; /* borrowed from the item: the raw state, never NULL */
};

/* One item with its state. All texts are borrowed from the adapter's model and
 * never NULL. */
struct hub_item {
    const char *id;
    const char *label;
    const char *icon;     /* the hub's word for a picture, "" if it has none */
    const char *severity; /* a message's, as the hub's user wrote it, or "" */
    double order;         /* among its list; NaN: none, by label */
    struct hub_value value;
    const char *shown; /* the state as people read it, unit included */
};

/* One lamp and the items that speak of it. The items are borrowed; all but
 * `main` may be NULL. */
struct hub_light {
    const char *id;
    const char *name;
    const char *room;              /* "" if none is known */
    const struct hub_item *main;   /* brightness and colour, or only on */
    const struct hub_item *power;  /* a switch beside `main` */
    const struct hub_item *white;  /* colour temperature; none: not white */
    const struct hub_item *seen;   /* when the lamp last answered */
    const struct hub_item *status; /* text that begins with OFFLINE: lost */
    const char *thing;             /* the hub's device behind it, or "" */
    bool group; /* stands for lamps that are not listed themselves */
    bool lost;  /* the hub said that the device is gone */
};

#endif
