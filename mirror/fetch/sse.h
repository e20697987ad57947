/*
 * Server-sent events (WHATWG HTML, 9.2), byte by byte: LF, CR and CRLF line
 * ends, comments, several data lines, split anywhere.
 */
#ifndef MIRROR_FETCH_SSE_H
#define MIRROR_FETCH_SSE_H

#include <stdbool.h>
#include <stddef.h>

enum {
    SSE_EVENT_MAX = 8 * 1024 * 1024, /* bytes of data, whatever the stream */
    SSE_NAME_MAX = 64,
};

/* One event: its name ("message" if it had none) and its data, without the
 * last line end. Borrowed. Returning false ends the stream. */
typedef bool (*sse_event_fn)(void *arg, const char *name, char *data,
                             size_t size);

struct sse {
    sse_event_fn fn;
    void *arg;
    size_t event_max;
    char *line; /* owned */
    size_t line_size, line_room;
    char *data; /* owned */
    size_t data_size, data_room;
    bool has_data;
    bool after_cr;
    char name[SSE_NAME_MAX];
    bool begun; /* past a byte order mark */
};

/* `event_max`: bytes of one event's data, at most SSE_EVENT_MAX. As much again
 * may be held for the line that is on its way. */
void
sse_init(struct sse *sse, size_t event_max, sse_event_fn fn, void *arg);

/* Accepts a zeroed one, leaves a zeroed one. */
void
sse_finish(struct sse *sse);

/* Feeds what came. Returns false if an event was over its bound or `fn` said
 * so; then nothing more may be fed. Memory of a large event is given back
 * after it. */
bool
sse_feed(struct sse *sse, const char *bytes, size_t size);

#endif
