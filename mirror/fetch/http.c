/* libcurl's multi interface on the loop: it names the sockets and the one
 * timer it waits for, the loop waits, and it is told what happened. */
#include "fetch/http.h"

#include <poll.h>
#include <stdlib.h>

#include "common/clock.h"
#include "common/log.h"
#include "common/working_set.h"
#include "common/xalloc.h"
#include "fetch/http_request.h"

/* A connection's set-up is the largest piece of code that runs here, and seldom
 * runs. */
enum { REST_MS = 10000 };

struct http {
    struct loop *loop; /* borrowed */
    char *user_agent;  /* owned */
    CURLM *multi;      /* owned */
    struct loop_timer timer;
    struct loop_timer rest; /* no request has begun or ended for a while */
    struct http_request *requests; /* owned; all that are not over */
    bool busy; /* inside libcurl, which lets no handle come or go meanwhile */
};

static void
unlink_request(struct http_request *request) {
    struct http_request **at = &request->http->requests;

    while (*at != request) {
        at = &(*at)->next;
    }
    *at = request->next;
}

static void
rest(void *unused) {
    (void)unused;
    working_set_trim();
}

static void
rest_later(struct http *http) {
    loop_set_timer(http->loop, &http->rest, clock_monotonic_ms() + REST_MS);
}

/* Takes the request out of everything, reports, and frees it. It is nobody's
 * any more when `done` runs, so that `done` may do what it likes. */
static void
end_request(struct http_request *request, CURLcode code) {
    struct http *http = request->http;

    unlink_request(request);
    loop_cancel_timer(http->loop, &request->silence);
    if (request->added) {
        curl_multi_remove_handle(http->multi, request->easy);
    }
    rest_later(http);
    http_request_report(request, code);
    http_request_destroy(request);
}

static void
add_request(struct http_request *request) {
    CURLMcode code = curl_multi_add_handle(request->http->multi, request->easy);

    if (code != CURLM_OK) {
        log_error("http: %s", curl_multi_strerror(code));
        end_request(request, CURLE_OUT_OF_MEMORY);
        return;
    }
    request->added = true;
}

static struct http_request *
first_waiting(struct http *http) {
    struct http_request *request = http->requests;

    while (request != NULL && request->added && !request->cancelled) {
        request = request->next;
    }
    return request;
}

/* What callbacks asked for while libcurl was busy. */
static void
catch_up(struct http *http) {
    struct http_request *request;

    while ((request = first_waiting(http)) != NULL) {
        if (request->cancelled) {
            end_request(request, CURLE_OK);
        } else {
            add_request(request);
        }
    }
}

static void
report_ended(struct http *http) {
    struct CURLMsg *message;
    int left;

    while ((message = curl_multi_info_read(http->multi, &left)) != NULL) {
        struct http_request *request = NULL;
        CURLcode code = message->data.result;

        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &request);
        end_request(request, code);
    }
}

static void
act(struct http *http, curl_socket_t fd, int events) {
    int running;
    CURLMcode code;

    http->busy = true;
    code = curl_multi_socket_action(http->multi, fd, events, &running);
    http->busy = false;
    if (code != CURLM_OK) {
        log_error("http: %s", curl_multi_strerror(code));
    }
    catch_up(http);
    report_ended(http);
}

static void
serve_socket(void *arg, int fd, short revents) {
    int events = 0;

    if ((revents & (POLLIN | POLLHUP)) != 0) {
        events |= CURL_CSELECT_IN;
    }
    if ((revents & POLLOUT) != 0) {
        events |= CURL_CSELECT_OUT;
    }
    if ((revents & (POLLERR | POLLNVAL)) != 0) {
        events |= CURL_CSELECT_ERR;
    }
    act(arg, fd, events);
}

static void
serve_timer(void *arg) {
    act(arg, CURL_SOCKET_TIMEOUT, 0);
}

