/* malloc() and its relatives, in front of those of the C library or of a
 * sanitizer. */
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/faults/interpose.h"

enum { BOOT_MAX = 16 * 1024 };

static void *(*next_malloc)(size_t);
static void *(*next_calloc)(size_t, size_t);
static void *(*next_realloc)(void *, size_t);
static void *(*next_memalign)(size_t, size_t);
static void (*next_free)(void *);

/* For dlsym(), which asks for memory while we ask it for malloc(). */
static _Alignas(max_align_t) char boot[BOOT_MAX];
static size_t boot_used;
static bool resolving;

static void *
boot_alloc(size_t size) {
    void *memory = boot + boot_used;

    size = (size + 15) / 16 * 16;
    if (size > BOOT_MAX - boot_used) {
        abort();
    }
    boot_used += size;
    return memory;
}

static bool
is_boot(const void *memory) {
    return (uintptr_t)memory - (uintptr_t)boot < BOOT_MAX;
}

/* False while the real functions are being looked for. */
static bool
resolve(void) {
    if (next_free != NULL) {
        return true;
    }
    if (resolving) {
        return false;
    }
    resolving = true;
    next_malloc = (void *(*)(size_t))fault_next("malloc");
    next_calloc = (void *(*)(size_t, size_t))fault_next("calloc");
    next_realloc = (void *(*)(void *, size_t))fault_next("realloc");
    next_memalign = (void *(*)(size_t, size_t))fault_next("memalign");
    next_free = (void (*)(void *))fault_next("free");
    resolving = false;
    return true;
}

static void *
counted(void *memory) {
    if (memory != NULL) {
        fault_count_block(1);
    }
    return memory;
}

void *
malloc(size_t size) {
    if (!resolve()) {
        return boot_alloc(size);
    }
    return fault_judge(FAULT_MEMORY) ? NULL : counted(next_malloc(size));
}

void *
calloc(size_t count, size_t size) {
    if (!resolve()) {
        return boot_alloc(count * size);
    }
    return fault_judge(FAULT_MEMORY) ? NULL : counted(next_calloc(count, size));
}

void *
realloc(void *old, size_t size) {
    void *memory;

    if (!resolve() || is_boot(old)) {
        memory = malloc(size);
        if (memory != NULL && old != NULL) {
            size_t room = (size_t)(boot + BOOT_MAX - (char *)old);

            memcpy(memory, old, size < room ? size : room);
        }
        return memory;
    }
    if (fault_judge(FAULT_MEMORY)) {
        return NULL;
    }
    memory = next_realloc(old, size);
    if (old == NULL) {
        counted(memory);
    } else if (size == 0) {
        fault_count_block(-1);
    }
    return memory;
}

void *
reallocarray(void *old, size_t count, size_t size) {
    size_t total;

    if (__builtin_mul_overflow(count, size, &total)) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(old, total);
}

void *
memalign(size_t alignment, size_t size) {
    resolve();
    return fault_judge(FAULT_MEMORY) ? NULL
                                     : counted(next_memalign(alignment, size));
}

void *
aligned_alloc(size_t alignment, size_t size) {
    return memalign(alignment, size);
}

int
posix_memalign(void **ret_memory, size_t alignment, size_t size) {
    void *memory = memalign(alignment, size);

    if (memory == NULL) {
        return ENOMEM;
    }
    *ret_memory = memory;
    return 0;
}

void
free(void *memory) {
    if (memory == NULL || is_boot(memory) || !resolve()) {
        return;
    }
    fault_count_block(-1);
    next_free(memory);
}
