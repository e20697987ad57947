#include "render/text_runs.h"

#include <assert.h>
#include <fribidi.h>
#include <string.h>

/* Below the Hebrew block every character reads from left to right or has no
 * direction. */
enum { FIRST_RTL = 0x590, MINUS = 0x2212, NARROW_BLANK = 0x202f };

static bool
may_be_rtl(const uint32_t *code, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (code[i] >= FIRST_RTL) {
            return true;
        }
    }
    return false;
}

/*
 * A minus in front of a number, its degree or per cent, and the narrow blank
 * before its unit count as digits, as rule HL3 of UAX #9 allows: in a text from
 * right to left "−5°" and "5 m/s" would come apart otherwise.
 */
static void
hold_numbers(const uint32_t *code, size_t count, FriBidiCharType *type) {
    for (size_t i = 0; i < count; i++) {
        FriBidiCharType before = i > 0 ? type[i - 1] : FRIBIDI_TYPE_ON;
        FriBidiCharType after = i + 1 < count ? type[i + 1] : FRIBIDI_TYPE_ON;
        bool number = before == FRIBIDI_TYPE_EN;
        bool unit = after == FRIBIDI_TYPE_LTR || after == FRIBIDI_TYPE_ET;

        if ((code[i] == MINUS && !number && after == FRIBIDI_TYPE_EN) ||
            (code[i] == NARROW_BLANK && number && unit) ||
            (type[i] == FRIBIDI_TYPE_ET && number)) {
            type[i] = FRIBIDI_TYPE_EN;
        }
    }
}

/* Embedding levels by Unicode's bidirectional algorithm (UAX #9). */
static bool
find_levels(const uint32_t *code, size_t count, enum text_base base,
            FriBidiLevel *level) {
    FriBidiCharType type[TEXT_BYTES_MAX];
    FriBidiBracketType bracket[TEXT_BYTES_MAX];
    FriBidiParType paragraph = base == TEXT_BASE_RTL   ? FRIBIDI_PAR_RTL
                               : base == TEXT_BASE_LTR ? FRIBIDI_PAR_LTR
                                                       : FRIBIDI_PAR_ON;
    FriBidiStrIndex length = (FriBidiStrIndex)count;

    memset(level, base == TEXT_BASE_RTL, count);
    if (base != TEXT_BASE_RTL && !may_be_rtl(code, count)) {
        return false;
    }
    fribidi_get_bidi_types(code, length, type);
    hold_numbers(code, count, type);
    fribidi_get_bracket_types(code, length, type, bracket);
    /* On failure (no memory) the levels stay those of the paragraph. */
    if (fribidi_get_par_embedding_levels_ex(type, bracket, length, &paragraph,
                                            level) == 0) {
        memset(level, base == TEXT_BASE_RTL, count);
    }
    return FRIBIDI_IS_RTL(paragraph);
}

enum text_base
text_runs_base(const uint32_t *code, size_t count) {
    FriBidiLevel level[TEXT_BYTES_MAX];

    return find_levels(code, count, TEXT_BASE_AUTO, level) ? TEXT_BASE_RTL
                                                           : TEXT_BASE_LTR;
}

/* The script of a character; punctuation and marks have the one before them,
 * and at the start the one that follows. */
static void
find_scripts(const uint32_t *code, size_t count, hb_script_t *script) {
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    hb_script_t current = HB_SCRIPT_INVALID;
    size_t unsettled = 0;

    for (size_t i = 0; i < count; i++) {
        hb_script_t own = hb_unicode_script(unicode, code[i]);
        bool settled = own != HB_SCRIPT_COMMON && own != HB_SCRIPT_INHERITED &&
                       own != HB_SCRIPT_UNKNOWN;

        if (settled) {
            for (; current == HB_SCRIPT_INVALID && unsettled < i; unsettled++) {
                script[unsettled] = own;
            }
            current = own;
        }
        script[i] = current;
    }
    for (; current == HB_SCRIPT_INVALID && unsettled < count; unsettled++) {
        script[unsettled] = HB_SCRIPT_LATIN;
    }
}

/* Rule L2 of UAX #9: from the highest level to the lowest odd one, turn every
 * sequence of runs at that level or above. */
static void
turn_runs(struct text_run *run, size_t first, size_t end) {
    while (first + 1 < end) {
        struct text_run kept = run[first];

        run[first++] = run[--end];
        run[end] = kept;
    }
}

static void
order_runs(struct text_runs *runs) {
    int highest = 0;

    for (size_t i = 0; i < runs->count; i++) {
        highest = runs->run[i].level > highest ? runs->run[i].level : highest;
    }
    for (int level = highest; level > 0; level--) {
        for (size_t i = 0; i < runs->count; i++) {
            size_t first = i;

            while (i < runs->count && runs->run[i].level >= level) {
                i++;
            }
            turn_runs(runs->run, first, i);
        }
    }
}

void
text_runs_cut(struct fonts *fonts, struct text_style style,
              const uint32_t *code, size_t count, enum text_base base,
              struct text_runs *ret_runs) {
    FriBidiLevel level[TEXT_BYTES_MAX];
    hb_script_t script[TEXT_BYTES_MAX];
    int face = -1;

    assert(count <= TEXT_BYTES_MAX);
    ret_runs->count = 0;
    ret_runs->rtl = find_levels(code, count, base, level);
    find_scripts(code, count, script);
    for (size_t i = 0; i < count; i++) {
        struct text_run *last =
            ret_runs->count > 0 ? &ret_runs->run[ret_runs->count - 1] : NULL;

        face = fonts_pick(fonts, style, code, count, i, face);
        if (last != NULL && last->face == face && last->level == level[i] &&
            last->script == script[i]) {
            last->end = i + 1;
            continue;
        }
        ret_runs->run[ret_runs->count++] =
            (struct text_run){i, i + 1, face, level[i], script[i]};
    }
    order_runs(ret_runs);
}
