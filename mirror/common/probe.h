/* Tries what a sandbox should forbid, one thing after the other, and says what
 * came of it: for --selftest. */
#ifndef MIRROR_COMMON_PROBE_H
#define MIRROR_COMMON_PROBE_H

#include <stddef.h>
#include <stdio.h>

struct probe {
    const char *what; /* "starting a program" */
    /* Tries it without harm. Returns less than 0 with errno set if that
     * failed; it was denied if errno is EPERM, EACCES or ENOSYS. */
    long (*attempt)(void);
};

/* What both programs have no use for: other programs, other processes'
 * memory, doors into the kernel, code that is made while running. */
extern const struct probe probes_common[];
extern const size_t probes_common_count;

/* Whether this kernel lets us have a socket like that; closes it. */
long
probe_socket(int family, int type);

/* Writes a line about each, "denied WHAT" or "OPEN WHAT", to `out`. Returns how
 * many were not denied. */
size_t
probe_all(FILE *out, const struct probe *probes, size_t count);

/* The last line of a self-test: how it ended, in one sentence. */
void
probe_sum_up(FILE *out, size_t tried, size_t not_denied);

#endif
