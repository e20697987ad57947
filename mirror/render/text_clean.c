#include "render/text_clean.h"

#include <hb.h>

#include "common/str.h"

enum {
    SOFT_HYPHEN = 0xad,
    ZERO_WIDTH_NON_JOINER = 0x200c,
    ZERO_WIDTH_JOINER = 0x200d,
    EMOJI_PRESENTATION = 0xfe0f,
    REPLACEMENT = 0xfffd,
};

struct range {
    uint32_t first, last;
};

/* Invisible though not of category Cf: fillers that look like blanks, and the
 * Mongolian vowel separator (Unicode's Default_Ignorable_Code_Point). */
static const struct range ignorable[] = {
    {0x034f, 0x034f},   {0x115f, 0x1160},   {0x17b4, 0x17b5},
    {0x180b, 0x180f},   {0x3164, 0x3164},   {0xfe00, 0xfe0e},
    {0xffa0, 0xffa0},   {0xfff0, 0xfffb},   {0x1bca0, 0x1bca3},
    {0xe0000, 0xe0fff}, {0x1d173, 0x1d17a},
};

/* Emoji_Presentation of Unicode's emoji-data.txt, with the neighbours that are
 * only ever used as emoji. */
static const struct range emoji[] = {
    {0x231a, 0x231b},   {0x23e9, 0x23ec},   {0x23f0, 0x23f0},
    {0x23f3, 0x23f3},   {0x25fd, 0x25fe},   {0x2614, 0x2615},
    {0x2648, 0x2653},   {0x267f, 0x267f},   {0x2693, 0x2693},
    {0x26a1, 0x26a1},   {0x26aa, 0x26ab},   {0x26bd, 0x26be},
    {0x26c4, 0x26c5},   {0x26ce, 0x26ce},   {0x26d4, 0x26d4},
    {0x26ea, 0x26ea},   {0x26f2, 0x26f3},   {0x26f5, 0x26f5},
    {0x26fa, 0x26fa},   {0x26fd, 0x26fd},   {0x2705, 0x2705},
    {0x270a, 0x270b},   {0x2728, 0x2728},   {0x274c, 0x274c},
    {0x274e, 0x274e},   {0x2753, 0x2755},   {0x2757, 0x2757},
    {0x2795, 0x2797},   {0x27b0, 0x27b0},   {0x27bf, 0x27bf},
    {0x2b1b, 0x2b1c},   {0x2b50, 0x2b50},   {0x2b55, 0x2b55},
    {0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e},
    {0x1f191, 0x1f19a}, {0x1f1e6, 0x1f1ff}, {0x1f201, 0x1f201},
    {0x1f21a, 0x1f21a}, {0x1f22f, 0x1f22f}, {0x1f232, 0x1f23a},
    {0x1f250, 0x1f251}, {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff},
    {0x1f7e0, 0x1f7eb}, {0x1f90c, 0x1f9ff}, {0x1fa70, 0x1faff},
};

#define IN_RANGES(code, ranges)                                                \
    in_ranges(code, ranges, sizeof(ranges) / sizeof((ranges)[0]))

