/* How well an item fits as one of a lamp's points: private to semantics*.c. */
#ifndef MIRROR_FETCH_HUBS_SEMANTICS_POINTS_H
#define MIRROR_FETCH_HUBS_SEMANTICS_POINTS_H

#include "fetch/hubs/semantics.h"

/* The places of a lamp, as indices of semantics_light.ranks. */
enum semantics_place {
    PLACE_MAIN,
    PLACE_POWER,
    PLACE_WHITE,
    PLACE_SEEN,
    PLACE_STATUS,
    PLACE_END,
};

/* 0: does not fit; else the higher the better. */
int
semantics_rank(const struct openhab_item *item, enum semantics_place place);

/* Puts `item` wherever it fits better than what is there. Of two that fit
 * alike the first by name stays, so that the choice never depends on the order
 * of the list. */
void
semantics_offer(struct semantics_light *light, const struct openhab_item *item);

#endif
