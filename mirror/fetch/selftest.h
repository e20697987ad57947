/* mirror-fetch --selftest: whether the sandbox holds on this machine. */
#ifndef MIRROR_FETCH_SELFTEST_H
#define MIRROR_FETCH_SELFTEST_H

#include <stdbool.h>

/* In the sandbox (see sandbox.h) already: tries what it should forbid and
 * prints a line about each. Returns whether everything was denied. */
bool
selftest_run(void);

#endif
