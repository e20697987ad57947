/*
 * Messages to standard error (the journal, when started by systemd).
 *
 * The form is "program: module: what failed: the value or the reason".
 * error: the user must act. warning: we go on with less. info: one line per
 * change of state, never per frame. debug: compiled out unless MIRROR_DEBUG.
 *
 * Text that came from outside goes through log_escape() first, so that no
 * label can forge a line or speak to a terminal.
 */
#ifndef MIRROR_COMMON_LOG_H
#define MIRROR_COMMON_LOG_H

#include <stddef.h>

#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

enum log_level {
    LOG_LEVEL_NONE,
    LOG_LEVEL_ERROR,
    LOG_LEVEL_WARNING,
    LOG_LEVEL_INFO,
};

/* The longest text log_escape() lets through, in bytes with the NUL. */
enum { LOG_TEXT_MAX = 81 };

/* Sets the name in front of every line (borrowed, a literal) and the least
 * severe level that is still written. Before this call: no name, info. */
void
log_open(const char *program, enum log_level level);

void
log_error(const char *fmt, ...) PRINTF_LIKE(1, 2);
void
log_warning(const char *fmt, ...) PRINTF_LIKE(1, 2);
void
log_info(const char *fmt, ...) PRINTF_LIKE(1, 2);

/* As log_error(), followed by ": " and the text of errno at the call. */
void
log_error_errno(const char *fmt, ...) PRINTF_LIKE(1, 2);
void
log_warning_errno(const char *fmt, ...) PRINTF_LIKE(1, 2);

#ifdef MIRROR_DEBUG
#define log_debug(...) log_info("debug: " __VA_ARGS__)
#else
#define log_debug(...) ((void)0)
#endif

/*
 * Makes outside text fit for a log: control bytes and bytes that are not
 * printable ASCII become \xNN, and what is over LOG_TEXT_MAX is cut with
 * "...". Returns `buf`, which holds LOG_TEXT_MAX bytes.
 */
const char *
log_escape(char buf[LOG_TEXT_MAX], const char *text);

#endif
