/*
 * The bytes of the cache file: one header, and for every record an entry with
 * its head and as much of it as is not zero at its end. Numbers are in the
 * machine's own order: a card that changes machines starts with an empty
 * cache. A CRC-32C covers every byte but its own four.
 */
#ifndef MIRROR_FETCH_CACHE_FORMAT_H
#define MIRROR_FETCH_CACHE_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/channel.h"
#include "model/record.h"

enum {
    CACHE_RECORDS_MAX = 32, /* as many as the outbox holds */
    CACHE_FILE_MAX = (CACHE_RECORDS_MAX + 1) * CHANNEL_PACKET_MAX, /* bytes */
};

/* What the file says of itself. Times are wall time in seconds. */
struct cache_stamp {
    int64_t written_s;
    int64_t boot_s;   /* wall time less monotonic time: the same in every
                             run between two starts of the machine */
    int64_t window_s; /* when the day began that early_writes counts in */
    uint32_t early_writes;
    uint32_t clock_known; /* 1: the times are true, not merely consistent */
};

/* A file in the making; zeroed at first. */
struct cache_writer {
    uint8_t *bytes; /* owned */
    size_t size, capacity;
    uint32_t count;
    uint32_t news;    /* records that a source sent in this run */
    uint32_t content; /* differs when what is told differs; of what is live,
                         the time at which it was true is not told */
};

/*
 * Adds a good record that was true at taken_s (wall time; 0: unknown).
 * `identity` tells what it was asked from. Records beyond CACHE_RECORDS_MAX
 * are left out.
 */
void
cache_writer_add(struct cache_writer *writer, enum record_kind kind,
                 uint64_t identity, const void *record, int64_t taken_s);

/* Completes the file: `size` of its `bytes` are to be written. */
void
cache_writer_seal(struct cache_writer *writer, const struct cache_stamp *stamp);

/* Accepts a zeroed writer. */
void
cache_writer_finish(struct cache_writer *writer);

/* A good record (borrowed, changeable): head.recalled is 1, head.age_s is -1
 * and head.taken_s what cache_writer_add() was told. */
typedef void (*cache_record_fn)(void *arg, enum record_kind kind,
                                uint64_t identity, void *record);

/*
 * Judges any bytes and then calls `fn` for each record; not once if anything
 * is wrong with any of them. Returns NULL, or in a few words what is wrong.
 */
const char *
cache_read(const uint8_t *bytes, size_t size, struct cache_stamp *ret_stamp,
           cache_record_fn fn, void *arg);

#endif
