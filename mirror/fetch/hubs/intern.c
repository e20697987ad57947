#include "fetch/hubs/intern.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/xalloc.h"

enum { CHUNK_SIZE = 32 * 1024, SLOTS_FIRST = 256 };

struct intern_chunk {
    struct intern_chunk *next;
    size_t used, size;
    char bytes[]; /* begins aligned for a pointer, behind size_t */
};

static_assert(offsetof(struct intern_chunk, bytes) % _Alignof(void *) == 0,
              "the bytes of a chunk are aligned");

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
take(struct intern *intern, size_t size, size_t align) {
    struct intern_chunk *chunk = intern->chunks;
    size_t at = chunk == NULL ? 0 : (chunk->used + align - 1) / align * align;

    if (chunk == NULL || at > chunk->size || chunk->size - at < size) {
        size_t room = size > CHUNK_SIZE ? size : CHUNK_SIZE;

        chunk = xcalloc(1, sizeof *chunk + room);
        chunk->size = room;
        chunk->next = intern->chunks;
        intern->chunks = chunk;
        intern->bytes += sizeof *chunk + room;
        at = 0;
    }
    chunk->used = at + size;
    return chunk->bytes + at;
}

/* The slot of `slots` (`count` of them) that holds `text`, or the free one
 * where it belongs. */
static size_t
slot_of(const char *const *slots, size_t count, const char *text) {
    size_t i = hash_of(text) & (count - 1);

    while (slots[i] != NULL && strcmp(slots[i], text) != 0) {
        i = (i + 1) & (count - 1);
    }
    return i;
}

static void
grow(struct intern *intern) {
    size_t count =
        intern->slot_count == 0 ? SLOTS_FIRST : intern->slot_count * 2;
    const char **slots = xcalloc(count, sizeof(const char *));

    for (size_t i = 0; i < intern->slot_count; i++) {
        const char *text = intern->slots[i];

        if (text != NULL) {
            slots[slot_of(slots, count, text)] = text;
        }
    }
    free(intern->slots);
    intern->slots = slots;
    intern->slot_count = count;
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
    i = slot_of(intern->slots, intern->slot_count, text);
    if (intern->slots[i] == NULL) {
        size_t size = strlen(text) + 1;
        char *copy = take(intern, size, 1);

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
    if (intern->slot_count == 0) {
        return NULL;
    }
    return intern->slots[slot_of(intern->slots, intern->slot_count, text)];
}

void *
intern_alloc(struct intern *intern, size_t size) {
    return take(intern, size, _Alignof(void *));
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
