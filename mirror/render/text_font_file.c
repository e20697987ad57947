#include "render/text_font_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of an OpenType file, section "Table Directory". */
enum {
    HEADER_SIZE = 12,
    TABLES_AT = 4,
    RECORD_SIZE = 16,
    OFFSET_AT = 8,
    LENGTH_AT = 12,
};

static uint32_t
read_u16(const uint8_t *at) {
    return (uint32_t)(at[0] << 8 | at[1]);
}

static uint32_t
read_u32(const uint8_t *at) {
    return read_u16(at) << 16 | read_u16(at + 2);
}

/* Whether every table that the directory names lies inside the file. */
static bool
is_whole(const uint8_t *bytes, size_t size) {
    size_t count;

    if (size < HEADER_SIZE) {
        return false;
    }
    count = read_u16(bytes + TABLES_AT);
    if (count == 0 || size < HEADER_SIZE + count * RECORD_SIZE) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const uint8_t *record = bytes + HEADER_SIZE + i * RECORD_SIZE;
        size_t offset = read_u32(record + OFFSET_AT);
        size_t length = read_u32(record + LENGTH_AT);

        if (offset > size || length > size - offset) {
            return false;
        }
    }
    return true;
}

/* Maps what is open and whole; false with errno set. */
static bool
map(struct font_file *file, int fd) {
    struct stat about;
    void *bytes;

    if (fstat(fd, &about) < 0) {
        return false;
    }
    errno = about.st_size > FONT_FILE_MAX ? EFBIG : EINVAL;
    if (!S_ISREG(about.st_mode) || about.st_size <= 0 ||
        about.st_size > FONT_FILE_MAX) {
        return false;
    }
    bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED) {
        return false;
    }
    file->bytes = bytes;
    file->size = (size_t)about.st_size;
    if (!is_whole(bytes, file->size)) {
        font_file_unmap(file);
        errno = EBADMSG;
        return false;
    }
    return true;
}

bool
font_file_map(struct font_file *file, const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool mapped;
    int error;

    if (fd < 0) {
        return false;
    }
    mapped = map(file, fd);
    error = errno;
    close(fd);
    errno = error;
    return mapped;
}

void
font_file_unmap(struct font_file *file) {
    if (file->bytes != NULL) {
        munmap(file->bytes, file->size);
    }
    file->bytes = NULL;
    file->size = 0;
}
