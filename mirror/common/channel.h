/*
 * The one way from mirror-fetch to mirror: an AF_UNIX SOCK_SEQPACKET socket.
 * One packet is one struct channel_header and one record of exactly the size
 * its kind prescribes. The kernel keeps packet borders, so there is no
 * framing; nothing ever flows back.
 *
 * The reader trusts no byte. channel_receive() judges truncation, magic,
 * version and length; the record's own check (model/record.h) judges the rest.
 */
#ifndef MIRROR_COMMON_CHANNEL_H
#define MIRROR_COMMON_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CHANNEL_FD = 3,             /* where mirror-fetch finds its end */
    CHANNEL_PACKET_MAX = 65536, /* header and record */
    CHANNEL_VERSION = 1,
    CHANNEL_HEARTBEAT_S = 15, /* at least one packet in so long ... */
    CHANNEL_HANG_S = 45,      /* ... and after so long without, it hangs */
};

#define CHANNEL_MAGIC 0x4d495252u /* "MIRR"; also catches a wrong byte order */

struct channel_header {
    uint32_t magic;
    uint16_t version;
    uint16_t kind;     /* enum record_kind */
    uint16_t instance; /* tells sources of one kind apart; for logs */
    uint16_t zero;
    uint32_t zeros;    /* so that a record of any type stands aligned */
    uint32_t sequence; /* counts up by one from 1 in each connection */
    uint32_t size;     /* of the record behind the header */
};

_Static_assert(sizeof(struct channel_header) % _Alignof(int64_t) == 0,
               "the record behind the header is aligned with its buffer");

enum channel_result {
    CHANNEL_OK,
    CHANNEL_AGAIN,  /* nothing to read, or the peer's buffer is full */
    CHANNEL_CLOSED, /* the peer is gone */
    CHANNEL_BAD,    /* the peer talks nonsense; logged; drop the connection */
};

/* Sends one packet without waiting. `sequence` is the caller's counter, bumped
 * when the packet went out. `record` has `size` > 0 bytes. */
enum channel_result
channel_send(int fd, uint32_t *sequence, uint16_t kind, uint16_t instance,
             const void *record, size_t size);

/*
 * Receives one packet without waiting into `buffer` (CHANNEL_PACKET_MAX bytes,
 * aligned for any type). On CHANNEL_OK *ret_header is checked and the record
 * stands at buffer + sizeof(struct channel_header). `sequence` is the last
 * number seen, 0 at first; a gap is CHANNEL_BAD, as a reader behind a
 * reliable socket has no other way to lose one.
 */
enum channel_result
channel_receive(int fd, uint32_t *sequence, void *buffer,
                struct channel_header *ret_header);

#endif
