#include "common/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/config_parse.h"
#include "common/xalloc.h"

enum { ERROR_TEXT_MAX = 1024 };

/* "[kind name] key: ", as far as there is one; text of the file is escaped. */
static void
print_place(char *place, size_t size, const struct config_section *section,
            const char *key) {
    char kind[LOG_TEXT_MAX];
    char name[LOG_TEXT_MAX];
    int used = 0;

    place[0] = '\0';
    if (section != NULL) {
        used = snprintf(
            place, size, "[%s%s%s] ", log_escape(kind, section->kind),
            *section->name != '\0' ? " " : "", log_escape(name, section->name));
    }
    if (key != NULL) {
        snprintf(place + used, size - (size_t)used,
                 "%s: ", log_escape(kind, key));
    } else if (section != NULL) {
        place[used - 1] = ':';
        snprintf(place + used, size - (size_t)used, " ");
    }
}

/* Takes `text`. */
static void
add_error(struct config *config, char *text) {
    if (config->error_count == CONFIG_ERRORS_MAX) {
        config->errors_dropped++;
        free(text);
        return;
    }
    if (config->errors == NULL) {
        config->errors = xcalloc(CONFIG_ERRORS_MAX, sizeof *config->errors);
    }
    config->errors[config->error_count++] = text;
}

void
config_fail(struct config *config, int line,
            const struct config_section *section, const char *key,
            const char *fmt, ...) {
    char place[3 * LOG_TEXT_MAX + 16];
    char text[OPTION_WHY_MAX + LOG_TEXT_MAX];
    char whole[ERROR_TEXT_MAX];
    char number[16] = "";
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (line > 0) {
        snprintf(number, sizeof number, "%d:", line);
    }
    print_place(place, sizeof place, section, key);
    snprintf(whole, sizeof whole, "%s:%s %s%s",
             config->path != NULL ? config->path : "", number, place, text);
    add_error(config, xstrdup(whole));
}

void
config_take_errors(struct config *to, struct config *from) {
    for (size_t i = 0; i < from->error_count; i++) {
        add_error(to, from->errors[i]);
    }
    to->errors_dropped += from->errors_dropped;
    free(from->errors);
    from->errors = NULL;
    from->error_count = 0;
    from->errors_dropped = 0;
}

bool
config_load_text(struct config *config, const char *path, const char *text,
                 size_t size) {
    *config = (struct config){.path = xstrdup(path)};
    if (size > CONFIG_FILE_MAX) {
        config_fail(config, 0, NULL, NULL,
                    "expected at most %d KiB, found a larger file",
                    CONFIG_FILE_MAX / 1024);
        return false;
    }
    config_parse(config, text, size);
    return true;
}

/* A pipe nobody writes to would wait for ever, and a device has no end. */
static int
open_regular(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat info;
    int why = EINVAL;

    if (fd < 0) {
        return -1;
    }
    if (fstat(fd, &info) < 0) {
        why = errno;
    } else if (S_ISREG(info.st_mode)) {
        return fd;
    }
    close(fd);
    errno = why;
    return -1;
}

/* The file's bytes, one more than are allowed at most; false with errno. */
static bool
read_all(int fd, char text[CONFIG_FILE_MAX + 1], size_t *ret_size) {
    size_t size = 0;
    ssize_t got;

    do {
        got = read(fd, text + size, CONFIG_FILE_MAX + 1 - size);
        size += got > 0 ? (size_t)got : 0;
    } while (got > 0 || (got < 0 && errno == EINTR));
    *ret_size = size;
    return got == 0;
}

/* Neither the file's name nor its nature is to blame. */
static bool
is_passing(int error) {
    return error == EMFILE || error == ENFILE || error == ENOMEM ||
           error == EIO || error == EAGAIN;
}

bool
config_load(struct config *config, const char *path) {
    int fd = open_regular(path);
    char *text = NULL;
    size_t size = 0;
    bool good = false;

    if (fd >= 0) {
        text = xcalloc(CONFIG_FILE_MAX + 1, 1);
        good = read_all(fd, text, &size);
    }
    if (good) {
        good = config_load_text(config, path, text, size);
    } else {
        const char *why = errno == EINVAL ? "not a file" : strerror(errno);

        *config = (struct config){.unread = is_passing(errno)};
        config->path = xstrdup(path);
        config_fail(config, 0, NULL, NULL, "cannot be read: %s", why);
    }
    free(text);
    if (fd >= 0) {
        close(fd);
    }
    return good;
}

static void
finish_section(struct config_section *section) {
    for (size_t i = 0; i < section->entry_count; i++) {
        free((char *)section->entries[i].key);
        free((char *)section->entries[i].value);
    }
    free(section->entries);
    free((char *)section->kind);
    free((char *)section->name);
}

void
config_finish(struct config *config) {
    for (size_t i = 0; i < config->section_count; i++) {
        finish_section(&config->sections[i]);
    }
    for (size_t i = 0; i < config->error_count; i++) {
        free(config->errors[i]);
    }
    free(config->sections);
    free(config->errors);
    free(config->path);
    *config = (struct config){0};
}

const struct config_section *
config_find(const struct config *config, const char *kind, const char *name) {
    for (size_t i = 0; i < config->section_count; i++) {
        const struct config_section *section = &config->sections[i];

        if (strcmp(section->kind, kind) == 0 &&
            strcmp(section->name, name) == 0) {
            return section;
        }
    }
    return NULL;
}

/* The line on which the section's `index`-th key stood before, or 0. */
static int
earlier_line(const struct config_section *section, size_t index) {
    for (size_t i = 0; i < index; i++) {
        if (strcmp(section->entries[i].key, section->entries[index].key) == 0) {
            return section->entries[i].line;
        }
    }
    return 0;
}

static void
complain_unknown(struct config *config, const struct config_section *section,
                 const struct config_entry *entry,
                 const struct option *options) {
    const char *nearest = option_nearest(options, entry->key);

    if (nearest != NULL) {
        config_fail(config, entry->line, section, entry->key,
                    "unknown key, did you mean '%s'?", nearest);
    } else {
        config_fail(config, entry->line, section, entry->key, "unknown key");
    }
}

/* Complains and returns false, or applies one entry. */
static bool
apply_entry(struct config *config, const struct config_section *section,
            size_t index, const struct option *options, void *base) {
    const struct config_entry *entry = &section->entries[index];
    const struct option *option = option_find(options, entry->key);
    char why[OPTION_WHY_MAX];
    int earlier;

    if (option == NULL) {
        complain_unknown(config, section, entry, options);
        return false;
    }
    earlier = earlier_line(section, index);
    if (earlier != 0) {
        config_fail(config, entry->line, section, entry->key,
                    "given twice, first in line %d", earlier);
        return false;
    }
    if (!option_parse(option, entry->value, base, why)) {
        config_fail(config, entry->line, section, entry->key, "%s", why);
        return false;
    }
    return true;
}

bool
config_apply(struct config *config, const struct config_section *section,
             const struct option *options, void *base) {
    option_set_defaults(options, base);
    return config_apply_over(config, section, options, base);
}

bool
config_apply_over(struct config *config, const struct config_section *section,
                  const struct option *options, void *base) {
    bool good = true;

    for (size_t i = 0; section != NULL && i < section->entry_count; i++) {
        good = apply_entry(config, section, i, options, base) && good;
    }
    return good;
}
