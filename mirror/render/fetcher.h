/*
 * The reading end of the channel: starts mirror-fetch (or connects to the
 * socket it listens on), judges every packet, and comes back after 1, 2, 4 ...
 * 60 s, for ever, when the other side ends, hangs or talks nonsense. While it
 * is away the facts grow old and nothing else happens.
 */
#ifndef MIRROR_RENDER_FETCHER_H
#define MIRROR_RENDER_FETCHER_H

#include <stdbool.h>
#include <stdint.h>

#include "common/loop.h"
#include "model/record.h"

#define FETCHER_SOCKET "/run/mirror/fetch"

struct fetcher;

/* A good record (borrowed), or kind 0: the connection was lost or made. */
typedef void (*fetcher_fn)(void *arg, unsigned kind, const void *record,
                           bool connected);

struct fetcher_options {
    const char *program;     /* to start with "-c config_path"; or NULL */
    const char *config_path; /* NULL: none */
    const char *socket_path; /* to connect to, if `program` is NULL */
    fetcher_fn fn;
    void *arg;
    /* Times in ms, 0 for the usual one; a test has no 45 s to wait. */
    int retry_ms; /* the first pause before a new try: 1 s; at most 60 times
                     as long */
    int hang_ms;  /* CHANNEL_HANG_S */
    int grace_ms; /* from SIGTERM or SIGABRT to SIGKILL: 3 s */
    int good_ms;  /* a connection that lasted so long starts again with
                     retry_ms: 10 min */
};

/* Starts at once. Call before anything that opens a display or a thread. All
 * strings are copied. */
struct fetcher *
fetcher_create(struct loop *loop, const struct fetcher_options *options);

/* Ends the child (SIGTERM, then SIGKILL) and waits for it. Accepts NULL. */
void
fetcher_destroy(struct fetcher *fetcher);

/* Ends the child and starts it anew: after the config changed. */
void
fetcher_restart(struct fetcher *fetcher);

#endif
