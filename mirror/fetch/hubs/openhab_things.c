#include "fetch/hubs/openhab_things.h"

#include <stdlib.h>
#include <string.h>

#include "common/xalloc.h"

/* The index of `uid`, or offline_count. */
static size_t
find_offline(const struct openhab_things *things, const char *uid) {
    size_t i = 0;

    while (i < things->offline_count && strcmp(things->offline[i], uid) != 0) {
        i++;
    }
    return i;
}

bool
openhab_things_status(struct openhab_things *things, const char *uid,
                      bool offline) {
    size_t i = find_offline(things, uid);
    bool known = i < things->offline_count;

    if (offline == known || strlen(uid) >= THINGS_UID_MAX ||
        (offline && things->offline_count >= THINGS_MAX)) {
        return false;
    }
    if (offline) {
        things->offline[things->offline_count++] = xstrdup(uid);
    } else {
        free(things->offline[i]);
        things->offline[i] = things->offline[--things->offline_count];
    }
    return true;
}

bool
openhab_things_offline(const struct openhab_things *things, const char *uid) {
    return uid[0] != '\0' && find_offline(things, uid) < things->offline_count;
}

static size_t
find_link(const struct openhab_things *things, const char *item) {
    size_t i = 0;

    while (i < things->link_count && strcmp(things->links[i].item, item) != 0) {
        i++;
    }
    return i;
}

static void
drop_link(struct openhab_things *things, size_t i) {
    free(things->links[i].item);
    free(things->links[i].thing);
    things->links[i] = things->links[--things->link_count];
}

void
openhab_things_link(struct openhab_things *things, const char *item,
                    const char *channel, bool linked) {
    size_t i = find_link(things, item);
    const char *last = strrchr(channel, ':');
    size_t size = last == NULL ? 0 : (size_t)(last - channel);

    if (size == 0 || size >= THINGS_UID_MAX || strlen(item) >= THINGS_UID_MAX) {
        return;
    }
    if (i < things->link_count) {
        drop_link(things, i);
    }
    if (linked && things->link_count < THINGS_MAX) {
        things->links[things->link_count++] = (struct openhab_link){
            .item = xstrdup(item),
            .thing = xstrndup(channel, size),
        };
    }
}

const char *
openhab_things_of(const struct openhab_things *things, const char *item) {
    size_t i = find_link(things, item);

    return i < things->link_count ? things->links[i].thing : "";
}

void
openhab_things_forget(struct openhab_things *things) {
    while (things->offline_count > 0) {
        free(things->offline[--things->offline_count]);
    }
}

void
openhab_things_finish(struct openhab_things *things) {
    openhab_things_forget(things);
    while (things->link_count > 0) {
        drop_link(things, things->link_count - 1);
    }
}
