/* How often mirror-fetch wakes in an hour in which nothing happens: exactly.
 * The hub is a few lines here, and answers whenever the loop waits. */
#include "unit.h"

#include "virtual_time.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/channel.h"
#include "common/log.h"
#include "fetch/hubs/openhab.h"
#include "fetch/outbox.h"
#include "model/record.h"

enum {
    HOUR_MS = 3600 * 1000,
    SETTLE_MS = 200 * 1000, /* the start, and the time a hub may need for its */
    ALIVE_MS = 10000,
    CONNECTIONS_MAX = 8,
    /* In an hour: */
    ALIVES = HOUR_MS / ALIVE_MS, /* on both streams, in one wakeup */
    BEATS = HOUR_MS / (CHANNEL_HEARTBEAT_S * 1000),
};

#define JSON_HEAD                                                              \
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: "        \
    "close\r\n\r\n"
#define STREAM_HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
#define ITEM                                                                   \
    "[{\"name\":\"Lamp\",\"type\":\"Switch\",\"label\":\"Lamp\",\"metadata\""  \
    ":{\"semantics\":{\"value\":\"Equipment_Lightbulb\"}}}]"

static struct {
    int listener, port;
    int streams[2], stream_count;
    int tracker; /* of the streams */
    int asked[CONNECTIONS_MAX], asked_count;
    int64_t next_alive_ms, begin_ms;
    struct loop *loop;
    uint64_t wakeups_at_begin, wakeups; /* of the hour */
    int reader;                         /* mirror's end of the channel */
    bool quiet;
} hub;

static void
say(int fd, const char *text) {
    assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL),
                     (ssize_t)strlen(text));
}

static void
stream(int fd, const char *first) {
    assert_in_range(hub.stream_count, 0, 1);
    say(fd, STREAM_HEAD);
    say(fd, first);
    hub.streams[hub.stream_count++] = fd;
}

static void
answer(int fd, const char *request) {
    if (strncmp(request, "GET /rest/events/states", 23) == 0) {
        hub.tracker = fd;
        stream(fd, "event: ready\ndata: 1\n\n");
        return;
    }
    if (strncmp(request, "GET /rest/events", 16) == 0) {
        stream(fd, ": hello\n\n");
        return;
    }
    say(fd, JSON_HEAD);
    if (strncmp(request, "GET /rest/items", 15) == 0) {
        say(fd, ITEM);
    } else if (strncmp(request, "POST /rest/events/states/1", 26) == 0) {
        say(hub.tracker, "data: {\"Lamp\":{\"state\":\"ON\"}}\n\n");
    } else {
        say(fd, "{\"version\":\"8\"}");
    }
    close(fd);
}

static bool
accept_one(void) {
    int fd = accept4(hub.listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

    if (fd >= 0) {
        assert_in_range(hub.asked_count, 0, CONNECTIONS_MAX - 1);
        hub.asked[hub.asked_count++] = fd;
    }
    return fd >= 0;
}

/* Requests are small and come in one piece on loopback. */
static bool
answer_one(void) {
    char request[4096] = "";

    for (int i = 0; i < hub.asked_count; i++) {
        int fd = hub.asked[i];
        ssize_t size = recv(fd, request, sizeof request - 1, 0);

        if (size < 0 && errno == EAGAIN) {
            continue;
        }
        hub.asked[i] = hub.asked[--hub.asked_count];
        if (size > 0) {
            answer(fd, request);
        } else {
            close(fd);
        }
        return true;
    }
    return false;
}

static bool
keep_alive(void) {
    if (virtual_time.mono_ms < hub.next_alive_ms) {
        return false;
    }
    hub.next_alive_ms += ALIVE_MS;
    virtual_time.world_ms = hub.next_alive_ms;
    for (int i = 0; i < hub.stream_count; i++) {
        say(hub.streams[i], "event: alive\ndata: {\"interval\":10}\n\n");
    }
    return hub.stream_count > 0;
}

static void
watch_the_hour(void) {
    if (!hub.quiet && virtual_time.mono_ms >= hub.begin_ms) {
        hub.quiet = true;
        hub.wakeups_at_begin = virtual_time.wakeups;
    }
    if (hub.quiet && virtual_time.mono_ms >= hub.begin_ms + HOUR_MS) {
        hub.wakeups = virtual_time.wakeups - hub.wakeups_at_begin;
        loop_stop(hub.loop);
    }
}

static bool
world(void) {
    char packet[CHANNEL_PACKET_MAX];

    while (recv(hub.reader, packet, sizeof packet, MSG_DONTWAIT) > 0) {
    }
    watch_the_hour();
    return accept_one() || answer_one() || keep_alive();
}

static void
open_hub(void) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;

    hub.listener =
        socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    assert_int_equal(
        bind(hub.listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(hub.listener, CONNECTIONS_MAX), 0);
    assert_int_equal(
        getsockname(hub.listener, (struct sockaddr *)&address, &size), 0);
    hub.port = ntohs(address.sin_port);
    hub.begin_ms = virtual_time.mono_ms + SETTLE_MS;
    hub.next_alive_ms = virtual_time.mono_ms + ALIVE_MS;
    virtual_time.world = world;
    virtual_time.world_ms = hub.next_alive_ms;
}

static void
nobody(void *unused) {
    (void)unused;
    fail();
}

static void
two_streams_and_a_heartbeat(void **state) {
    struct settings settings;
    struct source_env env = {.settings = &settings, .token = ""};
    int ends[2];
    void *source;

    (void)state;
    open_hub();
    settings_init(&settings);
    settings.hub.present = true;
    snprintf(settings.hub.url, sizeof settings.hub.url, "http://127.0.0.1:%d",
             hub.port);
    assert_int_equal(
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
    hub.reader = ends[1];
    env.loop = hub.loop = loop_create();
    env.http = http_create(env.loop, "test");
    env.outbox = outbox_create(env.loop, ends[0], nobody, NULL);
    source = openhab_source.create(&env);
    assert_non_null(source);
    assert_true(loop_run(env.loop));
    assert_int_equal(hub.stream_count, 2);
    assert_int_equal(hub.wakeups, ALIVES + BEATS);
    openhab_source.destroy(source);
    outbox_destroy(env.outbox);
    http_destroy(env.http);
    loop_destroy(env.loop);
    for (int i = 0; i < 2; i++) {
        close(hub.streams[i]);
        close(ends[i]);
    }
    close(hub.listener);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_streams_and_a_heartbeat),
    };

    log_open("test", LOG_LEVEL_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
