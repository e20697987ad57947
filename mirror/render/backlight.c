#include "render/backlight.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fb.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/log.h"
#include "common/str.h"

enum { NUMBER_MAX = 16 };

static bool
write_number(int lamp, const char *file, long number) {
    char text[NUMBER_MAX];
    int length = snprintf(text, sizeof text, "%ld\n", number);
    int fd = openat(lamp, file, O_WRONLY | O_CLOEXEC);
    bool ok;

    if (fd < 0) {
        return false;
    }
    ok = write(fd, text, (size_t)length) == length;
    close(fd);
    return ok;
}

static bool
read_number(int lamp, const char *file, long *ret_number) {
    char text[NUMBER_MAX];
    int fd = openat(lamp, file, O_RDONLY | O_CLOEXEC);
    ssize_t size;

    if (fd < 0) {
        return false;
    }
    size = read(fd, text, sizeof text - 1);
    close(fd);
    if (size <= 0) {
        return false;
    }
    text[size] = '\0';
    text[strcspn(text, "\n")] = '\0';
    errno = EINVAL; /* what the caller reports if it is no number */
    return str_to_long(text, ret_number);
}

static bool
set_power(int lamp, int on) {
    return write_number(lamp, "bl_power",
                        on != 0 ? FB_BLANK_UNBLANK : FB_BLANK_POWERDOWN);
}

static bool
set_brightness(int lamp, int percent) {
    long most;

    if (!read_number(lamp, "max_brightness", &most)) {
        return false;
    }
    if (most < 1 || most > 1000000) {
        errno = ERANGE;
        return false;
    }
    most = (most * percent + 50) / 100;
    return write_number(lamp, "brightness", most > 1 ? most : 1);
}

static int
for_each(const char *folder, bool (*set)(int lamp, int value), int value) {
    DIR *lamps = opendir(folder);
    const struct dirent *entry;
    int count = 0;

    if (lamps == NULL) {
        return 0;
    }
    while ((entry = readdir(lamps)) != NULL) {
        int lamp;

        if (entry->d_name[0] == '.') {
            continue;
        }
        lamp = openat(dirfd(lamps), entry->d_name,
                      O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (lamp >= 0 && set(lamp, value)) {
            count++;
        } else {
            log_warning_errno("backlight: %s", entry->d_name);
        }
        if (lamp >= 0) {
            close(lamp);
        }
    }
    closedir(lamps);
    return count;
}

int
backlight_set_power(const char *folder, bool on) {
    return for_each(folder, set_power, on);
}

int
backlight_set_brightness(const char *folder, int percent) {
    return for_each(folder, set_brightness, percent);
}
