/*
 * The only place that asks the system for the time. Everything else gets its
 * time as an argument, so that a test can be any hour of any day.
 *
 * Deadlines, ages and back-off are monotonic; only what is displayed is wall
 * time.
 */
#ifndef MIRROR_COMMON_CLOCK_H
#define MIRROR_COMMON_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* One instant, taken once per turn of the loop. */
struct moment {
    int64_t wall_ms; /* since 1970-01-01T00:00:00Z */
    int64_t mono_ms; /* since an unspecified start; never steps */
    bool wall_known; /* false: the clock was never set; show no time of day */
};

/* CLOCK_BOOTTIME, so that a suspended machine does not look fresh. */
int64_t
clock_monotonic_ms(void);

/* Wall time counts as known from 2024-01-01 on: a Pi without a clock chip
 * starts in 1970 or where it was switched off. */
struct moment
clock_now(void);

/*
 * Whether somebody vouches for the wall time: the kernel says that it is kept
 * in step with others, or systemd-timesyncd has done so since the machine was
 * started. Without a clock chip it otherwise begins where it was when the
 * machine was switched off, be that minutes or months ago.
 */
bool
clock_is_vouched(void);

#define CLOCK_NEVER INT64_MAX /* "no deadline" for wall and monotonic ms */

#endif
