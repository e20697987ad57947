/*
 * JSON from outside: one guarded entrance to cJSON, typed getters that say
 * "missing" instead of guessing, and a splitter that cuts a list at its
 * top-level elements while it arrives.
 */
#ifndef MIRROR_FETCH_JSON_H
#define MIRROR_FETCH_JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    JSON_DEPTH_MAX = 32,
    JSON_ELEMENT_MAX = 256 * 1024, /* bytes of one element of a list */
};

/* Routes cJSON's memory through a budget of `max_bytes` in all; over it parses
 * fail. Call once, before the first parse. */
void
json_limit_heap(size_t max_bytes);

/* Bytes cJSON holds now, and the most it ever held. */
size_t
json_heap_now(void);
size_t
json_heap_peak(void);

/*
 * Parses all of `text` (`size` bytes; text[size] must be NUL): refuses NUL
 * bytes, nesting over JSON_DEPTH_MAX, invalid UTF-8 and trailing bytes. NULL
 * on failure, with *ret_why (a literal) saying what. Free with cJSON_Delete().
 */
cJSON *
json_parse(const char *text, size_t size, const char **ret_why);

/* The member `name` of an object (case matters; the first of duplicates), or
 * NULL. `object` may be NULL or anything. */
const cJSON *
json_member(const cJSON *object, const char *name);

/* NULL if it is missing or no string. */
const char *
json_text(const cJSON *object, const char *name);

/* NaN if it is missing, no number, not finite, or outside low..high. */
double
json_real(const cJSON *object, const char *name, double low, double high);

/* `fallback` if it is missing, no whole number, or outside low..high. */
int64_t
json_int(const cJSON *object, const char *name, int64_t low, int64_t high,
         int64_t fallback);

/* `fallback` if it is missing or neither true nor false. */
bool
json_bool(const cJSON *object, const char *name, bool fallback);

/* Called with one top-level element (borrowed; deleted afterwards). Returning
 * false ends the list. */
typedef bool (*json_element_fn)(void *arg, const cJSON *element);

/* Cuts "[ {...}, {...} ]" into elements and parses each alone, so that a list
 * of any length costs the memory of one element. */
struct json_list {
    json_element_fn fn;
    void *arg;
    char *element; /* owned: the bytes of the element so far */
    size_t size, room;
    int depth;
    int state; /* private */
    bool in_string, escaped;
    size_t count;    /* elements given out */
    size_t skipped;  /* elements too large or that did not parse */
    const char *why; /* a literal: why json_list_feed() said no */
};

/* `fn` is called from json_list_feed(). */
void
json_list_init(struct json_list *list, json_element_fn fn, void *arg);

/* Accepts a zeroed one, leaves a zeroed one. */
void
json_list_finish(struct json_list *list);

/* False where the bytes are no list (anything but white space before '[' or
 * behind ']', nesting too deep, a missing comma) or `fn` said so. An element
 * that is too large or no JSON inside is skipped and counted: one bad item is
 * not a bad document. */
bool
json_list_feed(struct json_list *list, const char *bytes, size_t size);

/* Whether the closing bracket has come: a list that ends before it was cut. */
bool
json_list_complete(const struct json_list *list);

#endif
