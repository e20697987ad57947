#include "fetch/json.h"

#include <malloc.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/str.h"
#include "common/xalloc.h"

/* cJSON's hooks carry no argument, so its budget has to stand here. */
static struct {
    size_t max, now, peak;
    bool refused; /* an allocation, since this was last cleared */
} heap;

static void *
heap_take(size_t size) {
    void *memory;

    if (size > heap.max || heap.now > heap.max - size) {
        heap.refused = true;
        return NULL;
    }
    memory = xmalloc(size);
    heap.now += malloc_usable_size(memory);
    if (heap.now > heap.peak) {
        heap.peak = heap.now;
    }
    return memory;
}

static void
heap_give(void *memory) {
    if (memory != NULL) {
        heap.now -= malloc_usable_size(memory);
        free(memory);
    }
}

void
json_limit_heap(size_t max_bytes) {
    cJSON_Hooks hooks = {.malloc_fn = heap_take, .free_fn = heap_give};

    heap.max = max_bytes;
    cJSON_InitHooks(&hooks);
}

size_t
json_heap_now(void) {
    return heap.now;
}

size_t
json_heap_peak(void) {
    return heap.peak;
}

/* cJSON itself goes 1000 deep, on the stack. */
static bool
depth_ok(const char *text, size_t size) {
    bool in_string = false;
    int depth = 0;

    for (size_t i = 0; i < size; i++) {
        char c = text[i];

        if (in_string) {
            if (c == '\\') {
                i++;
            }
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > JSON_DEPTH_MAX) {
                return false;
            }
        } else if ((c == ']' || c == '}') && depth > 0) {
            depth--;
        }
    }
    return true;
}

cJSON *
json_parse(const char *text, size_t size, const char **ret_why) {
    const char *end = NULL;
    cJSON *json;

    if (memchr(text, '\0', size) != NULL) {
        *ret_why = "NUL byte in JSON";
        return NULL;
    }
    if (!str_utf8_valid(text, size)) {
        *ret_why = "JSON is not UTF-8";
        return NULL;
    }
    if (!depth_ok(text, size)) {
        *ret_why = "JSON nested too deep";
        return NULL;
    }
    heap.refused = false;
    json = cJSON_ParseWithLengthOpts(text, size + 1, &end, 1);
    if (json == NULL) {
        *ret_why = heap.refused ? "JSON over its memory bound" : "broken JSON";
    }
    return json;
}

const cJSON *
json_member(const cJSON *object, const char *name) {
    return cJSON_IsObject(object)
               ? cJSON_GetObjectItemCaseSensitive(object, name)
               : NULL;
}

const char *
json_text(const cJSON *object, const char *name) {
    return cJSON_GetStringValue(json_member(object, name));
}

double
json_real(const cJSON *object, const char *name, double low, double high) {
    const cJSON *member = json_member(object, name);

    if (!cJSON_IsNumber(member) || !isfinite(member->valuedouble) ||
        member->valuedouble < low || member->valuedouble > high) {
        return NAN;
    }
    return member->valuedouble;
}

/* A double holds every whole number up to 2^53, and no comparison with bounds
 * beyond that would mean anything. */
int64_t
json_int(const cJSON *object, const char *name, int64_t low, int64_t high,
         int64_t fallback) {
    static const double whole_max = 9007199254740992.0;
    double value = json_real(object, name, -whole_max, whole_max);

    if (isnan(value) || value != trunc(value) || (int64_t)value < low ||
        (int64_t)value > high) {
        return fallback;
    }
    return (int64_t)value;
}

bool
json_bool(const cJSON *object, const char *name, bool fallback) {
    const cJSON *member = json_member(object, name);

    return cJSON_IsBool(member) ? (bool)cJSON_IsTrue(member) : fallback;
}
