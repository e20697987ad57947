/* Files that the config calls by name: themes and languages. */
#ifndef MIRROR_RENDER_NAMED_FILE_H
#define MIRROR_RENDER_NAMED_FILE_H

#include <stdbool.h>

#include "common/config.h"
#include "common/paths.h"
#include "model/record.h"

/* Of a name, with its end; a config takes no longer one. */
enum { NAMED_FILE_MAX = RECORD_NAME_MAX };

/*
 * Whether `dir` has a `name`.ini; `path` is where it would be. If not, the
 * complaint goes to config->errors, at the line of [section] key if the config
 * has it, with the nearest name that is there.
 */
bool
named_file_find(char path[PATHS_MAX], const char *dir, const char *name,
                struct config *config, const char *section, const char *key);

/* The first name of `dir` that comes behind `name` in the alphabet (by bytes),
 * else the first of all. False if there is none. */
bool
named_file_next(const char *dir, const char *name, char to[NAMED_FILE_MAX]);

#endif
