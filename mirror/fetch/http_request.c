/* What is asked and how: every option that is set on libcurl's handle. */
#include "fetch/http_request.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/log.h"
#include "common/str.h"
#include "common/xalloc.h"

enum {
    CONNECT_TIMEOUT_MS = 10000,
    LOW_SPEED_BYTES = 100, /* a second, over ... */
    LOW_SPEED_S = 10,
    KEEPALIVE_IDLE_S = 30,
    KEEPALIVE_INTERVAL_S = 10,
    UNACKED_MAX_MS = 30000, /* TCP_USER_TIMEOUT: the peer is gone */
    URL_SHOWN_MAX = 256,
};

/* Plain text stays at home, even where the policy would let it out. */
static bool
may_connect(const struct http_request *request,
            const struct sockaddr *address) {
    return address_allowed(request->policy, address) &&
           (request->https || address_is_home(address));
}

static void
deny(struct http_request *request, const struct sockaddr *address) {
    address_print(address, request->denied, sizeof request->denied);
}

/* The first line of the policy: the address after lookup, before connect. */
static curl_socket_t
open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address) {
    struct http_request *request = arg;
    unsigned unacked_ms = UNACKED_MAX_MS;
    int fd;

    if (purpose != CURLSOCKTYPE_IPCXN ||
        !may_connect(request, &address->addr)) {
        deny(request, &address->addr);
        return CURL_SOCKET_BAD;
    }
    fd = socket(address->family, address->socktype | SOCK_CLOEXEC,
                address->protocol);
    if (fd < 0) {
        request->no_socket = errno;
        return CURL_SOCKET_BAD;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &unacked_ms,
               sizeof unacked_ms);
    return fd;
}

/* The second line: the peer of the connection a request is about to use,
 * however libcurl came by it. */
static int
before_request(void *arg, char *peer, char *local, int peer_port,
               int local_port) {
    struct http_request *request = arg;
    struct sockaddr_in v4 = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)peer_port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6,
                              .sin6_port = htons((uint16_t)peer_port)};
    const struct sockaddr *address = (const struct sockaddr *)&v4;

    (void)local;
    (void)local_port;
    if (inet_pton(AF_INET, peer, &v4.sin_addr) != 1) {
        address = (const struct sockaddr *)&v6;
        if (inet_pton(AF_INET6, peer, &v6.sin6_addr) != 1) {
            return CURL_PREREQFUNC_ABORT;
        }
    }
    if (!may_connect(request, address)) {
        deny(request, address);
        return CURL_PREREQFUNC_ABORT;
    }
    return CURL_PREREQFUNC_OK;
}

static bool
add_header(struct http_request *request, const char *name, const char *value) {
    size_t size = strlen(name) + strlen(value) + 3;
    struct curl_slist *longer;
    char *line;

    if (!http_header_ok(value)) {
        log_error("http: %s: control characters in its value", name);
        return false;
    }
    line = xcalloc(size, 1);
    str_copy(line, size, name);
    str_copy(line + strlen(line), size - strlen(line), ": ");
    str_copy(line + strlen(line), size - strlen(line), value);
    longer = curl_slist_append(request->headers, line);
    explicit_bzero(line, size);
    free(line);
    if (longer == NULL) {
        log_error("http: no memory");
        return false;
    }
    request->headers = longer;
    return true;
}

static bool
is_given(const char *text) {
    return text != NULL && text[0] != '\0';
}

static bool
add_headers(struct http_request *request, const struct http_ask *ask) {
    char bearer[1024 + 8];

    if (is_given(ask->accept) && !add_header(request, "Accept", ask->accept)) {
        return false;
    }
    if (is_given(ask->modified_since) &&
        !add_header(request, "If-Modified-Since", ask->modified_since)) {
        return false;
    }
    if (ask->body != NULL &&
        !add_header(request, "Content-Type", ask->content_type)) {
        return false;
    }
    if (is_given(ask->token)) {
        bool good = str_copy(bearer, sizeof bearer, "Bearer ") &&
                    str_copy(bearer + 7, sizeof bearer - 7, ask->token) &&
                    add_header(request, "Authorization", bearer);

        explicit_bzero(bearer, sizeof bearer);
        return good;
    }
    return true;
}

