/*
 * An openHAB of a few lines, one lamp and virtual time, with the source that
 * asks it. Include in one file of a test program, after unit.h.
 */
#ifndef TESTS_UNIT_OPENHAB_RIG_H
#define TESTS_UNIT_OPENHAB_RIG_H

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
#include "model/lights.h"
#include "model/status.h"

enum { ALIVE_MS = 10000, CONNECTIONS_MAX = 8, MINUTE_MS = 60 * 1000 };

#define JSON_HEAD                                                              \
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: "        \
    "close\r\n\r\n"
#define STREAM_HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
#define POINT(name, type, class, property)                                     \
    "{\"name\":\"" name "\",\"type\":\"" type "\",\"groupNames\":[\"Lamp\"],"  \
    "\"metadata\":{\"semantics\":{\"value\":\"" class "\",\"config\":{"        \
                                                      "\"isPointOf\":"         \
                                                      "\"Lamp\","              \
                                                      "\"relatesTo\":"         \
                                                      "\"" property "\"}}}}"

static const char list[] =
    "[{\"name\":\"Lamp\",\"type\":\"Group\",\"label\":\"Lamp\","
    "\"metadata\":{\"semantics\":{\"value\":\"Equipment_Lightbulb\"}}}," //
    POINT("Power", "Switch", "Point_Control", "Property_Light") ","      //
    POINT("Seen", "DateTime", "Point_Status", "Property_Timestamp") "]";

/* The lamp answered at the beginning of the test, and never again. */
static const char states[] =
    "data: {\"Power\":{\"state\":\"ON\"},"
    "\"Seen\":{\"state\":\"2027-01-15T08:00:00.000+0000\"}}\n\n";

static struct {
    int listener, port;
    bool down, refusing, empty;
    int requests;
    void *source;
    int streams[CONNECTIONS_MAX], stream_count;
    int tracker; /* of the streams */
    int asked[CONNECTIONS_MAX], asked_count;
    int waiting; /* for the list; -1: nobody */
    int64_t list_ms, list_at_ms, next_alive_ms, end_ms;
    int lists; /* how often it was asked for */
    struct loop *loop;
    int reader; /* mirror's end of the channel */
    uint32_t sequence;
    _Alignas(max_align_t) char packet[CHANNEL_PACKET_MAX];
    enum source_state state;
    struct record_lights lights; /* as they were last told, */
    int told;                    /* and how often */
    struct source_env env;
    struct settings settings;
} hub;

static void
say(int fd, const char *text) {
    assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL),
                     (ssize_t)strlen(text));
}

static void
stream(int fd, const char *first) {
    assert_in_range(hub.stream_count, 0, CONNECTIONS_MAX - 1);
    say(fd, STREAM_HEAD);
    say(fd, first);
    hub.streams[hub.stream_count++] = fd;
}

static void
answer(int fd, const char *request) {
    hub.requests++;
    if (hub.refusing) {
        say(fd, "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n");
        close(fd);
    } else if (strncmp(request, "GET /rest/events/states", 23) == 0) {
        hub.tracker = fd;
        stream(fd, "event: ready\ndata: 1\n\n");
    } else if (strncmp(request, "GET /rest/events", 16) == 0) {
        stream(fd, ": hello\n\n");
    } else if (strncmp(request, "GET /rest/items", 15) == 0) {
        assert_int_equal(hub.waiting, -1);
        hub.waiting = fd;
        hub.list_at_ms = virtual_time.mono_ms + hub.list_ms;
        hub.lists++;
    } else {
        say(fd, JSON_HEAD);
        say(fd, "{\"version\":\"8\"}");
        close(fd);
        if (strncmp(request, "POST", 4) == 0) {
            say(hub.tracker, states);
        }
    }
}

