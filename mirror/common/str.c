#include "common/str.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool
is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The largest cut at or below `size` that does not split a character. */
static size_t
utf8_cut(const char *text, size_t size) {
    while (size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80) {
        size--;
    }
    return size;
}

bool
str_copy(char *to, size_t size, const char *text) {
    size_t length = strlen(text);
    bool whole = length < size;

    if (!whole) {
        length = utf8_cut(text, size - 1);
    }
    memcpy(to, text, length);
    to[length] = '\0';
    return whole;
}

bool
str_to_long(const char *text, long *ret_value) {
    char *end;
    long value;

    if (*text != '-' && (*text < '0' || *text > '9')) {
        return false;
    }
    errno = 0;
    value = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0') {
        return false;
    }
    *ret_value = value;
    return true;
}

bool
str_to_double(const char *text, double *ret_value) {
    char *end;
    double value;

    /* strtod() also takes blanks, hex, "inf" and "nan". */
    if (text[0] == '\0' || strspn(text, "+-0123456789.eE") != strlen(text)) {
        return false;
    }
    value = strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(value)) {
        return false;
    }
    *ret_value = value;
    return true;
}

char *
str_trim(char *text) {
    size_t length;

    while (is_blank(*text)) {
        text++;
    }
    length = strlen(text);
    while (length > 0 && is_blank(text[length - 1])) {
        length--;
    }
    text[length] = '\0';
    return text;
}

bool
str_starts_with(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool
str_ends_with(const char *text, const char *suffix) {
    size_t length = strlen(text);
    size_t tail = strlen(suffix);

    return length >= tail && strcmp(text + length - tail, suffix) == 0;
}

/* The length a lead byte announces, with its payload and the least code point
 * that needs that length; 0 for a byte that leads nothing. */
static size_t
utf8_lead(unsigned char lead, uint32_t *ret_bits, uint32_t *ret_least) {
    static const struct {
        unsigned char mask, value;
        uint32_t least;
    } forms[] = {
        {0x80, 0x00, 0},
        {0xe0, 0xc0, 0x80},
        {0xf0, 0xe0, 0x800},
        {0xf8, 0xf0, 0x10000},
    };

    for (size_t i = 0; i < 4; i++) {
        if ((lead & forms[i].mask) == forms[i].value) {
            *ret_bits = lead & (unsigned char)~forms[i].mask;
            *ret_least = forms[i].least;
            return i + 1;
        }
    }
    return 0;
}

size_t
str_utf8_decode(const char *text, size_t size, uint32_t *ret_code) {
    uint32_t code = 0;
    uint32_t least = 0;
    size_t length;

    if (size == 0) {
        return 0;
    }
    length = utf8_lead((unsigned char)text[0], &code, &least);
    if (length == 0 || length > size) {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];

        if ((byte & 0xc0) != 0x80) {
            return 0;
        }
        code = code << 6 | (byte & 0x3f);
    }
    if (code < least || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
        return 0;
    }
    *ret_code = code;
    return length;
}

size_t
str_utf8_encode(uint32_t code, char to[4]) {
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        to[0] = (char)(0xc0 | code >> 6);
        to[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        if (code >= 0xd800 && code < 0xe000) {
            return 0;
        }
        to[0] = (char)(0xe0 | code >> 12);
        to[1] = (char)(0x80 | (code >> 6 & 0x3f));
        to[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    if (code > 0x10ffff) {
        return 0;
    }
    to[0] = (char)(0xf0 | code >> 18);
    to[1] = (char)(0x80 | (code >> 12 & 0x3f));
    to[2] = (char)(0x80 | (code >> 6 & 0x3f));
    to[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}

bool
str_utf8_valid(const char *text, size_t size) {
    uint32_t code;

    while (size > 0) {
        size_t length = str_utf8_decode(text, size, &code);

        if (length == 0) {
            return false;
        }
        text += length;
        size -= length;
    }
    return true;
}

/* One code point of outside text, already made harmless; 0 means "drop". */
static size_t
clean_next(const char *text, size_t size, uint32_t *ret_code) {
    size_t length = str_utf8_decode(text, size, ret_code);

    if (length == 0) {
        *ret_code = 0xfffd;
        return 1;
    }
    if (*ret_code == '\t') {
        *ret_code = ' ';
    } else if (*ret_code != '\n' &&
               (*ret_code < 0x20 || (*ret_code >= 0x7f && *ret_code < 0xa0))) {
        *ret_code = 0;
    }
    return length;
}

bool
str_clean(char *to, size_t size, const char *text, size_t length) {
    static const char ellipsis[] = "\xe2\x80\xa6";
    size_t used = 0;
    size_t cut = 0; /* the last border that leaves room for the ellipsis */

    while (length > 0) {
        uint32_t code;
        char bytes[4];
        size_t taken = clean_next(text, length, &code);
        size_t count = code != 0 ? str_utf8_encode(code, bytes) : 0;

        text += taken;
        length -= taken;
        if (used + count + 1 > size) {
            memset(to + cut, 0, used - cut); /* records compare whole */
            memcpy(to + cut, ellipsis, sizeof ellipsis);
            return false;
        }
        if (used + sizeof ellipsis <= size) {
            cut = used;
        }
        memcpy(to + used, bytes, count);
        used += count;
    }
    to[used] = '\0';
    return true;
}

static int
least(int a, int b, int c) {
    int two = a < b ? a : b;

    return two < c ? two : c;
}

/* Optimal string alignment: Levenshtein's table, plus swapped neighbours. */
int
str_distance(const char *a, const char *b) {
    enum { LIMIT = 64 };
    int rows[3][LIMIT];
    size_t width = strlen(b);

    if (strlen(a) >= LIMIT || width >= LIMIT) {
        return INT_MAX;
    }
    for (size_t j = 0; j <= width; j++) {
        rows[0][j] = (int)j;
    }
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        int *row = rows[i % 3];
        const int *above = rows[(i + 2) % 3];
        const int *twice = rows[(i + 1) % 3];

        row[0] = (int)i;
        for (size_t j = 1; j <= width; j++) {
            row[j] = least(above[j] + 1, row[j - 1] + 1,
                           above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
                a[i - 2] == b[j - 1] && twice[j - 2] + 1 < row[j]) {
                row[j] = twice[j - 2] + 1;
            }
        }
    }
    return rows[strlen(a) % 3][width];
}
