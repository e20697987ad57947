#include "common/xalloc.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/log.h"

static _Noreturn void
give_up(void) {
    log_error("xalloc: no memory");
    _exit(XALLOC_EXIT);
}

static void *
require(void *memory) {
    if (memory == NULL) {
        give_up();
    }
    return memory;
}

/* glibc's malloc() tries the heap's end first, and where that cannot move it
 * takes other memory, succeeds, and leaves ENOMEM behind. So the end has to
 * have room for the most that it is ever asked for first:
 * DEFAULT_MMAP_THRESHOLD_MAX and DEFAULT_TOP_PAD of glibc's malloc.c. */
static bool
heap_can_grow(void) {
    enum { LARGEST = (sizeof(long) > 4 ? 32 << 20 : 512 << 10) + (256 << 10) };

    return (intptr_t)sbrk(LARGEST) != -1 && (intptr_t)sbrk(-LARGEST) != -1;
}

void
xalloc_check(void) {
    if (errno == ENOMEM && heap_can_grow()) {
        give_up();
    }
}

void *
xmalloc(size_t size) {
    return require(malloc(size > 0 ? size : 1));
}

void *
xcalloc(size_t count, size_t size) {
    return require(calloc(count > 0 ? count : 1, size > 0 ? size : 1));
}

void *
xrealloc(void *old, size_t count, size_t size) {
    size_t total;

    if (__builtin_mul_overflow(count, size, &total)) {
        return require(NULL);
    }
    return require(realloc(old, total > 0 ? total : 1));
}

void *
xresize(void *old, size_t size) {
    return xrealloc(old, 1, size);
}

char *
xstrdup(const char *text) {
    return xstrndup(text, strlen(text));
}

char *
xstrndup(const char *text, size_t size) {
    char *copy = xcalloc(size + 1, 1);

    memcpy(copy, text, size);
    return copy;
}
