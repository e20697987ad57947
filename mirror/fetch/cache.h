/*
 * The last good records, written down so that a mirror which starts without
 * hub or network has something to show, and says how old it is. They go into
 * the outbox before any source is asked.
 *
 * An age is known in two cases: the machine has not been started anew since
 * (then the clocks agree, right or wrong), or the wall time is vouched for
 * now and was when the file was written.
 *
 * Nothing here is needed: a bad file is put aside, and a card that is full,
 * read-only or broken costs one line in the log and the memory of the past.
 */
#ifndef MIRROR_FETCH_CACHE_H
#define MIRROR_FETCH_CACHE_H

#include "common/clock.h"
#include "common/loop.h"
#include "fetch/outbox.h"
#include "model/settings.h"

struct cache;

/* wall_known says that the wall time is vouched for (clock.h). */
typedef struct moment (*cache_clock_fn)(void);

struct cache_options {
    const char *directory; /* $STATE_DIRECTORY; NULL or "": no cache. Of
                              several, with colons, the first */
    const struct settings *settings; /* borrowed */
    cache_clock_fn clock;            /* NULL: the system's */
};

/* Reads the file, puts its records into `outbox` (borrowed), and writes what
 * comes later. NULL if there is to be no cache, or can be none, which is
 * logged. */
struct cache *
cache_create(struct loop *loop, struct outbox *outbox,
             const struct cache_options *options);

/* The wall clock was set: ages may have become known. Accepts NULL. */
void
cache_clock_set(struct cache *cache);

/* Writes what is new, then ends. Before outbox_destroy(). Accepts NULL. */
void
cache_destroy(struct cache *cache);

#endif
