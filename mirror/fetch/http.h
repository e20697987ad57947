/*
 * HTTP for mirror-fetch: libcurl's multi interface on the program's loop. One
 * thread; nothing waits; every request has a deadline, a size bound and a
 * policy for the address it may connect to. No redirects are followed, no
 * proxy, environment, cookie or netrc is looked at. Nothing is remembered from
 * one request to the next: each looks its name up and connects anew.
 */
#ifndef MIRROR_FETCH_HTTP_H
#define MIRROR_FETCH_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/loop.h"
#include "fetch/address.h"
#include "model/status.h"

struct http;
struct http_request;

enum {
    HTTP_TIMEOUT_MS = 30000,
    HTTP_WEATHER_MAX = 256 * 1024,    /* bytes of a weather reply */
    HTTP_REPLY_MAX = 1024 * 1024,     /* of any other single reply */
    HTTP_LIST_MAX = 64 * 1024 * 1024, /* of a list that is cut as it comes */
    HTTP_HEAD_MAX = 64 * 1024,        /* of all headers of a reply */
    HTTP_ERROR_BODY_MAX = 4096,       /* of what comes with another status */
};

/* How a request ended. Everything is borrowed until the callback returns. */
struct http_reply {
    enum source_state state; /* SOURCE_OK for 200, and for 304 if asked for; a
                                stream never ends well: OFFLINE */
    long status;             /* HTTP's, 0 if there was none */
    const char *detail; /* for people: "connection refused", "status 503" */
    const char *body;   /* NUL-terminated; "" if `data` took it or it is not
                           whole; of a status other than 200 the first
                           HTTP_ERROR_BODY_MAX bytes */
    size_t size;
    const char *last_modified; /* byte for byte as it came, or "" */
    int64_t date_s;            /* the Date header, RECORD_NO_TIME without */
    int retry_after_s;         /* 429 and 503; -1 without */
};

typedef void (*http_done_fn)(void *arg, const struct http_reply *reply);

/* Takes the next bytes of a 200 reply. Returning false ends the request as
 * SOURCE_BAD_REPLY. Never called after http_cancel(). */
typedef bool (*http_data_fn)(void *arg, const char *bytes, size_t size);

/* What to ask. Strings are copied where libcurl does not. */
struct http_ask {
    const char *url;
    const char *body;           /* NULL: GET. Else POST of this text */
    const char *content_type;   /* of `body` */
    const char *accept;         /* Accept header, and what the reply's type must
                                 begin with ("application/json"); NULL: any */
    const char *token;          /* Bearer; "" or NULL: none */
    const char *modified_since; /* If-Modified-Since as it came; "" or NULL */
    const char *ca_file;        /* trust this certificate only; "" or NULL */
    const struct address_policy *policy; /* borrowed until the end */
    size_t max_bytes;  /* of the body; over it: TOO_BIG; 0: a stream's none */
    int timeout_ms;    /* from name lookup to last byte; 0: a stream */
    bool patient;      /* the first byte may take all of that; else 10 s of
                                 less than 100 bytes a second end it */
    int silence_ms;    /* a stream: ends OFFLINE after so long without a
                                 byte; judged by our timer, so accurate */
    http_data_fn data; /* NULL: the body is collected */
    http_done_fn done;
    void *arg;
};

/* `user_agent` is copied. NULL, having logged why. */
struct http *
http_create(struct loop *loop, const char *user_agent);

/* Cancels what runs; no callbacks. Accepts NULL. */
void
http_destroy(struct http *http);

/*
 * Starts a request; `done` is called exactly once, from the loop, never from
 * inside this call, and the request frees itself after it. May be called from
 * inside `data` and `done` of others. Returns NULL, having logged why, if it
 * could not be started (a URL that the policy refuses, a header that is none).
 */
struct http_request *
http_start(struct http *http, const struct http_ask *ask);

/* Gives up without `done`. Also allowed inside `data` of the same request, but
 * not inside its `done`. Accepts NULL. */
void
http_cancel(struct http_request *request);

#endif
