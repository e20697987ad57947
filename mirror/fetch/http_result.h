/*
 * What the end of a request means: from HTTP's and libcurl's codes to the
 * states of a source. Pure functions.
 */
#ifndef MIRROR_FETCH_HTTP_RESULT_H
#define MIRROR_FETCH_HTTP_RESULT_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

#include "model/status.h"

enum { HTTP_DETAIL_MAX = 128 };

/* The meaning of a status; `conditional`: If-Modified-Since was sent. `detail`
 * is left alone where the state is SOURCE_OK. */
enum source_state
http_status_state(long status, bool conditional, char detail[HTTP_DETAIL_MAX]);

/* The meaning of a transfer that failed. `os_error` is libcurl's OS_ERRNO or 0;
 * `wall_known` is the clock's. */
enum source_state
http_curl_state(CURLcode code, long os_error, bool wall_known,
                char detail[HTTP_DETAIL_MAX]);

/* Seconds of a Retry-After header: a number, or a date that is compared with
 * `now_s`. 0 for what is past, at most a week, -1 for what is neither. */
int
http_retry_after(const char *value, int64_t now_s);

/* Whether a Content-Type header is `accept`, parameters aside. */
bool
http_type_fits(const char *type, const char *accept);

/* Whether `value` may stand in a header: printable ASCII and inner blanks. */
bool
http_header_ok(const char *value);

#endif
