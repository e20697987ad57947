/* What comes back: counting, judging and reporting it. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/clock.h"
#include "common/str.h"
#include "common/xalloc.h"
#include "fetch/http_date.h"
#include "fetch/http_request.h"

static long
status_of(const struct http_request *request) {
    long status = 0;

    curl_easy_getinfo(request->easy, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

/* Ends the request from inside a callback of libcurl. */
static size_t
stop(struct http_request *request, enum http_verdict verdict) {
    request->verdict = verdict;
    return CURL_WRITEFUNC_ERROR;
}

static void
collect(struct http_request *request, const char *bytes, size_t size) {
    size_t room = request->room > 0 ? request->room : 1024;

    while (room < request->size + size + 1) {
        room *= 2;
    }
    if (room != request->room) {
        request->body = xrealloc(request->body, room, 1);
        request->room = room;
    }
    memcpy(request->body + request->size, bytes, size);
    request->size += size;
    request->body[request->size] = '\0';
}

static bool
type_ok(const struct http_request *request) {
    return request->accept == NULL ||
           http_type_fits(request->type, request->accept);
}

/* Some servers say in the body what they did not like. */
static size_t
take_error_body(struct http_request *request, const char *bytes, size_t size) {
    size_t left = HTTP_ERROR_BODY_MAX - request->size;

    collect(request, bytes, size < left ? size : left);
    return size <= left ? size : stop(request, VERDICT_STATUS);
}

size_t
http_request_take_body(char *bytes, size_t one, size_t size, void *arg) {
    struct http_request *request = arg;

    (void)one; /* libcurl: always 1 */
    if (request->cancelled) {
        return CURL_WRITEFUNC_ERROR;
    }
    http_request_heard(request);
    if (status_of(request) != 200) {
        return take_error_body(request, bytes, size);
    }
    if (!type_ok(request)) {
        return stop(request, VERDICT_TYPE);
    }
    if (size > request->max_bytes - request->received) {
        return stop(request, VERDICT_TOO_BIG);
    }
    if (!request->stream) {
        request->received += size;
    }
    if (request->data == NULL) {
        collect(request, bytes, size);
    } else if (!request->data(request->arg, bytes, size)) {
        return stop(request, VERDICT_REJECTED);
    }
    /* `data` may have called http_cancel(). */
    return request->cancelled ? CURL_WRITEFUNC_ERROR : size;
}

/* The value, where the line is the header `name` and its value fits and is
 * clean; else `value` stays as it is. */
static void
read_header(const char *line, size_t size, const char *name,
            char value[HTTP_HEADER_MAX]) {
    size_t length = strlen(name);
    char text[HTTP_HEADER_MAX];
    const char *trimmed;

    if (size <= length || strncasecmp(line, name, length) != 0 ||
        line[length] != ':' || size - length > sizeof text) {
        return;
    }
    memcpy(text, line + length + 1, size - length - 1);
    text[size - length - 1] = '\0';
    trimmed = str_trim(text);
    if (http_header_ok(trimmed)) {
        str_copy(value, HTTP_HEADER_MAX, trimmed);
    }
}

size_t
http_request_take_header(char *bytes, size_t one, size_t size, void *arg) {
    struct http_request *request = arg;

    (void)one;
    if (request->cancelled) {
        return CURL_WRITEFUNC_ERROR;
    }
    http_request_heard(request);
    if (size > HTTP_HEAD_MAX - request->head_bytes) {
        return stop(request, VERDICT_HEAD_TOO_BIG);
    }
    request->head_bytes += size;
    if (size >= 5 && memcmp(bytes, "HTTP/", 5) == 0) {
        /* Another head: what a 100 or 103 said is not about the reply. */
        request->head_whole = false;
        request->type[0] = request->last_modified[0] = '\0';
        request->date[0] = request->retry_after[0] = '\0';
    }
    if (request->head_whole) {
        return size; /* a trailer, behind the last chunk */
    }
    request->head_whole = bytes[0] == '\r' || bytes[0] == '\n';
    read_header(bytes, size, "Content-Type", request->type);
    read_header(bytes, size, "Last-Modified", request->last_modified);
    read_header(bytes, size, "Date", request->date);
    read_header(bytes, size, "Retry-After", request->retry_after);
    return size;
}

