/*
 * The one file of the cache, in a directory of its own. What is read was
 * written whole or is judged to be bad; a reader never waits, whatever stands
 * in the file's place.
 */
#ifndef MIRROR_FETCH_CACHE_FILE_H
#define MIRROR_FETCH_CACHE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CACHE_FILE_NAME "last-good"
#define CACHE_FILE_BAD  "last-good.bad" /* one, of the last time */
#define CACHE_FILE_TEMP "last-good.tmp" /* never read */

/* Returns a descriptor, or -1, having logged why. */
int
cache_file_open_directory(const char *path);

/*
 * Reads the file of at most CACHE_FILE_MAX bytes into *ret_bytes (owned by the
 * caller). Returns NULL, with *ret_bytes NULL if there is no such file; or in
 * a few words what is wrong with it: no plain file, not ours, too large, or
 * the system's reason.
 */
const char *
cache_file_read(int directory, uint8_t **ret_bytes, size_t *ret_size);

/* Puts the file out of the way, under CACHE_FILE_BAD. Returns false with errno
 * set where that cannot be. */
bool
cache_file_set_aside(int directory);

/*
 * Puts `size` bytes in the place of the file: after a power cut at any moment
 * it has its old or its new content. Only for the holder of
 * cache_file_lock(). Returns false with errno set, the old file untouched and
 * nothing left behind; but EIO of the very last step, with the new file in its
 * place and not yet certain to stay.
 */
bool
cache_file_write(int directory, const uint8_t *bytes, size_t size);

/* Whether this process is the one that may write: false while another holds
 * the directory. It stays ours until the descriptor is closed. */
bool
cache_file_lock(int directory);

#endif
