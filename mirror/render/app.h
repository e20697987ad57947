/*
 * The running mirror: one loop that owns the config, the facts, the fetcher,
 * the picture and the screen. It sleeps until a fact, a minute, a person or
 * the system clock changes a pixel.
 */
#ifndef MIRROR_RENDER_APP_H
#define MIRROR_RENDER_APP_H

#include <stdbool.h>

#include "model/settings.h"

struct app_options {
    const char *config_path; /* borrowed; also mirror-fetch gets it */
    bool window;             /* a window, and the config is watched */
    int width, height;       /* of the window, px; 0: 1280x720 */
    int driver;              /* enum settings_driver; AUTO: the config says */
    bool one_try;            /* without a display give up at once */
};

/* Runs until a signal, the window's end or a failure. Returns the exit code
 * (usage.h); EXIT_NO_DISPLAY after a minute without a display at the start. */
int
app_run(const struct app_options *options);

#endif
