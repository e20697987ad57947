#include "fetch/schedule.h"

#include <limits.h>

static const int64_t minute_ms = 60 * 1000;
static const int64_t hour_ms = 60 * 60 * 1000;

void
backoff_reset(struct backoff *backoff) {
    backoff->failures = 0;
}

/* Counts one more failure; returns how many there were before it. */
static unsigned
count_failure(struct backoff *backoff) {
    unsigned before = backoff->failures;

    if (before < UINT_MAX) {
        backoff->failures++;
    }
    return before;
}

/* `base` less or more a fifth: a network that comes back is not met by
 * everybody at once. */
static int64_t
jitter(int64_t base, uint32_t random) {
    int64_t width = base * 2 / 5;

    return base - width / 2 + width * (int64_t)random / UINT32_MAX;
}

/* At least `base`, and up to a fifth more: where a server named the time. */
static int64_t
jitter_up(int64_t base, uint32_t random) {
    return base + base / 5 * (int64_t)random / UINT32_MAX;
}

static int64_t
doubled(int64_t first, int64_t most, unsigned times) {
    while (times > 0 && first < most) {
        first *= 2;
        times--;
    }
    return first < most ? first : most;
}

int64_t
backoff_hub_ms(struct backoff *backoff, enum source_state state,
               uint32_t random) {
    if (state == SOURCE_REFUSED) {
        return SCHEDULE_NEVER;
    }
    return jitter(doubled(1000, 5000, count_failure(backoff)), random);
}

/* The wait that fits what went wrong, before jitter. */
static int64_t
weather_base_ms(enum source_state state, unsigned failures) {
    switch (state) {
    case SOURCE_BAD_REPLY:
    case SOURCE_TOO_BIG:
    case SOURCE_CERTIFICATE: return doubled(15 * 1000, 5 * minute_ms, failures);
    case SOURCE_LIMIT: return doubled(30 * minute_ms, 6 * hour_ms, failures);
    case SOURCE_CONFIG: return failures == 0 ? hour_ms : 6 * hour_ms;
    default: return doubled(1000, minute_ms, failures);
    }
}

int64_t
backoff_weather_ms(struct backoff *backoff, enum source_state state,
                   int retry_after_s, uint32_t random) {
    static const int64_t asked_max_ms = 24 * 60 * 60 * 1000;
    int64_t asked_ms = (int64_t)retry_after_s * 1000;
    int64_t base_ms;
    unsigned failures;

    if (state == SOURCE_REFUSED) {
        return SCHEDULE_NEVER;
    }
    failures = count_failure(backoff);
    base_ms = weather_base_ms(state, failures);
    if (asked_ms > asked_max_ms) {
        asked_ms = asked_max_ms;
    }
    if (retry_after_s >= 0 && state == SOURCE_LIMIT) {
        base_ms = doubled(1000, 5 * minute_ms, failures);
        return jitter_up(asked_ms > base_ms ? asked_ms : base_ms, random);
    }
    if (asked_ms > base_ms) {
        return jitter_up(asked_ms, random);
    }
    return jitter(base_ms, random);
}

int64_t
schedule_poll_ms(int poll_s, int64_t wall_s, uint32_t random) {
    /* A minute, and the parts of a second that both sums leave out. */
    enum { HOUR_S = 3600, CLEAR_S = 62, SPREAD_S = 176 };
    int64_t delay_ms = jitter_up((int64_t)poll_s * 1000, random);
    int64_t due_s = wall_s + delay_ms / 1000;
    int64_t past_s = due_s % HOUR_S; /* since the last full hour */

    if (past_s > HOUR_S - CLEAR_S) {
        past_s -= HOUR_S;
    }
    if (past_s < CLEAR_S) {
        delay_ms += (CLEAR_S - past_s + random % (SPREAD_S + 1)) * 1000;
    }
    return delay_ms;
}
