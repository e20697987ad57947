#include "render/text_raster.h"

#include <SDL_surface.h>
#include <string.h>

#include "render/text_block.h"
#include "render/text_clean.h"
#include "render/text_scale.h"

enum {
    RUN_BYTES_MAX = 4 * TEXT_BYTES_MAX + 1,
    /* How far ink may reach from the baseline, in percent of the em: as far
     * as stacked vowels and tone marks do, so that a tower of marks stays out
     * of the lines above and below. */
    ABOVE_PERCENT = 115,
    BELOW_PERCENT = 55,
};

/* The font of a run, told which way and in which script to shape. */
static TTF_Font *
prepare(struct fonts *fonts, int size_px, const uint32_t *code,
        const struct text_run *run, char text[RUN_BYTES_MAX]) {
    TTF_Font *font = fonts_open(fonts, run->face, size_px);
    char script[5] = "";

    if (font == NULL) {
        return NULL;
    }
    text_encode(code + run->first, run->end - run->first, text, RUN_BYTES_MAX);
    hb_tag_to_string(hb_script_to_iso15924_tag(run->script), script);
    script[4] = '\0';
    TTF_SetFontDirection(font, run->level % 2 == 1 ? TTF_DIRECTION_RTL
                                                   : TTF_DIRECTION_LTR);
    TTF_SetFontScriptName(font, script);
    return font;
}

/* From the strike's pixels to those of the size. */
static int
scaled(int strike_px, int size_px) {
    return (strike_px * size_px + EMOJI_STRIKE_PX / 2) / EMOJI_STRIKE_PX;
}

int
text_run_width(struct fonts *fonts, int size_px, const uint32_t *code,
               const struct text_run *run) {
    char text[RUN_BYTES_MAX];
    TTF_Font *font = prepare(fonts, size_px, code, run, text);
    int width = 0;

    if (font == NULL) {
        return run->face < TEXT_FACE_END
                   ? text_block_width(size_px, run->end - run->first)
                   : 0;
    }
    /* It fails for text without width, and then there is none. */
    if (TTF_SizeUTF8(font, text, &width, NULL) != 0) {
        return 0;
    }
    return fonts_in_colour(run->face) ? scaled(width, size_px) : width;
}

static bool
row_has_ink(const SDL_Surface *surface, int y) {
    const uint8_t *row = (const uint8_t *)surface->pixels + y * surface->pitch;

    /* a byte of 0, and each equal to the one before */
    return surface->w > 0 &&
           (row[0] != 0 || memcmp(row, row + 1, (size_t)surface->w - 1) != 0);
}

static bool
column_has_ink(const SDL_Surface *surface, int x, struct rect rows) {
    for (int y = rows.y; y < rows.y + rows.h; y++) {
        if (((const uint8_t *)surface->pixels)[y * surface->pitch + x] != 0) {
            return true;
        }
    }
    return false;
}

/* The smallest rectangle around what is not 0; empty if all is. */
static struct rect
find_ink(const SDL_Surface *surface) {
    struct rect ink = {0, 0, surface->w, surface->h};

    while (ink.h > 0 && !row_has_ink(surface, ink.y)) {
        ink.y++;
        ink.h--;
    }
    while (ink.h > 0 && !row_has_ink(surface, ink.y + ink.h - 1)) {
        ink.h--;
    }
    while (ink.w > 0 && !column_has_ink(surface, ink.x, ink)) {
        ink.x++;
        ink.w--;
    }
    while (ink.w > 0 && !column_has_ink(surface, ink.x + ink.w - 1, ink)) {
        ink.w--;
    }
    return ink;
}

/* Whether a mark hangs below its letter, by its canonical combining class. */
static bool
hangs(uint32_t code) {
    switch (hb_unicode_combining_class(hb_unicode_funcs_get_default(), code)) {
    case HB_UNICODE_COMBINING_CLASS_ATTACHED_BELOW_LEFT:
    case HB_UNICODE_COMBINING_CLASS_ATTACHED_BELOW:
    case HB_UNICODE_COMBINING_CLASS_BELOW_LEFT:
    case HB_UNICODE_COMBINING_CLASS_BELOW:
    case HB_UNICODE_COMBINING_CLASS_BELOW_RIGHT:
    case HB_UNICODE_COMBINING_CLASS_DOUBLE_BELOW: return true;
    default: return false;
    }
}

/* How far the run reaches above the font's own height, px: what makes it
 * higher than that even without the marks that hang. */
