#include "fetch/hubs/semantics.h"

#include <stdlib.h>
#include <string.h>

#include "common/xalloc.h"
#include "fetch/hubs/semantics_points.h"

/* One search. Arrays have an element for each item of the store. */
struct search {
    const struct openhab_items *items;
    struct semantics_lights *lights;
    size_t *light_of; /* 1 + index of the lamp whose equipment it is; 0: none */
    bool *marks;      /* configured, or in what is; NULL: no configuration */
    bool *named;      /* configured itself */
    bool *above;      /* some lamp is below it */
};

static size_t
index_of(const struct search *search, const struct openhab_item *item) {
    return (size_t)(item - search->items->items);
}

static struct semantics_light *
add_light(struct search *search, const struct openhab_item *self,
          const struct openhab_item *main) {
    struct semantics_lights *lights = search->lights;
    struct semantics_light *light;

    if (lights->count == lights->room) {
        lights->room = lights->room == 0 ? 16 : lights->room * 2;
        lights->lights =
            xrealloc(lights->lights, lights->room, sizeof *lights->lights);
    }
    light = &lights->lights[lights->count++];
    *light = (struct semantics_light){.self = self, .named = self};
    if (main != NULL) {
        light->main = main;
        light->named = main;
    }
    return light;
}

/* Lamps that are equipment; one that is no group is its own only point. */
static void
find_equipment(struct search *search) {
    for (size_t i = 0; i < search->items->count; i++) {
        const struct openhab_item *item = &search->items->items[i];

        if (!semantics_is_lamp(item->class)) {
            continue;
        }
        add_light(search, item, NULL);
        search->light_of[i] = search->lights->count;
        if (item->type != OPENHAB_GROUP && openhab_type_lights(item->type)) {
            search->lights->lights[search->lights->count - 1].main = item;
        }
    }
}

/* The lamp whose point `item` is, as 1 + its index, or 0. */
static size_t
equipment_of(const struct search *search, const struct openhab_item *item) {
    const struct openhab_item *up =
        openhab_items_find(search->items, item->point_of);

    if (semantics_has_segment(item->class, "Equipment") ||
        semantics_has_segment(item->class, "Location")) {
        return 0;
    }
    if (up != NULL) {
        return search->light_of[index_of(search, up)];
    }
    for (unsigned i = 0; i < item->group_count; i++) {
        up = openhab_items_find(search->items, item->groups[i]);
        if (up != NULL && search->light_of[index_of(search, up)] != 0) {
            return search->light_of[index_of(search, up)];
        }
    }
    return 0;
}

static void
offer_points(struct search *search) {
    for (size_t i = 0; i < search->items->count; i++) {
        const struct openhab_item *item = &search->items->items[i];
        size_t light = equipment_of(search, item);

        if (light != 0) {
            semantics_offer(&search->lights->lights[light - 1], item);
        }
    }
}

/* Equipment with two points that both say Light has two lamps in it. */
static void
find_twins(struct search *search) {
    for (size_t i = 0; i < search->items->count; i++) {
        const struct openhab_item *item = &search->items->items[i];
        size_t at = equipment_of(search, item);
        const struct semantics_light *light;
        const struct openhab_item *self;

        if (at == 0 || !semantics_has_segment(item->property, "Light")) {
            continue;
        }
        light = &search->lights->lights[at - 1];
        self = light->self;
        if (light->main != item && light->ranks[PLACE_MAIN] > 0 &&
            semantics_rank(item, PLACE_MAIN) == light->ranks[PLACE_MAIN]) {
            add_light(search, self, item);
        }
    }
}

/* A switch beside a colour or a dimmer is the lamp's power; beside another
 * switch it is something else. */
static void
settle_points(struct search *search) {
    for (size_t i = 0; i < search->lights->count; i++) {
        struct semantics_light *light = &search->lights->lights[i];

        if (light->main == NULL &&
            openhab_type_lights(openhab_item_state_type(light->self))) {
            light->main = light->self;
        }
        if (light->power == light->main || light->main == NULL ||
            openhab_item_state_type(light->main) == OPENHAB_SWITCH) {
            light->power = NULL;
        }
        light->dropped = light->main == NULL;
    }
}

/* Points about light that belong to no lamp: many text configurations tag a
 * bare switch "Light" inside a room's group. */
