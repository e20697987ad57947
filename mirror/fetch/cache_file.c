#include "fetch/cache_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/log.h"
#include "common/xalloc.h"
#include "fetch/cache_format.h"

int
cache_file_open_directory(const char *path) {
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (directory < 0) {
        log_warning_errno("cache: going on without: %s", path);
    }
    return directory;
}

bool
cache_file_lock(int directory) {
    /* A file system that has no locks has no second mirror either. */
    return flock(directory, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

static ssize_t
read_all(int fd, uint8_t *bytes, size_t size) {
    size_t done = 0;

    while (done < size) {
        ssize_t got = read(fd, bytes + done, size - done);

        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return -1;
        }
        if (got == 0) {
            break;
        }
        done += (size_t)got;
    }
    return (ssize_t)done;
}

static const char *
read_open(int fd, uint8_t **ret_bytes, size_t *ret_size) {
    struct stat state;
    uint8_t *bytes;
    ssize_t got;

    if (fstat(fd, &state) != 0) {
        return strerror(errno);
    }
    if (!S_ISREG(state.st_mode)) {
        return "no plain file";
    }
    if (state.st_uid != geteuid()) {
        return "of another user";
    }
    if (state.st_size > CACHE_FILE_MAX) {
        return "too large";
    }
    bytes = xcalloc(1, (size_t)state.st_size + 1);
    got = read_all(fd, bytes, (size_t)state.st_size);
    if (got < 0) {
        free(bytes);
        return strerror(errno);
    }
    *ret_bytes = bytes;
    *ret_size = (size_t)got;
    return NULL;
}

const char *
cache_file_read(int directory, uint8_t **ret_bytes, size_t *ret_size) {
    /* Without O_NONBLOCK a pipe there would be waited for. */
    int fd = openat(directory, CACHE_FILE_NAME,
                    O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY);
    const char *wrong;

    *ret_bytes = NULL;
    *ret_size = 0;
    if (fd < 0) {
        return errno == ENOENT  ? NULL
               : errno == ELOOP ? "a symbolic link"
                                : strerror(errno);
    }
    wrong = read_open(fd, ret_bytes, ret_size);
    close(fd);
    return wrong;
}

bool
cache_file_set_aside(int directory) {
    if (unlinkat(directory, CACHE_FILE_BAD, 0) != 0 && errno == EISDIR) {
        unlinkat(directory, CACHE_FILE_BAD, AT_REMOVEDIR);
    }
    return renameat(directory, CACHE_FILE_NAME, directory, CACHE_FILE_BAD) == 0;
}

static bool
write_all(int fd, const uint8_t *bytes, size_t size) {
    while (size > 0) {
        ssize_t put = write(fd, bytes, size);

        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return false;
        }
        bytes += put;
        size -= (size_t)put;
    }
    return true;
}

/* The descriptor is closed in any case. */
static bool
fill(int fd, const uint8_t *bytes, size_t size) {
    bool good = write_all(fd, bytes, size) && fsync(fd) == 0;
    int error = errno;

    if (close(fd) != 0 && good) {
        return false;
    }
    errno = error;
    return good;
}

/* What a crash left behind is nobody's: we hold the lock. */
static int
create_temp(int directory) {
    if (unlinkat(directory, CACHE_FILE_TEMP, 0) != 0 && errno != ENOENT) {
        return -1;
    }
    return openat(directory, CACHE_FILE_TEMP,
                  O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                  S_IRUSR | S_IWUSR);
}

bool
cache_file_write(int directory, const uint8_t *bytes, size_t size) {
    int fd = create_temp(directory);

    if (fd < 0) {
        return false;
    }
    if (!fill(fd, bytes, size) ||
        renameat(directory, CACHE_FILE_TEMP, directory, CACHE_FILE_NAME) != 0) {
        int error = errno;

        unlinkat(directory, CACHE_FILE_TEMP, 0);
        errno = error;
        return false;
    }
    return fsync(directory) == 0;
}
