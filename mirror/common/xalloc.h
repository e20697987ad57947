/*
 * Allocation for our own small needs, and for libraries that let us choose:
 * never NULL. Without memory the program says so and ends at once with
 * XALLOC_EXIT, and whoever started it starts it again: a program that lost a
 * part of its work without knowing which would show what is not true. Sizes
 * that come from outside are checked against a named maximum before they get
 * here. Free with free().
 */
#ifndef MIRROR_COMMON_XALLOC_H
#define MIRROR_COMMON_XALLOC_H

#include <stddef.h>

enum { XALLOC_EXIT = 70 }; /* EX_SOFTWARE of sysexits.h */

/* `size` bytes, not initialised. */
void *
xmalloc(size_t size);

/* `count` zeroed objects of `size` bytes. The product may not overflow. */
void *
xcalloc(size_t count, size_t size);

/* Resizes `old` (NULL for a new one); new bytes are not initialised. */
void *
xrealloc(void *old, size_t count, size_t size);

/* The same in the shape of realloc(), for libraries. */
void *
xresize(void *old, size_t size);

/* A copy of all of `text`. */
char *
xstrdup(const char *text);

/* A copy of the first `size` bytes, with a NUL behind them. */
char *
xstrndup(const char *text, size_t size);

/*
 * For libraries that hide a failed allocation and go on with less: ends as
 * above if errno says that there was one since the caller set it to 0, and the
 * heap itself can grow: where it cannot, errno says nothing.
 * malloc(3) promises the ENOMEM; whatever fails in another way in between takes
 * its place, so a check belongs before that, too.
 */
void
xalloc_check(void);

#endif
