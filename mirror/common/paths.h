/*
 * Where the files lie that come with the programs. The first that is there:
 *
 *   $MIRROR_DATA
 *   ../share/mirror beside the program's directory (installed)
 *   the source tree around the program: at most three levels up, a directory
 *   with fonts/ and themes/
 */
#ifndef MIRROR_COMMON_PATHS_H
#define MIRROR_COMMON_PATHS_H

#include <stdbool.h>

enum { PATHS_MAX = 4096 };

/* Each fills `path` with a directory, without a slash at its end, and returns
 * false, having logged what was looked for, if there is none. */
bool
paths_fonts(char path[PATHS_MAX]);
bool
paths_themes(char path[PATHS_MAX]);
bool
paths_lang(char path[PATHS_MAX]);

/* The demo hub: hub.py and its scenarios. */
bool
paths_demo(char path[PATHS_MAX]);

/* A program beside this one ("mirror-fetch"); false if this one's own place is
 * unknown. Whether it is there is found out by starting it. */
bool
paths_program(char path[PATHS_MAX], const char *name);

#endif
