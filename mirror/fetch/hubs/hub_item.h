/*
 * What the mirror needs to know of any hub's item, in no hub's dialect. An
 * adapter fills these; the shared builders (lights.h, ...) make records of them.
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

/* A state, taken apart. */
struct hub_value {
    enum hub_value_type type;
    bool on;
    double number; /* NaN where there is none */
    double hue_deg, saturation_pct;
    int64_t time_s; /* RECORD_NO_TIME where there is none */
    char unit[32];
    const char *text; /* borrowed from the item: the raw state */
};

#endif
