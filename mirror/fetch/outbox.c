#include "fetch/outbox_private.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "common/channel.h"
#include "common/clock.h"
#include "common/log.h"
#include "common/str.h"
#include "common/xalloc.h"

enum { HOUR_MS = 60 * 60 * 1000, LINES_AN_HOUR = 20 };

static const char own_name[] = "mirror-fetch";

/* The reader is gone; whoever called may still be in the middle of things. */
static void
close_soon(struct outbox *outbox) {
    if (outbox->fd >= 0) {
        loop_remove_fd(outbox->loop, outbox->fd);
    }
    if (!outbox->closed) {
        outbox->closed = true;
        loop_set_timer(outbox->loop, &outbox->closing, clock_monotonic_ms());
    }
}

static void
refresh_status(struct outbox *outbox, struct record_status *status) {
    for (uint32_t i = 0; i < status->count; i++) {
        const struct word *word = &outbox->words[i];

        status->sources[i].since_age_s = outbox_seconds_since(word->since_ms);
        status->sources[i].good_age_s =
            word->ever_good ? outbox_seconds_since(word->good_ms) : -1;
    }
}

static const char *
status_word(const struct outbox *outbox, const char *source) {
    uint32_t at = outbox_find_status(outbox, source);

    if (strcmp(source, own_name) == 0) {
        return source_state_name(SOURCE_OK);
    }
    return source_state_name(at < outbox->status.count
                                 ? outbox->status.sources[at].state
                                 : SOURCE_CONNECTING);
}

static bool
print_line(struct outbox *outbox, const struct slot *slot) {
    record_print(slot->kind, slot->record,
                 status_word(outbox, slot->record->source), stdout);
    fputc('\n', stdout);
    if (fflush(stdout) != 0) {
        log_error_errno("outbox: standard output");
        close_soon(outbox);
        return false;
    }
    return true;
}

static void
set_beat(struct outbox *outbox) {
    loop_set_timer(outbox->loop, &outbox->beat,
                   clock_monotonic_ms() + CHANNEL_HEARTBEAT_S * 1000);
}

/* Returns false when there is no room, or no reader. */
static bool
send_packet(struct outbox *outbox, enum record_kind kind, size_t instance,
            const void *record, size_t size) {
    switch (channel_send(outbox->fd, &outbox->sequence, (uint16_t)kind,
                         (uint16_t)instance, record, size)) {
    case CHANNEL_OK: set_beat(outbox); return true;
    case CHANNEL_AGAIN: return false;
    default: close_soon(outbox); return false;
    }
}

/* The stored record keeps the age it came with; what leaves is as old as it
 * is now. */
static bool
send_slot(struct outbox *outbox, size_t index) {
    struct slot *slot = &outbox->slots[index];
    int64_t age_s = slot->record->age_s;
    bool sent;

    if (age_s >= 0) {
        slot->record->age_s = age_s + outbox_seconds_since(slot->put_ms);
    }
    if (slot->kind == RECORD_STATUS) {
        refresh_status(outbox, (struct record_status *)slot->record);
    }
    sent = outbox->fd < 0 ? print_line(outbox, slot)
                          : send_packet(outbox, slot->kind, index, slot->record,
                                        slot->size);
    slot->record->age_s = age_s;
    return sent;
}

static void
serve_channel(void *arg, int fd, short revents);

static void
flush_slots(struct outbox *outbox) {
    short events = POLLIN;

    for (size_t i = 0; i < outbox->count && !outbox->closed; i++) {
        size_t index = outbox->turn % outbox->count;

        if (outbox->slots[index].waiting && !send_slot(outbox, index)) {
            events |= POLLOUT;
            break;
        }
        outbox->slots[index].waiting = false;
        outbox->turn++;
    }
    if (outbox->fd >= 0 && !outbox->closed) {
        loop_add_fd(outbox->loop, outbox->fd, events, serve_channel, outbox);
    }
}

/* Nothing ever comes this way but the end. */
static void
serve_channel(void *arg, int fd, short revents) {
    struct outbox *outbox = arg;
    char byte;

    if ((revents & (POLLIN | POLLHUP | POLLERR | POLLNVAL)) != 0) {
        ssize_t size = recv(fd, &byte, 1, MSG_DONTWAIT);

        if (size >= 0 || (errno != EAGAIN && errno != EINTR)) {
            close_soon(outbox);
            return;
        }
    }
    flush_slots(outbox);
}

static void
beat(void *arg) {
    struct outbox *outbox = arg;

    if (outbox->closed) {
        return;
    }
    outbox->heartbeat.count++;
    if (!send_packet(outbox, RECORD_HEARTBEAT, SLOTS_MAX, &outbox->heartbeat,
                     sizeof outbox->heartbeat)) {
        set_beat(outbox); /* a full channel already tells that we live */
    }
}

struct outbox *
outbox_create(struct loop *loop, int fd, loop_timer_fn closed, void *arg) {
    struct outbox *outbox = xcalloc(1, sizeof *outbox);

    outbox->loop = loop;
    outbox->fd = fd;
    outbox->closing.fn = closed;
    outbox->closing.arg = arg;
    outbox->beat.fn = beat;
    outbox->beat.arg = outbox;
    record_head_init(&outbox->status.head, own_name, "", 0);
    record_head_init(&outbox->heartbeat.head, own_name, "", 0);
    outbox->status.head.live = outbox->heartbeat.head.live = 1;
    if (fd >= 0) {
        loop_add_fd(loop, fd, POLLIN, serve_channel, outbox);
        set_beat(outbox);
    }
    return outbox;
}

