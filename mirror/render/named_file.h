/* Files that the config calls by name: themes and languages. */
#ifndef MIRROR_RENDER_NAMED_FILE_H
#define MIRROR_RENDER_NAMED_FILE_H

#include <stdbool.h>

#include "common/config.h"
#include "common/paths.h"

/*
 * Whether `dir` has a `name`.ini; `path` is where it would be. If not, the
 * complaint goes to config->errors, at the line of [section] key if the config
 * has it, with the nearest name that is there.
 */
bool
named_file_find(char path[PATHS_MAX], const char *dir, const char *name,
                struct config *config, const char *section, const char *key);

#endif
