/* The weather source on a real loop, with a real outbox, against a server on
 * the same loop. */
#ifndef TESTS_UNIT_WEATHER_RIG_H
#define TESTS_UNIT_WEATHER_RIG_H

#include "weather_sample.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/channel.h"
#include "common/clock.h"
#include "common/str.h"
#include "fetch/weather/open_meteo.h"

enum {
    REQUEST_MAX = 4096,
    ROOM = 1024 * 1024, /* of a socket: an answer goes out at once */
    PATIENCE_MS = 10000,
    QUIET_MS = 300, /* in which nothing may happen */
    CLIENTS_MAX = 8,
};

struct rig {
    struct loop *loop;
    struct http *http;
    struct outbox *outbox;
    struct settings settings;
    void *source;

    int listener;
    uint16_t port;
    int clients[CLIENTS_MAX]; /* open until the end */
    size_t requests;
    char request[REQUEST_MAX]; /* the head of the last one */
    const char *status_line;   /* NULL: no answer at all */
    const char *headers;
    const char *body;

    int channel[2]; /* the outbox's end, and the test's */
    uint32_t sequence;
    char state[32]; /* of the weather, as the last status has it */
    char detail[RECORD_TEXT_MAX];
    size_t records; /* of weather */
    struct record_weather weather;
};

static inline void
answer(struct rig *rig, int fd) {
    char head[512];
    int length = snprintf(head, sizeof head,
                          "HTTP/1.1 %s\r\nContent-Length: %zu\r\n"
                          "Connection: close\r\n%s\r\n",
                          rig->status_line, strlen(rig->body), rig->headers);

    assert_true(length > 0 && (size_t)length < sizeof head);
    assert_int_equal(send(fd, head, (size_t)length, MSG_NOSIGNAL), length);
    assert_int_equal(
        send(fd, rig->body, strlen(rig->body), MSG_NOSIGNAL | MSG_DONTWAIT),
        strlen(rig->body));
}

/* A request comes in one piece here: it is short. */
static inline void
serve(void *arg, int fd, short revents) {
    struct rig *rig = arg;
    ssize_t size = recv(fd, rig->request, REQUEST_MAX - 1, MSG_DONTWAIT);

    (void)revents;
    if (size <= 0) {
        loop_remove_fd(rig->loop, fd);
        return;
    }
    rig->request[size] = '\0';
    rig->requests++;
    if (rig->status_line != NULL) {
        answer(rig, fd);
        shutdown(fd, SHUT_WR);
        loop_remove_fd(rig->loop, fd);
    }
}

