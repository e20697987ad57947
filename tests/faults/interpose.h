/*
 * A library to put before a program (LD_PRELOAD) that makes its calls fail,
 * chosen by the environment:
 *
 *   MIRROR_FAULT          "CLASS N ERROR": the N-th call of a class fails, or
 *                         "CLASS N+ ERROR": it and all that follow, or
 *                         "CLASS N% ERROR": N in a hundred, by MIRROR_FAULT_SEED
 *   MIRROR_FAULT_PROGRAM  only in the program of this name
 *   MIRROR_FAULT_TRACE    set: where a call fails is written to standard error
 *   MIRROR_FAULT_SPEED    how many times faster the monotonic clock runs
 *
 * A line on standard error says at the end what was counted. Calls are counted
 * from the begin of main(), those of libraries with those of the program. CLASS
 * is one of enum fault_class, by its name below; ERROR is a number of errno, or
 * 0 for half of what was asked for (of reads and writes).
 */
#ifndef TESTS_FAULTS_INTERPOSE_H
#define TESTS_FAULTS_INTERPOSE_H

#include <stdbool.h>

enum fault_class {
    FAULT_MEMORY,  /* "memory": malloc() and its relatives */
    FAULT_OPEN,    /* "open": whatever makes a descriptor */
    FAULT_READ,    /* "read": whatever takes bytes in */
    FAULT_WRITE,   /* "write": whatever gives bytes out */
    FAULT_WAIT,    /* "wait": poll() and its relatives */
    FAULT_FILE,    /* "file": whatever asks about a file, or changes its name */
    FAULT_CONTROL, /* "control": whatever sets up a descriptor or a process */
    FAULT_CLASSES,
};

enum fault_verdict {
    FAULT_NONE,
    FAULT_FAIL,  /* with errno set */
    FAULT_SHORT, /* do half of it */
};

/* Counts one call of a class and says whether it shall fail. */
enum fault_verdict fault_judge(enum fault_class class);

/* One block more (1) or less (-1) in use. */
void
fault_count_block(int change);

/* The real function of this name: the next in the order of the libraries. */
void *
fault_next(const char *name);

/* How many times faster the monotonic clock is to run; 1: not at all. */
int
fault_speed(void);

#endif
