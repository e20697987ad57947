#include "fetch/hubs/intern.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/xalloc.h"

enum { CHUNK_SIZE = 32 * 1024, SLOTS_FIRST = 256 };

struct intern_chunk {
    struct intern_chunk *next;
    size_t used, size;
    char bytes[];
};

/* FNV-1a, 32 bit (Fowler, Noll, Vo). */
static uint32_t
hash_of(const char *text) {
    uint32_t hash = 2166136261u;

    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    }
    return hash;
}

static char *
take(struct intern *intern, size_t size) {
    struct intern_chunk *chunk = intern->chunks;
    char *bytes;

    if (chunk == NULL || chunk->size - chunk->used < size) {
        size_t room = size > CHUNK_SIZE ? size : CHUNK_SIZE;

        chunk = xcalloc(1, sizeof *chunk + room);
        chunk->size = room;
        chunk->next = intern->chunks;
        intern->chunks = chunk;
        intern->bytes += sizeof *chunk + room;
    }
    bytes = chunk->bytes + chunk->used;
    chunk->used += size;
    return bytes;
}

/* The slot that holds `text`, or the free one where it belongs. */
static size_t
slot_of(const struct intern *intern, const char *text) {
    size_t mask = intern->slot_count - 1;
    size_t i = hash_of(text) & mask;

    while (intern->slots[i] != NULL && strcmp(intern->slots[i], text) != 0) {
        i = (i + 1) & mask;
    }
    return i;
}

static void
grow(struct intern *intern) {
    struct intern bigger = *intern;

    bigger.slot_count =
        intern->slot_count == 0 ? SLOTS_FIRST : intern->slot_count * 2;
    bigger.slots = xcalloc(bigger.slot_count, sizeof *bigger.slots);
    for (size_t i = 0; i < intern->slot_count; i++) {
        if (intern->slots[i] != NULL) {
            bigger.slots[slot_of(&bigger, intern->slots[i])] = intern->slots[i];
        }
    }
    free(intern->slots);
    *intern = bigger;
}

const char *
intern_text(struct intern *intern, const char *text) {
    size_t i;

    if (text == NULL || text[0] == '\0') {
        return "";
    }
    if (intern->text_count * 4 >= intern->slot_count * 3) {
        grow(intern);
    }
    i = slot_of(intern, text);
    if (intern->slots[i] == NULL) {
        size_t size = strlen(text) + 1;
        char *copy = take(intern, size);

        memcpy(copy, text, size);
        intern->slots[i] = copy;
        intern->text_count++;
    }
    return intern->slots[i];
}

const char *
intern_find(const struct intern *intern, const char *text) {
    if (text[0] == '\0') {
        return "";
    }
    return intern->slot_count == 0 ? NULL
                                   : intern->slots[slot_of(intern, text)];
}

void *
intern_alloc(struct intern *intern, size_t size) {
    const size_t align = _Alignof(void *);
    uintptr_t at = (uintptr_t)take(intern, size + align - 1);

    return (void *)((at + align - 1) & ~(uintptr_t)(align - 1));
}

void
intern_finish(struct intern *intern) {
    while (intern->chunks != NULL) {
        struct intern_chunk *next = intern->chunks->next;

        free(intern->chunks);
        intern->chunks = next;
    }
    free(intern->slots);
    *intern = (struct intern){0};
}
