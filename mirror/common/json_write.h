/*
 * Writes JSON to a stdio stream: what --print and --scene give out. Members
 * and elements are separated by the writer; a call outside its place is a
 * mistake of ours and asserts.
 */
#ifndef MIRROR_COMMON_JSON_WRITE_H
#define MIRROR_COMMON_JSON_WRITE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { JSON_WRITE_DEPTH_MAX = 16 };

struct json_writer {
    FILE *out; /* borrowed */
    int depth;
    bool filled[JSON_WRITE_DEPTH_MAX]; /* something stands at this depth */
    bool after_key;
};

/* `out` is borrowed; what goes wrong with it, ferror() tells. */
void
json_write_init(struct json_writer *json, FILE *out);

void
json_write_object(struct json_writer *json); /* { */
void
json_write_array(struct json_writer *json); /* [ */
void
json_write_end(struct json_writer *json, char bracket); /* } or ] */

/* The name of the next value; only inside an object. */
void
json_write_key(struct json_writer *json, const char *key);

/* NULL is null. Bytes that are not UTF-8 become U+FFFD. */
void
json_write_text(struct json_writer *json, const char *text);
void
json_write_int(struct json_writer *json, int64_t value);
void
json_write_bool(struct json_writer *json, bool value);
void
json_write_null(struct json_writer *json);

/* NaN and the infinities are null; the shortest text that reads back to the
 * same value at up to 9 digits, and never "-0". */
void
json_write_real(struct json_writer *json, double value);

/* A key and its value at once. */
void
json_write_member_text(struct json_writer *json, const char *key,
                       const char *text);
void
json_write_member_int(struct json_writer *json, const char *key, int64_t value);
void
json_write_member_real(struct json_writer *json, const char *key, double value);
void
json_write_member_bool(struct json_writer *json, const char *key, bool value);
void
json_write_member_null(struct json_writer *json, const char *key);

#endif
