#include "render/text_numerals.h"

#include <pixman.h>
#include <stdlib.h>
#include <string.h>

#include "common/str.h"
#include "common/xalloc.h"
#include "render/text_fonts.h"

enum {
    NUMERALS_MIN = 2, /* characters */
    NUMERALS_MAX = 16,
    DEGREE = 0xb0,
    MINUS = 0x2212,
};

static bool
is_numeral(uint32_t code) {
    return (code >= '0' && code <= '9') || code == ':' || code == '.' ||
           code == ',' || code == DEGREE || code == MINUS;
}

/* The lengths in bytes of the characters; 0 if they are not all numerals. */
static size_t
measure(const char *utf8, size_t size, size_t lengths[NUMERALS_MAX]) {
    size_t count = 0;
    size_t at = 0;

    while (at < size && count < NUMERALS_MAX) {
        uint32_t code = 0;

        lengths[count] = str_utf8_decode(utf8 + at, size - at, &code);
        if (lengths[count] == 0 || !is_numeral(code)) {
            return 0;
        }
        at += lengths[count++];
    }
    return at == size && count >= NUMERALS_MIN ? count : 0;
}

/* Puts a character's pieces behind what is there; the masks are shared. */
static void
append(struct text_line *line, const struct text_line *glyph) {
    for (size_t i = 0; i < glyph->piece_count; i++) {
        struct text_piece *piece = &line->pieces[line->piece_count++];

        *piece = glyph->pieces[i];
        pixman_image_ref(piece->image);
        piece->x += line->width;
        line->ink = rect_union(
            line->ink, (struct rect){piece->x, piece->y, piece->w, piece->h});
    }
    line->width += glyph->width;
}

struct text_line *
text_numerals_create(struct text *text, const char *utf8, size_t size,
                     struct text_style style, int max_width) {
    size_t lengths[NUMERALS_MAX];
    size_t count = measure(utf8, size, lengths);
    struct text_metrics metrics;
    struct text_line *line;
    const char *at = utf8;

    if (count == 0 || style.face == TEXT_ICON) {
        return NULL;
    }
    metrics = fonts_metrics(text->fonts, style);
    line = xcalloc(1, sizeof(*line));
    line->pieces = xcalloc(count, sizeof(*line->pieces));
    line->style = style;
    line->ascent = metrics.ascent;
    line->descent = metrics.descent;
    line->bytes = sizeof(*line) + count * sizeof(*line->pieces);
    line->text = xstrndup(utf8, size);
    line->inked = true;
    for (size_t i = 0; i < count; i++) {
        struct text_line *glyph = text_lookup(text, at, lengths[i], style,
                                              TEXT_WIDTH_MAX, TEXT_BASE_LTR);

        text_ink(glyph);
        append(line, glyph);
        at += lengths[i];
    }
    if (line->width > max_width) {
        text_line_free(line);
        return NULL;
    }
    return line;
}
