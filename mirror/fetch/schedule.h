/*
 * When to try again. Pure functions of what happened and a random number, so
 * that a test can hold every schedule in its hand.
 */
#ifndef MIRROR_FETCH_SCHEDULE_H
#define MIRROR_FETCH_SCHEDULE_H

#include <stdint.h>

#include "model/status.h"

enum schedule_never { SCHEDULE_NEVER = -1 };

struct backoff {
    unsigned failures; /* in a row */
};

/* After success. */
void
backoff_reset(struct backoff *backoff);

/*
 * Milliseconds until the next try at a peer on the LAN: 1, 2, 4, 5, 5 ... s, all
 * with 20 % of jitter either way, so it is back within 10 s of its return.
 * SCHEDULE_NEVER for REFUSED (until the config changes). `random` is any
 * 32-bit number.
 */
int64_t
backoff_hub_ms(struct backoff *backoff, enum source_state state,
               uint32_t random);

/*
 * The same for the weather host: offline 1 s doubling to 60 s; when the server
 * itself refuses or breaks (BAD_REPLY, TOO_BIG, 5xx) 15 s doubling to 5 min;
 * CONFIG 1 h, then 6 h; LIMIT `retry_after_s`, but at least 1 s doubling to
 * 5 min, else 30 min doubling to 6 h; REFUSED never.
 */
int64_t
backoff_weather_ms(struct backoff *backoff, enum source_state state,
                   int retry_after_s, uint32_t random);

/* The next regular poll: `poll_s` and up to 20 % more, moved by up to five
 * minutes where it would fall within 60 s of a full hour of `wall_s`. */
int64_t
schedule_poll_ms(int poll_s, int64_t wall_s, uint32_t random);

#endif
