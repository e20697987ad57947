/* What the tests of themes share. */
#ifndef TESTS_UNIT_THEME_RIG_H
#define TESTS_UNIT_THEME_RIG_H

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

/* Writes a theme file and returns its path, to be freed and removed. */
static inline char *
write_theme(const char *text) {
    char *path = strdup("/tmp/mirror-theme-XXXXXX");
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    return path;
}

#endif
