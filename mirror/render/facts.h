/*
 * What the mirror knows: the last good record of each source, how the source
 * is doing, and how old what it said is. Ages count on the monotonic clock
 * from the moment a packet came, so a step of the wall clock changes none.
 */
#ifndef MIRROR_RENDER_FACTS_H
#define MIRROR_RENDER_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/lights.h"
#include "model/message.h"
#include "model/status.h"
#include "model/todo.h"
#include "model/values.h"
#include "model/weather.h"

enum { FACTS_MAX = 32 }; /* records kept: one for each kind and name */

enum freshness {
    FACT_NONE,  /* never heard: "—" */
    FACT_OLD,   /* too old to show values: "since 14:05" */
    FACT_STALE, /* shown dimmed, with its age */
    FACT_FRESH,
};

struct fact {
    const void *record; /* borrowed until the next facts_put(); NULL: none */
    bool memory;        /* pushed, but recalled from an earlier run */
    bool live;          /* the source pushes, is connected and says so now */
    int64_t age_s;      /* 0 while live; -1: unknown */
    enum source_state state; /* of its source */
};

struct facts;

/* Nothing known yet. */
struct facts *
facts_create(void);
void
facts_destroy(struct facts *facts);

/* Takes a checked record (copied). Returns whether anything that can be seen
 * may have changed. RECORD_STATUS updates the sources. A recalled record never
 * takes the place of one that a source sent, nor of a younger one. */
bool
facts_put(struct facts *facts, enum record_kind kind, const void *record,
          int64_t mono_ms);

/* The fetcher is gone, or is back: while it is gone nothing is live, and every
 * source counts as offline since then. */
void
facts_set_connected(struct facts *facts, bool connected, int64_t mono_ms);
bool
facts_connected(const struct facts *facts);

/* The fact of `kind` whose record has `name` ("" for those without). */
struct fact
facts_get(const struct facts *facts, enum record_kind kind, const char *name,
          int64_t mono_ms);

/* How a source is doing; NULL if nobody spoke of it. `index` counts from 0. */
const struct source_status *
facts_source(const struct facts *facts, size_t index);
const struct source_status *
facts_find_source(const struct facts *facts, const char *source);

/* FRESH up to `stale_s`, STALE up to `old_s`, then OLD; an unknown age is
 * STALE. A live fact is FRESH, a memory at most STALE. */
enum freshness
fact_freshness(const struct fact *fact, int64_t stale_s, int64_t old_s);

/* Monotonic ms at which fact_freshness() next changes by itself, or
 * CLOCK_NEVER. */
int64_t
fact_changes_ms(const struct fact *fact, int64_t stale_s, int64_t old_s,
                int64_t mono_ms);

#endif
