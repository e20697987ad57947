/*
 * Any packet: received, judged, and what passes is used. The first byte picks
 * what the rest becomes: 0 the whole packet as it is; else the record behind a
 * good header of that kind, cut or filled up to the size it prescribes, so
 * that the records' own checks are reached.
 */
#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/channel.h"
#include "common/log.h"
#include "common/xalloc.h"
#include "fuzz.h"
#include "model/record.h"
#include "render/facts.h"

static void
send_raw(int fd, const uint8_t *data, size_t size) {
    if (size > 0 && size <= CHANNEL_PACKET_MAX + 1) {
        send(fd, data, size, MSG_DONTWAIT);
    }
}

static void
send_record(int fd, unsigned kind, const uint8_t *data, size_t size) {
    const struct record_kind_info *info = record_kind_info(kind);
    uint32_t sequence = 0;
    void *record;

    if (info == NULL) {
        return;
    }
    record = xcalloc(1, info->size);
    memcpy(record, data, size < info->size ? size : info->size);
    channel_send(fd, &sequence, (uint16_t)kind, 0, record, info->size);
    free(record);
}

static void
use(unsigned kind, const void *record) {
    const struct record_head *head = record;
    struct facts *facts = facts_create();
    FILE *out = fopen("/dev/null", "w");

    assert(out != NULL);
    facts_set_connected(facts, true, 0);
    facts_put(facts, kind, record, 0);
    if (kind != RECORD_STATUS && kind != RECORD_HEARTBEAT) {
        assert(facts_get(facts, kind, head->name, 1).record != NULL);
    }
    facts_set_connected(facts, false, 1000);
    record_print(kind, record, "ok", out);
    fclose(out);
    facts_destroy(facts);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static _Alignas(max_align_t) unsigned char packet[CHANNEL_PACKET_MAX];
    const void *record = packet + sizeof(struct channel_header);
    struct channel_header header;
    uint32_t sequence = 0;
    int ends[2];

    log_open("fuzz", LOG_LEVEL_NONE);
    if (size == 0 || socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) != 0) {
        return 0;
    }
    if (data[0] == 0) {
        send_raw(ends[1], data + 1, size - 1);
    } else {
        send_record(ends[1], data[0], data + 1, size - 1);
    }
    close(ends[1]);
    if (channel_receive(ends[0], &sequence, packet, &header) == CHANNEL_OK) {
        assert(header.size <= CHANNEL_PACKET_MAX - sizeof header);
        assert(sequence == 1);
        if (record_check(header.kind, record, header.size)) {
            use(header.kind, record);
        }
    }
    close(ends[0]);
    return 0;
}
