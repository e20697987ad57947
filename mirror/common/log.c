#include "common/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* The one piece of global state: who speaks, and how loud. */
static const char *log_program = "";
static enum log_level log_max = LOG_LEVEL_INFO;

void
log_open(const char *program, enum log_level level) {
    log_program = program;
    log_max = level;
}

static void
write_line(enum log_level level, int error, const char *fmt, va_list args)
    PRINTF_LIKE(3, 0);

/* One line in one write, so that two processes on one descriptor never mix
 * their words. */
static void
write_line(enum log_level level, int error, const char *fmt, va_list args) {
    static const char *const words[] = {"", "error: ", "warning: ", ""};
    char text[1024];

    if (level > log_max) {
        return;
    }
    vsnprintf(text, sizeof text, fmt, args);
    fprintf(stderr, "%s%s%s%s%s%s\n", log_program,
            log_program[0] != '\0' ? ": " : "", words[level], text,
            error != 0 ? ": " : "", error != 0 ? strerror(error) : "");
}

void
log_error(const char *fmt, ...) {
    va_list args;

    va_start(args, fmt);
    write_line(LOG_LEVEL_ERROR, 0, fmt, args);
    va_end(args);
}

void
log_warning(const char *fmt, ...) {
    va_list args;

    va_start(args, fmt);
    write_line(LOG_LEVEL_WARNING, 0, fmt, args);
    va_end(args);
}

void
log_info(const char *fmt, ...) {
    va_list args;

    va_start(args, fmt);
    write_line(LOG_LEVEL_INFO, 0, fmt, args);
    va_end(args);
}

void
log_error_errno(const char *fmt, ...) {
    int error = errno;
    va_list args;

    va_start(args, fmt);
    write_line(LOG_LEVEL_ERROR, error, fmt, args);
    va_end(args);
}

void
log_warning_errno(const char *fmt, ...) {
    int error = errno;
    va_list args;

    va_start(args, fmt);
    write_line(LOG_LEVEL_WARNING, error, fmt, args);
    va_end(args);
}

const char *
log_escape(char buf[LOG_TEXT_MAX], const char *text) {
    static const char hex[] = "0123456789abcdef";
    size_t used = 0;

    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        bool plain = byte >= 0x20 && byte < 0x7f;

        if (used + (plain ? 1 : 4) > LOG_TEXT_MAX - 4) {
            memcpy(buf + used, "...", 3);
            used += 3;
            break;
        }
        if (plain) {
            buf[used++] = (char)byte;
        } else {
            buf[used++] = '\\';
            buf[used++] = 'x';
            buf[used++] = hex[byte >> 4];
            buf[used++] = hex[byte & 15];
        }
    }
    buf[used] = '\0';
    return buf;
}
