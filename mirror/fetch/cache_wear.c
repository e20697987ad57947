#include "fetch/cache_wear.h"

static bool
is_early(const struct cache_wear *wear, int64_t now_ms) {
    return wear->written && now_ms - wear->last_ms < CACHE_APART_S * 1000;
}

static bool
is_new_day(const struct cache_wear *wear, int64_t now_ms) {
    return now_ms - wear->window_ms >= CACHE_DAY_S * 1000;
}

int64_t
cache_wear_due_ms(const struct cache_wear *wear, int64_t now_ms) {
    int64_t due_ms = now_ms + CACHE_SETTLE_S * 1000;

    if (is_early(wear, due_ms)) {
        return wear->last_ms + CACHE_APART_S * 1000;
    }
    return due_ms;
}

bool
cache_wear_allows(const struct cache_wear *wear, int64_t now_ms) {
    return !is_early(wear, now_ms) || is_new_day(wear, now_ms) ||
           wear->early < CACHE_EARLY_MAX;
}

void
cache_wear_count(struct cache_wear *wear, int64_t now_ms) {
    if (!wear->written || is_new_day(wear, now_ms)) {
        wear->window_ms = now_ms;
        wear->early = 0;
    }
    wear->early += is_early(wear, now_ms);
    wear->last_ms = now_ms;
    wear->written = true;
}
