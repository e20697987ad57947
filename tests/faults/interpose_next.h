/* What stands in a function that takes the place of a library's. */
#ifndef TESTS_FAULTS_INTERPOSE_NEXT_H
#define TESTS_FAULTS_INTERPOSE_NEXT_H

#include <errno.h>
#include <stdarg.h>

#include "tests/faults/interpose.h"

/* The function behind ours, as a pointer of the same type. Looked for anew each
 * time: these calls are rare, and this is a test. */
#define NEXT(name) ((__typeof__(&name))fault_next(#name))

/* -1 with errno set, or what the real function says. */
#define FAIL_OR(class, name, ...)                                              \
    (fault_judge(class) ? -1 : NEXT(name)(__VA_ARGS__))

/* The one argument behind `last` that a call may or may not have. */
#define OPTIONAL(last, type, ret_value)                                        \
    do {                                                                       \
        va_list rest;                                                          \
        va_start(rest, last);                                                  \
        *(ret_value) = va_arg(rest, type);                                     \
        va_end(rest);                                                          \
    } while (0)

#endif
