#include "render/text_fonts.h"

#include <SDL_rwops.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "common/xalloc.h"
#include "render/text_block.h"
#include "render/text_clean.h"
#include "render/text_font_file.h"

enum {
    FACES_MAX = TEXT_FACE_END + 2 * 64, /* ours, then each fallback twice */
    PICKS_MAX = 512,
    KEYCAP = 0x20e3,
    TEXT_PRESENTATION = 0xfe0e,
    EMOJI_PRESENTATION = 0xfe0f,
};

struct open_font {
    TTF_Font *font; /* owned; NULL: a free place */
    int face, size_px;
    uint64_t used;
    struct text_metrics metrics; /* ascent 0: not measured yet */
};

/* What fonts_pick() found, so that a character is looked up once. */
struct pick {
    uint32_t code;
    int16_t style_face, face;
};

struct fonts {
    char dir[PATH_MAX];
    bool started;
    struct font_file files[FACES_MAX];
    struct open_font open[FONTS_OPEN_MAX];
    struct pick picks[PICKS_MAX];
    uint64_t clock;
    size_t missing;
    bool told[64]; /* of each fallback, that it is missing */
};

static const char *const own_files[TEXT_FACE_END] = {
    [TEXT_LIGHT] = "Roboto-Light.ttf",
    [TEXT_REGULAR] = "Roboto-Regular.ttf",
    [TEXT_BOLD] = "Roboto-Bold.ttf",
    [TEXT_ICON] = "mirror-icons.ttf",
};

static int
fallback_face(size_t row, bool bold) {
    return TEXT_FACE_END + 2 * (int)row + bold;
}

static const struct fallback *
face_fallback(int face) {
    return &fallbacks[(face - TEXT_FACE_END) / 2];
}

bool
fonts_in_colour(int face) {
    return face >= TEXT_FACE_END &&
           (size_t)(face - TEXT_FACE_END) / 2 == fallback_emoji;
}

static bool
face_path(const struct fonts *fonts, int face, char *to, size_t size) {
    int length;

    if (face < TEXT_FACE_END) {
        length = snprintf(to, size, "%s/%s", fonts->dir, own_files[face]);
    } else {
        const struct fallback *row = face_fallback(face);
        bool bold = (face - TEXT_FACE_END) % 2 == 1 && row->bold != NULL;

        length = snprintf(to, size, FALLBACK_DIR "%s",
                          bold ? row->bold : row->regular);
    }
    return length > 0 && (size_t)length < size;
}

static void
log_missing(struct fonts *fonts, int face, const char *path) {
    if (face < TEXT_FACE_END) {
        log_error("text: no font %s: %s", path,
                  errno == EBADMSG ? "it is damaged" : strerror(errno));
        return;
    }

    const struct fallback *row = face_fallback(face);

    if (!fonts->told[row - fallbacks]) {
        log_warning("text: some characters show as boxes: no %s: install "
                    "Debian's package %s",
                    path, row->package);
    }
    /* One line for a package, not for each of its files. */
    for (size_t i = 0; i < fallback_count; i++) {
        if (fallbacks[i].package == row->package) {
            fonts->told[i] = true;
        }
    }
}

static struct font_file *
get_file(struct fonts *fonts, int face) {
    struct font_file *file = &fonts->files[face];
    char path[PATH_MAX];

    if (!file->tried) {
        file->tried = true;
        xalloc_check();
        errno = ENAMETOOLONG;
        if (!face_path(fonts, face, path, sizeof(path)) ||
            !font_file_map(file, path)) {
            log_missing(fonts, face, path);
        }
    }
    return file->bytes != NULL && !file->broken ? file : NULL;
}

static TTF_Font *
open_file(struct font_file *file, int face, int size_px) {
    SDL_RWops *bytes = SDL_RWFromConstMem(file->bytes, (int)file->size);
    TTF_Font *font = bytes != NULL ? TTF_OpenFontRW(bytes, 1, size_px) : NULL;

    xalloc_check(); /* the file would look broken, and stay so */
    if (font == NULL) {
        log_error("text: font %s is broken: %s",
                  face < TEXT_FACE_END ? own_files[face]
                                       : face_fallback(face)->regular,
                  TTF_GetError());
        file->broken = true;
        return NULL;
    }
    /* Light moves outlines only up and down: sharp bars, true widths. Icons
     * are drawn on a grid of their own. */
    TTF_SetFontHinting(font, face == TEXT_ICON ? TTF_HINTING_NONE
                                               : TTF_HINTING_LIGHT);
    return font;
}

