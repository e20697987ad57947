/*
 * A hub and a weather host on the program's own loop: so that nothing is waited
 * for, and a simulated month takes seconds. Replies are those of the scripted
 * hub, from files; which items there are is what the tracker is asked for.
 */
#ifndef TESTS_FAULTS_SOAK_HUB_H
#define TESTS_FAULTS_SOAK_HUB_H

#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/loop.h"
#include "common/xalloc.h"

enum {
    SOAK_LINES = 16, /* connections at a time */
    SOAK_NAMES = 128,
    SOAK_FAULT_EVERY = 20, /* weather requests: 5 % */
};

struct soak_line {
    int fd;             /* 0: none */
    char request[8192]; /* as far as it has come */
    size_t size;
};

struct soak_hub {
    struct loop *loop; /* borrowed */
    int listener, port;
    struct soak_line lines[SOAK_LINES];
    int states_fd, events_fd; /* the streams; 0: none */
    char *items, *weather;    /* owned; replies */
    int64_t weather_s;        /* the time that the weather is of */
    char names[SOAK_NAMES][64];
    size_t name_count;
    uint64_t seed;
    unsigned polls, faults, events, restarts; /* so far */
};

static inline unsigned
soak_lot(struct soak_hub *hub, unsigned below) {
    hub->seed = hub->seed * UINT64_C(6364136223846793005) +
                UINT64_C(1442695040888963407);
    return (unsigned)(hub->seed >> 33) % below;
}

static inline void
soak_send(int fd, const char *text, size_t size) {
    while (size > 0) {
        ssize_t sent = send(fd, text, size, MSG_NOSIGNAL);

        if (sent <= 0) {
            return;
        }
        text += sent;
        size -= (size_t)sent;
    }
}

static inline void
soak_hang_up(struct soak_hub *hub, int fd) {
    for (int i = 0; i < SOAK_LINES; i++) {
        if (hub->lines[i].fd == fd) {
            hub->lines[i] = (struct soak_line){0};
        }
    }
    hub->states_fd = hub->states_fd == fd ? 0 : hub->states_fd;
    hub->events_fd = hub->events_fd == fd ? 0 : hub->events_fd;
    loop_remove_fd(hub->loop, fd);
    close(fd);
}

static inline void
soak_reply(struct soak_hub *hub, int fd, const char *status, const char *type,
           const char *body, size_t size) {
    char head[256];

    snprintf(head, sizeof head,
             "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
             "Connection: close\r\n\r\n",
             status, type, size);
    soak_send(fd, head, strlen(head));
    soak_send(fd, body, strlen(body));
    soak_hang_up(hub, fd);
}

static inline void
soak_stream(int fd, const char *name, const char *data) {
    char event[512];

    snprintf(event, sizeof event, "event: %s\ndata: %s\n\n", name, data);
    soak_send(fd, event, strlen(event));
}

static inline void
soak_open_stream(int fd) {
    static const char head[] =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

    soak_send(fd, head, sizeof head - 1);
}

/* Every number of ten digits is a time: moved by whole days to now. */
static inline char *
soak_weather_now(const struct soak_hub *hub) {
    int64_t days = (clock_now().wall_ms / 1000 - hub->weather_s) / 86400;
    char *text = xstrdup(hub->weather);

    for (char *at = text; *at != '\0';) {
        size_t digits = strspn(at, "0123456789");
        char moved[24];

        if (digits == 10) {
            snprintf(moved, sizeof moved, "%010lld",
                     (long long)(strtoll(at, NULL, 10) + days * 86400));
            memcpy(at, moved, 10);
        }
        at += digits > 0 ? digits : 1;
    }
    return text;
}

/* A host that is out of order, each time in another way. */
static inline void
soak_bad_weather(struct soak_hub *hub, int fd) {
    static const char json[] = "application/json";
    struct linger at_once = {.l_onoff = 1};

    switch (hub->faults++ % 7) {
    case 0: soak_reply(hub, fd, "500 Oh", "text/html", "<html>", 6); break;
    case 1: soak_reply(hub, fd, "200 OK", json, "{\"current\":", 9999); break;
    case 2: soak_reply(hub, fd, "200 OK", json, "[[[{{{", 6); break;
    case 3: soak_reply(hub, fd, "429 Slowly", json, "{}", 2); break;
    case 4: soak_reply(hub, fd, "200 OK", "text/html", "<p>hi", 5); break;
    case 5:
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        soak_hang_up(hub, fd);
        break;
    default: break; /* silence, until the other side has enough */
    }
}

static inline void
soak_answer_weather(struct soak_hub *hub, int fd) {
    char *body;

    if (++hub->polls % SOAK_FAULT_EVERY == 0) {
        soak_bad_weather(hub, fd);
        return;
    }
    body = soak_weather_now(hub);
    soak_reply(hub, fd, "200 OK", "application/json", body, strlen(body));
    free(body);
}

/* The names between quotes, and then the states of all of them. */
static inline void
soak_track(struct soak_hub *hub, const char *body) {
    char data[256];

    hub->name_count = 0;
    for (const char *at = strchr(body, '"'); at != NULL;
         at = strchr(at + 1, '"')) {
        size_t length = strcspn(at + 1, "\"");

        if (hub->name_count < SOAK_NAMES && length < 64) {
            memcpy(hub->names[hub->name_count], at + 1, length);
            hub->names[hub->name_count++][length] = '\0';
        }
        at += length + 1;
    }
    for (size_t i = 0; i < hub->name_count && hub->states_fd != 0; i++) {
        snprintf(data, sizeof data, "{\"%s\":{\"state\":\"OFF\"}}",
                 hub->names[i]);
        soak_stream(hub->states_fd, "message", data);
    }
}

