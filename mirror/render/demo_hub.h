/* The bundled hub of --demo, as a child process on loopback. */
#ifndef MIRROR_RENDER_DEMO_HUB_H
#define MIRROR_RENDER_DEMO_HUB_H

#include <stdbool.h>
#include <sys/types.h>

#include "common/paths.h"

struct demo_hub {
    pid_t pid;                   /* 0: none */
    int input;                   /* its standard input: it ends with that */
    char directory[PATHS_MAX];   /* temporary; "": none */
    char config_path[PATHS_MAX]; /* in there: a config for this hub */
};

/* Starts the hub with the scenario of `demo_dir` and waits until it is ready.
 * False, having logged why; demo_hub_stop() either way. */
bool
demo_hub_start(struct demo_hub *hub, const char *demo_dir);

/* Ends it and removes its files. */
void
demo_hub_stop(struct demo_hub *hub);

#endif
