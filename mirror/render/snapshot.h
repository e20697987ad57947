/* One picture into a file, without a display. */
#ifndef MIRROR_RENDER_SNAPSHOT_H
#define MIRROR_RENDER_SNAPSHOT_H

#include <stdbool.h>
#include <stdint.h>

enum { SNAPSHOT_WIDTH = 1920, SNAPSHOT_HEIGHT = 1080 };

struct snapshot {
    const char *config_path;
    const char *picture_path; /* PNG */
    const char *scene_path;   /* JSON; NULL: none */
    int width, height;        /* px; 0: 1920x1080 */
    bool has_at;
    int64_t at_s; /* the wall clock on the picture, UTC; else now */
    int wait_s;   /* for sources that have not delivered */
};

/* Draws when every source has delivered or after wait_s. The same records and
 * the same `at_s` make the same bytes. Returns the exit code (usage.h). */
int
snapshot_take(const struct snapshot *snapshot);

#endif
