/*
 * One kind of source, const data, one per file in hubs/ and weather/.
 * Each instance lives on the loop, talks to one peer, and puts records and its
 * status into the outbox. Nothing else calls it.
 */
#ifndef MIRROR_FETCH_SOURCE_H
#define MIRROR_FETCH_SOURCE_H

#include <stdbool.h>

#include "common/loop.h"
#include "fetch/http.h"
#include "fetch/outbox.h"
#include "model/settings.h"

/* What every source is given; all borrowed for its whole life. */
struct source_env {
    struct loop *loop;
    struct http *http;
    struct outbox *outbox;
    const struct settings *settings;
    const char *token; /* of the hub; "" if there is none */
};

struct source_type {
    const char *name; /* as in the status record: "hub", "weather" */

    /* Whether the settings ask for this source at all. */
    bool (*wanted)(const struct settings *settings);

    /* Starts; NULL, having logged why, if it never can. */
    void *(*create)(const struct source_env *env);
    void (*destroy)(void *source); /* accepts NULL */

    /* The network changed (a new route or address): try at once what waits
     * for it. May be NULL. */
    void (*wake)(void *source);
};

/* Every source there is, ending at NULL. Defined in source_table.c. */
extern const struct source_type *const source_types[];

#endif
