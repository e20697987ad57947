/* The hub openHAB, 4.x and 5.x (docs: openhab.org; REST and event streams). */
#ifndef MIRROR_FETCH_HUBS_OPENHAB_H
#define MIRROR_FETCH_HUBS_OPENHAB_H

#include "fetch/source.h"

/* Named "hub". Puts the records lights, todo, message and values. */
extern const struct source_type openhab_source;

#endif
