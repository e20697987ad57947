/* What outbox.c and outbox_each.c share. */
#ifndef MIRROR_FETCH_OUTBOX_PRIVATE_H
#define MIRROR_FETCH_OUTBOX_PRIVATE_H

#include "fetch/outbox.h"

/* One per kind and name; a config has at most 8 lists, 8 sets of values and
 * one of each other kind. */
enum { SLOTS_MAX = 32 };

/* The newest record of one kind and name. */
struct slot {
    enum record_kind kind;
    struct record_head *record; /* owned; the head of the whole */
    size_t size;
    int64_t put_ms; /* monotonic */
    bool waiting;
};

/* The monotonic side of a source's status. */
struct word {
    int64_t since_ms;
    int64_t good_ms; /* of the last good word */
    bool ever_good;
    int64_t hour_ms; /* begin of the hour whose lines are counted */
    unsigned lines;  /* changes within it */
};

struct outbox {
    struct loop *loop; /* borrowed */
    int fd;            /* borrowed; -1: print */
    uint32_t sequence;
    struct slot slots[SLOTS_MAX];
    size_t count;
    size_t turn; /* where to begin, so that no slot starves another */

    struct record_status status;
    struct word words[STATUS_SOURCES_MAX];
    struct record_heartbeat heartbeat;
    struct loop_timer beat;

    loop_timer_fn news; /* of outbox_watch(); may be NULL */
    void *news_arg;

    struct loop_timer closing; /* calls `closed` from the loop */
    bool closed;
};

/* Whole seconds since a monotonic time. */
int64_t
outbox_seconds_since(int64_t then_ms);

/* The place of a source in the status; its count if it is not there. */
uint32_t
outbox_find_status(const struct outbox *outbox, const char *source);

#endif
