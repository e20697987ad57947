/* Peers that lie, drip, flood, fall silent or stand where they should not. */
#include "unit.h"

#include <stdlib.h>

#include "common/log.h"
#include "server.h"

#define JSON    "Content-Type: application/json\r\n"
#define OK_JSON "HTTP/1.1 200 OK\r\n" JSON
#define STREAM  "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"

/* A body of as many bytes as server->reply says, with or without a length. */
static void
say_sized(struct server *server, int fd) {
    bool chunked = server->reply[0] == 'c';
    long size = strtol(server->reply + 1, NULL, 10);
    static char block[64 * 1024];
    const long most = sizeof block;
    char head[256];

    snprintf(head, sizeof head,
             chunked ? OK_JSON "Transfer-Encoding: chunked\r\n\r\n%lx\r\n"
                     : OK_JSON "Content-Length: %ld\r\n\r\n",
             (unsigned long)size);
    memset(block, 'x', sizeof block);
    server_text(fd, head);
    while (size > 0 &&
           server_send(fd, block, (size_t)(size < most ? size : most))) {
        size -= most;
    }
    server_text(fd, chunked ? "\r\n0\r\n\r\n" : "");
}

static void
body_bound_has_two_sides(void **state) {
    static const struct {
        const char *script;
        enum source_state state;
        const char *detail;
    } cases[] = {
        {"l1000", SOURCE_OK, ""},
        {"l1001", SOURCE_TOO_BIG, "the answer is too big"},
        {"c1000", SOURCE_OK, ""},
        {"c1001", SOURCE_TOO_BIG, "the answer is too big"},
    };
    struct asker asker;

    (void)state;
    asker_init(&asker);
    for (size_t i = 0; i < COUNT(cases); i++) {
        asker_ask_once(&asker, say_sized, cases[i].script);
        asker_expect(&asker, cases[i].state, cases[i].detail);
        assert_int_equal(asker.size, cases[i].state == SOURCE_OK ? 1000 : 0);
    }
    asker_finish(&asker);
}

struct counter {
    struct asker asker; /* the first: its `done` takes us for one */
    size_t count;
};

static bool
count_bytes(void *arg, const char *bytes, size_t size) {
    struct counter *counter = arg;

    (void)bytes;
    counter->count += size;
    return true;
}

/* The same for what is really asked for: 256 KiB of weather, 1 MiB of any other
 * reply, 64 MiB of a list. */
static void
each_kind_of_reply_has_its_bound(void **state) {
    static const size_t bounds[] = {256 * 1024, 1024 * 1024, 64 * 1024 * 1024};
    struct counter counter = {0};

    (void)state;
    assert_int_equal(HTTP_WEATHER_MAX, bounds[0]);
    assert_int_equal(HTTP_REPLY_MAX, bounds[1]);
    assert_int_equal(HTTP_LIST_MAX, bounds[2]);
    asker_init(&counter.asker);
    counter.asker.ask.data = count_bytes;
    for (size_t i = 0; i < 2 * COUNT(bounds); i++) {
        size_t over = i % 2;
        char script[32];

        snprintf(script, sizeof script, "c%zu", bounds[i / 2] + over);
        counter.count = 0;
        counter.asker.ask.max_bytes = bounds[i / 2];
        asker_ask_once(&counter.asker, say_sized, script);
        asker_expect(&counter.asker, over ? SOURCE_TOO_BIG : SOURCE_OK,
                     over ? "the answer is too big" : "");
        assert_true(over ? counter.count <= bounds[i / 2]
                         : counter.count == bounds[i / 2]);
    }
    asker_finish(&counter.asker);
}

