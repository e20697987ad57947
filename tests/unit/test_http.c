/* What is asked, what comes back, and what that means. */
#include "unit.h"

#include <errno.h>

#include "common/log.h"
#include "fetch/http_result.h"
#include "server.h"

static const struct {
    const char *reply;
    enum source_state state;
    long status;
    const char *detail, *body;
} replies[] = {
    {"HTTP/1.1 200 OK\r\n" JSON "Content-Length: 2\r\n\r\n[]", SOURCE_OK, 200,
     "", "[]"},
    {"HTTP/1.1 200 OK\r\ncontent-type:Application/JSON; charset=utf-8\r\n"
     "Content-Length: 2\r\n\r\n[]",
     SOURCE_OK, 200, "", "[]"},
    {"HTTP/1.1 200 OK\r\n" JSON "Transfer-Encoding: chunked\r\n\r\n"
     "1\r\n[\r\n1\r\n]\r\n0\r\n\r\n",
     SOURCE_OK, 200, "", "[]"},
    /* Trailers (RFC 9112, 7.1.2) say nothing about the reply. */
    {"HTTP/1.1 200 OK\r\n" JSON "Transfer-Encoding: chunked\r\n\r\n"
     "2\r\n[]\r\n0\r\nX-Checksum: 1\r\nContent-Type: text/html\r\n\r\n",
     SOURCE_OK, 200, "", "[]"},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
     "0\r\n" JSON "\r\n",
     SOURCE_BAD_REPLY, 200, "not the content type asked for", ""},
    {"HTTP/1.0 200 OK\r\n" JSON "\r\n[]", SOURCE_OK, 200, "", "[]"},
    {"HTTP/1.1 100 Continue\r\nContent-Type: text/html\r\n\r\n"
     "HTTP/1.1 200 OK\r\n" JSON "Content-Length: 2\r\n\r\n[]",
     SOURCE_OK, 200, "", "[]"},
    {"HTTP/1.1 100 Continue\r\n" JSON "\r\n"
     "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]",
     SOURCE_BAD_REPLY, 200, "not the content type asked for", ""},
    {"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
     "Content-Length: 2\r\n\r\n[]",
     SOURCE_BAD_REPLY, 200, "not the content type asked for", ""},
    {"HTTP/1.1 200 OK\r\nContent-Type: application/jsonx\r\n"
     "Content-Length: 2\r\n\r\n[]",
     SOURCE_BAD_REPLY, 200, "not the content type asked for", ""},
    {"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
     "Content-Length: 0\r\n\r\n",
     SOURCE_BAD_REPLY, 200, "not the content type asked for", ""},
    {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", SOURCE_BAD_REPLY, 200,
     "not the content type asked for", ""},
    {"HTTP/1.1 204 No Content\r\n\r\n", SOURCE_BAD_REPLY, 204, "status 204",
     ""},
    {"HTTP/1.1 206 Partial\r\n" JSON "Content-Length: 2\r\n\r\n[]",
     SOURCE_BAD_REPLY, 206, "status 206", "[]"},
    {"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
     "Content-Length: 0\r\n\r\n",
     SOURCE_BAD_REPLY, 302, "redirects to elsewhere (status 302)", ""},
    {"HTTP/1.1 304 Not Modified\r\n\r\n", SOURCE_BAD_REPLY, 304, "status 304",
     ""},
    {"HTTP/1.1 400 Bad\r\n" JSON "Content-Length: 8\r\n\r\n{\"a\":1}\n",
     SOURCE_CONFIG, 400, "status 400", "{\"a\":1}\n"},
    {"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n", SOURCE_REFUSED, 401,
     "status 401", ""},
    {"HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
     "Content-Length: 10\r\n\r\ncut",
     SOURCE_REFUSED, 401, "status 401", "cut"},
    {"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", SOURCE_REFUSED, 403,
     "status 403", ""},
    {"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", SOURCE_CONFIG, 404,
     "status 404", ""},
    {"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n", SOURCE_BAD_REPLY, 407,
     "status 407", ""},
    {"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", SOURCE_CONFIG, 410,
     "status 410", ""},
    {"HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n", SOURCE_LIMIT, 429,
     "status 429", ""},
    {"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", SOURCE_BAD_REPLY, 500,
     "status 500", ""},
    {"HTTP/1.1 503 Oh\r\nContent-Length: 0\r\n\r\n", SOURCE_BAD_REPLY, 503,
     "status 503", ""},
    {"HTTP/1.1 511 Portal\r\nContent-Length: 0\r\n\r\n", SOURCE_BAD_REPLY, 511,
     "status 511", ""},
    {"HTTP/1.1 200 OK\r\n" JSON "Content-Length: 10\r\n\r\n[]", SOURCE_OFFLINE,
     200, "the answer broke off", ""},
    {"HTTP/1.1 200 OK\r\n" JSON "Transfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n",
     SOURCE_OFFLINE, 200, "the answer broke off", ""},
    {"HTTP/1.1 200 OK\r\n" JSON "Transfer-Encoding: chunked\r\n\r\n"
     "FFFFFFFFFFFFFFFFF\r\n[]",
     SOURCE_OFFLINE, 200, NULL, ""},
    {"HTTP/1.1 200 OK\r\n" JSON "Content-Length: -2\r\n\r\n[]",
     SOURCE_BAD_REPLY, 200, NULL, ""},
    {"HTTP/1.1 200 OK\r\n" JSON, SOURCE_OFFLINE, 200, "the answer broke off",
     ""},
    {"", SOURCE_OFFLINE, 0, "closed without an answer", ""},
    {"SSH-2.0-OpenSSH_9.2\r\n", SOURCE_BAD_REPLY, 0,
     "the answer is no HTTP (1)", ""},
};