static int
height_above(TTF_Font *font, const uint32_t *code, const struct text_run *run) {
    uint32_t kept[TEXT_BYTES_MAX];
    char text[RUN_BYTES_MAX];
    size_t count = 0;
    int height = 0;

    for (size_t i = run->first; i < run->end; i++) {
        if (!hangs(code[i])) {
            kept[count++] = code[i];
        }
    }
    text_encode(kept, count, text, sizeof(text));
    if (TTF_SizeUTF8(font, text, NULL, &height) != 0) {
        return 0;
    }
    return height - TTF_FontHeight(font);
}

/*
 * The row of the baseline. SDL_ttf 2.20 makes a surface higher than the font
 * where marks leave the font's own height, and moves the baseline down by what
 * is above, without saying how much that is (TTF_Size_Internal). Ink in the
 * first row tells that there is something above, ink in the last row that
 * there is something below.
 */
static int
find_baseline(const SDL_Surface *surface, TTF_Font *font, struct rect ink,
              const uint32_t *code, const struct text_run *run) {
    int extra = surface->h - TTF_FontHeight(font);

    if (extra > 0 && ink.y > 0) {
        extra = 0;
    } else if (extra > 0 && ink.y + ink.h == surface->h) {
        extra = height_above(font, code, run);
    }
    return TTF_FontAscent(font) + (extra > 0 ? extra : 0);
}

static pixman_image_t *
copy_mask(const SDL_Surface *surface, struct rect ink) {
    int stride = (ink.w + 3) & ~3;
    pixman_image_t *mask =
        pixman_image_create_bits(PIXMAN_a8, ink.w, ink.h, NULL, stride);

    if (mask == NULL) {
        return NULL;
    }

    uint8_t *to = (uint8_t *)pixman_image_get_data(mask);
    const uint8_t *from = surface->pixels;

    for (int y = 0; y < ink.h; y++) {
        memcpy(to + y * stride, from + (ink.y + y) * surface->pitch + ink.x,
               (size_t)ink.w);
    }
    return mask;
}

/* SDL_ttf's "shaded" text is a surface of 8 bit whose numbers are the coverage
 * itself: our mask. */
static bool
draw_mask(TTF_Font *font, int size_px, const char *text, const uint32_t *code,
          const struct text_run *run, struct text_piece *ret_piece) {
    SDL_Color white = {255, 255, 255, 255}, black = {0, 0, 0, 255};
    SDL_Surface *surface = TTF_RenderUTF8_Shaded(font, text, white, black);

    if (surface == NULL) {
        return false;
    }

    struct rect ink = find_ink(surface);
    int baseline = find_baseline(surface, font, ink, code, run);
    int above = size_px * ABOVE_PERCENT / 100;
    int below = size_px * BELOW_PERCENT / 100;
    struct rect room = {0, baseline - above, surface->w, above + below};

    ink = rect_intersect(ink, room);
    *ret_piece = (struct text_piece){
        .image = rect_empty(ink) ? NULL : copy_mask(surface, ink),
        .x = ink.x,
        .y = ink.y - baseline,
        .w = ink.w,
        .h = ink.h,
    };
    SDL_FreeSurface(surface);
    return ret_piece->image != NULL;
}

static bool
draw_emoji(TTF_Font *font, const char *text, int size_px,
           struct text_piece *ret_piece) {
    SDL_Color white = {255, 255, 255, 255};
    SDL_Surface *surface = TTF_RenderUTF8_Blended(font, text, white);

    if (surface == NULL) {
        return false;
    }

    int width = scaled(surface->w, size_px);
    int height = scaled(surface->h, size_px);

    *ret_piece = (struct text_piece){
        .image = text_scale_image(surface->pixels, surface->w, surface->h,
                                  surface->pitch, width, height),
        .colour = true,
        .y = -scaled(TTF_FontAscent(font), size_px),
        .w = width,
        .h = height,
    };
    SDL_FreeSurface(surface);
    return ret_piece->image != NULL;
}

bool
text_run_draw(struct fonts *fonts, int size_px, const uint32_t *code,
              const struct text_run *run, struct text_piece *ret_piece) {
    char text[RUN_BYTES_MAX];
    TTF_Font *font = prepare(fonts, size_px, code, run, text);

    if (font == NULL) {
        return run->face < TEXT_FACE_END &&
               text_block_draw(size_px, code + run->first,
                               run->end - run->first, ret_piece);
    }
    return fonts_in_colour(run->face)
               ? draw_emoji(font, text, size_px, ret_piece)
               : draw_mask(font, size_px, text, code, run, ret_piece);
}
