/*
 * Text: bounded copies, strict number parsing in the C locale, and UTF-8 as
 * it comes from outside.
 */
#ifndef MIRROR_COMMON_STR_H
#define MIRROR_COMMON_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Copies `text` into `to` of `size` bytes, cut at a character border where it
 * does not fit; always terminated. Returns false if it was cut. */
bool
str_copy(char *to, size_t size, const char *text);

/* Both take the whole of `text` or fail: no blanks, no tail, in range, finite.
 * `*ret_value` is untouched on failure. The decimal point is a point. */
bool
str_to_long(const char *text, long *ret_value);
bool
str_to_double(const char *text, double *ret_value);

/* Removes blanks at both ends, in place; returns the new start. */
char *
str_trim(char *text);

/* Byte by byte; "" starts and ends every text. */
bool
str_starts_with(const char *text, const char *prefix);
bool
str_ends_with(const char *text, const char *suffix);

/*
 * Reads one code point at `text` (`size` bytes are readable) as RFC 3629 has
 * it: no overlong forms, no surrogates, nothing above U+10FFFF. Returns its
 * length in bytes, or 0 where the bytes are not UTF-8 or end too soon.
 */
size_t
str_utf8_decode(const char *text, size_t size, uint32_t *ret_code);

/* Writes `code` as UTF-8; returns 1..4 bytes, or 0 for what has none. */
size_t
str_utf8_encode(uint32_t code, char to[4]);

/* Whether all `size` bytes are UTF-8, as str_utf8_decode() reads it. */
bool
str_utf8_valid(const char *text, size_t size);

/*
 * Makes outside text fit for a record: what is not UTF-8 becomes U+FFFD,
 * control characters other than newline are dropped (a tab becomes a blank),
 * and the rest is cut with "…" at a character border. Returns false if it
 * was cut. `to` has at least 8 bytes.
 */
bool
str_clean(char *to, size_t size, const char *text, size_t length);

/* How many insertions, deletions, replacements and swaps of neighbours turn
 * `a` into `b`, for suggestions; texts over 63 bytes count as far away. */
int
str_distance(const char *a, const char *b);

#endif