static void
replies_and_their_meaning(void **state) {
    struct asker asker;

    (void)state;
    asker_init(&asker);
    for (size_t i = 0; i < COUNT(replies); i++) {
        struct server server = {0};

        server_start(&server, server_say, replies[i].reply);
        asker_get(&asker, &server);
        if (asker.state != replies[i].state ||
            asker.status != replies[i].status ||
            (replies[i].detail != NULL &&
             strcmp(asker.detail, replies[i].detail) != 0) ||
            strcmp(asker.body, replies[i].body) != 0) {
            fail_msg("%s\ngave state %d, status %ld, '%s', '%s'",
                     replies[i].reply, asker.state, asker.status, asker.detail,
                     asker.body);
        }
        assert_int_equal(server.connects, 1);
        server_stop(&server);
    }
    asker_finish(&asker);
}

static void
what_is_asked(void **state) {
    static const char ok[] = "HTTP/1.1 200 OK\r\n" JSON "Content-Length: 2\r\n"
                             "Last-Modified: Sat, 31 Jan 2026 07:12:00 GMT\r\n"
                             "Date: Sat, 31 Jan 2026 08:00:00 GMT\r\n\r\n[]";
    struct server server = {0};
    struct asker asker;

    (void)state;
    asker_init(&asker);
    server_start(&server, server_say, ok);
    asker.ask.token = "oh.mirror.abc";
    asker_get(&asker, &server);
    assert_string_equal(asker.last_modified, "Sat, 31 Jan 2026 07:12:00 GMT");
    assert_int_equal(asker.date_s, 1769846400);
    assert_int_equal(asker.retry_after_s, -1);
    assert_non_null(
        strstr(server.request, "GET /rest/items?secret=1 HTTP/1.1"));
    assert_non_null(strstr(server.request, "\r\nAccept: application/json\r\n"));
    assert_non_null(
        strstr(server.request, "\r\nAuthorization: Bearer oh.mirror.abc\r\n"));
    assert_non_null(strstr(server.request, "\r\nUser-Agent: mirror/test\r\n"));
    assert_null(strstr(server.request, "Accept-Encoding"));
    assert_null(strstr(server.request, "If-Modified-Since"));

    asker.ask.token = "";
    asker.ask.modified_since = asker.last_modified;
    asker_get(&asker, &server);
    assert_non_null(
        strstr(server.request, "\r\nIf-Modified-Since: Sat, 31 Jan 2026"));
    assert_null(strstr(server.request, "Authorization"));

    asker.ask.modified_since = NULL;
    asker.ask.body = "[\"A\"]";
    asker.ask.content_type = "application/json";
    asker_get(&asker, &server);
    assert_non_null(strstr(server.request, "POST /rest/items"));
    assert_non_null(strstr(server.request, "Content-Length: 5\r\n"));
    assert_non_null(
        strstr(server.request, "\r\nContent-Type: application/json\r\n"));
    server_stop(&server);
    asker_finish(&asker);
}

static void
not_modified_is_ok_where_it_was_asked_for(void **state) {
    struct server server = {0};
    struct asker asker;

    (void)state;
    asker_init(&asker);
    server_start(&server, server_say, "HTTP/1.1 304 Not Modified\r\n\r\n");
    asker.ask.modified_since = "Sat, 31 Jan 2026 07:12:00 GMT";
    asker_get(&asker, &server);
    assert_int_equal(asker.state, SOURCE_OK);
    assert_int_equal(asker.status, 304);
    server_stop(&server);
    asker_finish(&asker);
}

