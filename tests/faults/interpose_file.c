/* The calls that ask about files and change them. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/faults/interpose_next.h"

enum { STREAM_FAILED = 0x20 }; /* glibc's _IO_ERR_SEEN, of ferror() */

int
stat(const char *path, struct stat *about) {
    return FAIL_OR(FAULT_FILE, stat, path, about);
}

int
stat64(const char *path, struct stat64 *about) {
    return FAIL_OR(FAULT_FILE, stat64, path, about);
}

int
lstat(const char *path, struct stat *about) {
    return FAIL_OR(FAULT_FILE, lstat, path, about);
}

int
lstat64(const char *path, struct stat64 *about) {
    return FAIL_OR(FAULT_FILE, lstat64, path, about);
}

int
fstat(int fd, struct stat *about) {
    return FAIL_OR(FAULT_FILE, fstat, fd, about);
}

int
fstat64(int fd, struct stat64 *about) {
    return FAIL_OR(FAULT_FILE, fstat64, fd, about);
}

int
access(const char *path, int mode) {
    return FAIL_OR(FAULT_FILE, access, path, mode);
}

ssize_t
readlink(const char *path, char *to, size_t size) {
    return FAIL_OR(FAULT_FILE, readlink, path, to, size);
}

int
rename(const char *from, const char *to) {
    return FAIL_OR(FAULT_FILE, rename, from, to);
}

int
renameat(int at, const char *from, int to_at, const char *to) {
    return FAIL_OR(FAULT_FILE, renameat, at, from, to_at, to);
}

int
unlink(const char *path) {
    return FAIL_OR(FAULT_FILE, unlink, path);
}

int
unlinkat(int at, const char *path, int flags) {
    return FAIL_OR(FAULT_FILE, unlinkat, at, path, flags);
}

int
flock(int fd, int how) {
    return FAIL_OR(FAULT_FILE, flock, fd, how);
}

int
fchmod(int fd, mode_t mode) {
    return FAIL_OR(FAULT_FILE, fchmod, fd, mode);
}

int
fsync(int fd) {
    return FAIL_OR(FAULT_FILE, fsync, fd);
}

struct dirent64 *
readdir64(DIR *folder) {
    return fault_judge(FAULT_FILE) ? NULL : NEXT(readdir64)(folder);
}

void *
mmap(void *at, size_t size, int access, int flags, int fd, off_t from) {
    return fault_judge(FAULT_FILE)
               ? MAP_FAILED
               : NEXT(mmap)(at, size, access, flags, fd, from);
}

void *
mmap64(void *at, size_t size, int access, int flags, int fd, off64_t from) {
    return fault_judge(FAULT_FILE)
               ? MAP_FAILED
               : NEXT(mmap64)(at, size, access, flags, fd, from);
}

/* What is closed is closed, also where the kernel says that it went wrong. */
int
close(int fd) {
    enum fault_verdict verdict = fault_judge(FAULT_FILE);
    int error = errno;
    int result = NEXT(close)(fd);

    if (verdict != FAULT_NONE) {
        errno = error;
        return -1;
    }
    return result;
}

size_t
fread(void *to, size_t size, size_t count, FILE *file) {
    if (fault_judge(FAULT_READ)) {
        file->_flags |= STREAM_FAILED;
        return 0;
    }
    return NEXT(fread)(to, size, count, file);
}

/* Of streams, what leaves them counts: fwrite() and its relatives only gather. */
int
fflush(FILE *file) {
    return file != stderr && fault_judge(FAULT_FILE) ? EOF : NEXT(fflush)(file);
}

int
fclose(FILE *file) {
    enum fault_verdict verdict = fault_judge(FAULT_FILE);
    int error = errno;
    int result = NEXT(fclose)(file);

    if (verdict != FAULT_NONE) {
        errno = error;
        return EOF;
    }
    return result;
}