static void
floods_are_cut_off(void **state) {
    static const struct {
        const char *script;
        enum source_state state;
    } cases[] = {
        {OK_JSON "Transfer-Encoding: chunked\r\n\r\n|4\r\nxxxx\r\n",
         SOURCE_TOO_BIG},
        {OK_JSON "\r\n|x", SOURCE_TOO_BIG},
        {OK_JSON "Content-Length: 10000000000\r\n\r\n|x", SOURCE_TOO_BIG},
        {"HTTP/1.1 200 OK\r\n|X-Flood: 1\r\n", SOURCE_TOO_BIG},
        {"|HTTP/1.1 100 Continue\r\n\r\n", SOURCE_TOO_BIG},
        {"HTTP/1.1 500 Oh\r\n\r\n|x", SOURCE_BAD_REPLY},
        {"HTTP/1.1 401 No\r\nTransfer-Encoding: chunked\r\n\r\n|4\r\nxxxx\r\n",
         SOURCE_REFUSED},
    };
    struct asker asker;

    (void)state;
    asker_init(&asker);
    for (size_t i = 0; i < COUNT(cases); i++) {
        asker_ask_once(&asker, server_say_for_ever, cases[i].script);
        if (asker.state != cases[i].state) {
            fail_msg("%s\ngave %d, '%s'", cases[i].script, asker.state,
                     asker.detail);
        }
        assert_true(asker.size <= HTTP_ERROR_BODY_MAX);
    }
    asker_finish(&asker);
}

static void
endless_header_line_is_cut_off(void **state) {
    struct asker asker;

    (void)state;
    asker_init(&asker);
    asker_ask_once(&asker, server_say_for_ever, "HTTP/1.1 200 OK\r\nX: |x");
    assert_true(asker.state != SOURCE_OK);
    asker_finish(&asker);
}

/* A header block of just under, and just over, the bound. */
static void
say_head(struct server *server, int fd) {
    static const char line[] = "X-Padding: 0123456789012345678901\r\n";
    long lines = strtol(server->reply, NULL, 10);

    server_text(fd, OK_JSON);
    for (long i = 0; i < lines; i++) {
        server_text(fd, line);
    }
    server_text(fd, "Content-Length: 2\r\n\r\n[]");
}

static void
head_bound_has_two_sides(void **state) {
    struct asker asker;

    (void)state;
    asker_init(&asker);
    asker_ask_once(&asker, say_head, "1869"); /* 35 bytes each: 65415 + 70 */
    asker_expect(&asker, SOURCE_OK, "");
    asker_ask_once(&asker, say_head, "1871");
    asker_expect(&asker, SOURCE_TOO_BIG, "too many headers");
    asker_finish(&asker);
}

static void
say_and_reset(struct server *server, int fd) {
    struct linger now = {.l_onoff = 1};

    server_say(server, fd);
    usleep(100 * 1000);
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close(dup(fd)); /* the last close, by the caller, resets */
}

static void
resets_are_no_success(void **state) {
    static const char *const replies[] = {
        "",
        "HTTP/1.1 200",
        OK_JSON,
        OK_JSON "Content-Length: 10\r\n\r\n[",
        OK_JSON "Transfer-Encoding: chunked\r\n\r\n1\r\n[\r\n",
    };
    struct asker asker;

    (void)state;
    asker_init(&asker);
    for (size_t i = 0; i < COUNT(replies); i++) {
        asker_ask_once(&asker, say_and_reset, replies[i]);
        assert_int_equal(asker.state, SOURCE_OFFLINE);
    }
    asker_finish(&asker);
}

/* Sends server->reply a byte every 20 ms, for ten seconds at most. */
static void
drip(struct server *server, int fd) {
    size_t size = strlen(server->reply);

    for (int i = 0; i < 500; i++) {
        if (!server_send(fd, &server->reply[(size_t)i % size], 1)) {
            return;
        }
        usleep(20 * 1000);
    }
}

static void
the_whole_takes_no_longer_than_asked(void **state) {
    struct asker asker;

    (void)state;
    asker_init(&asker);
    asker.ask.timeout_ms = 300;
    asker_ask_once(&asker, drip, OK_JSON "Content-Length: 900\r\n\r\n");
    asker_expect(&asker, SOURCE_OFFLINE, "no answer in time");
    asker_ask_once(&asker, server_say_nothing, "");
    asker_expect(&asker, SOURCE_OFFLINE, "no answer in time");
    asker_ask_once(&asker, server_say_nothing,
                   OK_JSON "Content-Length: 9\r\n\r\n[");
    asker_expect(&asker, SOURCE_OFFLINE, "no answer in time");
    asker_finish(&asker);
}

