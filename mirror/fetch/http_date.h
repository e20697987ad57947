/*
 * The dates of HTTP's headers. Not curl_getdate(): it returns a time_t, which
 * in Debian 12's libcurl for armhf has 32 bits and in our programs 64.
 */
#ifndef MIRROR_FETCH_HTTP_DATE_H
#define MIRROR_FETCH_HTTP_DATE_H

#include <stdbool.h>
#include <stdint.h>

/* The UTC seconds of "Sun, 06 Nov 1994 08:49:37 GMT", or of one of the two
 * older forms that a reader has to take (RFC 9110, 5.6.7). Returns false for
 * anything else. */
bool
http_date_parse(const char *text, int64_t *ret_utc_s);

#endif
