#include "fetch/sse.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "common/xalloc.h"

enum {
    FIELD_BYTES = 16,       /* "data: " stands before the data */
    KEEP_BYTES = 64 * 1024, /* what is kept between events */
};

void
sse_init(struct sse *sse, size_t event_max, sse_event_fn fn, void *arg) {
    assert(event_max <= SSE_EVENT_MAX);
    *sse = (struct sse){.fn = fn, .arg = arg, .event_max = event_max};
}

void
sse_finish(struct sse *sse) {
    free(sse->line);
    free(sse->data);
    *sse = (struct sse){0};
}

/* Room for `used` bytes and a NUL, of which there are at most `most`. */
static void
reserve(char **bytes, size_t *room, size_t used, size_t most) {
    size_t want = *room > 0 ? *room : 256;

    while (want < used + 1) {
        want *= 2;
    }
    if (want > most + 1) {
        want = most + 1;
    }
    if (want != *room) {
        *bytes = xrealloc(*bytes, want, 1);
        *room = want;
    }
}

static bool
append_line(struct sse *sse, const char *bytes, size_t size) {
    size_t most = sse->event_max + FIELD_BYTES;

    if (size > most - sse->line_size) {
        log_warning("sse: line of more than %zu bytes", most);
        return false;
    }
    reserve(&sse->line, &sse->line_room, sse->line_size + size, most);
    memcpy(sse->line + sse->line_size, bytes, size);
    sse->line_size += size;
    return true;
}

static void
give_back(char **bytes, size_t *room) {
    if (*room > KEEP_BYTES) {
        free(*bytes);
        *bytes = NULL;
        *room = 0;
    }
}

/* A blank line: the event is whole. One without data is none. */
static bool
dispatch(struct sse *sse) {
    bool go_on = true;

    if (sse->has_data) {
        sse->data[sse->data_size] = '\0';
        go_on = sse->fn(sse->arg, sse->name[0] != '\0' ? sse->name : "message",
                        sse->data, sse->data_size);
    }
    sse->name[0] = '\0';
    sse->data_size = 0;
    sse->has_data = false;
    give_back(&sse->data, &sse->data_room);
    return go_on;
}

/* The lines of one event are joined with a newline between them. */
static bool
add_data(struct sse *sse, const char *value, size_t size) {
    size_t joint = sse->has_data ? 1 : 0;

    if (size + joint > sse->event_max - sse->data_size) {
        log_warning("sse: event of more than %zu bytes", sse->event_max);
        return false;
    }
    reserve(&sse->data, &sse->data_room, sse->data_size + joint + size,
            sse->event_max);
    if (joint > 0) {
        sse->data[sse->data_size++] = '\n';
    }
    memcpy(sse->data + sse->data_size, value, size);
    sse->data_size += size;
    sse->has_data = true;
    return true;
}

/* A name too long for us is none we know: cut, it matches nothing either. */
static void
set_name(struct sse *sse, const char *value, size_t size) {
    if (size >= sizeof sse->name) {
        size = sizeof sse->name - 1;
    }
    memcpy(sse->name, value, size);
    sse->name[size] = '\0';
}

static bool
is_field(const char *line, size_t size, const char *name) {
    return size == strlen(name) && memcmp(line, name, size) == 0;
}

/* "id" and "retry" are for clients that resume; we read all state anew. */
static bool
take_field(struct sse *sse, const char *line, size_t size) {
    const char *colon = memchr(line, ':', size);
    size_t name_size = colon != NULL ? (size_t)(colon - line) : size;
    const char *value = colon != NULL ? colon + 1 : line + size;
    size_t value_size = (size_t)(line + size - value);

    if (value_size > 0 && value[0] == ' ') {
        value++;
        value_size--;
    }
    if (is_field(line, name_size, "data")) {
        return add_data(sse, value, value_size);
    }
    if (is_field(line, name_size, "event")) {
        set_name(sse, value, value_size);
    }
    return true;
}

static bool
end_line(struct sse *sse) {
    static const char mark[] = "\xef\xbb\xbf";
    const char *line = sse->line;
    size_t size = sse->line_size;
    bool go_on;

    if (!sse->begun && size >= 3 && memcmp(line, mark, 3) == 0) {
        line += 3;
        size -= 3;
    }
    sse->begun = true;
    go_on = size > 0 ? take_field(sse, line, size) : dispatch(sse);
    sse->line_size = 0;
    give_back(&sse->line, &sse->line_room);
    return go_on;
}

static size_t
find_line_end(const char *bytes, size_t size) {
    size_t at = 0;

    while (at < size && bytes[at] != '\n' && bytes[at] != '\r') {
        at++;
    }
    return at;
}

bool
sse_feed(struct sse *sse, const char *bytes, size_t size) {
    while (size > 0) {
        size_t length;

        if (sse->after_cr && bytes[0] == '\n') {
            bytes++;
            size--;
        }
        sse->after_cr = false;
        length = find_line_end(bytes, size);
        if (length > 0 && !append_line(sse, bytes, length)) {
            return false;
        }
        if (length == size) {
            return true;
        }
        sse->after_cr = bytes[length] == '\r';
        if (!end_line(sse)) {
            return false;
        }
        bytes += length + 1;
        size -= length + 1;
    }
    return true;
}
