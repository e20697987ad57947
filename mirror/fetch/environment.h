/* What mirror-fetch inherits is not trusted: variables that steer libraries
 * (proxies, key logs, OpenSSL modules), open descriptors, signals. */
#ifndef MIRROR_FETCH_ENVIRONMENT_H
#define MIRROR_FETCH_ENVIRONMENT_H

#include <stdbool.h>

/* Before anything looks at it. Of the environment only TZ,
 * CREDENTIALS_DIRECTORY and STATE_DIRECTORY stay. */
void
environment_clean(void);

/* Standard input, output and error that are closed lead nowhere from now on:
 * a connection must not get their numbers, and with them the log. */
void
environment_open_standard(void);

/* Closes every descriptor from `first` on, and ignores the signals that would
 * end us for a closed pipe, a full disk or a hang-up. */
void
environment_close_from(unsigned first);

/* Whether descriptor `fd` is a SOCK_SEQPACKET socket. */
bool
environment_is_channel(int fd);

#endif
