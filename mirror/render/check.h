/* mirror --check: everything that is wrong with a config, and nothing else. */
#ifndef MIRROR_RENDER_CHECK_H
#define MIRROR_RENDER_CHECK_H

#include <stdio.h>

#include "common/config.h"

enum { CHECK_GOOD = 0, CHECK_BAD = 78 }; /* EX_CONFIG of sysexits.h */

/*
 * Reads the config at `path` with the themes and the language it names, and
 * prints every problem to `out`, one a line. Returns CHECK_GOOD if there was
 * none, else CHECK_BAD.
 */
int
check_config(const char *path, const char *theme_dir, const char *lang_dir,
             FILE *out);

/* Prints the errors of `config`, which it orders by line, and how many more
 * there were. */
void
check_print(struct config *config, FILE *out);

#endif
