#include "render/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/paths.h"
#include "common/xalloc.h"
#include "render/icon_table.h"
#include "render/text_numerals.h"
#include "render/text_private.h"

struct text *
text_create(const char *font_dir) {
    struct fonts *fonts = fonts_create(font_dir);

    if (fonts == NULL) {
        return NULL;
    }

    struct text *text = xcalloc(1, sizeof(*text));

    text->fonts = fonts;
    return text;
}

struct text *
text_open(void) {
    char fonts[PATHS_MAX];

    return text_create(paths_fonts(fonts) ? fonts : "");
}

const char *
text_broken_font(const struct text *text) {
    return fonts_broken(text->fonts);
}

bool
text_is_block(const struct text *text) {
    return fonts_open(text->fonts, TEXT_REGULAR, TEXT_SIZE_MIN) == NULL;
}

void
text_destroy(struct text *text) {
    if (text == NULL) {
        return;
    }
    for (size_t i = 0; i < TEXT_BUCKETS; i++) {
        while (text->buckets[i] != NULL) {
            struct text_line *line = text->buckets[i];

            text->buckets[i] = line->next;
            text_line_free(line);
        }
    }
    text_wrap_forget(text);
    fonts_destroy(text->fonts);
    free(text);
}

/* The list of lines that nobody holds, by when they were last asked for. */
static void
idle_add(struct text *text, struct text_line *line) {
    line->newer = NULL;
    line->older = text->newest;
    if (text->newest != NULL) {
        text->newest->newer = line;
    } else {
        text->oldest = line;
    }
    text->newest = line;
    text->idle_bytes += line->bytes;
}

static void
idle_remove(struct text *text, struct text_line *line) {
    if (line->newer != NULL) {
        line->newer->older = line->older;
    } else {
        text->newest = line->older;
    }
    if (line->older != NULL) {
        line->older->newer = line->newer;
    } else {
        text->oldest = line->newer;
    }
    text->idle_bytes -= line->bytes;
}

static void
evict(struct text *text, struct text_line *line) {
    struct text_line **link = &text->buckets[line->hash % TEXT_BUCKETS];

    while (*link != line) {
        link = &(*link)->next;
    }
    *link = line->next;
    idle_remove(text, line);
    text->counters.evictions++;
    text->counters.lines--;
    text->counters.bytes -= line->bytes;
    text_line_free(line);
}

/* The newest stays: it was just asked for, and its caller has yet to hold it.*/
static void
make_room(struct text *text) {
    while (text->idle_bytes > TEXT_CACHE_BYTES &&
           text->oldest != text->newest) {
        evict(text, text->oldest);
    }
}

struct text_style
text_clamp_style(struct text_style style) {
    if (style.size_px < TEXT_SIZE_MIN) {
        style.size_px = TEXT_SIZE_MIN;
    }
    if (style.size_px > TEXT_SIZE_MAX) {
        style.size_px = TEXT_SIZE_MAX;
    }
    return style;
}

/* FNV-1a, 64 bit. Only for the bucket: equality is judged on the bytes. */
static uint64_t
hash_bytes(uint64_t hash, const void *bytes, size_t size) {
    const unsigned char *byte = bytes;

    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ byte[i]) * 0x100000001b3;
    }
    return hash;
}

static uint64_t
hash_of(const char *utf8, size_t size, struct text_style style) {
    int style_key[] = {(int)style.face, style.size_px};
    uint64_t hash = hash_bytes(0xcbf29ce484222325, utf8, size);

    return hash_bytes(hash, style_key, sizeof(style_key));
}

/* A line that was not cut is the same in every width that holds it. */
static bool
serves(const struct text_line *line, int max_width) {
    return line->max_width == max_width ||
           (!line->clipped && line->width <= max_width);
}

/* What is asked for, within the bounds. */
struct wanted {
    const char *utf8;
    size_t size;
    struct text_style style;
    int max_width;
    enum text_base base;
    uint64_t hash;
};

static struct text_line *
find_line(struct text *text, const struct wanted *wanted) {
    struct text_line *line = text->buckets[wanted->hash % TEXT_BUCKETS];
    bool automatic = wanted->base == TEXT_BASE_AUTO;

    while (line != NULL &&
           !(line->hash == wanted->hash &&
             line->style.face == wanted->style.face &&
             line->style.size_px == wanted->style.size_px &&
             (automatic ? line->automatic : line->base == (int)wanted->base) &&
             line->source_size == wanted->size &&
             memcmp(line->source, wanted->utf8, wanted->size) == 0 &&
             serves(line, wanted->max_width))) {
        line = line->next;
    }
    return line;
}

static void
add_line(struct text *text, struct text_line *line) {
    struct text_line **bucket = &text->buckets[line->hash % TEXT_BUCKETS];

    line->home = text;
    line->bytes += line->source_size + strlen(line->text);
    line->next = *bucket;
    *bucket = line;
    text->counters.lines++;
    text->counters.bytes += line->bytes;
    idle_add(text, line);
    make_room(text);
}

/* A line that was asked for again is the newest of those that nobody holds. */
static struct text_line *
touch(struct text *text, struct text_line *line) {
    text->counters.hits++;
    if (line->refs == 0) {
        idle_remove(text, line);
        idle_add(text, line);
    }
    return line;
}

