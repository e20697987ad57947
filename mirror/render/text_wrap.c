#include <stdlib.h>
#include <string.h>

#include "common/xalloc.h"
#include "render/text_break.h"
#include "render/text_private.h"

/* A paragraph on its way through the lines. */
struct wrap {
    struct text *text;
    struct text_style style;
    int max_width;
    enum text_base base;
    struct text_codes codes;
    size_t at; /* of what is still to be set */
};

/* The lines so far: UTF-8, each with its NUL. */
struct wrap_lines {
    char bytes[4 * TEXT_BYTES_MAX + WRAP_LINES_MAX + 4];
    size_t size, count;
};

static int
measure(const struct wrap *wrap, size_t first, size_t end) {
    return text_line_width(wrap->text->fonts, wrap->style,
                           wrap->codes.code + first, end - first, wrap->base);
}

static size_t
skip_blanks(const struct wrap *wrap, size_t at) {
    while (at < wrap->codes.count && wrap->codes.code[at] == ' ') {
        at++;
    }
    return at;
}

/* A word that is too wide by itself ends at the last character that fits; one
 * character always counts as fitting, or there would be no end. */
static size_t
cut_word(const struct wrap *wrap, size_t end) {
    const uint32_t *code = wrap->codes.code;
    size_t fits = wrap->at, too_many = end;

    while (too_many - fits > 1) {
        size_t middle = fits + (too_many - fits) / 2;

        if (measure(wrap, wrap->at, middle) <= wrap->max_width) {
            fits = middle;
        } else {
            too_many = middle;
        }
    }
    while (fits > wrap->at && !text_border(code, wrap->codes.count, fits)) {
        fits--;
    }
    if (fits > wrap->at) {
        return fits;
    }
    for (fits = wrap->at + 1;
         !text_border(code, wrap->codes.count, fits) && fits < end;) {
        fits++;
    }
    return fits;
}

/* The end of the line that begins at wrap->at. Widths are summed piece by
 * piece, so that the whole paragraph costs one pass; the line is measured once
 * more at the end, since letters of two pieces may move together or apart. */
static size_t
find_line_end(const struct wrap *wrap) {
    size_t end = wrap->at, before = wrap->at;
    int width = 0;

    while (end < wrap->codes.count && wrap->codes.code[end] != '\n') {
        size_t piece = skip_blanks(wrap, end);
        size_t next =
            text_break_next(wrap->codes.code, wrap->codes.count, piece);

        width += measure(wrap, end, next);
        if (width > wrap->max_width) {
            break;
        }
        before = end;
        end = next;
    }
    if (end < wrap->codes.count && end == wrap->at &&
        wrap->codes.code[end] != '\n') {
        return cut_word(wrap, text_break_next(wrap->codes.code,
                                              wrap->codes.count, wrap->at));
    }
    if (before > wrap->at && measure(wrap, wrap->at, end) > wrap->max_width) {
        end = before;
    }
    return end;
}

static void
add_line(struct wrap_lines *lines, const struct wrap *wrap, size_t end) {
    size_t room = sizeof(lines->bytes) - lines->size;

    lines->size += text_encode(wrap->codes.code + wrap->at, end - wrap->at,
                               lines->bytes + lines->size, room) +
                   1;
    lines->count++;
}

/* Steps over the blank or the newline that ended the line. */
static void
begin_next_line(struct wrap *wrap, size_t end) {
    wrap->at = skip_blanks(wrap, end);
    if (wrap->at < wrap->codes.count && wrap->codes.code[wrap->at] == '\n') {
        wrap->at++;
    }
}

static void
wrap_all(struct wrap *wrap, size_t max_lines, struct wrap_lines *lines) {
    lines->size = 0;
    lines->count = 0;
    while (wrap->at < wrap->codes.count && lines->count < max_lines) {
        /* The last line takes all that is left; it is cut when it is drawn. */
        size_t end = lines->count + 1 == max_lines ? wrap->codes.count
                                                   : find_line_end(wrap);

        add_line(lines, wrap, end);
        begin_next_line(wrap, end);
    }
}

static bool
entry_matches(const struct wrap_entry *entry, const char *utf8, size_t size,
              struct text_style style, int max_width, size_t max_lines) {
    return entry->source != NULL && entry->source_size == size &&
           entry->style.face == style.face &&
           entry->style.size_px == style.size_px &&
           entry->max_width == max_width && entry->max_lines == max_lines &&
           memcmp(entry->source, utf8, size) == 0;
}

static void
entry_clear(struct wrap_entry *entry) {
    free(entry->source);
    free(entry->lines);
    *entry = (struct wrap_entry){0};
}

void
text_wrap_forget(struct text *text) {
    for (size_t i = 0; i < WRAP_ENTRIES; i++) {
        entry_clear(&text->wraps[i]);
    }
}

/* The first TEXT_BYTES_MAX bytes and "…": a line that is then cut shows that
 * there was more. */
static void
mark_cut(struct text_codes *codes) {
    if (codes->cut) {
        codes->count -= codes->count == TEXT_BYTES_MAX;
        codes->code[codes->count++] = 0x2026;
    }
}

static void
entry_fill(struct wrap_entry *entry, struct text *text, const char *utf8,
           size_t size) {
    struct wrap wrap = {
        .text = text, .style = entry->style, .max_width = entry->max_width};
    struct wrap_lines lines;

    text_clean(utf8, size,
               (struct text_clean_options){
                   .icons = entry->style.face == TEXT_ICON, .newlines = true},
               &wrap.codes);
    mark_cut(&wrap.codes);
    wrap.base = text_runs_base(wrap.codes.code, wrap.codes.count);
    wrap_all(&wrap, entry->max_lines, &lines);
    entry->source = xstrndup(utf8, size);
    entry->source_size = size;
    entry->base = wrap.base;
    entry->count = lines.count;
    entry->lines = xstrndup(lines.bytes, lines.size);
}

static struct wrap_entry *
get_entry(struct text *text, const char *utf8, struct text_style style,
          int max_width, size_t max_lines) {
    size_t size = strnlen(utf8, TEXT_BYTES_MAX + 1);
    struct wrap_entry *oldest = &text->wraps[0];

    for (size_t i = 0; i < WRAP_ENTRIES; i++) {
        struct wrap_entry *entry = &text->wraps[i];

        if (entry_matches(entry, utf8, size, style, max_width, max_lines)) {
            entry->used = ++text->clock;
            return entry;
        }
        if (entry->used < oldest->used) {
            oldest = entry;
        }
    }
    entry_clear(oldest);
    *oldest = (struct wrap_entry){.style = style,
                                  .max_width = max_width,
                                  .max_lines = max_lines,
                                  .used = ++text->clock};
    entry_fill(oldest, text, utf8, size);
    return oldest;
}

size_t
text_wrap(struct text *text, const char *utf8, struct text_style style,
          int max_width, struct text_line **ret_lines, size_t max_lines) {
    if (max_lines > WRAP_LINES_MAX) {
        max_lines = WRAP_LINES_MAX;
    }
    max_width = max_width > 0 ? max_width : 0;

    const struct wrap_entry *entry =
        get_entry(text, utf8, text_clamp_style(style), max_width, max_lines);
    const char *line = entry->lines;

    for (size_t i = 0; i < entry->count; i++) {
        size_t size = strlen(line);

        ret_lines[i] = text_line_ref(text_lookup(text, line, size, entry->style,
                                                 max_width, entry->base));
        line += size + 1;
    }
    return entry->count;
}
