/* The command line. Apart from main.c, as getopt.h has a `struct option` of
 * its own. */
#ifndef MIRROR_FETCH_ARGUMENTS_H
#define MIRROR_FETCH_ARGUMENTS_H

#include <stdbool.h>

enum arguments_result {
    ARGUMENTS_RUN,
    ARGUMENTS_HELP,
    ARGUMENTS_VERSION,
    ARGUMENTS_WRONG, /* not logged: the usage line says it */
};

struct arguments {
    const char *config_path; /* borrowed from argv; NULL: the default one, if
                                it is there */
    bool print;
    long for_s;      /* 0: until it is stopped */
    bool selftest;   /* with neither of `print` and `no_sandbox` */
    bool no_sandbox; /* for emulators, debuggers and valgrind */
};

/* Fills `arguments`; what they hold is good only after ARGUMENTS_RUN. */
enum arguments_result
arguments_read(struct arguments *arguments, int argc, char **argv);

#endif
