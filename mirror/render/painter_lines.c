/* Lines and paragraphs as rows of their own. */
#include <string.h>

#include "render/painter.h"

bool
paint_icon_line(struct painter *p, enum theme_role role,
                enum theme_colour colour, const char *icon, const char *utf8) {
    int pitch = paint_pitch(p, role);
    struct paint_row row;
    int baseline, x;

    if (paint_left(p) < pitch) {
        return false;
    }
    row = paint_row_begin(p);
    baseline = paint_baseline(p, row.y, role);
    x = row.x;
    if (icon != NULL) {
        x += paint_icon_beside(p, x, baseline, role, colour, icon);
        x += paint_icon_size(p, role) / 3;
    }
    paint_text(p, x, baseline, role, colour, utf8, row.x + row.width - x);
    paint_row_end(p, &row, 0, pitch);
    return true;
}

bool
paint_line(struct painter *p, enum theme_role role, enum theme_colour colour,
           const char *utf8) {
    return paint_icon_line(p, role, colour, NULL, utf8);
}

/* Whether the longest word fits in a line. */
static bool
words_fit(struct painter *p, enum theme_role role, const char *utf8,
          int width) {
    char word[TEXT_BYTES_MAX];

    while (*utf8 != '\0') {
        size_t length = strcspn(utf8, " \n");

        if (length >= sizeof word) {
            return false;
        }
        memcpy(word, utf8, length);
        word[length] = '\0';
        if (paint_width(p, role, word) > width) {
            return false;
        }
        utf8 += length;
        utf8 += strspn(utf8, " \n");
    }
    return true;
}

/* Wraps into as many lines as the width asks for, and then as narrow as so
 * many lines can be: no word is left alone on the last one. */
static size_t
wrap_evenly(struct painter *p, enum theme_role role, const char *utf8,
            struct text_line **lines, size_t max_lines) {
    struct text_style style = p->theme->style[role];
    size_t count = text_wrap(p->text, utf8, style, p->area.w, lines, max_lines);
    struct text_line *narrow[PAINT_LINES_MAX];

    for (int parts = 14; parts >= 8 && count > 1; parts -= 2) {
        int width = p->area.w * parts / 16;
        struct text_line **drop;
        size_t again;
        bool good;

        if (!words_fit(p, role, utf8, width)) {
            break;
        }
        again = text_wrap(p->text, utf8, style, width, narrow, max_lines);
        good = again == count && !narrow[again - 1]->clipped;
        drop = good ? lines : narrow;
        for (size_t i = 0; i < again; i++) {
            text_line_unref(p->text, drop[i]);
            lines[i] = good ? narrow[i] : lines[i];
        }
        if (!good) {
            break;
        }
    }
    return count;
}

size_t
paint_paragraph(struct painter *p, enum theme_role role,
                enum theme_colour colour, const char *utf8, size_t max_lines) {
    struct text_line *lines[PAINT_LINES_MAX];
    int pitch = paint_pitch(p, role);
    int room = paint_left(p) / pitch;
    size_t count;

    if (max_lines > PAINT_LINES_MAX) {
        max_lines = PAINT_LINES_MAX;
    }
    if (room < 1 || p->area.w <= 0) {
        return 0;
    }
    if ((size_t)room < max_lines) {
        max_lines = (size_t)room;
    }
    count = wrap_evenly(p, role, utf8, lines, max_lines);
    for (size_t i = 0; i < count; i++) {
        struct paint_row row = paint_row_begin(p);

        paint_laid_out(p, lines[i], row.x, paint_baseline(p, row.y, role),
                       colour);
        paint_row_end(p, &row, 0, pitch);
        text_line_unref(p->text, lines[i]);
    }
    return count;
}

/* What an icon in front of a text takes of its width. */
static int
icon_room(struct painter *p, enum theme_role role) {
    int icon = paint_icon_size(p, role);

    return icon + icon / 3;
}

size_t
paint_icon_paragraph(struct painter *p, enum theme_role role,
                     enum theme_colour icon_colour, enum theme_colour colour,
                     const char *icon, const char *utf8, size_t max_lines) {
    struct paint_row block;
    size_t count;
    int left = icon != NULL ? icon_room(p, role) : 0;

    if (paint_left(p) < paint_pitch(p, role) ||
        paint_width(p, role, utf8) <= 0) {
        return 0;
    }
    block = paint_row_begin(p);
    if (icon != NULL) {
        paint_icon_beside(p, block.x, paint_baseline(p, block.y, role), role,
                          icon_colour, icon);
    }
    p->area.x += left;
    p->area.w -= left;
    p->used = (struct rect){p->area.x, block.y, 0, 0};
    count = paint_paragraph(p, role, colour, utf8, max_lines);
    paint_row_end(p, &block, 0, p->used.h);
    return count;
}

bool
paint_text_fits(struct painter *p, enum theme_role role, const char *icon,
                const char *utf8, size_t max_lines) {
    struct text_line *lines[PAINT_LINES_MAX];
    int room = paint_left(p) / paint_pitch(p, role);
    int width = p->area.w - (icon != NULL ? icon_room(p, role) : 0);
    bool fits = room > 0 && width > 0 && words_fit(p, role, utf8, width);
    size_t count;

    max_lines = max_lines < PAINT_LINES_MAX ? max_lines : PAINT_LINES_MAX;
    max_lines = max_lines < (size_t)room ? max_lines : (size_t)room;
    if (!fits) {
        return false;
    }
    count = text_wrap(p->text, utf8, p->theme->style[role], width, lines,
                      max_lines);
    for (size_t i = 0; i < count; i++) {
        fits = fits && !lines[i]->clipped;
        text_line_unref(p->text, lines[i]);
    }
    return fits;
}
