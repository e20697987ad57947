/*
 * The config file: INI, read with inih into a flat list that keeps the line
 * of every entry. What the entries mean is the business of the tables
 * (option.h); this module judges syntax, sections and keys and collects
 * every complaint, not only the first.
 */
#ifndef MIRROR_COMMON_CONFIG_H
#define MIRROR_COMMON_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/log.h"
#include "common/option.h"

enum {
    CONFIG_FILE_MAX = 256 * 1024, /* bytes */
    CONFIG_ERRORS_MAX = 100,      /* kept; more are only counted */
};

struct config_entry {
    int line;
    const char *key;   /* owned by the config; "" for a bare [section] */
    const char *value; /* owned by the config */
};

/* One [kind name] section; a section that is opened twice is one. */
struct config_section {
    int line;
    const char *kind;             /* owned: the first word in the brackets */
    const char *name;             /* owned: the words behind it, or "" */
    struct config_entry *entries; /* owned, in the order of the file */
    size_t entry_count;
};

struct config {
    char *path;                      /* owned */
    struct config_section *sections; /* owned, in the order of the file */
    size_t section_count;
    char **errors; /* owned: "mirror.conf:12: [weather] every: ..." */
    size_t error_count;
};

/* Reads `path`. Returns false, with the reason among the errors, if the file
 * cannot be read or is too large; a file with bad lines still loads, with the
 * bad lines among the errors. config_finish() either way. */
bool
config_load(struct config *config, const char *path);

/* The same from memory; `path` only names it in messages. */
bool
config_load_text(struct config *config, const char *path, const char *text,
                 size_t size);

/* Accepts a zeroed config. */
void
config_finish(struct config *config);

/* Adds "path:line: [kind name] key: text" to the errors. `section` may be NULL
 * (no section), `key` may be NULL (no key), `line` 0 (no line). */
void
config_fail(struct config *config, int line,
            const struct config_section *section, const char *key,
            const char *fmt, ...) PRINTF_LIKE(5, 6);

/* NULL if there is none. */
const struct config_section *
config_find(const struct config *config, const char *kind, const char *name);

/*
 * Applies a section's entries to `base` (defaults first): unknown keys with
 * the nearest known one, a key given twice, and bad values become errors.
 * Returns whether all of them were good; `section` may be NULL for "only the
 * defaults".
 */
bool
config_apply(struct config *config, const struct config_section *section,
             const struct option *options, void *base);

#endif