static struct text_line *
create_line(struct text *text, const struct wanted *wanted,
            struct text_codes *codes) {
    struct text_line *line = text_numerals_create(
        text, wanted->utf8, wanted->size, wanted->style, wanted->max_width);

    text->counters.misses++;
    if (line == NULL) {
        line = text_line_create(text->fonts, wanted->style, codes,
                                wanted->max_width, wanted->base);
    }
    xalloc_check(); /* or what is missing in it would stay so */
    line->source = xstrndup(wanted->utf8, wanted->size);
    line->source_size = wanted->size;
    line->hash = wanted->hash;
    line->max_width = wanted->max_width;
    line->base = (int)wanted->base;
    add_line(text, line);
    return line;
}

/* A line that says by itself which way it runs is also found, and not drawn a
 * second time, where it is asked for as running that way. */
static struct text_line *
look_again(struct text *text, struct wanted *wanted) {
    bool automatic = wanted->base == TEXT_BASE_AUTO;
    struct text_line *line = NULL;
    struct text_codes codes;

    text_clean(
        wanted->utf8, wanted->size,
        (struct text_clean_options){.icons = wanted->style.face == TEXT_ICON},
        &codes);
    if (automatic) {
        wanted->base = text_runs_base(codes.code, codes.count);
        line = find_line(text, wanted);
    }
    line = line != NULL ? touch(text, line) : create_line(text, wanted, &codes);
    line->automatic = line->automatic || automatic;
    return line;
}

struct text_line *
text_lookup(struct text *text, const char *utf8, size_t size,
            struct text_style style, int max_width, enum text_base base) {
    struct wanted wanted = {.utf8 = utf8, .base = base};
    struct text_line *line;

    /* One byte more than is shown tells a text that is cut from one that just
     * fits. */
    wanted.size = size <= TEXT_BYTES_MAX ? size : TEXT_BYTES_MAX + 1;
    wanted.style = text_clamp_style(style);
    wanted.max_width = max_width < TEXT_WIDTH_MAX ? max_width : TEXT_WIDTH_MAX;
    wanted.max_width = wanted.max_width > 0 ? wanted.max_width : 0;
    wanted.hash = hash_of(utf8, wanted.size, wanted.style);
    line = find_line(text, &wanted);
    return line != NULL ? touch(text, line) : look_again(text, &wanted);
}

struct text_line *
text_measure(struct text *text, const char *utf8, struct text_style style,
             int max_width) {
    return text_lookup(text, utf8, strnlen(utf8, TEXT_BYTES_MAX + 1), style,
                       max_width, TEXT_BASE_AUTO);
}

struct text_line *
text_get(struct text *text, const char *utf8, struct text_style style,
         int max_width) {
    struct text_line *line = text_measure(text, utf8, style, max_width);

    text_ink(line);
    return line;
}

void
text_ink(struct text_line *line) {
    struct text *text = line->home;
    size_t before = line->bytes;

    if (line->inked) {
        return;
    }
    text_line_ink(text->fonts, line);
    xalloc_check(); /* or what is missing in it would stay so */
    text->counters.bytes += line->bytes - before;
    if (line->refs == 0) {
        text->idle_bytes += line->bytes - before;
        make_room(text);
    }
}

struct text_line *
text_line_ref(struct text_line *line) {
    if (line->refs++ == 0) {
        idle_remove(line->home, line);
    }
    return line;
}

void
text_line_unref(struct text *text, struct text_line *line) {
    if (line != NULL && --line->refs == 0) {
        idle_add(text, line);
        make_room(text);
    }
}

/* A colour picture is dimmed as far as the text's colour is. */
static uint8_t
brightness(uint32_t argb) {
    uint32_t red = argb >> 16 & 0xff, green = argb >> 8 & 0xff;
    uint32_t blue = argb & 0xff, most = red > green ? red : green;

    most = blue > most ? blue : most;
    return (uint8_t)((argb >> 24) * most / 255);
}

void
text_draw(const struct text_line *line, struct canvas *canvas, int x, int y,
          uint32_t argb) {
    assert(line->inked);
    for (size_t i = 0; i < line->piece_count; i++) {
        const struct text_piece *piece = &line->pieces[i];

        if (piece->colour) {
            canvas_image(canvas, piece->image, x + piece->x, y + piece->y,
                         brightness(argb));
        } else {
            canvas_mask(canvas, piece->image, x + piece->x, y + piece->y, argb);
        }
    }
}

struct text_metrics
text_metrics(struct text *text, struct text_style style) {
    struct kept_metrics *kept;

    style = text_clamp_style(style);
    kept = &text->metrics[(TEXT_FACE_END * style.size_px + (int)style.face) %
                          METRICS_KEPT];
    if (kept->style.size_px != style.size_px ||
        kept->style.face != style.face) {
        *kept = (struct kept_metrics){style, fonts_metrics(text->fonts, style)};
    }
    return kept->metrics;
}

static int
compare_icon(const void *name, const void *row) {
    return strcmp(name, ((const struct icon_row *)row)->name);
}

uint32_t
text_icon_code(const char *name) {
    const struct icon_row *row =
        bsearch(name, icon_table, icon_table_count, sizeof(*row), compare_icon);

    return row != NULL ? row->code : 0;
}

struct text_counters
text_counters(const struct text *text) {
    struct text_counters counters = text->counters;

    counters.missing_glyphs = fonts_missing(text->fonts);
    return counters;
}
