/*
 * What crosses the channel: one pointer-free struct per kind, and the table
 * that says for each kind its name, size, check and print.
 *
 * Every record begins with a struct record_head. Text is UTF-8, terminated
 * inside its array, without control characters other than newline. Missing
 * numbers are NaN, missing times RECORD_NO_TIME, missing text "". Unused
 * elements and padding are zero, so that records compare with memcmp().
 */
#ifndef MIRROR_MODEL_RECORD_H
#define MIRROR_MODEL_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/json_write.h"

enum record_kind {
    RECORD_STATUS = 1,
    RECORD_HEARTBEAT,
    RECORD_LIGHTS,
    RECORD_TODO,
    RECORD_WEATHER,
    RECORD_MESSAGE,
    RECORD_VALUES,
    RECORD_KIND_END,
};

enum {
    RECORD_NAME_MAX = 48,  /* bytes with the NUL: a section's name */
    RECORD_ID_MAX = 96,    /* a hub's item name */
    RECORD_TEXT_MAX = 257, /* 256 bytes of text and the NUL */
};

#define RECORD_NO_TIME INT64_MIN

/* The years a time or date in a record may have; else it is missing. */
enum { RECORD_YEAR_MIN = 2000, RECORD_YEAR_MAX = 2100 };

/* Bounds for the sake of sums: of an age, and of a clock, which may be wrong
 * but is no more than the year 5138. */
#define RECORD_OMITTED_MAX 1000000 /* items that a list leaves out */
#define RECORD_AGE_MAX_S   (100LL * 366 * 86400)
#define RECORD_WALL_MAX_S  100000000000LL

struct record_head {
    char source[RECORD_NAME_MAX]; /* whose status applies: "hub", "weather" */
    char name[RECORD_NAME_MAX];   /* the [todo NAME] or [values NAME]; or "" */
    int64_t taken_s;  /* wall time (UTC) at which the data were true */
    int64_t age_s;    /* their age when the packet was sent; -1: unknown */
    uint8_t live;     /* 1: pushed; true for as long as the source's status
                        is ok. 0: a poll; grows old from age_s on */
    uint8_t recalled; /* 1: from the cache of an earlier run, and as old as
                         age_s says, whatever its source does now */
    uint8_t zero[6];
};

/* What a source does when nothing else is the matter. */
struct record_heartbeat {
    struct record_head head;
    uint64_t count;
};

struct record_kind_info {
    const char *name;                  /* as --print shows it */
    size_t size;                       /* of the whole struct */
    bool (*check)(const void *record); /* what is behind the head; ranges,
                                          counts, text. No logging */
    void (*print)(const void *record, struct json_writer *json);
    /* the members of "data" */
};

/* NULL for a number that is no kind. */
const struct record_kind_info *
record_kind_info(unsigned kind);

/* Whether `size` bytes at `record` are a record of `kind`, head included: the
 * reader's judge of everything that passed channel_receive(). */
bool
record_check(unsigned kind, const void *record, size_t size);

/*
 * Writes one JSON object, without a newline:
 * {"kind":"lights","source":"hub","name":"","age_s":0,"status":"ok","data":{}}
 * `status` is the word for the source's state (status.h).
 */
void
record_print(unsigned kind, const void *record, const char *status, FILE *out);

/* Fills the head of a zeroed record. */
void
record_head_init(struct record_head *head, const char *source, const char *name,
                 int64_t taken_s);

/* For the checks: text terminated inside `size` bytes, valid UTF-8, no control
 * characters but newline, and nothing but zeros behind the NUL. */
bool
record_text_ok(const char *text, size_t size);

/* NaN, or within [low, high]. */
bool
record_real_ok(double value, double low, double high);

/* RECORD_NO_TIME, or within the years above. */
bool
record_time_ok(int64_t utc_s);

#endif
