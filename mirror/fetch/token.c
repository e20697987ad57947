#include "fetch/token.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/log.h"

void
token_wipe(char token[TOKEN_MAX]) {
    explicit_bzero(token, TOKEN_MAX);
}

/* Not NULL: why the open file is no place for a secret. */
static const char *
file_fault(int fd, bool fenced) {
    struct stat info;

    if (fstat(fd, &info) < 0) {
        return strerror(errno);
    }
    if (!S_ISREG(info.st_mode)) {
        return "not a regular file";
    }
    if (!fenced && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return "others may read it; chmod 600 it";
    }
    if (info.st_size >= TOKEN_MAX) {
        return "too long for a token";
    }
    return NULL;
}

static const char *
content_fault(char token[TOKEN_MAX], size_t size) {
    while (size > 0 && (token[size - 1] == '\n' || token[size - 1] == '\r')) {
        size--;
    }
    token[size] = '\0';
    if (size == 0) {
        return "empty";
    }
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)token[i];

        if (byte < 0x21 || byte >= 0x7f) {
            return "holds a byte that no token has (a blank, or not ASCII)";
        }
    }
    return NULL;
}

/* Takes `fd`. A short file comes with one read. */
static const char *
read_file(char token[TOKEN_MAX], int fd, bool fenced) {
    const char *fault = file_fault(fd, fenced);

    if (fault == NULL) {
        ssize_t size = read(fd, token, TOKEN_MAX - 1);

        fault = size < 0 ? strerror(errno) : content_fault(token, (size_t)size);
    }
    close(fd);
    return fault;
}

/* Non-blocking, so that a FIFO in its place does not hold us up. */
static int
open_in(const char *folder, int folder_size, const char *name) {
    char path[PATH_MAX];
    int size = snprintf(path, sizeof path, "%.*s%s", folder_size, folder, name);

    if (size < 0 || (size_t)size >= sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
}

/* A lone line end is no credential: the unit has to name one where there may be
 * none. */
static int
open_credential(const char *credentials, const char *name) {
    char folder[PATH_MAX];
    int size = snprintf(folder, sizeof folder, "%s/", credentials);
    struct stat info;
    int fd;

    if (size < 0 || (size_t)size >= sizeof folder) {
        return -1;
    }
    fd = open_in(folder, size, name);
    if (fd >= 0 && fstat(fd, &info) == 0 && info.st_size <= 1) {
        close(fd);
        return -1;
    }
    return fd;
}

bool
token_read(char token[TOKEN_MAX], const char *token_file,
           const char *config_path, const char *credentials) {
    const char *slash = strrchr(config_path, '/');
    int folder_size = slash != NULL ? (int)(slash - config_path) + 1 : 0;
    bool plain = strchr(token_file, '/') == NULL;
    char shown[LOG_TEXT_MAX];
    const char *fault;
    bool fenced = true;
    int fd = -1;

    token_wipe(token);
    if (plain && credentials != NULL) {
        fd = open_credential(credentials, token_file);
    }
    if (fd < 0) {
        fenced = false;
        fd = open_in(config_path, plain ? folder_size : 0, token_file);
    }
    fault = fd < 0 ? strerror(errno) : read_file(token, fd, fenced);
    if (fault != NULL) {
        log_error("token: file '%s': %s", log_escape(shown, token_file), fault);
        token_wipe(token);
    }
    return fault == NULL;
}
