/*
 * How often the cache may be written: a card has a few thousand writes in
 * each of its cells, and years to live. At most one write in 15 minutes, which
 * is 96 a day, and at most 4 a day sooner than that, for the program's ends;
 * counted across its runs.
 */
#ifndef MIRROR_FETCH_CACHE_WEAR_H
#define MIRROR_FETCH_CACHE_WEAR_H

#include <stdbool.h>
#include <stdint.h>

enum {
    CACHE_SETTLE_S = 30, /* news rarely come alone */
    CACHE_APART_S = 15 * 60,
    CACHE_DAY_S = 24 * 3600,
    CACHE_EARLY_MAX = 4, /* a day */
};

/* Times are monotonic ms. Zeroed: nothing was ever written. */
struct cache_wear {
    bool written;
    int64_t last_ms;   /* of the last write */
    int64_t window_ms; /* when the day began */
    uint32_t early;    /* writes of that day, sooner than CACHE_APART_S */
};

/* When to write news that come at now_ms. */
int64_t
cache_wear_due_ms(const struct cache_wear *wear, int64_t now_ms);

/* Whether a write is allowed at once, as the program ends. */
bool
cache_wear_allows(const struct cache_wear *wear, int64_t now_ms);

/* Counts a write, or a try to. */
void
cache_wear_count(struct cache_wear *wear, int64_t now_ms);

#endif