static int
watch_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *unused) {
    struct http *http = arg;
    short events = 0;

    (void)easy;
    (void)unused;
    if (what == CURL_POLL_REMOVE) {
        loop_remove_fd(http->loop, fd);
        return 0;
    }
    if ((what & CURL_POLL_IN) != 0) {
        events |= POLLIN;
    }
    if ((what & CURL_POLL_OUT) != 0) {
        events |= POLLOUT;
    }
    loop_add_fd(http->loop, fd, events, serve_socket, http);
    return 0;
}

static int
watch_timer(CURLM *multi, long timeout_ms, void *arg) {
    struct http *http = arg;

    (void)multi;
    loop_set_timer(http->loop, &http->timer,
                   timeout_ms < 0 ? CLOCK_NEVER
                                  : clock_monotonic_ms() + timeout_ms);
    return 0;
}

/* Its memory is as ours: a request that fails for want of it looks like a
 * refused address or a bad reply in some places, and is a crash in others. */
static bool
start_libcurl(void) {
    if (curl_global_init_mem(CURL_GLOBAL_DEFAULT, xmalloc, free, xresize,
                             xstrdup, xcalloc) != CURLE_OK) {
        log_error("http: libcurl does not start");
        return false;
    }
    return true;
}

struct http *
http_create(struct loop *loop, const char *user_agent) {
    struct http *http;

    if (!start_libcurl()) {
        return NULL;
    }
    http = xcalloc(1, sizeof *http);
    http->loop = loop;
    http->user_agent = xstrdup(user_agent);
    http->timer.fn = serve_timer;
    http->timer.arg = http;
    http->rest.fn = rest;
    http->multi = curl_multi_init();
    if (http->multi == NULL) {
        log_error("http: no memory");
        http_destroy(http);
        return NULL;
    }
    curl_multi_setopt(http->multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
    curl_multi_setopt(http->multi, CURLMOPT_SOCKETDATA, http);
    curl_multi_setopt(http->multi, CURLMOPT_TIMERFUNCTION, watch_timer);
    curl_multi_setopt(http->multi, CURLMOPT_TIMERDATA, http);
    return http;
}

void
http_destroy(struct http *http) {
    if (http == NULL) {
        return;
    }
    while (http->requests != NULL) {
        http->requests->cancelled = true;
        end_request(http->requests, CURLE_OK);
    }
    curl_multi_cleanup(http->multi);
    loop_cancel_timer(http->loop, &http->timer);
    loop_cancel_timer(http->loop, &http->rest);
    free(http->user_agent);
    free(http);
    curl_global_cleanup();
}

static void
on_silence(void *arg) {
    struct http_request *request = arg;

    request->verdict = VERDICT_SILENT;
    end_request(request, CURLE_OPERATION_TIMEDOUT);
}

void
http_request_heard(struct http_request *request) {
    if (request->silence_ms > 0) {
        loop_set_timer(request->http->loop, &request->silence,
                       clock_monotonic_ms() + request->silence_ms);
    }
}

struct http_request *
http_start(struct http *http, const struct http_ask *ask) {
    struct http_request *request = http_request_create(ask, http->user_agent);

    if (request == NULL) {
        return NULL;
    }
    request->http = http;
    request->next = http->requests;
    http->requests = request;
    rest_later(http);
    if (!http->busy) {
        CURLMcode code = curl_multi_add_handle(http->multi, request->easy);

        if (code != CURLM_OK) {
            log_error("http: %s", curl_multi_strerror(code));
            unlink_request(request);
            http_request_destroy(request);
            return NULL;
        }
        request->added = true;
    }
    request->silence.fn = on_silence;
    request->silence.arg = request;
    http_request_heard(request);
    return request;
}

void
http_cancel(struct http_request *request) {
    if (request == NULL) {
        return;
    }
    request->cancelled = true;
    if (!request->http->busy) {
        end_request(request, CURLE_OK);
    }
}