static TTF_Font *
open_face(struct fonts *fonts, int face, int size_px) {
    struct font_file *file = get_file(fonts, face);

    return file != NULL ? open_file(file, face, size_px) : NULL;
}

/* Where one of our weights is missing or broken, another one says the same, or
 * what the system has. */
static TTF_Font *
open_any(struct fonts *fonts, int face, int size_px) {
    TTF_Font *font = open_face(fonts, face, size_px);

    if (face >= TEXT_ICON) {
        return font;
    }
    for (int other = 0; font == NULL && other < TEXT_ICON; other++) {
        font = open_face(fonts, other, size_px);
    }
    if (font == NULL) {
        font = open_face(
            fonts, fallback_face(fallback_latin(), face == TEXT_BOLD), size_px);
    }
    return font;
}

static struct open_font *
find_open(struct fonts *fonts, int face, int size_px) {
    struct open_font *oldest = &fonts->open[0];

    for (size_t i = 0; i < FONTS_OPEN_MAX; i++) {
        struct open_font *open = &fonts->open[i];

        if (open->font != NULL && open->face == face &&
            open->size_px == size_px) {
            open->used = ++fonts->clock;
            return open;
        }
        if (open->used < oldest->used) {
            oldest = open;
        }
    }

    TTF_Font *font = open_any(fonts, face, size_px);

    if (font == NULL) {
        return NULL;
    }
    if (oldest->font != NULL) {
        TTF_CloseFont(oldest->font);
    }
    *oldest = (struct open_font){font, face, size_px, ++fonts->clock, {0}};
    return oldest;
}

TTF_Font *
fonts_open(struct fonts *fonts, int face, int size_px) {
    int strike = fonts_in_colour(face) ? EMOJI_STRIKE_PX : size_px;
    struct open_font *open = find_open(fonts, face, strike);

    return open != NULL ? open->font : NULL;
}

static int
glyph_top(TTF_Font *font, uint32_t code) {
    int top = 0;

    TTF_GlyphMetrics32(font, code, NULL, NULL, NULL, &top, NULL);
    return top > 0 ? top : 0;
}

struct text_metrics
fonts_metrics(struct fonts *fonts, struct text_style style) {
    struct open_font *open = find_open(fonts, (int)style.face, style.size_px);

    if (open == NULL) {
        return text_block_metrics(style.size_px);
    }
    if (open->metrics.ascent == 0) {
        open->metrics = (struct text_metrics){
            .ascent = TTF_FontAscent(open->font),
            .descent = -TTF_FontDescent(open->font),
            .cap_height = glyph_top(open->font, 'H'),
            .x_height = glyph_top(open->font, 'x'),
        };
    }
    return open->metrics;
}

static bool
provides(struct fonts *fonts, int face, int size_px, uint32_t code) {
    TTF_Font *font = fonts_open(fonts, face, size_px);

    return font != NULL && TTF_GlyphIsProvided32(font, code);
}

/* Whether a colour picture is meant, by Unicode's rules for presentation. */
static bool
wants_emoji(const uint32_t *code, size_t count, size_t at) {
    uint32_t next = at + 1 < count ? code[at + 1] : 0;

    if (next == EMOJI_PRESENTATION) {
        return code[at] > 0xff || (at + 2 < count && code[at + 2] == KEYCAP);
    }
    return next != TEXT_PRESENTATION && text_is_emoji(code[at]);
}

/* What is not drawn by itself stays with the character before it. */
static bool
follows(const uint32_t *code, size_t count, size_t at, int before) {
    if (before < 0) {
        return false;
    }
    return !text_border(code, count, at) || code[at] == EMOJI_PRESENTATION;
}

