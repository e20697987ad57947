/*
 * Outside text to code points that can be shown: nothing that steers a
 * terminal or turns the reading order, nothing invisible, no towers of marks.
 */
#ifndef MIRROR_RENDER_TEXT_CLEAN_H
#define MIRROR_RENDER_TEXT_CLEAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/text.h"

enum { TEXT_MARKS_MAX = 4 }; /* combining marks on one base */

/* Cleaned text. A line: blanks are single and never at an end. */
struct text_codes {
    uint32_t code[TEXT_BYTES_MAX];
    size_t count;
    bool cut; /* there was more than TEXT_BYTES_MAX bytes */
};

struct text_clean_options {
    bool icons;    /* private use code points are icons, and stay */
    bool newlines; /* a newline stays one (else it is a blank) */
};

/* Reads the first TEXT_BYTES_MAX bytes of `size`. What is not UTF-8 becomes
 * U+FFFD. */
void
text_clean(const char *utf8, size_t size, struct text_clean_options options,
           struct text_codes *ret_codes);

/* Whether a character as people count them begins at `at`; also true at the
 * end. Between two of these places nothing may be cut. */
bool
text_border(const uint32_t *code, size_t count, size_t at);

/* Whether this is shown as a colour picture by itself (not a digit, which
 * needs U+FE0F for it). */
bool
text_is_emoji(uint32_t code);

bool
text_is_mark(uint32_t code);

/* UTF-8 of the code points, cut at a whole one; returns the bytes without the
 * NUL. */
size_t
text_encode(const uint32_t *code, size_t count, char *to, size_t size);

#endif
