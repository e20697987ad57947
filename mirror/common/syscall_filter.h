/*
 * Which system calls this process may make from now on, by rules on their
 * numbers and arguments (seccomp(2), by way of libseccomp, which knows the
 * numbers of every processor). There is no way back: the rules hold for all
 * threads, and for what is forked or executed later.
 */
#ifndef MIRROR_COMMON_SYSCALL_FILTER_H
#define MIRROR_COMMON_SYSCALL_FILTER_H

#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>

/* Sanitizers need what any filter would forbid. */
#if defined(__has_feature)
#define SYSCALL_FILTER_SANITIZED __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define SYSCALL_FILTER_SANITIZED 1
#else
#define SYSCALL_FILTER_SANITIZED 0
#endif

/* A build that counts its lines (make coverage) writes what it counted at its
 * end, to files, which the filter of mirror-fetch forbids. */
#ifdef MIRROR_COVERAGE
#define SYSCALL_FILTER_COUNTED 1
#else
#define SYSCALL_FILTER_COUNTED 0
#endif

enum { SYSCALL_ARGS_MAX = 3 };

/* Fits if the bits of `mask` in an argument are those of `value`. Of an int the
 * kernel looks at the lower 32 bits alone, and a register may hold anything
 * above. */
struct syscall_arg {
    uint32_t arg; /* from 0 */
    uint32_t mask;
    uint32_t value;
};
#define ARG_HAS(arg, mask, value)                                              \
    { (arg), (uint32_t)(mask), (uint32_t)(value) }
#define ARG_IS(arg, value) ARG_HAS(arg, 0xffffffffU, value)

struct syscall_rule {
    int call;
    struct syscall_arg when[SYSCALL_ARGS_MAX]; /* all; the end has no mask */
};

/* Calls are SCMP_SYS(name), and passed over where there are none. */
struct syscall_rules {
    uint32_t action;  /* SCMP_ACT_*, where one of them fits */
    const int *calls; /* whatever their arguments */
    size_t call_count;
    const struct syscall_rule *rules;
    size_t rule_count;
};

/*
 * Applies `tables`, and `otherwise` (SCMP_ACT_*) to whatever fits none of
 * them. New privileges, as by a set-user-ID program, are out of the question
 * afterwards. Returns 0, or the errno of the failure; nothing is changed then.
 */
int
syscall_filter_apply(uint32_t otherwise, const struct syscall_rules *tables,
                     size_t count);

#endif
