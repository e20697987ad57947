/* Which mirror-fetch is to be used. */
#ifndef MIRROR_RENDER_SOURCE_PROGRAM_H
#define MIRROR_RENDER_SOURCE_PROGRAM_H

#include "common/paths.h"

struct source_program {
    char path[PATHS_MAX]; /* to be started; "": connect to `socket` instead */
    const char *socket;   /* borrowed from the environment, or NULL */
};

/* $MIRROR_FETCH_SOCKET, where a service manager starts it for each connection;
 * else the program $MIRROR_FETCH, or the one beside this program, or the one
 * in PATH. */
void
source_program_find(struct source_program *ret_program);

#endif
