/*
 * The config file: INI, read into a flat list that keeps the line of every
 * entry. What the entries mean is the business of the tables (option.h); this
 * module judges syntax, sections and keys and collects every complaint, not
 * only the first.
 *
 *   [kind name]            a section; one that is opened twice is one
 *   key = value            blanks around both are dropped
 *   key = A, B,            a value that ends in a comma goes on in the next
 *         C                line
 *   # or ; comment         alone, or behind a blank; a value may begin with #
 *
 * The syntax is read here rather than by inih, the usual library: Debian
 * builds that to cut lines at 200 bytes without a word (one list of items is
 * longer), to report only the first bad line, to pass no line numbers and to
 * say nothing about a section without keys.
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
    CONFIG_LINE_MAX = 4096 + 256, /* bytes; the longest list, and its key */
    CONFIG_SECTIONS_MAX = 256,
    CONFIG_ERRORS_MAX = 1000, /* kept; more are only counted */
};

struct config_entry {
    int line;
    const char *key;   /* owned by the config */
    const char *value; /* owned by the config; "" if nothing was given */
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
    size_t errors_dropped; /* beyond CONFIG_ERRORS_MAX */
    bool unread; /* by a fault of the system: another try may go better */
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

/* Moves the errors of `from`, which name their own file, behind those of
 * `to`. */
void
config_take_errors(struct config *to, struct config *from);

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

/* The same over what `base` holds already: a theme over the one it starts
 * from. */
bool
config_apply_over(struct config *config, const struct config_section *section,
                  const struct option *options, void *base);

#endif
