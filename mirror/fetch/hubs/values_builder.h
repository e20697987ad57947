/* Any hub's items to a values record. */
#ifndef MIRROR_FETCH_HUBS_VALUES_BUILDER_H
#define MIRROR_FETCH_HUBS_VALUES_BUILDER_H

#include "fetch/hubs/hub_item.h"
#include "model/values.h"

/* The item of that id, or NULL. */
typedef const struct hub_item *(*values_find_fn)(const void *arg,
                                                 const char *id);

/* Fills a zeroed record, all but its head, with the items of `list` ("A,B,C")
 * in its order. An item that the hub does not have, or has no value for, is
 * VALUE_MISSING under its label, or its id where it has none. */
void
values_build(const char *list, values_find_fn find, const void *arg,
             struct record_values *ret_record);

#endif
