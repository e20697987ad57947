/* What sysfs says of the connectors; see drm_card.h. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/str.h"
#include "render/drm_card.h"

/* FNV-1a, 32 bit: http://www.isthe.com/chongo/tech/comp/fnv/ */
static const uint32_t fnv_basis = 2166136261u, fnv_prime = 16777619u;

static uint32_t
hash_bytes(uint32_t hash, const char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ (unsigned char)bytes[i]) * fnv_prime;
    }
    return hash;
}

/* The beginning is enough: a status is one word, and of the modes the largest
 * come first. */
static uint32_t
hash_file(uint32_t hash, int folder, const char *name) {
    char bytes[512];
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC);
    ssize_t size;

    if (fd < 0) {
        return hash;
    }
    size = read(fd, bytes, sizeof bytes);
    close(fd);
    return size > 0 ? hash_bytes(hash, bytes, (size_t)size) : hash;
}

static uint32_t
hash_connector(int drm, const char *name) {
    uint32_t hash = hash_bytes(fnv_basis, name, strlen(name));
    int folder = openat(drm, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (folder >= 0) {
        hash = hash_file(hash, folder, "status");
        hash = hash_file(hash, folder, "modes");
        close(folder);
    }
    return hash;
}

uint32_t
drm_connectors_hash(const char *folder) {
    DIR *drm = opendir(folder);
    const struct dirent *entry;
    uint32_t sum = 0;

    if (drm == NULL) {
        return 0;
    }
    while ((entry = readdir(drm)) != NULL) {
        /* "card0-HDMI-A-1"; a sum, because the order is nobody's */
        if (str_starts_with(entry->d_name, "card") &&
            strchr(entry->d_name, '-') != NULL) {
            sum += hash_connector(dirfd(drm), entry->d_name);
        }
    }
    closedir(drm);
    return sum;
}
