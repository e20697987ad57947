/* Where a line may end. */
#ifndef MIRROR_RENDER_TEXT_BREAK_H
#define MIRROR_RENDER_TEXT_BREAK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The end of the piece of text that begins at `at` and that a line keeps
 * together: a word, or one ideograph with the punctuation that belongs to it.
 * Blanks and newlines are not part of any piece.
 */
size_t
text_break_next(const uint32_t *code, size_t count, size_t at);

#endif
