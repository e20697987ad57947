/*
 * The bytes of a font file: mapped once, shared by all sizes, and looked at
 * before FreeType is, which takes a file that was cut off and draws holes.
 */
#ifndef MIRROR_RENDER_TEXT_FONT_FILE_H
#define MIRROR_RENDER_TEXT_FONT_FILE_H

#include <stdbool.h>
#include <stddef.h>

enum { FONT_FILE_MAX = 64 * 1024 * 1024 }; /* bytes */

struct font_file {
    void *bytes; /* mapped; NULL: not there */
    size_t size;
    bool tried, broken; /* by whoever uses it */
};

/* Maps the file at `path`: its pages are shared with every other program that
 * uses the font, and only those that are read come into memory. Returns false
 * with errno set; EBADMSG for a file that lacks a part of itself. */
bool
font_file_map(struct font_file *file, const char *path);

/* Accepts one that is not mapped. */
void
font_file_unmap(struct font_file *file);

#endif