static void
headers_cannot_be_injected(void **state) {
    static const char *const bad[] = {"a\r\nX: 1", "a\n", "a\x7f", "a\xc3\xa4",
                                      "\x01"};
    struct asker asker;

    (void)state;
    log_open("", LOG_LEVEL_NONE);
    asker_init(&asker);
    for (size_t i = 0; i < COUNT(bad); i++) {
        asker.ask.token = bad[i];
        assert_null(asker_start(&asker, "http://127.0.0.1", 1));
        asker.ask.token = NULL;
        asker.ask.modified_since = bad[i];
        assert_null(asker_start(&asker, "http://127.0.0.1", 1));
        asker.ask.modified_since = NULL;
        asker.ask.accept = bad[i];
        assert_null(asker_start(&asker, "http://127.0.0.1", 1));
        asker.ask.accept = NULL;
    }
    asker_finish(&asker);
}

static void
retry_after_is_seconds_or_a_date(void **state) {
    static const struct {
        const char *value;
        int seconds;
    } cases[] = {
        {"", -1},
        {"0", 0},
        {"120", 120},
        {"604800", 604800},
        {"604801", 604800},
        {"99999999999999999999", 604800},
        {"-5", -1},
        {"soon", -1},
        {"1.5", -1},
        {"Sat, 31 Jan 2026 08:00:30 GMT", 30},
        {"Sat, 31 Jan 2026 07:00:00 GMT", 0},
        {"Sat, 31 Jan 2099 07:00:00 GMT", 604800},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int seconds = http_retry_after(cases[i].value, 1769846400);

        if (seconds != cases[i].seconds) {
            fail_msg("'%s' is %d", cases[i].value, seconds);
        }
    }
}

static void
retry_after_reaches_the_asker(void **state) {
    static const struct {
        const char *reply;
        int seconds;
    } cases[] = {
        {"HTTP/1.1 429 Slow\r\nRetry-After: 90\r\nContent-Length: 0\r\n\r\n",
         90},
        {"HTTP/1.1 503 Oh\r\nDate: Sat, 31 Jan 2026 08:00:00 GMT\r\n"
         "Retry-After: Sat, 31 Jan 2026 08:05:00 GMT\r\n"
         "Content-Length: 0\r\n\r\n",
         300},
        {"HTTP/1.1 500 Oh\r\nRetry-After: 90\r\nContent-Length: 0\r\n\r\n", -1},
    };
    struct asker asker;

    (void)state;
    asker_init(&asker);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct server server = {0};

        server_start(&server, server_say, cases[i].reply);
        asker_get(&asker, &server);
        assert_int_equal(asker.retry_after_s, cases[i].seconds);
        server_stop(&server);
    }
    asker_finish(&asker);
}

static void
codes_and_their_meaning(void **state) {
    static const struct {
        CURLcode code;
        long os_error;
        bool wall_known;
        enum source_state state;
    } cases[] = {
        {CURLE_COULDNT_RESOLVE_HOST, 0, true, SOURCE_OFFLINE},
        {CURLE_COULDNT_CONNECT, ECONNREFUSED, true, SOURCE_OFFLINE},
        {CURLE_OPERATION_TIMEDOUT, 0, true, SOURCE_OFFLINE},
        {CURLE_PEER_FAILED_VERIFICATION, 0, true, SOURCE_CERTIFICATE},
        {CURLE_PEER_FAILED_VERIFICATION, 0, false, SOURCE_NO_CLOCK},
        {CURLE_SSL_CONNECT_ERROR, 0, true, SOURCE_CERTIFICATE},
        {CURLE_SSL_CONNECT_ERROR, ECONNRESET, true, SOURCE_OFFLINE},
        {CURLE_SSL_CACERT_BADFILE, 0, true, SOURCE_CERTIFICATE},
        {CURLE_FILESIZE_EXCEEDED, 0, true, SOURCE_TOO_BIG},
        {(CURLcode)100, 0, true, SOURCE_TOO_BIG}, /* CURLE_TOO_LARGE */
        {CURLE_OUT_OF_MEMORY, 0, true, SOURCE_LIMIT},
        {CURLE_WEIRD_SERVER_REPLY, 0, true, SOURCE_BAD_REPLY},
        {CURLE_BAD_CONTENT_ENCODING, 0, true, SOURCE_BAD_REPLY},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char detail[HTTP_DETAIL_MAX] = "";

        assert_int_equal(http_curl_state(cases[i].code, cases[i].os_error,
                                         cases[i].wall_known, detail),
                         cases[i].state);
        assert_true(detail[0] != '\0');
    }
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(replies_and_their_meaning),
        cmocka_unit_test(what_is_asked),
        cmocka_unit_test(not_modified_is_ok_where_it_was_asked_for),
        cmocka_unit_test(headers_cannot_be_injected),
        cmocka_unit_test(retry_after_is_seconds_or_a_date),
        cmocka_unit_test(retry_after_reaches_the_asker),
        cmocka_unit_test(codes_and_their_meaning),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
