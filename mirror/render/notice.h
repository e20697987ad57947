/*
 * The system line: one short sentence at the bottom of the panel when
 * somebody has to do something, and otherwise nothing.
 */
#ifndef MIRROR_RENDER_NOTICE_H
#define MIRROR_RENDER_NOTICE_H

#include <stdint.h>

#include "render/facts.h"
#include "render/machine.h"
#include "render/page.h"
#include "render/text.h"

enum {
    NOTICE_MAX = 256,
    NOTICE_PATIENCE_MS = 5000, /* for what comes and goes, like a hub that
                                  restarts */
};

/* Remembers since when the same trouble lasts. Zeroed: none, on a machine that
 * is well. */
struct notice {
    const struct machine *machine; /* borrowed; set by the owner, or NULL */
    const struct text *fonts;      /* the same */
    char source[RECORD_NAME_MAX];
    unsigned state; /* enum source_state */
    int64_t since_ms;
    char text[NOTICE_MAX];
};

/*
 * What to show now: the config first, then the machine, as a weak supply may
 * be the cause of the rest, then the fetcher and the sources, then the fonts.
 * `config_line` is that of a file that was refused while the mirror ran, -1
 * for one without a line, 0 for none. Returns notice->text or NULL; *ret_ms
 * is the monotonic time at which the answer may differ by itself, or
 * CLOCK_NEVER.
 */
const char *
notice_text(struct notice *notice, const struct page *page,
            const struct facts *facts, int config_line, int64_t mono_ms,
            int64_t *ret_ms);

#endif
