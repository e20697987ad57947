/* By number, as glibc has no functions for it, and with names of our own for
 * what is newer than Debian 12's headers: the kernel's interface is from
 * Documentation/userspace-api/landlock.rst. */
#include "fetch/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* struct landlock_ruleset_attr of version 6. */
struct ruleset {
    uint64_t files;
    uint64_t ports;
    uint64_t scopes;
};

enum {
    VERSION_RENAME = 2, /* to another directory */
    VERSION_TRUNCATE = 3,
    VERSION_PORTS = 4,
    VERSION_IOCTL = 5,
    VERSION_SCOPES = 6,

    TRUNCATE = 1 << 14,       /* LANDLOCK_ACCESS_FS_TRUNCATE */
    IOCTL_DEV = 1 << 15,      /* LANDLOCK_ACCESS_FS_IOCTL_DEV */
    BIND_TCP = 1 << 0,        /* LANDLOCK_ACCESS_NET_BIND_TCP */
    SCOPES = 1 << 0 | 1 << 1, /* LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET, _SIGNAL */

    READ_FILE = LANDLOCK_ACCESS_FS_READ_FILE,
    READ = READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    CHANGE_FILE = LANDLOCK_ACCESS_FS_WRITE_FILE | TRUNCATE,
    /* To put anything aside by another name, a rename, takes the right to make
     * what it is; the list of system calls leaves only files to be made. */
    CHANGE = CHANGE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE |
             LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
             LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_SYM |
             LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_SOCK,
    EVERYTHING = READ | CHANGE | LANDLOCK_ACCESS_FS_EXECUTE |
                 LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
                 LANDLOCK_ACCESS_FS_REFER | IOCTL_DEV,
};

int
landlock_version(void) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
                           LANDLOCK_CREATE_RULESET_VERSION);

    return version > 0 ? (int)version : 0;
}

/* A kernel refuses what it does not know. */
static struct ruleset
known_to(int version) {
    struct ruleset set = {.files = EVERYTHING};

    if (version < VERSION_RENAME) {
        set.files &= ~(uint64_t)LANDLOCK_ACCESS_FS_REFER;
    }
    if (version < VERSION_TRUNCATE) {
        set.files &= ~(uint64_t)TRUNCATE;
    }
    if (version < VERSION_IOCTL) {
        set.files &= ~(uint64_t)IOCTL_DEV;
    }
    set.ports = version < VERSION_PORTS ? 0 : BIND_TCP;
    set.scopes = version < VERSION_SCOPES ? 0 : SCOPES;
    return set;
}

static size_t
size_known_to(int version) {
    return version < VERSION_PORTS    ? offsetof(struct ruleset, ports)
           : version < VERSION_SCOPES ? offsetof(struct ruleset, scopes)
                                      : sizeof(struct ruleset);
}

static bool
allow(int fd, const struct landlock_path *path, uint64_t known) {
    struct landlock_path_beneath_attr rule = {
        .allowed_access = (path->changed ? READ | CHANGE : READ) & known,
        .parent_fd = open(path->path, O_PATH | O_CLOEXEC),
    };
    struct stat state;
    bool good;

    if (rule.parent_fd < 0) {
        return true;
    }
    if (fstat(rule.parent_fd, &state) == 0 && !S_ISDIR(state.st_mode)) {
        rule.allowed_access &= READ_FILE | CHANGE_FILE;
    }
    good = syscall(SYS_landlock_add_rule, fd, LANDLOCK_RULE_PATH_BENEATH, &rule,
                   0) == 0;
    close(rule.parent_fd);
    return good;
}

static bool
allow_all(int fd, const struct landlock_path *paths, size_t count,
          uint64_t known) {
    for (size_t i = 0; i < count; i++) {
        if (!allow(fd, &paths[i], known)) {
            return false;
        }
    }
    return true;
}

int
landlock_apply(const struct landlock_path *paths, size_t count) {
    int version = landlock_version();
    struct ruleset set = known_to(version);
    int error = 0;
    int fd;

    if (version == 0) {
        return errno;
    }
    fd = (int)syscall(SYS_landlock_create_ruleset, &set, size_known_to(version),
                      0);
    if (fd < 0) {
        return errno;
    }
    if (!allow_all(fd, paths, count, set.files) ||
        syscall(SYS_landlock_restrict_self, fd, 0) != 0) {
        error = errno;
    }
    close(fd);
    return error;
}
