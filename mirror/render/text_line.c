#include "render/text_line.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "common/str.h"
#include "common/xalloc.h"

enum { ELLIPSIS = 0x2026 };

int
text_line_width(struct fonts *fonts, struct text_style style,
                const uint32_t *code, size_t count, enum text_base base) {
    struct text_runs runs;
    int width = 0;

    text_runs_cut(fonts, style, code, count, base, &runs);
    for (size_t i = 0; i < runs.count; i++) {
        int run = text_run_width(fonts, style.size_px, code, &runs.run[i]);

        /* Texts of ours cannot reach this, but sums of outside text may. */
        width = run < INT_MAX - width ? width + run : INT_MAX;
    }
    return width;
}

/* The first `count` code points and "…"; returns how many that are. */
static size_t
with_ellipsis(const struct text_codes *codes, size_t count, uint32_t *to) {
    while (count > 0 && codes->code[count - 1] == ' ') {
        count--;
    }
    count = count < TEXT_BYTES_MAX ? count : TEXT_BYTES_MAX - 1;
    memcpy(to, codes->code, count * sizeof(*to));
    to[count] = ELLIPSIS;
    return count + 1;
}

static size_t
border_before(const struct text_codes *codes, size_t at) {
    while (!text_border(codes->code, codes->count, at)) {
        at--;
    }
    return at;
}

/* Leaves the longest beginning that fits together with "…", by halving: what
 * a piece of text measures depends on its neighbours, so it is measured. */
static void
cut_to_width(struct fonts *fonts, struct text_style style,
             struct text_codes *codes, int max_width, enum text_base base) {
    uint32_t trial[TEXT_BYTES_MAX];
    size_t fits = 0, too_many = codes->count + 1;

    while (fits + 1 < too_many) {
        size_t middle = fits + (too_many - fits) / 2;
        size_t at = border_before(codes, middle);

        if (at <= fits) {
            at = middle; /* all of it is one character */
            while (!text_border(codes->code, codes->count, at)) {
                at++;
            }
            if (at >= too_many) {
                break;
            }
        }

        size_t count = with_ellipsis(codes, at, trial);

        if (text_line_width(fonts, style, trial, count, base) <= max_width) {
            fits = at;
        } else {
            too_many = at;
        }
    }

    size_t count = with_ellipsis(codes, fits, trial);

    if (text_line_width(fonts, style, trial, count, base) > max_width) {
        count = 0;
    }
    memcpy(codes->code, trial, count * sizeof(*trial));
    codes->count = count;
}

static void
add_piece(struct text_line *line, const struct text_piece *piece, int x) {
    struct text_piece *placed = &line->pieces[line->piece_count++];
    int stride = pixman_image_get_stride(piece->image);

    *placed = *piece;
    placed->x += x;
    line->ink = rect_union(
        line->ink, (struct rect){placed->x, placed->y, placed->w, placed->h});
    line->bytes += (size_t)stride * (size_t)piece->h;
}

/* What encode_all() wrote. */
static void
decode_all(const char *text, struct text_codes *ret_codes) {
    size_t size = strlen(text), at = 0;

    ret_codes->count = 0;
    while (at < size && ret_codes->count < TEXT_BYTES_MAX) {
        at += str_utf8_decode(text + at, size - at,
                              &ret_codes->code[ret_codes->count++]);
    }
}

void
text_line_ink(struct fonts *fonts, struct text_line *line) {
    int size_px = line->style.size_px, x = 0;
    struct text_codes codes;
    struct text_runs runs;

    decode_all(line->text, &codes);
    text_runs_cut(fonts, line->style, codes.code, codes.count,
                  line->rtl ? TEXT_BASE_RTL : TEXT_BASE_LTR, &runs);
    line->pieces = xcalloc(runs.count, sizeof(*line->pieces));
    for (size_t i = 0; i < runs.count; i++) {
        const struct text_run *run = &runs.run[i];
        struct text_piece piece;

        if (text_run_draw(fonts, size_px, codes.code, run, &piece)) {
            add_piece(line, &piece, x);
        }
        if (i + 1 < runs.count) {
            x += text_run_width(fonts, size_px, codes.code, run);
        }
    }
    line->inked = true;
}

static char *
encode_all(const struct text_codes *codes) {
    char text[4 * TEXT_BYTES_MAX + 1];
    size_t size = text_encode(codes->code, codes->count, text, sizeof(text));

    return xstrndup(text, size);
}

struct text_line *
text_line_create(struct fonts *fonts, struct text_style style,
                 struct text_codes *codes, int max_width, enum text_base base) {
    struct text_line *line = xcalloc(1, sizeof(*line));
    struct text_metrics metrics = fonts_metrics(fonts, style);

    /* The whole text says which way it runs, also where only its beginning is
     * shown. */
    if (base == TEXT_BASE_AUTO) {
        base = text_runs_base(codes->code, codes->count);
    }
    line->width =
        text_line_width(fonts, style, codes->code, codes->count, base);
    if (codes->cut || line->width > max_width) {
        cut_to_width(fonts, style, codes, max_width, base);
        line->width =
            text_line_width(fonts, style, codes->code, codes->count, base);
        line->clipped = true;
    }

    line->style = style;
    line->ascent = metrics.ascent;
    line->descent = metrics.descent;
    line->rtl = base == TEXT_BASE_RTL;
    line->bytes = sizeof(*line);
    line->text = encode_all(codes);
    return line;
}

void
text_line_free(struct text_line *line) {
    if (line == NULL) {
        return;
    }
    for (size_t i = 0; i < line->piece_count; i++) {
        pixman_image_unref(line->pieces[i].image);
    }
    free(line->pieces);
    free(line->text);
    free(line->source);
    free(line);
}
