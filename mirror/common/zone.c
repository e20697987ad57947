#include "common/zone.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "common/str.h"

#define SYSTEM_ZONE "/etc/localtime"
#define ZONE_FOLDER "/usr/share/zoneinfo"

/* As tzset(3) looks for it. A rule that names no file gives a path where there
 * is none, which does not change either. */
static void
zone_path(char path[PATH_MAX]) {
    const char *zone = getenv("TZ");
    const char *folder = getenv("TZDIR");

    if (zone == NULL) {
        str_copy(path, PATH_MAX, SYSTEM_ZONE);
        return;
    }
    if (zone[0] == ':') {
        zone++;
    }
    if (zone[0] == '/') {
        str_copy(path, PATH_MAX, zone);
        return;
    }
    snprintf(path, PATH_MAX, "%s/%s", folder != NULL ? folder : ZONE_FOLDER,
             zone);
}

static struct zone_file
look(void) {
    struct zone_file file = {.looked = true};
    char path[PATH_MAX];
    struct stat info;

    zone_path(path);
    if (stat(path, &info) == 0) {
        file.there = true;
        file.device = info.st_dev;
        file.inode = info.st_ino;
        file.written_s = info.st_mtim.tv_sec;
        file.written_ns = info.st_mtim.tv_nsec;
    }
    return file;
}

static bool
same(const struct zone_file *a, const struct zone_file *b) {
    return a->there == b->there && a->device == b->device &&
           a->inode == b->inode && a->written_s == b->written_s &&
           a->written_ns == b->written_ns;
}

/* tzset() does nothing while TZ is what it was: so it is something else for a
 * moment. */
static void
read_again(void) {
    const char *own = getenv("TZ");
    char zone[PATH_MAX];

    str_copy(zone, sizeof zone, own != NULL ? own : "");
    setenv("TZ", "UTC0", 1);
    tzset();
    if (own != NULL) {
        setenv("TZ", zone, 1);
    } else {
        unsetenv("TZ");
    }
    tzset();
}

bool
zone_refresh(struct zone_file *file) {
    struct zone_file now = look();
    bool changed = file->looked && !same(file, &now);

    *file = now;
    if (changed) {
        read_again();
    }
    return changed;
}
