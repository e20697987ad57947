/*
 * Which things (devices) the hub has called offline, and which item belongs to
 * which thing. /rest/things is the administrator's, so both are learned from
 * the event stream as it goes: at the start nothing is known.
 */
#ifndef MIRROR_FETCH_HUBS_OPENHAB_THINGS_H
#define MIRROR_FETCH_HUBS_OPENHAB_THINGS_H

#include <stdbool.h>
#include <stddef.h>

enum {
    THINGS_MAX = 256,     /* offline things, and links, remembered */
    THINGS_UID_MAX = 256, /* bytes of a thing's or channel's uid */
};

struct openhab_link {
    char *item;  /* owned */
    char *thing; /* owned */
};

/* Zeroed means that nothing is known. */
struct openhab_things {
    char *offline[THINGS_MAX]; /* owned */
    size_t offline_count;
    struct openhab_link links[THINGS_MAX];
    size_t link_count;
};

/* A thing's status changed. Over the bound, and over THINGS_UID_MAX, it is not
 * remembered. Returns whether anything is different now. */
bool
openhab_things_status(struct openhab_things *things, const char *uid,
                      bool offline);

/* Whether the thing was last called offline; "" is none. */
bool
openhab_things_offline(const struct openhab_things *things, const char *uid);

/* An item was linked to a channel ("wiz:color-bulb:a1b2c3:color", with or
 * without "group#" in its last part), or the link is gone. */
void
openhab_things_link(struct openhab_things *things, const char *item,
                    const char *channel, bool linked);

/* The thing that `item` is known to be linked to, or "". */
const char *
openhab_things_of(const struct openhab_things *things, const char *item);

/* Forgets who is offline: after a gap nobody knows. */
void
openhab_things_forget(struct openhab_things *things);

/* Accepts zeroed ones. */
void
openhab_things_finish(struct openhab_things *things);

#endif