static inline void
take_client(void *arg, int fd, short revents) {
    struct rig *rig = arg;
    int room = ROOM;
    int client = accept4(fd, NULL, NULL, SOCK_CLOEXEC);

    (void)revents;
    assert_true(client >= 0);
    setsockopt(client, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    for (size_t i = 0; i < CLIENTS_MAX; i++) {
        if (rig->clients[i] < 0) {
            rig->clients[i] = client;
            loop_add_fd(rig->loop, client, POLLIN, serve, rig);
            return;
        }
    }
    fail_msg("more than %d connections", CLIENTS_MAX);
}

static inline void
take_record(struct rig *rig, unsigned kind, const void *record, size_t size) {
    assert_true(record_check(kind, record, size));
    if (kind == RECORD_WEATHER) {
        memcpy(&rig->weather, record, size);
        rig->records++;
    } else if (kind == RECORD_STATUS) {
        const struct record_status *status = record;

        assert_int_equal(status->count, 1);
        assert_string_equal(status->sources[0].source, "weather");
        str_copy(rig->state, sizeof rig->state,
                 source_state_name(status->sources[0].state));
        str_copy(rig->detail, sizeof rig->detail, status->sources[0].detail);
    }
}

static inline void
take_packets(void *arg, int fd, short revents) {
    static _Alignas(max_align_t) unsigned char packet[CHANNEL_PACKET_MAX];
    struct rig *rig = arg;
    struct channel_header header;

    (void)revents;
    while (channel_receive(fd, &rig->sequence, packet, &header) == CHANNEL_OK) {
        take_record(rig, header.kind, packet + sizeof header, header.size);
    }
}

static inline void
never_closed(void *arg) {
    (void)arg;
    fail_msg("the outbox lost its reader");
}

/* Opens the server, on the port it had before if it had one. */
static inline void
open_server(struct rig *rig) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(rig->port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int yes = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(fd >= 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(fd, CLIENTS_MAX), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    rig->port = ntohs(address.sin_port);
    rig->listener = fd;
    loop_add_fd(rig->loop, fd, POLLIN, take_client, rig);
}

static inline void
close_server(struct rig *rig) {
    loop_remove_fd(rig->loop, rig->listener);
    close(rig->listener);
}

static inline int
set_up(void **state) {
    struct rig *rig = calloc(1, sizeof *rig);

    assert_non_null(rig);
    live_in("Europe/Oslo");
    rig->loop = loop_create();
    rig->http = http_create(rig->loop, "mirror-test");
    assert_non_null(rig->http);
    assert_int_equal(
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, rig->channel), 0);
    rig->outbox = outbox_create(rig->loop, rig->channel[0], never_closed, NULL);
    loop_add_fd(rig->loop, rig->channel[1], POLLIN, take_packets, rig);
    memset(rig->clients, -1, sizeof rig->clients);
    open_server(rig);
    rig->headers = "Content-Type: application/json\r\n";
    settings_init(&rig->settings);
    rig->settings.weather.present = true;
    rig->settings.mirror.location[0] = 59.91;
    rig->settings.mirror.location[1] = 10.75;
    snprintf(rig->settings.weather.url, sizeof rig->settings.weather.url,
             "http://127.0.0.1:%u", rig->port);
    *state = rig;
    return 0;
}

static inline int
tear_down(void **state) {
    struct rig *rig = *state;

    open_meteo_source.destroy(rig->source);
    outbox_destroy(rig->outbox);
    http_destroy(rig->http);
    for (size_t i = 0; i < CLIENTS_MAX; i++) {
        if (rig->clients[i] >= 0) {
            loop_remove_fd(rig->loop, rig->clients[i]);
            close(rig->clients[i]);
        }
    }
    close_server(rig);
    loop_remove_fd(rig->loop, rig->channel[1]);
    close(rig->channel[0]);
    close(rig->channel[1]);
    loop_destroy(rig->loop);
    free(rig);
    return 0;
}

/* Starts, and does not wait for the jitter of the start. */
static inline void
start(struct rig *rig) {
    struct source_env env = {.loop = rig->loop,
                             .http = rig->http,
                             .outbox = rig->outbox,
                             .settings = &rig->settings,
                             .token = ""};

    assert_true(open_meteo_source.wanted(&rig->settings));
    rig->source = open_meteo_source.create(&env);
    assert_non_null(rig->source);
    open_meteo_source.wake(rig->source);
}

/* As after a change of the config; the channel stays. */
static inline void
restart(struct rig *rig) {
    open_meteo_source.destroy(rig->source);
    start(rig);
}

static inline void
wait_for_state(struct rig *rig, const char *state) {
    int64_t end_ms = clock_monotonic_ms() + PATIENCE_MS;

    while (strcmp(rig->state, state) != 0) {
        assert_true(loop_turn(rig->loop, 50));
        if (clock_monotonic_ms() > end_ms) {
            fail_msg("%s, not %s", rig->state, state);
        }
    }
}

static inline void
wait_for_requests(struct rig *rig, size_t count) {
    int64_t end_ms = clock_monotonic_ms() + PATIENCE_MS;

    while (rig->requests < count) {
        assert_true(loop_turn(rig->loop, 50));
        assert_true(clock_monotonic_ms() <= end_ms);
    }
}

static inline void
turn_for(struct rig *rig, int64_t time_ms) {
    int64_t end_ms = clock_monotonic_ms() + time_ms;

    while (clock_monotonic_ms() < end_ms) {
        assert_true(loop_turn(rig->loop, 20));
    }
}

#endif
