/* The splitter of json.h: it knows brackets and strings and nothing else of
 * JSON. What stands between is judged by json_parse(), element by element. */
#include <stdlib.h>
#include <string.h>

#include "common/xalloc.h"
#include "fetch/json.h"

enum {
    BEFORE,  /* white space, then '[' */
    FIRST,   /* an element, or ']' */
    ELEMENT, /* inside one */
    DONE,    /* behind one: ',' or ']' */
    NEXT,    /* behind a comma: an element */
    AFTER,   /* behind ']' */
    FAILED,
};

void
json_list_init(struct json_list *list, json_element_fn fn, void *arg) {
    *list = (struct json_list){.fn = fn, .arg = arg, .state = BEFORE};
}

void
json_list_finish(struct json_list *list) {
    free(list->element);
    *list = (struct json_list){0};
}

bool
json_list_complete(const struct json_list *list) {
    return list->state == AFTER;
}

static bool
fail(struct json_list *list, const char *why) {
    list->why = why;
    list->state = FAILED;
    return false;
}

static bool
is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Of an element that is too large only the size is kept, up to one byte over
 * the bound. */
static void
collect(struct json_list *list, const char *bytes, size_t size) {
    size_t room = list->room > 0 ? list->room : 1024;

    if (size > JSON_ELEMENT_MAX - list->size) {
        list->size = JSON_ELEMENT_MAX + 1;
        return;
    }
    while (room < list->size + size + 1) {
        room *= 2;
    }
    if (room != list->room) {
        list->element = xrealloc(list->element, room, 1);
        list->room = room;
    }
    memcpy(list->element + list->size, bytes, size);
    list->size += size;
}

static void
collect_until(struct json_list *list, const char *from, const char *to) {
    if (list->size <= JSON_ELEMENT_MAX && to > from) {
        collect(list, from, (size_t)(to - from));
    }
}

static bool
give_out(struct json_list *list) {
    const char *why;
    cJSON *element = NULL;
    bool go_on = true;

    if (list->size <= JSON_ELEMENT_MAX) {
        list->element[list->size] = '\0';
        element = json_parse(list->element, list->size, &why);
    }
    if (element == NULL) {
        list->skipped++;
    } else {
        list->count++;
        go_on = list->fn(list->arg, element);
        cJSON_Delete(element);
    }
    list->size = 0;
    list->state = DONE;
    return go_on || fail(list, "the list was not wanted any further");
}

/* One byte inside an element. Sets *ret_ends where the element ends with it;
 * a bare word or number ends before the byte that follows it, which is for
 * scalar_ends() to see. */
static bool
step_inside(struct json_list *list, char c, bool *ret_ends) {
    *ret_ends = false;
    if (list->escaped) {
        list->escaped = false;
    } else if (list->in_string) {
        list->escaped = c == '\\';
        list->in_string = c != '"';
        *ret_ends = c == '"' && list->depth == 1;
    } else if (c == '"') {
        list->in_string = true;
    } else if (c == '[' || c == '{') {
        if (++list->depth > JSON_DEPTH_MAX) {
            return fail(list, "JSON nested too deep");
        }
    } else if (c == ']' || c == '}') {
        *ret_ends = --list->depth == 1;
    }
    return true;
}

static bool
scalar_ends(const struct json_list *list, char c) {
    return list->depth == 1 && !list->in_string &&
           (is_space(c) || c == ',' || c == ']' || c == '}');
}

/* Consumes the bytes of one element, up to its end or to `end`. Returns where
 * it stopped, or NULL. */
static const char *
feed_element(struct json_list *list, const char *at, const char *end) {
    const char *from = at;
    bool ends = false;

    while (at < end && !ends) {
        if (scalar_ends(list, *at)) {
            ends = true;
            break;
        }
        if (!step_inside(list, *at, &ends)) {
            return NULL;
        }
        at++;
    }
    collect_until(list, from, at);
    if (ends && !give_out(list)) {
        return NULL;
    }
    return at;
}

/* One byte between elements. */
static bool
feed_between(struct json_list *list, char c) {
    switch (list->state) {
    case BEFORE:
        if (c != '[') {
            return fail(list, "no JSON list");
        }
        list->depth = 1;
        list->state = FIRST;
        return true;
    case DONE:
        if (c != ',' && c != ']') {
            return fail(list, "comma missing in a JSON list");
        }
        list->state = c == ',' ? NEXT : AFTER;
        return true;
    case AFTER: return fail(list, "bytes behind a JSON list");
    case FAILED: return false;
    default: return fail(list, "element missing in a JSON list");
    }
}

static bool
begins_element(const struct json_list *list, char c) {
    return (list->state == FIRST || list->state == NEXT) && c != ',' &&
           c != ']' && c != '}';
}

bool
json_list_feed(struct json_list *list, const char *bytes, size_t size) {
    const char *end = bytes + size;

    while (bytes < end) {
        if (list->state == ELEMENT) {
            bytes = feed_element(list, bytes, end);
            if (bytes == NULL) {
                return false;
            }
        } else if (is_space(*bytes) && list->state != FAILED) {
            bytes++;
        } else if (begins_element(list, *bytes)) {
            list->state = ELEMENT;
        } else if (list->state == FIRST && *bytes == ']') {
            list->state = AFTER;
            bytes++;
        } else if (!feed_between(list, *bytes++)) {
            return false;
        }
    }
    return list->state != FAILED;
}