/* Whoever looked the same name up a moment ago: its answer is not for us.
 * libcurl counts the age of names on the wall clock, which may step back. */
static bool
forget_name(struct http_request *request, CURLU *url) {
    char *host = NULL;
    char *port = NULL;
    char entry[512];
    bool good = curl_url_get(url, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
                curl_url_get(url, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) ==
                    CURLUE_OK;

    if (good && host[0] != '[') {
        snprintf(entry, sizeof entry, "-%s:%s", host, port);
        request->forget = curl_slist_append(NULL, entry);
        good = request->forget != NULL;
    }
    curl_free(host);
    curl_free(port);
    return good;
}

static bool
read_url(struct http_request *request, const char *text) {
    CURLU *url = curl_url();
    char *scheme = NULL;
    bool good = url != NULL &&
                curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK &&
                curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
                forget_name(request, url);

    if (good) {
        request->https = strcmp(scheme, "https") == 0;
    }
    curl_free(scheme);
    curl_url_cleanup(url);
    return good;
}

/* The URL without its query, which is nobody's business but the host's. */
static void
log_refused_url(const char *url) {
    char shown[LOG_TEXT_MAX];
    char *plain = xstrndup(url, strcspn(url, "?#"));

    log_error("http: URL not allowed: '%s'", log_escape(shown, plain));
    free(plain);
}

/* Remembers whether every option was taken. */
struct setter {
    CURL *easy;
    bool good;
};

static void
set_long(struct setter *setter, CURLoption option, long value) {
    setter->good &= curl_easy_setopt(setter->easy, option, value) == CURLE_OK;
}

static void
set_text(struct setter *setter, CURLoption option, const char *value) {
    setter->good &= curl_easy_setopt(setter->easy, option, value) == CURLE_OK;
}

static void
set_pointer(struct setter *setter, CURLoption option, void *value) {
    setter->good &= curl_easy_setopt(setter->easy, option, value) == CURLE_OK;
}

/* No protocol but HTTP, no way but the direct one, nothing kept. HTTP/1.1 for
 * all: a stream needs it, and for one small reply 2 gains nothing. */
static void
set_way(struct setter *setter) {
    set_text(setter, CURLOPT_PROTOCOLS_STR, "http,https");
    set_text(setter, CURLOPT_REDIR_PROTOCOLS_STR, "https");
    set_long(setter, CURLOPT_FOLLOWLOCATION, 0);
    set_long(setter, CURLOPT_MAXREDIRS, 0);
    set_long(setter, CURLOPT_UNRESTRICTED_AUTH, 0);
    set_text(setter, CURLOPT_PROXY, "");
    set_text(setter, CURLOPT_NOPROXY, "*");
    set_long(setter, CURLOPT_NETRC, CURL_NETRC_IGNORED);
    set_long(setter, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    set_long(setter, CURLOPT_HTTP09_ALLOWED, 0);
    set_long(setter, CURLOPT_NOSIGNAL, 1);
    set_long(setter, CURLOPT_FRESH_CONNECT, 1);
    set_long(setter, CURLOPT_FORBID_REUSE, 1);
    set_long(setter, CURLOPT_DNS_CACHE_TIMEOUT, 0);
    /* A lookup that outlives its request is left to end by itself: to wait
     * for its thread would stop the loop for as long as a name server is
     * silent. It is bounded by RES_OPTIONS (environment.c). */
    set_long(setter, CURLOPT_QUICK_EXIT, 1);
}

static void
set_tls(struct setter *setter, const char *ca_file) {
    set_long(setter, CURLOPT_SSL_VERIFYPEER, 1);
    set_long(setter, CURLOPT_SSL_VERIFYHOST, 2);
    set_long(setter, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    /* Some megabytes that nobody reads between two polls. */
    set_long(setter, CURLOPT_CA_CACHE_TIMEOUT, 0);
    if (is_given(ca_file)) {
        set_text(setter, CURLOPT_CAINFO, ca_file);
        set_text(setter, CURLOPT_CAPATH, NULL);
    }
}

static void
set_limits(struct setter *setter, const struct http_ask *ask) {
    set_long(setter, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_TIMEOUT_MS);
    set_long(setter, CURLOPT_TIMEOUT_MS, ask->timeout_ms);
    if (ask->timeout_ms > 0 && !ask->patient) {
        set_long(setter, CURLOPT_LOW_SPEED_LIMIT, LOW_SPEED_BYTES);
        set_long(setter, CURLOPT_LOW_SPEED_TIME, LOW_SPEED_S);
    }
    if (ask->max_bytes > 0 && ask->max_bytes <= HTTP_LIST_MAX) {
        setter->good &=
            curl_easy_setopt(setter->easy, CURLOPT_MAXFILESIZE_LARGE,
                             (curl_off_t)ask->max_bytes) == CURLE_OK;
    }
    set_long(setter, CURLOPT_TCP_KEEPALIVE, 1);
    set_long(setter, CURLOPT_TCP_KEEPIDLE, KEEPALIVE_IDLE_S);
    set_long(setter, CURLOPT_TCP_KEEPINTVL, KEEPALIVE_INTERVAL_S);
}

/* libcurl checks the types of callbacks in a macro that wants them spelled
 * out, one call each. */
static void
set_callbacks(struct setter *setter, struct http_request *request) {
    CURL *easy = setter->easy;

    setter->good &= curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION,
                                     open_socket) == CURLE_OK;
    setter->good &= curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION,
                                     before_request) == CURLE_OK;
    setter->good &= curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION,
                                     http_request_take_body) == CURLE_OK;
    setter->good &= curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION,
                                     http_request_take_header) == CURLE_OK;
    set_pointer(setter, CURLOPT_OPENSOCKETDATA, request);
    set_pointer(setter, CURLOPT_PREREQDATA, request);
    set_pointer(setter, CURLOPT_WRITEDATA, request);
    set_pointer(setter, CURLOPT_HEADERDATA, request);
    set_pointer(setter, CURLOPT_PRIVATE, request);
}