/* The first fallback for the script, then the first for anything. */
static int
find_fallback(struct fonts *fonts, struct text_style style, uint32_t code) {
    hb_script_t script =
        hb_unicode_script(hb_unicode_funcs_get_default(), code);

    for (size_t i = 0; i < fallback_count; i++) {
        int face = fallback_face(i, style.face == TEXT_BOLD);
        hb_script_t of = fallbacks[i].script;

        if ((of == script || of == HB_SCRIPT_COMMON) &&
            provides(fonts, face, style.size_px, code)) {
            return face;
        }
    }
    fonts->missing++;
    return (int)style.face;
}

static int
find_face(struct fonts *fonts, struct text_style style, uint32_t code) {
    struct pick *pick = &fonts->picks[code % PICKS_MAX];

    if (provides(fonts, (int)style.face, style.size_px, code)) {
        return (int)style.face;
    }
    if (pick->code != code || pick->style_face != (int16_t)style.face) {
        int face = find_fallback(fonts, style, code);

        *pick = (struct pick){code, (int16_t)style.face, (int16_t)face};
    }
    return pick->face;
}

/* Punctuation of a few scripts ("،") is common to all by Unicode, and only the
 * font of the letter before it may have it. */
static bool
joins_before(struct fonts *fonts, struct text_style style, uint32_t code,
             int before) {
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();

    return before >= TEXT_FACE_END && !fonts_in_colour(before) &&
           hb_unicode_script(unicode, code) == HB_SCRIPT_COMMON &&
           !provides(fonts, (int)style.face, style.size_px, code) &&
           provides(fonts, before, style.size_px, code);
}

int
fonts_pick(struct fonts *fonts, struct text_style style, const uint32_t *code,
           size_t count, size_t at, int before) {
    int emoji = fallback_face(fallback_emoji, false);

    if (style.face == TEXT_ICON) {
        return TEXT_ICON;
    }
    if (follows(code, count, at, before)) {
        return before;
    }
    if (code[at] == ' ' && before >= 0 && !fonts_in_colour(before) &&
        provides(fonts, before, style.size_px, ' ')) {
        return before;
    }
    if (wants_emoji(code, count, at) &&
        provides(fonts, emoji, style.size_px, code[at])) {
        return emoji;
    }
    if (joins_before(fonts, style, code[at], before)) {
        return before;
    }
    return find_face(fonts, style, code[at]);
}

struct fonts *
fonts_create(const char *font_dir) {
    struct fonts *fonts = xcalloc(1, sizeof(*fonts));
    int length = snprintf(fonts->dir, sizeof(fonts->dir), "%s", font_dir);

    if (length < 0 || (size_t)length >= sizeof(fonts->dir)) {
        log_error("text: the font directory has too long a path");
        goto fail;
    }
    errno = 0;
    if (TTF_Init() != 0) {
        log_error("text: SDL_ttf does not start: %s", TTF_GetError());
        goto fail;
    }
    fonts->started = true;
    for (int face = 0; face < TEXT_FACE_END; face++) {
        fonts_open(fonts, face, TEXT_SIZE_MIN); /* says what is missing */
    }
    return fonts;

fail:
    fonts_destroy(fonts);
    return NULL;
}

void
fonts_destroy(struct fonts *fonts) {
    if (fonts == NULL) {
        return;
    }
    for (size_t i = 0; i < FONTS_OPEN_MAX; i++) {
        if (fonts->open[i].font != NULL) {
            TTF_CloseFont(fonts->open[i].font);
        }
    }
    if (fonts->started) {
        TTF_Quit();
    }
    for (size_t i = 0; i < FACES_MAX; i++) {
        font_file_unmap(&fonts->files[i]);
    }
    free(fonts);
}

const char *
fonts_broken(const struct fonts *fonts) {
    for (int face = 0; face < TEXT_FACE_END; face++) {
        const struct font_file *file = &fonts->files[face];

        if (file->bytes == NULL || file->broken) {
            return own_files[face];
        }
    }
    return NULL;
}

size_t
fonts_missing(const struct fonts *fonts) {
    return fonts->missing;
}