static enum source_state
verdict_state(struct http_request *request) {
    static const struct {
        enum source_state state;
        const char *detail;
    } meanings[] = {
        [VERDICT_TOO_BIG] = {SOURCE_TOO_BIG, "the answer is too big"},
        [VERDICT_HEAD_TOO_BIG] = {SOURCE_TOO_BIG, "too many headers"},
        [VERDICT_TYPE] = {SOURCE_BAD_REPLY, "not the content type asked for"},
        [VERDICT_REJECTED] = {SOURCE_BAD_REPLY, "the answer makes no sense"},
        [VERDICT_SILENT] = {SOURCE_OFFLINE, "silent for too long"},
    };

    str_copy(request->detail, sizeof request->detail,
             meanings[request->verdict].detail);
    return meanings[request->verdict].state;
}

static enum source_state
transfer_state(struct http_request *request, CURLcode code) {
    long os_error = 0;

    if (request->denied[0] != '\0' &&
        (code == CURLE_COULDNT_CONNECT || code == CURLE_ABORTED_BY_CALLBACK)) {
        snprintf(request->detail, sizeof request->detail,
                 "address not allowed: %s", request->denied);
        return SOURCE_OFFLINE;
    }
    curl_easy_getinfo(request->easy, CURLINFO_OS_ERRNO, &os_error);
    if (request->no_socket != 0) {
        os_error = request->no_socket;
    }
    return http_curl_state(code, os_error, clock_now().wall_known,
                           request->detail);
}

/* A status other than 200 says more than how its body ended. */
static enum source_state
judge(struct http_request *request, CURLcode code, long status) {
    enum source_state state;

    if (request->verdict != VERDICT_NONE &&
        request->verdict != VERDICT_STATUS) {
        return verdict_state(request);
    }
    if (status >= 200 && (status != 200 || code == CURLE_OK)) {
        state =
            http_status_state(status, request->conditional, request->detail);
        if (state != SOURCE_OK) {
            return state;
        }
    }
    if (code != CURLE_OK) {
        return transfer_state(request, code);
    }
    if (!request->head_whole) { /* which is no failure to libcurl */
        str_copy(request->detail, sizeof request->detail,
                 "the answer broke off");
        return SOURCE_OFFLINE;
    }
    if (status == 200 && !type_ok(request)) { /* without a body */
        request->verdict = VERDICT_TYPE;
        return verdict_state(request);
    }
    if (request->stream) {
        str_copy(request->detail, sizeof request->detail, "the stream ended");
        return SOURCE_OFFLINE;
    }
    return SOURCE_OK;
}

static int64_t
parse_date(const char *text) {
    int64_t date_s;

    return http_date_parse(text, &date_s) && record_time_ok(date_s)
               ? date_s
               : RECORD_NO_TIME;
}

void
http_request_report(struct http_request *request, CURLcode code) {
    struct http_reply reply = {
        .detail = request->detail,
        .body = request->body != NULL ? request->body : "",
        .size = request->size,
        .last_modified = request->last_modified,
        .date_s = parse_date(request->date),
        .retry_after_s = -1,
    };

    if (request->cancelled) {
        return;
    }
    reply.status = status_of(request);
    reply.state = judge(request, code, reply.status);
    if (reply.status == 200 && reply.state != SOURCE_OK) {
        reply.body = ""; /* half an answer is none */
        reply.size = 0;
    }
    if (reply.status == 429 || reply.status == 503) {
        reply.retry_after_s = http_retry_after(
            request->retry_after, reply.date_s != RECORD_NO_TIME
                                      ? reply.date_s
                                      : clock_now().wall_ms / 1000);
    }
    request->done(request->arg, &reply);
}
