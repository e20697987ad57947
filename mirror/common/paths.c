#include "common/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/log.h"

/* "base/name"; false if that is too long for a path. */
static bool
join(char path[PATHS_MAX], const char *base, const char *name) {
    int length = snprintf(path, PATHS_MAX, "%s/%s", base, name);

    return length > 0 && length < PATHS_MAX;
}

static bool
is_directory(const char *base, const char *name) {
    char path[PATHS_MAX];
    struct stat info;

    return join(path, base, name) && stat(path, &info) == 0 &&
           S_ISDIR(info.st_mode);
}

/* Cuts the last part off; false at the root. */
static bool
go_up(char *path) {
    char *slash = strrchr(path, '/');

    if (slash == NULL || slash == path) {
        return false;
    }
    *slash = '\0';
    return true;
}

static bool
program_directory(char path[PATHS_MAX]) {
    ssize_t length = readlink("/proc/self/exe", path, PATHS_MAX - 1);

    if (length <= 0 || length == PATHS_MAX - 1) {
        return false;
    }
    path[length] = '\0';
    return go_up(path);
}

/* The source tree around `directory`, which is overwritten with it. */
static bool
find_tree(char directory[PATHS_MAX]) {
    for (int level = 0; level < 3 && go_up(directory); level++) {
        if (is_directory(directory, "fonts") &&
            is_directory(directory, "themes")) {
            return true;
        }
    }
    return false;
}

/* Fills `path` with the directory that is `installed` below share/mirror and
 * `source` in the source tree. */
static bool
find_data(char path[PATHS_MAX], const char *installed, const char *source) {
    const char *data = getenv("MIRROR_DATA");
    char base[PATHS_MAX];
    char share[PATHS_MAX];

    if (data != NULL && *data != '\0') {
        if (is_directory(data, installed)) {
            return join(path, data, installed);
        }
        log_error("paths: no %s in MIRROR_DATA", installed);
        return false;
    }
    if (program_directory(base)) {
        if (join(share, base, "../share/mirror") &&
            is_directory(share, installed)) {
            return join(path, share, installed);
        }
        if (find_tree(base) && is_directory(base, source)) {
            return join(path, base, source);
        }
    }
    log_error("paths: no %s beside the program", installed);
    return false;
}

bool
paths_fonts(char path[PATHS_MAX]) {
    return find_data(path, "fonts", "fonts");
}

bool
paths_themes(char path[PATHS_MAX]) {
    return find_data(path, "themes", "themes");
}

bool
paths_lang(char path[PATHS_MAX]) {
    return find_data(path, "lang", "mirror/lang");
}

bool
paths_demo(char path[PATHS_MAX]) {
    return find_data(path, "demo", "tests/hub");
}

bool
paths_program(char path[PATHS_MAX], const char *name) {
    char base[PATHS_MAX];

    return program_directory(base) && join(path, base, name);
}