static inline void
soak_answer(struct soak_hub *hub, int fd, const char *request) {
    static const char version[] = "{\"runtimeInfo\":{\"version\":\"5.0\"}}";

    if (strncmp(request, "GET /v1/", 8) == 0) {
        soak_answer_weather(hub, fd);
    } else if (strncmp(request, "POST ", 5) == 0) {
        soak_track(hub, strstr(request, "\r\n\r\n"));
        soak_reply(hub, fd, "200 OK", "application/json", "", 0);
    } else if (strncmp(request, "GET /rest/events/states", 23) == 0) {
        soak_open_stream(fd);
        soak_stream(fd, "ready", "soak-1");
        hub->states_fd = fd;
    } else if (strncmp(request, "GET /rest/events?", 17) == 0) {
        soak_open_stream(fd);
        hub->events_fd = fd;
    } else if (strncmp(request, "GET /rest/items", 15) == 0) {
        soak_reply(hub, fd, "200 OK", "application/json", hub->items,
                   strlen(hub->items));
    } else {
        soak_reply(hub, fd, "200 OK", "application/json", version,
                   sizeof version - 1);
    }
}

/* Whether the head, and as much of a body as it says, is there. */
static inline bool
soak_is_whole(const struct soak_line *line) {
    const char *end = strstr(line->request, "\r\n\r\n");
    const char *length = strcasestr(line->request, "\r\nContent-Length:");
    size_t body = length != NULL ? strtoul(length + 17, NULL, 10) : 0;

    return end != NULL &&
           line->size >= (size_t)(end + 4 - line->request) + body;
}

static inline void
soak_read(void *arg, int fd, short revents) {
    struct soak_hub *hub = arg;
    struct soak_line *line = hub->lines;
    ssize_t size;

    (void)revents;
    while (line->fd != fd) {
        line++;
    }
    size = recv(fd, line->request + line->size,
                sizeof line->request - 1 - line->size, MSG_DONTWAIT);
    if (size <= 0) {
        soak_hang_up(hub, fd);
        return;
    }
    line->size += (size_t)size;
    if (soak_is_whole(line)) {
        soak_answer(hub, fd, line->request);
        line->size = 0;
    }
}

static inline void
soak_accept(void *arg, int listener, short revents) {
    struct soak_hub *hub = arg;
    struct soak_line *line = hub->lines;
    int fd = accept(listener, NULL, NULL);

    (void)revents;
    while (line->fd != 0 && line < hub->lines + SOAK_LINES - 1) {
        line++;
    }
    if (fd < 0 || line->fd != 0) {
        abort(); /* connections leak */
    }
    *line = (struct soak_line){.fd = fd};
    loop_add_fd(hub->loop, fd, POLLIN, soak_read, hub);
}

/* One change of one item, sense or nonsense; both streams are alive. */
static inline void
soak_event(struct soak_hub *hub) {
    static const char *const states[] = {
        "ON",          "OFF",       "0",      "57",
        "100",         "120,80,60", "0,0,0",  "NULL",
        "UNDEF",       "21.5 °C",   "1e999",  "-1",
        "Milk, bread", "",          "x\\\"y", "2026-01-31T07:12:00.000+0100",
    };
    char data[256];

    if (hub->events_fd != 0) {
        soak_stream(hub->events_fd, "alive", "{\"interval\":10}");
    }
    if (hub->states_fd == 0 || hub->name_count == 0) {
        return;
    }
    snprintf(data, sizeof data, "{\"%s\":{\"state\":\"%s\"}}",
             hub->names[soak_lot(hub, (unsigned)hub->name_count)],
             states[soak_lot(hub, sizeof states / sizeof *states)]);
    soak_stream(hub->states_fd, "message", data);
    hub->events++;
}

/* The hub is started anew. */
static inline void
soak_restart(struct soak_hub *hub) {
    hub->restarts++;
    for (int i = 0; i < SOAK_LINES; i++) {
        if (hub->lines[i].fd != 0) {
            soak_hang_up(hub, hub->lines[i].fd);
        }
    }
}

static inline int
soak_lines_open(const struct soak_hub *hub) {
    int open = 0;

    for (int i = 0; i < SOAK_LINES; i++) {
        open += hub->lines[i].fd != 0;
    }
    return open;
}

static inline char *
soak_file(const char *path) {
    FILE *file = fopen(path, "rb");
    char *text = xcalloc(1, 1 << 20);

    if (file == NULL || fread(text, 1, (1 << 20) - 1, file) == 0) {
        perror(path);
        exit(1);
    }
    fclose(file);
    return text;
}

static inline void
soak_hub_init(struct soak_hub *hub, struct loop *loop, const char *items,
              const char *weather) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    const char *now;

    *hub = (struct soak_hub){.loop = loop, .seed = 1};
    hub->items = soak_file(items);
    hub->weather = soak_file(weather);
    now = strstr(hub->weather, "\"current\":{\"time\":");
    hub->weather_s = now != NULL ? strtoll(now + 18, NULL, 10) : 0;
    hub->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(hub->listener, (struct sockaddr *)&address, size) != 0 ||
        listen(hub->listener, SOAK_LINES) != 0) {
        perror("soak: listen");
        exit(1);
    }
    getsockname(hub->listener, (struct sockaddr *)&address, &size);
    hub->port = ntohs(address.sin_port);
    loop_add_fd(loop, hub->listener, POLLIN, soak_accept, hub);
}

static inline void
soak_hub_finish(struct soak_hub *hub) {
    soak_restart(hub);
    loop_remove_fd(hub->loop, hub->listener);
    close(hub->listener);
    free(hub->items);
    free(hub->weather);
}

#endif
