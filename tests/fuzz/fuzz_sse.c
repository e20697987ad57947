/* Any bytes are an event stream, and it tells the same wherever they are
 * split. The first byte says where. */
#include <assert.h>
#include <string.h>

#include "fetch/sse.h"
#include "fuzz.h"

/* What was told, as a sum (FNV-1a, Fowler, Noll and Vo). */
struct told {
    uint64_t sum;
    size_t events;
};

static void
add(struct told *told, const char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        told->sum = (told->sum ^ (uint8_t)bytes[i]) * 0x100000001b3u;
    }
}

static bool
hear(void *arg, const char *name, char *data, size_t size) {
    struct told *told = arg;

    assert(strlen(name) > 0 && strlen(name) < SSE_NAME_MAX);
    assert(size <= SSE_EVENT_MAX && data[size] == '\0');
    add(told, name, strlen(name) + 1);
    add(told, data, size + 1);
    return ++told->events < 1000;
}

static struct told
listen_in_steps(const char *bytes, size_t size, size_t step) {
    struct told told = {0};
    struct sse sse;

    sse_init(&sse, SSE_EVENT_MAX, hear, &told);
    for (size_t at = 0; at < size; at += step) {
        size_t chunk = step < size - at ? step : size - at;

        if (!sse_feed(&sse, bytes + at, chunk)) {
            break;
        }
    }
    sse_finish(&sse);
    return told;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct told whole, parts;

    if (size < 2) {
        return 0;
    }
    whole = listen_in_steps((const char *)data + 1, size - 1, size);
    parts = listen_in_steps((const char *)data + 1, size - 1, data[0] + 1u);
    assert(whole.events == parts.events && whole.sum == parts.sum);
    return 0;
}
