/* Hours of the day, as the config gives them. */
#ifndef MIRROR_RENDER_HOURS_H
#define MIRROR_RENDER_HOURS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/option.h"

/* Whether this wall time, in the zone of the system, is within the hours; equal
 * ends are the whole day. *ret_wait_ms is how long that surely stays so, at
 * most an hour, or CLOCK_NEVER. */
bool
hours_hold(const struct option_hours *hours, int64_t wall_ms,
           int64_t *ret_wait_ms);

#endif
