/*
 * Any bytes are text: cleaned, drawn and wrapped at any size and width. The
 * first four bytes choose the face, the size and the width; the rest is text.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "common/str.h"
#include "fuzz.h"
#include "render/text.h"
#include "render/text_clean.h"

enum { LINES_MAX = 8 };

static void
check_clean(const char *utf8, size_t size) {
    struct text_codes codes;

    text_clean(utf8, size, (struct text_clean_options){0}, &codes);
    assert(codes.count <= TEXT_BYTES_MAX);
    for (size_t i = 0; i < codes.count; i++) {
        assert(codes.code[i] >= ' ' && codes.code[i] <= 0x10ffff);
        /* What turns the reading order is gone. */
        assert(codes.code[i] < 0x202a || codes.code[i] > 0x202e);
        assert(codes.code[i] < 0x2060 || codes.code[i] > 0x2069);
    }
}

static void
check_line(const struct text_line *line, int max_width) {
    assert(line->width >= 0 && line->width <= max_width);
    assert(str_utf8_valid(line->text, strlen(line->text)));
    assert(line->ink.h <= 2 * line->style.size_px + 2);
    for (size_t i = 0; i < line->piece_count; i++) {
        assert(line->pieces[i].image != NULL);
    }
}

static void
check_wrap(struct text *text, const char *utf8, struct text_style style,
           int max_width) {
    struct text_line *lines[LINES_MAX];
    size_t count = text_wrap(text, utf8, style, max_width, lines, LINES_MAX);

    assert(count <= LINES_MAX);
    for (size_t i = 0; i < count; i++) {
        text_ink(lines[i]);
        check_line(lines[i], max_width);
        text_line_unref(text, lines[i]);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct text *text;
    struct text_style style;
    int max_width;
    char *utf8;

    if (text == NULL) {
        log_open("fuzz_text", LOG_LEVEL_ERROR);
        text = text_create("fonts");
        assert(text != NULL);
    }
    if (size < 4) {
        return 0;
    }
    style.face = (enum text_face)(data[0] % TEXT_FACE_END);
    style.size_px = 6 + data[1] % 64;
    max_width = data[2] * 256 + data[3];
    utf8 = strndup((const char *)data + 4, size - 4);
    assert(utf8 != NULL);

    check_clean((const char *)data + 4, size - 4);
    check_line(text_get(text, utf8, style, max_width), max_width);
    check_wrap(text, utf8, style, max_width % 1024);
    free(utf8);
    return 0;
}
