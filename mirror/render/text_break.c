#include "render/text_break.h"

#include <hb.h>

#include "render/text_clean.h"

/* Scripts that are written without blanks and may be cut at any character. */
static bool
is_ideograph(uint32_t code) {
    switch ((unsigned)hb_unicode_script(hb_unicode_funcs_get_default(), code)) {
    case HB_SCRIPT_HAN:
    case HB_SCRIPT_HIRAGANA:
    case HB_SCRIPT_KATAKANA:
    case HB_SCRIPT_BOPOMOFO:
    case HB_SCRIPT_YI: return true;
    default: return false;
    }
}

static hb_unicode_general_category_t
category(uint32_t code) {
    return hb_unicode_general_category(hb_unicode_funcs_get_default(), code);
}

/* Not at the beginning of a line: what closes, and 、。！ and the like. */
static bool
stays_with_before(uint32_t code) {
    switch (category(code)) {
    case HB_UNICODE_GENERAL_CATEGORY_CLOSE_PUNCTUATION:
    case HB_UNICODE_GENERAL_CATEGORY_FINAL_PUNCTUATION:
    case HB_UNICODE_GENERAL_CATEGORY_OTHER_PUNCTUATION: return true;
    default: return code == 0x30fc; /* the mark of a long vowel */
    }
}

/* Not at the end of a line: what opens. */
static bool
stays_with_next(uint32_t code) {
    switch (category(code)) {
    case HB_UNICODE_GENERAL_CATEGORY_OPEN_PUNCTUATION:
    case HB_UNICODE_GENERAL_CATEGORY_INITIAL_PUNCTUATION: return true;
    default: return false;
    }
}

static bool
may_break(const uint32_t *code, size_t count, size_t at) {
    uint32_t before = code[at - 1], here = code[at];

    if (here == ' ' || here == '\n') {
        return true;
    }
    if (!text_border(code, count, at)) {
        return false;
    }
    return (is_ideograph(before) || is_ideograph(here) ||
            (stays_with_before(before) && before >= 0x3000)) &&
           !stays_with_before(here) && !stays_with_next(before);
}

size_t
text_break_next(const uint32_t *code, size_t count, size_t at) {
    size_t end = at + 1;

    while (end < count && !may_break(code, count, end)) {
        end++;
    }
    return end < count ? end : count;
}
