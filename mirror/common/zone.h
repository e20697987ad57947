/*
 * The file that the system's time zone is read from. The C library reads it
 * once; a mirror runs for years, in which people move and parliaments change
 * their minds.
 */
#ifndef MIRROR_COMMON_ZONE_H
#define MIRROR_COMMON_ZONE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Which file it was when last looked at. Zeroed: not looked at yet. */
struct zone_file {
    bool looked, there;
    dev_t device;
    ino_t inode;
    int64_t written_s;
    long written_ns;
};

/*
 * Has the C library read the zone anew if its file has been replaced, removed
 * or written since the last call with the same `file`; returns whether. The
 * first call only looks. It costs one stat() and allocates nothing while
 * nothing changes.
 */
bool
zone_refresh(struct zone_file *file);

#endif
