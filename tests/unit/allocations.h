/*
 * Counts every allocation of the program and its libraries, for tests of what
 * must not allocate. Include in one file of a test only. The sanitizers bring
 * an allocator of their own; under them the count stays 0.
 */
#ifndef TESTS_UNIT_ALLOCATIONS_H
#define TESTS_UNIT_ALLOCATIONS_H

#include <stddef.h>
#include <stdlib.h>

static size_t allocations;

#ifndef __SANITIZE_ADDRESS__
/* What glibc calls its own, for programs that put theirs in front. */
void *
__libc_malloc(size_t size);
void *
__libc_calloc(size_t count, size_t size);
void *
__libc_realloc(void *old, size_t size);

void *
malloc(size_t size) {
    allocations++;
    return __libc_malloc(size);
}

void *
calloc(size_t count, size_t size) {
    allocations++;
    return __libc_calloc(count, size);
}

void *
realloc(void *old, size_t size) {
    allocations++;
    return __libc_realloc(old, size);
}
#endif

#endif
