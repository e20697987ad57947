/* Hours of the day, as the config gives them. */
#ifndef MIRROR_RENDER_HOURS_H
#define MIRROR_RENDER_HOURS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/option.h"

/* Twice a year an hour is missing or comes twice: so one looks once an hour. */
enum { HOURS_LOOK_MS = 3600 * 1000 };

/* Whether this wall time, in the zone of the system, is within the hours; equal
 * ends are the whole day. *ret_wait_ms is how long that surely stays so, at
 * most HOURS_LOOK_MS, or CLOCK_NEVER. */
bool
hours_hold(const struct option_hours *hours, int64_t wall_ms,
           int64_t *ret_wait_ms);

#endif
