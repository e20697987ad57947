/*
 * A server on loopback that a test scripts: a thread takes one connection after
 * the other, reads a request, and lets a function answer. With it, the asking
 * side: a loop, an http, and what came of a request.
 */
#ifndef TESTS_UNIT_SERVER_H
#define TESTS_UNIT_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/clock.h"
#include "fetch/http.h"

#define JSON    "Content-Type: application/json\r\n"
#define OK_JSON "HTTP/1.1 200 OK\r\n" JSON

struct server;

/* Answers on `fd`, which is closed afterwards. */
typedef void (*server_fn)(struct server *server, int fd);

struct server {
    server_fn fn;
    const char *reply; /* of server_say() */
    int listener;
    int port;
    atomic_int connects;
    char request[8192]; /* the last one; to be read when it is answered */
    pthread_t thread;
};

/* Sends all of it; false when the other side is gone. */
static inline bool
server_send(int fd, const char *bytes, size_t size) {
    while (size > 0) {
        ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);

        if (sent <= 0) {
            return false;
        }
        bytes += sent;
        size -= (size_t)sent;
    }
    return true;
}

static inline bool
server_text(int fd, const char *text) {
    return server_send(fd, text, strlen(text));
}

/* Answers with server->reply. */
static inline void
server_say(struct server *server, int fd) {
    server_text(fd, server->reply);
}

static inline void
server_say_nothing(struct server *server, int fd) {
    char byte;

    server_say(server, fd);
    (void)!recv(fd, &byte, 1, 0); /* until the other side goes */
}

/* Sends server->reply, and then the same piece for ever. */
static inline void
server_say_for_ever(struct server *server, int fd) {
    const char *piece = strchr(server->reply, '|');
    static char flood[16384];

    server_send(fd, server->reply, (size_t)(piece - server->reply));
    piece++;
    for (size_t i = 0; i < sizeof flood; i++) {
        flood[i] = piece[i % strlen(piece)];
    }
    /* The flood begins and ends between two pieces. */
    while (
        server_send(fd, flood, sizeof flood - sizeof flood % strlen(piece))) {
    }
}

/* The headers and, as far as it comes with them, the body. */
static inline void
server_read(struct server *server, int fd) {
    size_t used = 0;
    ssize_t size = 1;

    while (size > 0 && strstr(server->request, "\r\n\r\n") == NULL) {
        size = recv(fd, server->request + used,
                    sizeof server->request - 1 - used, 0);
        used += size > 0 ? (size_t)size : 0;
        server->request[used] = '\0';
    }
}

static inline void *
server_run(void *arg) {
    struct server *server = arg;
    int fd;

    while ((fd = accept(server->listener, NULL, NULL)) >= 0) {
        server->connects++;
        server->request[0] = '\0';
        server_read(server, fd);
        server->fn(server, fd);
        shutdown(fd, SHUT_WR);
        close(fd);
    }
    return NULL;
}

static inline void
server_start(struct server *server, server_fn fn, const char *reply) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;

    server->fn = fn;
    server->reply = reply;
    server->connects = 0;
    server->listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(server->listener, (struct sockaddr *)&address, size),
                     0);
    assert_int_equal(listen(server->listener, 8), 0);
    getsockname(server->listener, (struct sockaddr *)&address, &size);
    server->port = ntohs(address.sin_port);
    assert_int_equal(pthread_create(&server->thread, NULL, server_run, server),
                     0);
}

static inline void
server_stop(struct server *server) {
    shutdown(server->listener, SHUT_RDWR);
    pthread_join(server->thread, NULL);
    close(server->listener);
}

/* Asks, and keeps what came. */
struct asker {
    struct loop *loop;
    struct http *http;
    struct address_policy policy;
    char url[128];
    struct http_ask ask;

    int done; /* calls */
    enum source_state state;
    long status;
    char detail[128];
    char body[8192]; /* the collected one, or what `data` took */
    size_t size;
    char last_modified[128];
    int64_t date_s;
    int retry_after_s;
};

static inline void
asker_done(void *arg, const struct http_reply *reply) {
    struct asker *asker = arg;

    asker->done++;
    asker->state = reply->state;
    asker->status = reply->status;
    asker->date_s = reply->date_s;
    asker->retry_after_s = reply->retry_after_s;
    snprintf(asker->detail, sizeof asker->detail, "%s", reply->detail);
    snprintf(asker->last_modified, sizeof asker->last_modified, "%s",
             reply->last_modified);
    if (asker->ask.data == NULL) {
        assert_int_equal(strlen(reply->body), reply->size);
        snprintf(asker->body, sizeof asker->body, "%s", reply->body);
        asker->size = reply->size;
    }
}

static inline void
asker_init(struct asker *asker) {
    memset(asker, 0, sizeof *asker);
    asker->loop = loop_create();
    asker->http = http_create(asker->loop, "mirror/test");
    assert_non_null(asker->http);
    asker->policy.home = true;
    asker->ask = (struct http_ask){.accept = "application/json",
                                   .policy = &asker->policy,
                                   .max_bytes = 1000,
                                   .timeout_ms = 10000,
                                   .done = asker_done,
                                   .arg = asker};
}

static inline void
asker_finish(struct asker *asker) {
    http_destroy(asker->http);
    loop_destroy(asker->loop);
}

/* `scheme_host` is "http://127.0.0.1" or the like. */
static inline struct http_request *
asker_start(struct asker *asker, const char *scheme_host, int port) {
    asker->done = 0;
    asker->body[0] = '\0';
    asker->size = 0;
    snprintf(asker->url, sizeof asker->url, "%s:%d/rest/items?secret=1",
             scheme_host, port);
    asker->ask.url = asker->url;
    return http_start(asker->http, &asker->ask);
}

/* Turns until `done` was called, for at most twenty seconds. */
static inline void
asker_wait(struct asker *asker) {
    int64_t end_ms = clock_monotonic_ms() + 20000;

    while (asker->done == 0 && clock_monotonic_ms() < end_ms) {
        assert_true(loop_turn(asker->loop, 1000));
    }
    assert_int_equal(asker->done, 1);
}

static inline void
asker_get(struct asker *asker, const struct server *server) {
    assert_non_null(asker_start(asker, "http://127.0.0.1", server->port));
    assert_int_equal(asker->done, 0); /* never from inside http_start() */
    asker_wait(asker);
}

/* One request to a server that answers by `fn`. */
static inline void
asker_ask_once(struct asker *asker, server_fn fn, const char *reply) {
    struct server server = {0};

    server_start(&server, fn, reply);
    asker_get(asker, &server);
    server_stop(&server);
}

static inline void
asker_expect(const struct asker *asker, enum source_state state,
             const char *detail) {
    if (asker->state != state || strcmp(asker->detail, detail) != 0) {
        fail_msg("state %d, '%s' instead of %d, '%s'", asker->state,
                 asker->detail, state, detail);
    }
}

#endif
