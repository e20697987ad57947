#include "render/text_line.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "common/xalloc.h"

enum { ELLIPSIS = 0x2026 };

/* Cuts a text into runs and measures them; returns the whole width, px. */
static int
measure_runs(struct fonts *fonts, struct text_style style, const uint32_t *code,
             size_t count, enum text_base base, struct text_runs *ret_runs) {
    int width = 0;

    text_runs_cut(fonts, style, code, count, base, ret_runs);
    for (size_t i = 0; i < ret_runs->count; i++) {
        struct text_run *run = &ret_runs->run[i];

        run->width = text_run_width(fonts, style.size_px, code, run);
        /* Texts of ours cannot reach this, but sums of outside text may. */
        width = run->width < INT_MAX - width ? width + run->width : INT_MAX;
    }
    return width;
}

int
text_line_width(struct fonts *fonts, struct text_style style,
                const uint32_t *code, size_t count, enum text_base base) {
    struct text_runs runs;

    return measure_runs(fonts, style, code, count, base, &runs);
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
add_piece(struct text_line *line, const struct text_piece *piece) {
    struct text_piece *placed = &line->pieces[line->piece_count++];
    int stride = pixman_image_get_stride(piece->image);

    *placed = *piece;
    placed->x += line->width;
    line->ink = rect_union(
        line->ink, (struct rect){placed->x, placed->y, placed->w, placed->h});
    line->bytes += (size_t)stride * (size_t)piece->h;
}

static void
draw_runs(struct fonts *fonts, struct text_line *line,
          const struct text_codes *codes, const struct text_runs *runs) {
    int size_px = line->style.size_px;

    line->pieces = xcalloc(runs->count, sizeof(*line->pieces));
    for (size_t i = 0; i < runs->count; i++) {
        const struct text_run *run = &runs->run[i];
        struct text_piece piece;

        if (text_run_draw(fonts, size_px, codes->code, run, &piece)) {
            add_piece(line, &piece);
        }
        line->width += run->width;
    }
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
    struct text_runs runs;
    int width;

    /* The whole text says which way it runs, also where only its beginning is
     * shown. */
    if (base == TEXT_BASE_AUTO) {
        base = text_runs_base(codes->code, codes->count);
    }
    width = measure_runs(fonts, style, codes->code, codes->count, base, &runs);
    if (codes->cut || width > max_width) {
        cut_to_width(fonts, style, codes, max_width, base);
        measure_runs(fonts, style, codes->code, codes->count, base, &runs);
        line->clipped = true;
    }

    line->style = style;
    line->ascent = metrics.ascent;
    line->descent = metrics.descent;
    line->rtl = base == TEXT_BASE_RTL;
    line->bytes = sizeof(*line);
    line->text = encode_all(codes);
    draw_runs(fonts, line, codes, &runs);
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
