/* Any hub's lamps to a lights record. */
#ifndef MIRROR_FETCH_HUBS_LIGHTS_BUILDER_H
#define MIRROR_FETCH_HUBS_LIGHTS_BUILDER_H

#include <stddef.h>

#include "fetch/hubs/hub_item.h"
#include "model/lights.h"

/* Into the order of the record: by room, lamps of no room last, then by name,
 * then by id. */
void
lights_sort(struct hub_light *lights, size_t count);

/*
 * Fills a zeroed record, all but its head, from sorted lights. A lamp is
 * unreachable if it is `lost`, if its status text begins with OFFLINE, or if it
 * last answered more than `limit_s` seconds (0: for ever) before `now_s`
 * (RECORD_NO_TIME: nobody knows the time, and nothing is judged by it). Beyond
 * LIGHTS_MAX those that are off go first.
 *
 * Returns the second at which the next lamp becomes unreachable by its silence
 * alone, or INT64_MAX.
 */
int64_t
lights_build(const struct hub_light *lights, size_t count, int64_t now_s,
             int limit_s, struct record_lights *ret_record);

#endif
