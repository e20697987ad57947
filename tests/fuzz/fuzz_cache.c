/*
 * Any file in the place of the cache's. The first byte picks what the rest
 * is: 0 the file as it is; else its four bytes of checksum are made good, so
 * that what is behind them is reached. What passes is written and read again.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/crc32c.h"
#include "common/xalloc.h"
#include "fetch/cache_format.h"
#include "fuzz.h"

enum { CRC_AT = 12 };

static void
make_good(uint8_t *bytes, size_t size) {
    uint32_t crc;

    if (size >= CRC_AT + sizeof crc) {
        crc = crc32c(0, bytes, CRC_AT);
        crc = crc32c(crc, bytes + CRC_AT + sizeof crc,
                     size - CRC_AT - sizeof crc);
        memcpy(bytes + CRC_AT, &crc, sizeof crc);
    }
}

static void
write_again(void *arg, enum record_kind kind, uint64_t identity, void *record) {
    struct cache_writer *writer = arg;
    const struct record_head *head = record;

    assert(record_check(kind, record, record_kind_info(kind)->size));
    cache_writer_add(writer, kind, identity, record, head->taken_s);
}

static void
count(void *arg, enum record_kind kind, uint64_t identity, void *record) {
    uint32_t *counted = arg;

    (void)kind;
    (void)identity;
    (void)record;
    (*counted)++;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct cache_writer writer = {0};
    struct cache_stamp stamp, again;
    uint32_t counted = 0;
    uint8_t *bytes;

    if (size == 0) {
        return 0;
    }
    bytes = xcalloc(1, size);
    memcpy(bytes, data + 1, size - 1);
    if (data[0] != 0) {
        make_good(bytes, size - 1);
    }
    if (cache_read(bytes, size - 1, &stamp, write_again, &writer) == NULL) {
        cache_writer_seal(&writer, &stamp);
        assert(cache_read(writer.bytes, writer.size, &again, count, &counted) ==
               NULL);
        assert(counted == writer.count);
        assert(memcmp(&stamp, &again, sizeof stamp) == 0);
    }
    cache_writer_finish(&writer);
    free(bytes);
    return 0;
}