static bool
set_options(struct http_request *request, const struct http_ask *ask,
            const char *user_agent) {
    struct setter setter = {.easy = request->easy, .good = true};

    set_text(&setter, CURLOPT_URL, ask->url);
    set_text(&setter, CURLOPT_USERAGENT, user_agent);
    if (ask->body != NULL) {
        set_long(&setter, CURLOPT_POSTFIELDSIZE, (long)strlen(ask->body));
        set_text(&setter, CURLOPT_COPYPOSTFIELDS, ask->body);
    }
    set_pointer(&setter, CURLOPT_HTTPHEADER, request->headers);
    set_pointer(&setter, CURLOPT_RESOLVE, request->forget);
    set_way(&setter);
    set_tls(&setter, ask->ca_file);
    set_limits(&setter, ask);
    set_callbacks(&setter, request);
    if (!setter.good) {
        log_error("http: libcurl %s lacks an option", curl_version());
    }
    return setter.good;
}

struct http_request *
http_request_create(const struct http_ask *ask, const char *user_agent) {
    struct http_request *request;

    if (!address_url_allowed(ask->policy, ask->url)) {
        log_refused_url(ask->url);
        return NULL;
    }
    request = xcalloc(1, sizeof *request);
    request->policy = ask->policy;
    request->data = ask->data;
    request->done = ask->done;
    request->arg = ask->arg;
    request->stream = ask->timeout_ms == 0;
    request->silence_ms = ask->silence_ms;
    request->max_bytes = ask->max_bytes > 0 ? ask->max_bytes : SIZE_MAX;
    request->conditional = is_given(ask->modified_since);
    request->accept = is_given(ask->accept) ? xstrdup(ask->accept) : NULL;
    request->easy = curl_easy_init();
    if (request->easy == NULL || !read_url(request, ask->url) ||
        !add_headers(request, ask) || !set_options(request, ask, user_agent)) {
        http_request_destroy(request);
        return NULL;
    }
    return request;
}

void
http_request_destroy(struct http_request *request) {
    if (request == NULL) {
        return;
    }
    curl_easy_cleanup(request->easy);
    for (struct curl_slist *at = request->headers; at != NULL; at = at->next) {
        explicit_bzero(at->data, strlen(at->data));
    }
    curl_slist_free_all(request->headers);
    curl_slist_free_all(request->forget);
    free(request->accept);
    free(request->body);
    free(request);
}
