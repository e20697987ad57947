/*
 * What of a hub's items the mirror follows: the lamps, and what the config
 * names. Built anew from each list of items; small, whatever the list's size.
 */
#ifndef MIRROR_FETCH_HUBS_OPENHAB_MODEL_H
#define MIRROR_FETCH_HUBS_OPENHAB_MODEL_H

#include "fetch/hubs/hub_item.h"
#include "fetch/hubs/openhab_items.h"
#include "model/settings.h"

enum {
    OPENHAB_TRACKED_MAX = 500,    /* items */
    OPENHAB_STATE_MAX = 4096,     /* bytes of a state; longer ones are cut */
    OPENHAB_LIST_MAX = 64 * 1024, /* of a text that is a list to do */
};

/* What an item is for: bits, so that a state says which records it changes. */
#define OPENHAB_USE_LIGHTS    1u
#define OPENHAB_USE_MESSAGE   2u
#define OPENHAB_USE_TODO(i)   (4u << (i))
#define OPENHAB_USE_TODOS     (((1u << SETTINGS_SOURCES_MAX) - 1) << 2)
#define OPENHAB_USE_VALUES(i) (4u << (SETTINGS_SOURCES_MAX + (i)))
#define OPENHAB_USE_ALL       UINT32_MAX

struct openhab_follow {
    struct hub_item item;
    enum openhab_type type;
    uint32_t uses;
    bool known; /* a state has come, and */
    bool fresh; /* one has come since openhab_model_age() */
    const char *pattern;
    const char *options;
    char *raw;   /* owned: item.value.text, once a state came */
    char *shown; /* owned: item.shown, once a state came */
};

/* One [todo NAME] of the config. */
struct openhab_todo {
    const struct hub_item *text;      /* a list in one text; or NULL */
    const struct hub_item **switches; /* owned: members of a group, sorted */
    size_t switch_count;
};

struct openhab_model {
    struct intern texts;
    struct openhab_follow *items; /* owned, sorted by id */
    size_t count;
    size_t wished;            /* what would be followed without the bound */
    size_t dropped;           /* items of the list that there was no room for */
    struct hub_light *lights; /* owned, sorted for the record */
    size_t light_count;
    struct openhab_todo todos[SETTINGS_SOURCES_MAX];
    const struct hub_item *message; /* or NULL */
    char missing[RECORD_ID_MAX];    /* a configured item that the hub does
                                            not have, or "" */
};

/* Which items the settings ask for, for openhab_items_add(). */
void
openhab_wants_init(struct openhab_wants *wants,
                   const struct settings *settings);

/* Accepts zeroed ones, leaves zeroed ones. */
void
openhab_wants_finish(struct openhab_wants *wants);

/* Chooses from a sealed list; needs nothing of it afterwards. The first
 * OPENHAB_TRACKED_MAX are followed: message, lists and values, then what says
 * whether lamps are on, then their other points. */
void
openhab_model_build(struct openhab_model *model,
                    const struct openhab_items *items,
                    const struct settings *settings);

/* Takes over the states of what `old` followed too. */
void
openhab_model_carry(struct openhab_model *model,
                    const struct openhab_model *old);

/* A state came; `display` is the server's own form of it, or NULL. Returns the
 * uses of the item, 0 if it is not followed. */
uint32_t
openhab_model_state(struct openhab_model *model, const char *name,
                    const char *state, const char *display);

/* NULL if it is not followed. Fits values_find_fn. */
const struct hub_item *
openhab_model_find(const void *model, const char *name);

/* The connection is new: whatever is known is a memory. */
void
openhab_model_age(struct openhab_model *model);

/* Whether a state has come for every item since then. */
bool
openhab_model_fresh(const struct openhab_model *model);

/* The JSON array of all names, for the tracker; free() it. */
char *
openhab_model_names(const struct openhab_model *model);

/* Accepts a zeroed model, leaves a zeroed one. */
void
openhab_model_finish(struct openhab_model *model);

#endif
