/* A fence around files: landlock(7), kernel 5.13 and later. It works without
 * privileges, also where no service manager puts up one. */
#ifndef MIRROR_FETCH_LANDLOCK_H
#define MIRROR_FETCH_LANDLOCK_H

#include <stdbool.h>
#include <stddef.h>

struct landlock_path {
    const char *path; /* a file, or a directory with all that is in it; one
                         that does not exist is passed over */
    bool changed;     /* else only read */
};

/* The version that the kernel has; 0: none. */
int
landlock_version(void);

/*
 * From now on nothing but `paths` can be opened, no port can be bound, and as
 * far as this kernel can (6.12) no abstract socket outside be reached and no
 * process outside be signalled. What is open stays open. prctl(2)'s
 * no_new_privs has to be set. Returns 0, or errno with nothing changed: ENOSYS
 * or EOPNOTSUPP where there is no Landlock.
 */
int
landlock_apply(const struct landlock_path *paths, size_t count);

#endif
