/* The syntax of config.h's files. Private to config*.c. */
#ifndef MIRROR_COMMON_CONFIG_PARSE_H
#define MIRROR_COMMON_CONFIG_PARSE_H

#include "common/config.h"

/* Adds the sections and entries of `text` to `config`, and every line that is
 * neither to its errors. */
void
config_parse(struct config *config, const char *text, size_t size);

#endif