static bool
is_bare_lamp(const struct search *search, const struct openhab_item *item) {
    size_t i = index_of(search, item);

    if (!openhab_type_lights(openhab_item_state_type(item)) ||
        search->light_of[i] != 0 || equipment_of(search, item) != 0) {
        return false;
    }
    if (search->marks == NULL) {
        return semantics_has_segment(item->class, "Point") &&
               semantics_has_segment(item->property, "Light");
    }
    return item->type == OPENHAB_GROUP ? search->named[i] : search->marks[i];
}

static void
find_bare(struct search *search) {
    for (size_t i = 0; i < search->items->count; i++) {
        const struct openhab_item *item = &search->items->items[i];

        if (is_bare_lamp(search, item)) {
            struct semantics_light *light = add_light(search, item, item);

            light->group = item->type == OPENHAB_GROUP;
        }
    }
}

/* Of the lamps by semantics only what the config names. A lamp of several
 * points counts as named by its equipment or by a point that switches it. */
static void
drop_unmarked(struct search *search) {
    for (size_t i = 0; i < search->lights->count; i++) {
        struct semantics_light *light = &search->lights->lights[i];

        if (!light->dropped && !search->marks[index_of(search, light->self)] &&
            !search->marks[index_of(search, light->main)] &&
            (light->power == NULL ||
             !search->marks[index_of(search, light->power)])) {
            light->dropped = true;
        }
    }
}

/* Marks everything above `item`: its groups and what it is part of, but never
 * `start`, where a loop would come back to it. What is marked already has been
 * followed, so all searches together are linear. */
static void
mark_above(struct search *search, const struct openhab_item *start,
           const struct openhab_item *item, int depth) {
    for (unsigned i = 0; i < item->group_count + 1U; i++) {
        const char *name =
            i < item->group_count ? item->groups[i] : item->part_of;
        const struct openhab_item *up = openhab_items_find(search->items, name);

        if (up == NULL || up == start || search->above[index_of(search, up)]) {
            continue;
        }
        search->above[index_of(search, up)] = true;
        if (depth > 1) {
            mark_above(search, start, up, depth - 1);
        }
    }
}

/* Leaves out whatever stands for lamps that are listed: first below the lamps
 * proper, then among groups, so that two groups in each other do not both go. */
static void
drop_groups(struct search *search) {
    for (int groups = 0; groups <= 1; groups++) {
        for (size_t i = 0; i < search->lights->count; i++) {
            struct semantics_light *light = &search->lights->lights[i];
            bool group = light->main == light->self &&
                         light->self->type == OPENHAB_GROUP;

            if (!light->dropped && group == (groups == 1) &&
                !search->above[index_of(search, light->self)]) {
                mark_above(search, light->self, light->self,
                           SEMANTICS_DEPTH_MAX);
            }
        }
    }
    for (size_t i = 0; i < search->lights->count; i++) {
        struct semantics_light *light = &search->lights->lights[i];

        light->dropped =
            light->dropped || search->above[index_of(search, light->self)];
    }
}

static void
sweep(struct semantics_lights *lights) {
    size_t kept = 0;

    for (size_t i = 0; i < lights->count; i++) {
        if (!lights->lights[i].dropped) {
            lights->lights[kept++] = lights->lights[i];
        }
    }
    lights->count = kept;
}

static void
mark_configured(struct search *search, const char *const *names, size_t count) {
    search->marks = xcalloc(search->items->count + 1, sizeof(bool));
    search->named = xcalloc(search->items->count + 1, sizeof(bool));
    for (size_t i = 0; i < count; i++) {
        const struct openhab_item *item =
            openhab_items_find(search->items, names[i]);

        if (item != NULL) {
            search->marks[index_of(search, item)] = true;
            search->named[index_of(search, item)] = true;
        }
    }
    semantics_mark_members(search->items, search->marks);
}

void
semantics_find_lights(const struct openhab_items *items,
                      const char *const *configured, size_t count,
                      struct semantics_lights *ret_lights) {
    struct search search = {.items = items, .lights = ret_lights};

    *ret_lights = (struct semantics_lights){0};
    search.light_of = xcalloc(items->count + 1, sizeof *search.light_of);
    search.above = xcalloc(items->count + 1, sizeof *search.above);
    find_equipment(&search);
    offer_points(&search);
    find_twins(&search);
    settle_points(&search);
    if (count > 0) {
        mark_configured(&search, configured, count);
        drop_unmarked(&search);
    }
    find_bare(&search);
    drop_groups(&search);
    sweep(ret_lights);
    free(search.light_of);
    free(search.above);
    free(search.marks);
    free(search.named);
}

void
semantics_lights_finish(struct semantics_lights *lights) {
    free(lights->lights);
    *lights = (struct semantics_lights){0};
}
