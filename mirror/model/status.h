/* How each source is doing: one record for all of them. */
#ifndef MIRROR_MODEL_STATUS_H
#define MIRROR_MODEL_STATUS_H

#include "model/record.h"

enum source_state {
    SOURCE_OK,
    SOURCE_CONNECTING, /* no answer yet since the program started */
    SOURCE_OFFLINE,    /* no route, no name, no connection, no bytes in time */
    SOURCE_REFUSED,    /* 401 or 403: the token or the access */
    SOURCE_CERTIFICATE,
    SOURCE_NO_CLOCK, /* certificate "not yet valid" while the clock is unset */
    SOURCE_BAD_REPLY,
    SOURCE_TOO_BIG,
    SOURCE_LIMIT,  /* 429, or a bound of ours was reached */
    SOURCE_CONFIG, /* 400, 404: what was asked for does not exist */
    SOURCE_STATE_END,
};

enum { STATUS_SOURCES_MAX = 16 };

struct source_status {
    char source[RECORD_NAME_MAX]; /* "hub", "weather", ... */
    char detail[RECORD_TEXT_MAX]; /* a short reason for a log or --doctor */
    uint8_t state;                /* enum source_state */
    uint8_t zero[6];
    int64_t since_s;     /* wall time of the change to this state */
    int64_t since_age_s; /* how long ago that was, at sending */
    int64_t good_age_s;  /* since the last good word; -1: never */
};

struct record_status {
    struct record_head head; /* source "mirror-fetch" */
    uint32_t count;
    uint32_t zero;
    struct source_status sources[STATUS_SOURCES_MAX];
};

/* "ok", "connecting", "offline", "refused", "certificate", "no-clock",
 * "bad-reply", "too-big", "limit", "config"; "?" for what is no state. */
const char *
source_state_name(unsigned state);

/* As struct record_kind_info (record.h) says. */
bool
status_check(const void *record);
void
status_print(const void *record, struct json_writer *json);

#endif