/* Requests are small and come in one piece on loopback. */
static bool
answer_one(void) {
    char request[4096] = "";
    int fd = accept4(hub.listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

    if (fd >= 0 && hub.down) {
        close(fd);
    } else if (fd >= 0) {
        assert_in_range(hub.asked_count, 0, CONNECTIONS_MAX - 1);
        hub.asked[hub.asked_count++] = fd;
    }
    for (int i = 0; i < hub.asked_count; i++) {
        int asked = hub.asked[i];
        ssize_t size = recv(asked, request, sizeof request - 1, 0);

        if (size < 0 && errno == EAGAIN) {
            continue;
        }
        hub.asked[i] = hub.asked[--hub.asked_count];
        if (size > 0) {
            answer(asked, request);
        } else {
            close(asked);
        }
        return true;
    }
    return fd >= 0;
}

/* The list comes late, or finds that nobody waits for it any more. */
static bool
serve_list(void) {
    char byte;

    if (hub.waiting < 0) {
        return false;
    }
    if (virtual_time.mono_ms < hub.list_at_ms) {
        if (recv(hub.waiting, &byte, 1, 0) != 0) {
            return false;
        }
    } else {
        say(hub.waiting, JSON_HEAD);
        say(hub.waiting, hub.empty ? "[]" : list);
    }
    close(hub.waiting);
    hub.waiting = -1;
    return true;
}

static bool
keep_alive(void) {
    if (virtual_time.mono_ms < hub.next_alive_ms) {
        return false;
    }
    hub.next_alive_ms += ALIVE_MS;
    for (int i = 0; i < hub.stream_count; i++) {
        say(hub.streams[i], "event: alive\ndata: {\"interval\":10}\n\n");
    }
    return hub.stream_count > 0;
}

static void
read_channel(void) {
    const void *record = hub.packet + sizeof(struct channel_header);
    const struct record_status *status = record;
    struct channel_header header;

    while (channel_receive(hub.reader, &hub.sequence, hub.packet, &header) ==
           CHANNEL_OK) {
        if (header.kind == RECORD_STATUS && status->count > 0) {
            hub.state = status->sources[0].state;
        } else if (header.kind == RECORD_LIGHTS) {
            memcpy(&hub.lights, record, sizeof hub.lights);
            hub.told++;
        }
    }
}

static bool
world(void) {
    bool done;

    read_channel();
    if (virtual_time.mono_ms >= hub.end_ms) {
        loop_stop(hub.loop);
    }
    done = answer_one() || serve_list() || keep_alive();
    virtual_time.world_ms = hub.next_alive_ms;
    if (hub.waiting >= 0 && hub.list_at_ms < virtual_time.world_ms) {
        virtual_time.world_ms = hub.list_at_ms;
    }
    return done;
}

static void
run_for(int64_t ms) {
    hub.end_ms = virtual_time.mono_ms + ms;
    assert_true(loop_run(hub.loop));
    read_channel();
}

static void
go_down(void) {
    hub.down = true;
    while (hub.stream_count > 0) {
        close(hub.streams[--hub.stream_count]);
    }
}

static void
nobody(void *unused) {
    (void)unused;
    fail();
}

static void
open_hub(int64_t list_ms) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;

    memset(&hub, 0, sizeof hub);
    virtual_time.wall_ms = 1800000000000; /* 2027-01-15T08:00:00Z */
    hub.waiting = -1;
    hub.list_ms = list_ms;
    hub.listener =
        socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    assert_int_equal(
        bind(hub.listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(hub.listener, CONNECTIONS_MAX), 0);
    assert_int_equal(
        getsockname(hub.listener, (struct sockaddr *)&address, &size), 0);
    hub.port = ntohs(address.sin_port);
    hub.next_alive_ms = virtual_time.mono_ms + ALIVE_MS;
    virtual_time.world = world;
    virtual_time.world_ms = hub.next_alive_ms;
}

/* Starts the source with its defaults, lets `then` do what it likes, and ends
 * it. */
static void
with_source(int64_t list_ms, void (*then)(void)) {
    int ends[2];

    open_hub(list_ms);
    settings_init(&hub.settings);
    hub.settings.hub.present = true;
    snprintf(hub.settings.hub.url, sizeof hub.settings.hub.url,
             "http://127.0.0.1:%d", hub.port);
    assert_int_equal(
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
    hub.reader = ends[1];
    hub.env = (struct source_env){.settings = &hub.settings, .token = ""};
    hub.env.loop = hub.loop = loop_create();
    hub.env.http = http_create(hub.loop, "test");
    hub.env.outbox = outbox_create(hub.loop, ends[0], nobody, NULL);
    hub.source = openhab_source.create(&hub.env);
    assert_non_null(hub.source);
    then();
    openhab_source.destroy(hub.source);
    outbox_destroy(hub.env.outbox);
    http_destroy(hub.env.http);
    loop_destroy(hub.loop);
    go_down();
    for (int i = 0; i < 2; i++) {
        close(ends[i]);
    }
    if (hub.waiting >= 0) {
        close(hub.waiting);
    }
    close(hub.listener);
}

#endif
