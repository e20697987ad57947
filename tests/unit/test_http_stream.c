/* Streams, and callbacks that start and give up requests. */
#include "unit.h"

#include "server.h"

#define STREAM "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"

static bool
take_stream(void *arg, const char *bytes, size_t size) {
    struct asker *asker = arg;
    size_t used = strlen(asker->body);

    assert_true(used + size < sizeof asker->body);
    memcpy(asker->body + used, bytes, size);
    asker->body[used + size] = '\0';
    return true;
}

static void
ask_for_stream(struct asker *asker) {
    asker_init(asker);
    asker->ask.accept = "text/event-stream";
    asker->ask.timeout_ms = 0;
    asker->ask.max_bytes = 0;
    asker->ask.silence_ms = 400;
    asker->ask.data = take_stream;
}

/* Six drops at less than the silence, together over it; then none. */
static void
drip_and_stop(struct server *server, int fd) {
    server_say(server, fd);
    for (int i = 0; i < 6; i++) {
        usleep(150 * 1000);
        server_text(fd, "x");
    }
    server_say_nothing(&(struct server){.reply = ""}, fd);
}

static void
a_silent_stream_ends_in_time(void **state) {
    struct server server = {0};
    struct asker asker;
    int64_t begun_ms = clock_monotonic_ms();

    (void)state;
    ask_for_stream(&asker);
    server_start(&server, drip_and_stop, STREAM);
    asker_get(&asker, &server);
    asker_expect(&asker, SOURCE_OFFLINE, "silent for too long");
    assert_string_equal(asker.body, "xxxxxx");
    assert_true(clock_monotonic_ms() - begun_ms >= 6 * 150 + 400);
    server_stop(&server);
    asker_finish(&asker);
}

static void
a_stream_never_ends_well(void **state) {
    struct asker asker;

    (void)state;
    ask_for_stream(&asker);
    asker_ask_once(&asker, server_say, STREAM "data: a\n\n");
    asker_expect(&asker, SOURCE_OFFLINE, "the stream ended");
    assert_string_equal(asker.body, "data: a\n\n");
    asker_ask_once(&asker, server_say_nothing, "");
    asker_expect(&asker, SOURCE_OFFLINE, "silent for too long");
    asker_ask_once(&asker, server_say, OK_JSON "Content-Length: 2\r\n\r\n[]");
    asker_expect(&asker, SOURCE_BAD_REPLY, "not the content type asked for");
    assert_string_equal(asker.body, "");
    asker_finish(&asker);
}

static bool
take_nothing(void *arg, const char *bytes, size_t size) {
    (void)arg;
    (void)bytes;
    (void)size;
    return false;
}

static void
data_may_say_no(void **state) {
    struct asker asker;

    (void)state;
    asker_init(&asker);
    asker.ask.data = take_nothing;
    asker_ask_once(&asker, server_say, OK_JSON "Content-Length: 2\r\n\r\n[]");
    asker_expect(&asker, SOURCE_BAD_REPLY, "the answer makes no sense");
    asker_finish(&asker);
}

/* A callback that gives its own request up, and one that starts another: both
 * while libcurl is in the middle of things. */
struct juggler {
    struct asker asker;
    struct http_request *request;
    struct asker *second;
    int port;
    int called;
};

static bool
give_up_inside(void *arg, const char *bytes, size_t size) {
    struct juggler *juggler = arg;

    (void)bytes;
    (void)size;
    juggler->called++;
    http_cancel(juggler->request);
    return true;
}

static void
never(void *arg, const struct http_reply *reply) {
    (void)arg;
    (void)reply;
    fail_msg("done() after http_cancel()");
}

static void
requests_are_given_up_inside_their_data(void **state) {
    struct server server = {0};
    struct juggler juggler = {0};

    (void)state;
    asker_init(&juggler.asker);
    server_start(&server, server_say_for_ever, OK_JSON "\r\n|x");
    juggler.asker.ask.data = give_up_inside;
    juggler.asker.ask.done = never;
    juggler.asker.ask.arg = &juggler;
    juggler.asker.ask.max_bytes = HTTP_LIST_MAX;
    juggler.request =
        asker_start(&juggler.asker, "http://127.0.0.1", server.port);
    assert_non_null(juggler.request);
    while (juggler.called == 0) {
        assert_true(loop_turn(juggler.asker.loop, 1000));
    }
    for (int i = 0; i < 5; i++) {
        assert_true(loop_turn(juggler.asker.loop, 10));
    }
    assert_int_equal(juggler.called, 1);
    server_stop(&server);
    asker_finish(&juggler.asker);
}

static bool
start_another(void *arg, const char *bytes, size_t size) {
    struct juggler *juggler = arg;

    (void)bytes;
    (void)size;
    if (juggler->called++ == 0) {
        juggler->second->http = juggler->asker.http;
        assert_non_null(
            asker_start(juggler->second, "http://127.0.0.1", juggler->port));
    }
    return true;
}

static void
requests_are_started_inside_data(void **state) {
    struct server first = {0};
    struct server second = {0};
    struct juggler juggler = {0};
    struct asker asker;
    struct http *spare;

    (void)state;
    asker_init(&juggler.asker);
    asker_init(&asker);
    spare = asker.http;
    server_start(&first, server_say_nothing, STREAM "data: a\n\n");
    server_start(&second, server_say, OK_JSON "Content-Length: 2\r\n\r\n[]");
    juggler.second = &asker;
    juggler.port = second.port;
    juggler.asker.ask.accept = "text/event-stream";
    juggler.asker.ask.data = start_another;
    juggler.asker.ask.done = never;
    juggler.asker.ask.arg = &juggler;
    juggler.asker.ask.timeout_ms = 0;
    assert_non_null(
        asker_start(&juggler.asker, "http://127.0.0.1", first.port));
    while (asker.done == 0) {
        assert_true(loop_turn(juggler.asker.loop, 1000));
    }
    asker_expect(&asker, SOURCE_OK, "");
    asker.http = spare;
    asker_finish(&juggler.asker); /* with the stream still running */
    asker_finish(&asker);
    server_stop(&first);
    server_stop(&second);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_silent_stream_ends_in_time),
        cmocka_unit_test(a_stream_never_ends_well),
        cmocka_unit_test(data_may_say_no),
        cmocka_unit_test(requests_are_given_up_inside_their_data),
        cmocka_unit_test(requests_are_started_inside_data),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