void
outbox_destroy(struct outbox *outbox) {
    if (outbox == NULL) {
        return;
    }
    if (outbox->fd >= 0) {
        loop_remove_fd(outbox->loop, outbox->fd);
    }
    loop_cancel_timer(outbox->loop, &outbox->beat);
    loop_cancel_timer(outbox->loop, &outbox->closing);
    for (size_t i = 0; i < outbox->count; i++) {
        free(outbox->slots[i].record);
    }
    free(outbox);
}

/* NULL if there is no room for another. */
static struct slot *
find_slot(struct outbox *outbox, enum record_kind kind, const char *name,
          size_t size) {
    struct slot *slot;

    for (size_t i = 0; i < outbox->count; i++) {
        slot = &outbox->slots[i];
        if (slot->kind == kind && strcmp(slot->record->name, name) == 0) {
            return slot;
        }
    }
    if (outbox->count == SLOTS_MAX) {
        return NULL;
    }
    slot = &outbox->slots[outbox->count++];
    slot->kind = kind;
    slot->record = xcalloc(1, size);
    slot->size = size;
    return slot;
}

/* Whether the two tell the same, whenever that was. */
static bool
same_news(const struct record_head *a, const struct record_head *b,
          size_t size) {
    return strcmp(a->source, b->source) == 0 && a->live == b->live &&
           a->recalled == b->recalled &&
           memcmp(a + 1, b + 1, size - sizeof *a) == 0;
}

void
outbox_put(struct outbox *outbox, enum record_kind kind, const void *record) {
    const struct record_kind_info *info = record_kind_info(kind);
    const struct record_head *head = record;
    struct slot *slot;

    if (info == NULL || !record_check(kind, record, info->size)) {
        log_error("outbox: record of kind %d breaks its own rules", (int)kind);
        return;
    }
    slot = find_slot(outbox, kind, head->name, info->size);
    if (slot == NULL) {
        log_error("outbox: more than %d kinds of news", SLOTS_MAX);
        return;
    }
    if (head->live == 1 && head->recalled == 0 &&
        same_news(slot->record, head, info->size)) {
        return;
    }
    memcpy(slot->record, record, info->size);
    slot->put_ms = clock_monotonic_ms();
    slot->waiting = true;
    if (outbox->news != NULL && kind != RECORD_STATUS && head->recalled == 0) {
        outbox->news(outbox->news_arg);
    }
    flush_slots(outbox);
}

/* A source that is new here; NULL if there is no room for it. */
static struct source_status *
add_source(struct outbox *outbox, const char *source) {
    struct source_status *status;

    if (outbox->status.count == STATUS_SOURCES_MAX) {
        log_error("outbox: more than %d sources", STATUS_SOURCES_MAX);
        return NULL;
    }
    status = &outbox->status.sources[outbox->status.count++];
    str_copy(status->source, sizeof status->source, source);
    status->state = SOURCE_STATE_END; /* whatever comes is a change */
    return status;
}

static struct source_status *
find_source(struct outbox *outbox, const char *source) {
    uint32_t at = outbox_find_status(outbox, source);

    return at < outbox->status.count ? &outbox->status.sources[at]
                                     : add_source(outbox, source);
}

/* A source that comes and goes every few seconds for a week must not fill a
 * log that others need. */
static void
log_change(struct word *word, const struct source_status *status) {
    char shown[LOG_TEXT_MAX];

    if (word->lines == 0 || word->since_ms - word->hour_ms >= HOUR_MS) {
        word->hour_ms = word->since_ms;
        word->lines = 0;
    }
    if (++word->lines > LINES_AN_HOUR) {
        return;
    }
    log_info("%s: %s%s%s", status->source, source_state_name(status->state),
             status->detail[0] != '\0' ? ": " : "",
             log_escape(shown, status->detail));
    if (word->lines == LINES_AN_HOUR) {
        log_warning("%s: changes too often to be logged this hour",
                    status->source);
    }
}

void
outbox_status(struct outbox *outbox, const char *source,
              enum source_state state, const char *detail) {
    struct source_status *status = find_source(outbox, source);
    struct moment now = clock_now();
    char clean[RECORD_TEXT_MAX] = {0};
    struct word *word;

    if (status == NULL) {
        return;
    }
    word = &outbox->words[status - outbox->status.sources];
    str_clean(clean, sizeof clean, detail, strlen(detail));
    if (state == SOURCE_OK) {
        word->good_ms = now.mono_ms;
        word->ever_good = true;
    }
    if (status->state == state && strcmp(status->detail, clean) == 0) {
        return;
    }
    memcpy(status->detail, clean, sizeof clean);
    if (status->state != state) {
        status->state = (uint8_t)state;
        status->since_s = now.wall_ms / 1000;
        word->since_ms = now.mono_ms;
        log_change(word, status);
    }
    outbox->status.head.taken_s = now.wall_ms / 1000;
    refresh_status(outbox, &outbox->status);
    outbox_put(outbox, RECORD_STATUS, &outbox->status);
}
