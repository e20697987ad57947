/* The hub's token: read once, kept here only, wiped at the end. */
#ifndef MIRROR_FETCH_TOKEN_H
#define MIRROR_FETCH_TOKEN_H

#include <stdbool.h>

enum { TOKEN_MAX = 1024 }; /* bytes with the NUL */

/*
 * Reads the token that `token_file` names: with a '/' the file itself, else a
 * file of $CREDENTIALS_DIRECTORY (`credentials`, may be NULL) or, if that is
 * missing or at most a line end, one beside `config_path`. Line ends behind the
 * token are dropped. Returns false, having logged why, with `token` empty: no
 * such file, one that others may read (credentials are fenced by their
 * directory instead), one that is empty or too long, or a byte that cannot
 * stand in a header.
 */
bool
token_read(char token[TOKEN_MAX], const char *token_file,
           const char *config_path, const char *credentials);

/* Leaves it empty, with nothing of it in memory. */
void
token_wipe(char token[TOKEN_MAX]);

#endif
