#include <string.h>

#include "fetch/hubs/semantics.h"

static bool
is_location(const struct openhab_item *item) {
    return semantics_has_segment(item->class, "Location");
}

/* A location somewhere above in the groups: for what has no semantics. */
static const struct openhab_item *
location_above(const struct openhab_items *items,
               const struct openhab_item *item, int depth, int *visits) {
    for (unsigned i = 0; i < item->group_count; i++) {
        const struct openhab_item *group =
            openhab_items_find(items, item->groups[i]);

        if (group == NULL || (*visits)++ >= SEMANTICS_VISITS_MAX) {
            continue;
        }
        if (!is_location(group) && depth > 1) {
            group = location_above(items, group, depth - 1, visits);
        }
        if (group != NULL && is_location(group)) {
            return group;
        }
    }
    return NULL;
}

const char *
semantics_room(const struct openhab_items *items,
               const struct openhab_item *item) {
    const struct openhab_item *at = item;
    const struct openhab_item *room;
    int steps = 0;
    int visits = 0;

    do {
        const char *up = at->point_of[0] != '\0' ? at->point_of : at->part_of;

        room = openhab_items_find(items, at->location);
        at = openhab_items_find(items, up);
        steps++;
    } while (at != NULL && room == NULL && steps < SEMANTICS_DEPTH_MAX);
    if (room == NULL) {
        room = location_above(items, item, SEMANTICS_DEPTH_MAX, &visits);
    }
    return room == NULL ? "" : room->label;
}

void
semantics_mark_members(const struct openhab_items *items, bool *marks) {
    bool more = true;

    for (int depth = 0; more && depth < SEMANTICS_DEPTH_MAX; depth++) {
        more = false;
        for (size_t i = 0; i < items->count; i++) {
            const struct openhab_item *item = &items->items[i];

            for (unsigned j = 0; !marks[i] && j < item->group_count; j++) {
                const struct openhab_item *group =
                    openhab_items_find(items, item->groups[j]);

                if (group != NULL && marks[group - items->items]) {
                    marks[i] = true;
                    more = more || item->type == OPENHAB_GROUP;
                }
            }
        }
    }
}
