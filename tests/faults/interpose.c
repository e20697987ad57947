#include "tests/faults/interpose.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TRACE_DEPTH = 24 };

static const char *const class_names[FAULT_CLASSES] = {
    "memory", "open", "read", "write", "wait", "file", "control",
};

/* Of the one process that this library is put into. */
static struct {
    bool armed;  /* from the begin of main() to its end */
    bool spared; /* no allocation fails for now */
    enum fault_class class;
    unsigned long at;
    bool for_good;
    unsigned percent; /* 0: by `at` */
    uint32_t random;
    int error; /* 0: half of it */
    int speed;
    bool trace;
    unsigned long counts[FAULT_CLASSES];
    unsigned long hits;
    long blocks;
} state = {.speed = 1};

void *
fault_next(const char *name) {
    return dlsym(RTLD_NEXT, name);
}

int
fault_speed(void) {
    return state.speed;
}

void
fault_count_block(int change) {
    if (state.armed) {
        __atomic_add_fetch(&state.blocks, change, __ATOMIC_RELAXED);
    }
}

/* xorshift32: the same seed gives the same faults. */
static bool
by_chance(void) {
    state.random ^= state.random << 13;
    state.random ^= state.random >> 17;
    state.random ^= state.random << 5;
    return state.random % 100 < state.percent;
}

static bool
is_hit(enum fault_class class, unsigned long number) {
    if (class != state.class) {
        return false;
    }
    if (state.percent > 0) {
        return by_chance();
    }
    return state.for_good ? number >= state.at : number == state.at;
}

static void
trace(void) {
    void *frames[TRACE_DEPTH];
    bool armed = state.armed;
    int depth;

    state.armed = false; /* this allocates */
    depth = backtrace(frames, TRACE_DEPTH);
    backtrace_symbols_fd(frames, depth, STDERR_FILENO);
    state.armed = armed;
}

enum fault_verdict
fault_judge(enum fault_class class) {
    unsigned long number;

    if (!state.armed || (class == FAULT_MEMORY && state.spared)) {
        return FAULT_NONE;
    }
    number = __atomic_add_fetch(&state.counts[class], 1, __ATOMIC_RELAXED);
    if (state.at == 0 || !is_hit(class, number)) {
        return FAULT_NONE;
    }
    state.hits++;
    if (state.trace && state.hits == 1) {
        trace();
    }
    if (state.error == 0) {
        return FAULT_SHORT;
    }
    errno = state.error;
    return FAULT_FAIL;
}

static bool
read_order(const char *order) {
    char *rest;

    for (int i = 0; i < FAULT_CLASSES; i++) {
        size_t length = strlen(class_names[i]);

        if (strncmp(order, class_names[i], length) == 0 &&
            order[length] == ' ') {
            state.class = (enum fault_class)i;
            state.at = strtoul(order + length, &rest, 10);
            state.for_good = *rest == '+';
            state.percent = *rest == '%' ? (unsigned)state.at : 0;
            state.error = (int)strtol(rest + (*rest != ' '), NULL, 10);
            return true;
        }
    }
    return false;
}

static int
number_of(const char *name, int usual) {
    const char *text = getenv(name);

    return text != NULL ? (int)strtol(text, NULL, 10) : usual;
}

/* The environment is read at once, as the program may clear it. */
static void
prepare(void) {
    const char *order = getenv("MIRROR_FAULT");
    const char *program = getenv("MIRROR_FAULT_PROGRAM");

    if (program != NULL && strcmp(program, program_invocation_short_name)) {
        return;
    }
    state.speed = number_of("MIRROR_FAULT_SPEED", 1);
    state.random = (uint32_t)number_of("MIRROR_FAULT_SEED", 1) * 2654435761U;
    state.trace = getenv("MIRROR_FAULT_TRACE") != NULL;
    if (state.trace) {
        void *frame;

        backtrace(&frame, 1); /* loads what it needs */
    }
    if (order != NULL && !read_order(order)) {
        fprintf(stderr, "interpose: no such fault: %s\n", order);
        abort();
    }
    state.armed = order != NULL;
}

/* To standard error, as a program may have shut itself off from all else. */
static void
tell(void) {
    char line[256];
    int length;

    if (!state.armed) {
        return;
    }
    state.armed = false;
    length = snprintf(line, sizeof line, "interpose:");
    for (int i = 0; i < FAULT_CLASSES; i++) {
        length += snprintf(line + length, sizeof line - (size_t)length,
                           " %s %lu", class_names[i], state.counts[i]);
    }
    length += snprintf(line + length, sizeof line - (size_t)length,
                       " hits %lu blocks %ld\n", state.hits, state.blocks);
    if (write(STDERR_FILENO, line, (size_t)length) != length) {
        abort();
    }
}

/* Not only what main() returns is told, so is what ends in the midst. */
void
_exit(int code) {
    void (*next)(int) = (void (*)(int))fault_next("_exit");
    void (*flush)(void) = (void (*)(void))dlsym(RTLD_DEFAULT, "__gcov_dump");

    tell();
    if (flush != NULL) {
        flush();
    }
    next(code);
    abort(); /* never got to; says so to the compiler */
}

int
seccomp_load(void *filter);
int
SDL_InitSubSystem(uint32_t flags);
void
sethostent(int stay_open);

/* libseccomp 2.5.4 falls over its own failed allocations while it turns rules
 * into a program, and SDL 2.26.5 over three of those that it makes for its list
 * of displays. Both happen once, before anything from outside is read. The
 * libraries are what they are: whoever started the program starts it again. */
int
seccomp_load(void *filter) {
    int (*next)(void *) = (int (*)(void *))fault_next("seccomp_load");
    int result;

    state.spared = true;
    result = next(filter);
    state.spared = false;
    return result;
}

int
SDL_InitSubSystem(uint32_t flags) {
    int (*next)(uint32_t) = (int (*)(uint32_t))fault_next("SDL_InitSubSystem");
    int result;

    state.spared = true;
    result = next(flags);
    state.spared = false;
    return result;
}

static int (*real_main)(int, char **, char **);

static int
armed_main(int argc, char **argv, char **env) {
    int code;

    prepare();
    code = real_main(argc, argv, env);
    tell();
    return code;
}

int
__libc_start_main(int (*main)(int, char **, char **), int argc, char **argv,
                  void (*init)(void), void (*fini)(void), void (*ended)(void),
                  void *stack_end);

/* What calls main(): see the Linux Standard Base, __libc_start_main. */
int
__libc_start_main(int (*main)(int, char **, char **), int argc, char **argv,
                  void (*init)(void), void (*fini)(void), void (*ended)(void),
                  void *stack_end) {
    int (*next)(int (*)(int, char **, char **), int, char **, void (*)(void),
                void (*)(void), void (*)(void), void *) =
        (int (*)(int (*)(int, char **, char **), int, char **, void (*)(void),
                 void (*)(void), void (*)(void),
                 void *))fault_next("__libc_start_main");

    real_main = main;
    return next(armed_main, argc, argv, init, fini, ended, stack_end);
}

/* glibc 2.36 reads its table of name services through a NULL where there was no
 * memory for it. */
void
sethostent(int stay_open) {
    void (*next)(int) = (void (*)(int))fault_next("sethostent");

    state.spared = true;
    next(stay_open);
    state.spared = false;
}