static bool
in_ranges(uint32_t code, const struct range *ranges, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

bool
text_is_emoji(uint32_t code) {
    return IN_RANGES(code, emoji);
}

static hb_unicode_general_category_t
category(uint32_t code) {
    return hb_unicode_general_category(hb_unicode_funcs_get_default(), code);
}

bool
text_is_mark(uint32_t code) {
    switch (category(code)) {
    case HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK: return true;
    default: return false;
    }
}

static bool
is_skin_tone(uint32_t code) {
    return code >= 0x1f3fb && code <= 0x1f3ff;
}

static bool
is_flag_letter(uint32_t code) {
    return code >= 0x1f1e6 && code <= 0x1f1ff;
}

static bool
is_joiner(uint32_t code) {
    return code == ZERO_WIDTH_JOINER || code == ZERO_WIDTH_NON_JOINER;
}

/* Scripts in which a joiner changes how letters are written. */
static bool
script_joins(uint32_t code) {
    switch ((unsigned)hb_unicode_script(hb_unicode_funcs_get_default(), code)) {
    case HB_SCRIPT_ARABIC:
    case HB_SCRIPT_SYRIAC:
    case HB_SCRIPT_MONGOLIAN:
    case HB_SCRIPT_DEVANAGARI:
    case HB_SCRIPT_BENGALI:
    case HB_SCRIPT_GURMUKHI:
    case HB_SCRIPT_GUJARATI:
    case HB_SCRIPT_ORIYA:
    case HB_SCRIPT_TAMIL:
    case HB_SCRIPT_TELUGU:
    case HB_SCRIPT_KANNADA:
    case HB_SCRIPT_MALAYALAM:
    case HB_SCRIPT_SINHALA: return true;
    default: return false;
    }
}

/* A joiner stays between two emoji, and behind a letter that joins. */
static bool
keeps_joiner(const struct text_codes *codes, uint32_t joiner, uint32_t next) {
    if (codes->count == 0) {
        return false;
    }

    uint32_t before = codes->code[codes->count - 1];
    bool pictured = text_is_emoji(before) || before == EMOJI_PRESENTATION;

    /* Signs such as U+2640 are emoji only here, within a sequence. */
    if (joiner == ZERO_WIDTH_JOINER && pictured) {
        return text_is_emoji(next) || (next >= 0x2600 && next <= 0x2bff);
    }
    return script_joins(before);
}

static bool
is_hidden(uint32_t code, struct text_clean_options options) {
    switch (category(code)) {
    case HB_UNICODE_GENERAL_CATEGORY_CONTROL:
    case HB_UNICODE_GENERAL_CATEGORY_FORMAT:
    case HB_UNICODE_GENERAL_CATEGORY_SURROGATE:
    case HB_UNICODE_GENERAL_CATEGORY_UNASSIGNED: return true;
    case HB_UNICODE_GENERAL_CATEGORY_PRIVATE_USE: return !options.icons;
    default: return code == SOFT_HYPHEN || IN_RANGES(code, ignorable);
    }
}

static bool
is_blank(uint32_t code) {
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x85 ||
           code == 0x2028 || code == 0x2029;
}

static bool
is_newline(uint32_t code) {
    return code == '\n' || code == 0x2028 || code == 0x2029;
}

/* Blanks become one; at a newline they go. */
static void
add_blank(struct text_codes *codes, bool newline) {
    while (newline && codes->count > 0 &&
           codes->code[codes->count - 1] == ' ') {
        codes->count--;
    }

    uint32_t before = codes->count > 0 ? codes->code[codes->count - 1] : '\n';

    if (newline || (before != ' ' && before != '\n')) {
        codes->code[codes->count++] = newline ? '\n' : ' ';
    }
}

static bool
has_room_for_mark(const struct text_codes *codes) {
    size_t marks = 0;

    while (marks < codes->count &&
           text_is_mark(codes->code[codes->count - 1 - marks])) {
        marks++;
    }
    return marks < TEXT_MARKS_MAX;
}

static bool
may_stay(const struct text_codes *codes, uint32_t code, uint32_t next,
         struct text_clean_options options) {
    if (is_joiner(code)) {
        return keeps_joiner(codes, code, next);
    }
    if (code == EMOJI_PRESENTATION) {
        return codes->count > 0 &&
               codes->code[codes->count - 1] != EMOJI_PRESENTATION;
    }
    if (is_hidden(code, options)) {
        return false;
    }
    return !text_is_mark(code) || has_room_for_mark(codes);
}

/* One code point at `text`; U+FFFD of one byte where there is none. */
static size_t
read_code(const char *text, size_t left, uint32_t *ret_code) {
    size_t length = left > 0 ? str_utf8_decode(text, left, ret_code) : 0;

    if (length == 0) {
        *ret_code = left > 0 ? REPLACEMENT : 0;
        return left > 0;
    }
    return length;
}

/* Where to cut bytes so that no character is halved. */
static size_t
whole_bytes(const char *utf8, size_t size) {
    size_t at = size < TEXT_BYTES_MAX ? size : TEXT_BYTES_MAX;

    for (size_t back = 0; at < size && back < 3 && at > 0; back++) {
        if (((unsigned char)utf8[at] & 0xc0) != 0x80) {
            break;
        }
        at--;
    }
    return at;
}

void
text_clean(const char *utf8, size_t size, struct text_clean_options options,
           struct text_codes *ret_codes) {
    size_t bytes = whole_bytes(utf8, size);
    uint32_t code, next;
    size_t length;

    ret_codes->count = 0;
    ret_codes->cut = bytes < size;
    for (size_t at = 0; at < bytes; at += length) {
        length = read_code(utf8 + at, bytes - at, &code);
        read_code(utf8 + at + length, bytes - at - length, &next);
        if (is_blank(code)) {
            add_blank(ret_codes, options.newlines && is_newline(code));
        } else if (may_stay(ret_codes, code, next, options)) {
            ret_codes->code[ret_codes->count++] = code;
        }
    }
    while (ret_codes->count > 0 &&
           is_blank(ret_codes->code[ret_codes->count - 1])) {
        ret_codes->count--;
    }
}

static bool
is_virama(uint32_t code) {
    return hb_unicode_combining_class(hb_unicode_funcs_get_default(), code) ==
           HB_UNICODE_COMBINING_CLASS_VIRAMA;
}

/* Letters that complete the one before: Thai and Lao AM, Hangul vowels and
 * final consonants. */
static bool
extends_letter(uint32_t code) {
    return code == 0x0e33 || code == 0x0eb3 ||
           (code >= 0x1160 && code <= 0x11ff);
}

/* A simplification of UAX #29 (extended grapheme clusters) that never cuts
 * where it does not, and now and then joins more. */
bool
text_border(const uint32_t *code, size_t count, size_t at) {
    if (at == 0 || at >= count) {
        return true;
    }

    uint32_t here = code[at], before = code[at - 1];
    size_t flags = 0;

    if (text_is_mark(here) || is_joiner(here) || is_skin_tone(here) ||
        here == EMOJI_PRESENTATION || extends_letter(here)) {
        return false;
    }
    if (before == ZERO_WIDTH_JOINER ||
        (is_virama(before) && script_joins(here))) {
        return false;
    }
    while (is_flag_letter(here) && flags < at &&
           is_flag_letter(code[at - 1 - flags])) {
        flags++;
    }
    return flags % 2 == 0;
}

size_t
text_encode(const uint32_t *code, size_t count, char *to, size_t size) {
    size_t used = 0;
    char bytes[4];

    for (size_t i = 0; i < count; i++) {
        size_t length = str_utf8_encode(code[i], bytes);

        if (used + length >= size) {
            break;
        }
        for (size_t j = 0; j < length; j++) {
            to[used++] = bytes[j];
        }
    }
    to[used] = '\0';
    return used;
}
