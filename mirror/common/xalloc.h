/*
 * Allocation for our own small needs: never NULL. Without memory the program
 * ends with abort(), and whoever started it starts it again. Sizes that come
 * from outside are checked against a named maximum before they get here.
 * Free with free().
 */
#ifndef MIRROR_COMMON_XALLOC_H
#define MIRROR_COMMON_XALLOC_H

#include <stddef.h>

/* `count` zeroed objects of `size` bytes. The product may not overflow. */
void *
xcalloc(size_t count, size_t size);

/* Resizes `old` (NULL for a new one); new bytes are not initialised. */
void *
xrealloc(void *old, size_t count, size_t size);

/* A copy of all of `text`. */
char *
xstrdup(const char *text);

/* A copy of the first `size` bytes, with a NUL behind them. */
char *
xstrndup(const char *text, size_t size);

#endif
