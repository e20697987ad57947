/*
 * A line of code points cut into runs of one direction, script and font, in
 * the order in which they stand from left to right.
 */
#ifndef MIRROR_RENDER_TEXT_RUNS_H
#define MIRROR_RENDER_TEXT_RUNS_H

#include <hb.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/text_fonts.h"

/* Which way a paragraph runs. */
enum text_base {
    TEXT_BASE_AUTO, /* as its first strong character does */
    TEXT_BASE_LTR,
    TEXT_BASE_RTL,
};

struct text_run {
    size_t first, end; /* of the code points, in reading order */
    int face;          /* see fonts_pick() */
    int level;         /* odd: from right to left */
    hb_script_t script;
};

struct text_runs {
    struct text_run run[TEXT_BYTES_MAX];
    size_t count;
    bool rtl; /* the paragraph */
};

/* At most TEXT_BYTES_MAX code points. */
void
text_runs_cut(struct fonts *fonts, struct text_style style,
              const uint32_t *code, size_t count, enum text_base base,
              struct text_runs *ret_runs);

/* Which way the paragraph runs: never TEXT_BASE_AUTO. */
enum text_base
text_runs_base(const uint32_t *code, size_t count);

#endif
