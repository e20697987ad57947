/* The system calls of mirror-fetch; see sandbox.h. */
#ifndef MIRROR_FETCH_SANDBOX_CALLS_H
#define MIRROR_FETCH_SANDBOX_CALLS_H

#include <stdbool.h>

/* Allows those of the list from now on, and with `writes` what the cache
 * needs. Returns 0 or errno, with nothing changed. */
int
sandbox_limit_calls(bool writes);

#endif
