#include "render/named_file.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/log.h"
#include "common/str.h"

enum { DISTANCE_MAX = 2 };

static const char suffix[] = ".ini";

/* "dark" of "dark.ini"; false for other files. */
static bool
stem_of(const char *file, char to[NAMED_FILE_MAX]) {
    size_t length = strlen(file);
    size_t tail = sizeof suffix - 1;

    if (length <= tail || length - tail >= NAMED_FILE_MAX ||
        strcmp(file + length - tail, suffix) != 0) {
        return false;
    }
    memcpy(to, file, length - tail);
    to[length - tail] = '\0';
    return true;
}

/* The nearest name, the first in the alphabet of those as near; "" if none is
 * near. */
static void
find_nearest(const char *dir, const char *name, char nearest[NAMED_FILE_MAX]) {
    DIR *list = opendir(dir);
    const struct dirent *entry;
    char stem[NAMED_FILE_MAX];
    int best = DISTANCE_MAX + 1;

    nearest[0] = '\0';
    while (list != NULL && (entry = readdir(list)) != NULL) {
        int away;

        if (!stem_of(entry->d_name, stem)) {
            continue;
        }
        away = str_distance(stem, name);
        if (away >= (int)strlen(stem)) {
            continue; /* nothing of it is left */
        }
        if (away < best || (away == best && away <= DISTANCE_MAX &&
                            strcmp(stem, nearest) < 0)) {
            best = away;
            memcpy(nearest, stem, sizeof stem);
        }
    }
    if (list != NULL) {
        closedir(list);
    }
}

static int
line_of(const struct config_section *section, const char *key) {
    for (size_t i = 0; section != NULL && i < section->entry_count; i++) {
        if (strcmp(section->entries[i].key, key) == 0) {
            return section->entries[i].line;
        }
    }
    return 0;
}

bool
named_file_find(char path[PATHS_MAX], const char *dir, const char *name,
                struct config *config, const char *section, const char *key) {
    int length = snprintf(path, PATHS_MAX, "%s/%s%s", dir, name, suffix);
    const struct config_section *at = config_find(config, section, "");
    char nearest[NAMED_FILE_MAX], safe[LOG_TEXT_MAX];

    if (length > 0 && length < PATHS_MAX && access(path, F_OK) == 0) {
        return true;
    }
    find_nearest(dir, name, nearest);
    log_escape(safe, name);
    if (nearest[0] != '\0' && strcmp(nearest, name) != 0) {
        config_fail(config, line_of(at, key), at, key,
                    "there is no '%s'; did you mean '%s'?", safe, nearest);
    } else {
        config_fail(config, line_of(at, key), at, key, "there is no '%s' in %s",
                    safe, dir);
    }
    return false;
}

bool
named_file_next(const char *dir, const char *name, char to[NAMED_FILE_MAX]) {
    DIR *list = opendir(dir);
    const struct dirent *entry;
    char stem[NAMED_FILE_MAX], first[NAMED_FILE_MAX] = "";

    to[0] = '\0';
    while (list != NULL && (entry = readdir(list)) != NULL) {
        if (!stem_of(entry->d_name, stem)) {
            continue;
        }
        if (first[0] == '\0' || strcmp(stem, first) < 0) {
            memcpy(first, stem, sizeof first);
        }
        if (strcmp(stem, name) > 0 && (to[0] == '\0' || strcmp(stem, to) < 0)) {
            memcpy(to, stem, sizeof stem);
        }
    }
    if (list != NULL) {
        closedir(list);
    }
    if (to[0] == '\0') {
        memcpy(to, first, sizeof first);
    }
    return to[0] != '\0';
}