static void
closed_port_is_refused(void **state) {
    struct server server = {0};
    struct asker asker;

    (void)state;
    asker_init(&asker);
    server_start(&server, server_say, "");
    server_stop(&server);
    asker_get(&asker, &server);
    asker_expect(&asker, SOURCE_OFFLINE, "connection refused");
    asker_finish(&asker);
}

/* The name is fine, what it means is not: nobody sees a connection. */
static void
addresses_are_judged_not_names(void **state) {
    struct server server = {0};
    struct asker asker;
    char detail[128];

    (void)state;
    asker_init(&asker);
    asker.policy = (struct address_policy){.world = true};
    server_start(&server, server_say, OK_JSON "Content-Length: 0\r\n\r\n");
    assert_non_null(asker_start(&asker, "https://localhost", server.port));
    asker_wait(&asker);
    assert_int_equal(asker.state, SOURCE_OFFLINE);
    snprintf(detail, sizeof detail, "address not allowed: 127.0.0.1:%d",
             server.port);
    if (strstr(asker.detail, "[::1]") == NULL) {
        assert_string_equal(asker.detail, detail);
    }
    assert_int_equal(server.connects, 0);

    asker.policy = (struct address_policy){.home = true};
    assert_non_null(asker_start(&asker, "http://localhost", server.port));
    asker_wait(&asker);
    assert_int_equal(asker.state, SOURCE_OK);
    assert_int_equal(server.connects, 1);
    server_stop(&server);
    asker_finish(&asker);
}

static void
urls_are_judged_before_anything(void **state) {
    static const char *const bad[] = {
        "file://127.0.0.1", "ftp://127.0.0.1",   "gopher://127.0.0.1",
        "http://8.8.8.8",   "https://8.8.8.8",   "http://[::ffff:127.0.0.1]",
        "http://",          "http://127.0.0.1 ",
    };
    struct asker asker;

    (void)state;
    log_open("", LOG_LEVEL_NONE);
    asker_init(&asker);
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_null(asker_start(&asker, bad[i], 80));
    }
    asker_finish(&asker);
}

static void
the_environment_has_no_say(void **state) {
    struct server server = {0};
    struct asker asker;

    (void)state;
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
    asker_init(&asker);
    server_start(&server, server_say, OK_JSON "Content-Length: 2\r\n\r\n[]");
    asker_get(&asker, &server);
    assert_int_equal(asker.state, SOURCE_OK);
    assert_int_equal(server.connects, 1);
    server_stop(&server);
    asker_finish(&asker);
    unsetenv("http_proxy");
    unsetenv("ALL_PROXY");
}

static void
redirects_lead_nowhere(void **state) {
    struct server elsewhere = {0};
    struct asker asker;
    char reply[256];

    (void)state;
    asker_init(&asker);
    server_start(&elsewhere, server_say, "");
    snprintf(reply, sizeof reply,
             "HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:%d/\r\n"
             "Content-Length: 0\r\n\r\n",
             elsewhere.port);
    asker_ask_once(&asker, server_say, reply);
    asker_expect(&asker, SOURCE_BAD_REPLY,
                 "redirects to elsewhere (status 301)");
    assert_int_equal(elsewhere.connects, 0);
    server_stop(&elsewhere);
    asker_finish(&asker);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(body_bound_has_two_sides),
        cmocka_unit_test(each_kind_of_reply_has_its_bound),
        cmocka_unit_test(floods_are_cut_off),
        cmocka_unit_test(endless_header_line_is_cut_off),
        cmocka_unit_test(head_bound_has_two_sides),
        cmocka_unit_test(resets_are_no_success),
        cmocka_unit_test(the_whole_takes_no_longer_than_asked),
        cmocka_unit_test(closed_port_is_refused),
        cmocka_unit_test(addresses_are_judged_not_names),
        cmocka_unit_test(urls_are_judged_before_anything),
        cmocka_unit_test(the_environment_has_no_say),
        cmocka_unit_test(redirects_lead_nowhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
