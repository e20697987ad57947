#include "fetch/cache_format.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/crc32c.h"
#include "common/xalloc.h"

#define CACHE_MAGIC 0x4d495243u /* "MIRC"; also catches a wrong byte order */

/* The records are those of the channel: a new form there is one here. */
enum { CACHE_VERSION = 1 << 8 | CHANNEL_VERSION, ALIGN = 8 };

struct header {
    uint32_t magic;
    uint16_t version;
    uint16_t count; /* of entries */
    uint32_t size;  /* of the whole file */
    uint32_t crc;   /* of all before and behind it */
    struct cache_stamp stamp;
};

struct entry {
    uint16_t kind;
    uint16_t zero;
    uint32_t size;   /* of the record */
    uint32_t stored; /* bytes of it that follow, filled up to ALIGN */
    uint32_t zeros;
    uint64_t identity;
};

_Static_assert(sizeof(struct header) % ALIGN == 0, "entries are aligned");
_Static_assert(sizeof(struct entry) % ALIGN == 0, "records are aligned");

static uint32_t
file_crc(const uint8_t *bytes, size_t size) {
    size_t place = offsetof(struct header, crc);
    size_t behind = place + sizeof(uint32_t);

    return crc32c(crc32c(0, bytes, place), bytes + behind, size - behind);
}

static size_t
aligned(size_t size) {
    return (size + ALIGN - 1) / ALIGN * ALIGN;
}

static uint8_t *
extend(struct cache_writer *writer, size_t size) {
    uint8_t *place;

    if (writer->size + size > writer->capacity) {
        writer->capacity = (writer->size + size) * 2;
        writer->bytes = xrealloc(writer->bytes, writer->capacity, 1);
    }
    place = writer->bytes + writer->size;
    memset(place, 0, size);
    writer->size += size;
    return place;
}

static uint32_t
content_crc(uint32_t crc, const struct entry *entry, const void *record) {
    const struct record_head *head = record;
    size_t head_size = sizeof *head;

    crc = crc32c(crc, entry, sizeof *entry);
    crc = crc32c(crc, head->source, sizeof head->source);
    crc = crc32c(crc, head->name, sizeof head->name);
    if (head->live == 0) {
        crc = crc32c(crc, &head->taken_s, sizeof head->taken_s);
    }
    return crc32c(crc, (const uint8_t *)record + head_size,
                  entry->stored - head_size);
}

static uint32_t
stored_size(const uint8_t *record, size_t size) {
    while (size > sizeof(struct record_head) && record[size - 1] == 0) {
        size--;
    }
    return (uint32_t)size;
}

void
cache_writer_add(struct cache_writer *writer, enum record_kind kind,
                 uint64_t identity, const void *record, int64_t taken_s) {
    size_t size = record_kind_info(kind)->size;
    struct entry entry = {
        .kind = (uint16_t)kind,
        .size = (uint32_t)size,
        .stored = stored_size(record, size),
        .identity = identity,
    };
    struct record_head head;
    uint8_t *place;

    if (writer->count == CACHE_RECORDS_MAX) {
        return;
    }
    if (writer->size == 0) {
        extend(writer, sizeof(struct header));
    }
    memcpy(&head, record, sizeof head);
    writer->count++;
    writer->news += head.recalled == 0;
    writer->content = content_crc(writer->content, &entry, record);
    head.recalled = 1;
    head.taken_s = taken_s;
    head.age_s = -1;
    place = extend(writer, sizeof entry + aligned(entry.stored));
    memcpy(place, &entry, sizeof entry);
    memcpy(place + sizeof entry, record, entry.stored);
    memcpy(place + sizeof entry, &head, sizeof head);
}

void
cache_writer_seal(struct cache_writer *writer,
                  const struct cache_stamp *stamp) {
    struct header header = {
        .magic = CACHE_MAGIC,
        .version = CACHE_VERSION,
        .count = (uint16_t)writer->count,
        .stamp = *stamp,
    };

    if (writer->size == 0) {
        extend(writer, sizeof header);
    }
    header.size = (uint32_t)writer->size;
    memcpy(writer->bytes, &header, sizeof header);
    header.crc = file_crc(writer->bytes, writer->size);
    memcpy(writer->bytes, &header, sizeof header);
    assert(writer->size <= CACHE_FILE_MAX);
}

void
cache_writer_finish(struct cache_writer *writer) {
    free(writer->bytes);
    *writer = (struct cache_writer){0};
}

static const char *
judge_header(const uint8_t *bytes, size_t size, struct header *ret_header) {
    if (size < sizeof *ret_header) {
        return "too short";
    }
    memcpy(ret_header, bytes, sizeof *ret_header);
    if (ret_header->magic != CACHE_MAGIC) {
        return "no cache of this program";
    }
    if (ret_header->version != CACHE_VERSION) {
        return "of another version";
    }
    if (ret_header->size != size) {
        return "not of its full size";
    }
    if (ret_header->crc != file_crc(bytes, size)) {
        return "damaged";
    }
    return ret_header->count <= CACHE_RECORDS_MAX ? NULL : "too many records";
}

/* Whether the entry is whole, and its record good; that is left in `record`,
 * which has room for any. */
static bool
take_entry(const uint8_t *bytes, size_t left, struct entry *ret_entry,
           void *record) {
    const struct record_kind_info *info;
    const struct record_head *head = record;

    if (left < sizeof *ret_entry) {
        return false;
    }
    memcpy(ret_entry, bytes, sizeof *ret_entry);
    info = record_kind_info(ret_entry->kind);
    if (info == NULL || ret_entry->kind == RECORD_STATUS ||
        ret_entry->kind == RECORD_HEARTBEAT || ret_entry->zero != 0 ||
        ret_entry->zeros != 0 || ret_entry->size != info->size ||
        ret_entry->stored < sizeof *head || ret_entry->stored > info->size ||
        aligned(ret_entry->stored) > left - sizeof *ret_entry) {
        return false;
    }
    memset(record, 0, info->size);
    memcpy(record, bytes + sizeof *ret_entry, ret_entry->stored);
    return head->recalled == 1 && head->age_s == -1 &&
           record_check(ret_entry->kind, record, info->size);
}

/* `fn` may be NULL: only judge. */
static bool
walk(const uint8_t *bytes, size_t size, unsigned count, cache_record_fn fn,
     void *arg) {
    void *record = xcalloc(1, CHANNEL_PACKET_MAX);
    size_t at = sizeof(struct header);
    struct entry entry;
    bool good = true;

    for (unsigned i = 0; i < count && good; i++) {
        good = take_entry(bytes + at, size - at, &entry, record);
        if (good) {
            at += sizeof entry + aligned(entry.stored);
            if (fn != NULL) {
                fn(arg, (enum record_kind)entry.kind, entry.identity, record);
            }
        }
    }
    free(record);
    return good && at == size;
}

const char *
cache_read(const uint8_t *bytes, size_t size, struct cache_stamp *ret_stamp,
           cache_record_fn fn, void *arg) {
    struct header header;
    const char *wrong = judge_header(bytes, size, &header);

    if (wrong != NULL) {
        return wrong;
    }
    if (!walk(bytes, size, header.count, NULL, NULL)) {
        return "its records are not good";
    }
    *ret_stamp = header.stamp;
    walk(bytes, size, header.count, fn, arg);
    return NULL;
}
