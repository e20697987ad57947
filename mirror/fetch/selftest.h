/* mirror-fetch --selftest: whether the sandbox holds on this machine. */
#ifndef MIRROR_FETCH_SELFTEST_H
#define MIRROR_FETCH_SELFTEST_H

#include <stdbool.h>

/* Called first: for root, whom file modes do not bind, the test is made as the
 * user nobody, as the program itself never runs as root. */
void
selftest_become_user(void);

/* In the sandbox (see sandbox.h) already: tries what it should forbid and
 * prints a line about each. Returns whether everything was denied. */
bool
selftest_run(void);

#endif
