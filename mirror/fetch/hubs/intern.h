/*
 * Text kept once: equal texts have equal addresses, so that names compare as
 * pointers, and everything of one model is freed at once.
 */
#ifndef MIRROR_FETCH_HUBS_INTERN_H
#define MIRROR_FETCH_HUBS_INTERN_H

#include <stddef.h>

struct intern_chunk;

/* Zeroed means empty. */
struct intern {
    struct intern_chunk *chunks; /* owned */
    const char **slots;          /* owned: open addressing, a power of two */
    size_t slot_count, text_count;
    size_t bytes; /* of all chunks, for the heap's measure */
};

/* The kept copy of `text`; lives until intern_finish(). NULL gives "". */
const char *
intern_text(struct intern *intern, const char *text);

/* The kept copy if there is one, else NULL. */
const char *
intern_find(const struct intern *intern, const char *text);

/* `size` zeroed bytes, aligned for a pointer, with the same life. */
void *
intern_alloc(struct intern *intern, size_t size);

/* Accepts a zeroed one, leaves a zeroed one. */
void
intern_finish(struct intern *intern);

#endif
