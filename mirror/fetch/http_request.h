/*
 * One request: what is set on libcurl's handle, what its callbacks collect,
 * and what comes of it. http.c runs it; nobody else looks inside.
 */
#ifndef MIRROR_FETCH_HTTP_REQUEST_H
#define MIRROR_FETCH_HTTP_REQUEST_H

#include <curl/curl.h>

#include "common/loop.h"
#include "fetch/http.h"
#include "fetch/http_result.h"

enum { HTTP_HEADER_MAX = 128 };

/* What ended a request before libcurl did; it knows only "a callback said
 * no". */
enum http_verdict {
    VERDICT_NONE,
    VERDICT_TOO_BIG,
    VERDICT_HEAD_TOO_BIG,
    VERDICT_STATUS,   /* not a reply to take data from */
    VERDICT_TYPE,     /* the wrong content type */
    VERDICT_REJECTED, /* `data` said so */
    VERDICT_SILENT,
};

struct http_request {
    struct http *http; /* borrowed */
    struct http_request *next;
    bool added;     /* libcurl runs it */
    bool cancelled; /* no callbacks any more */

    CURL *easy;                 /* owned */
    struct curl_slist *headers; /* owned; one may hold the token */
    struct curl_slist *forget;  /* owned; for CURLOPT_RESOLVE */
    char *accept;               /* owned; NULL: any type */
    bool https, conditional;
    const struct address_policy *policy; /* borrowed */
    http_data_fn data;
    http_done_fn done;
    void *arg;

    bool stream;
    int silence_ms;
    struct loop_timer silence; /* moved by every byte: it costs no wakeup */

    size_t max_bytes, received, head_bytes;
    bool head_whole; /* the blank line behind the headers has come */
    char *body;      /* owned */
    size_t size, room;

    enum http_verdict verdict;
    char denied[64]; /* the address that was refused, or "" */
    int no_socket;   /* the errno of a socket that could not be made, or 0 */
    char type[HTTP_HEADER_MAX];
    char last_modified[HTTP_HEADER_MAX];
    char date[HTTP_HEADER_MAX];
    char retry_after[HTTP_HEADER_MAX];
    char detail[HTTP_DETAIL_MAX];
};

/* NULL, having logged why. The handle is ready, but not running. */
struct http_request *
http_request_create(const struct http_ask *ask, const char *user_agent);

/* Accepts NULL. The handle must not be running. */
void
http_request_destroy(struct http_request *request);

/* Tells the asker how it ended, unless the request was cancelled. */
void
http_request_report(struct http_request *request, CURLcode code);

/* http.c: something has come. */
void
http_request_heard(struct http_request *request);

/* The callbacks of libcurl; `arg` is the request. */
size_t
http_request_take_body(char *bytes, size_t one, size_t size, void *arg);
size_t
http_request_take_header(char *bytes, size_t one, size_t size, void *arg);

#endif
