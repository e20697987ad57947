/* The weather source, from its first request to its words on the channel. */
#include "weather_rig.h"

static void
good_weather(void **state) {
    struct rig *rig = *state;
    char *body = sample_read("oslo");

    rig->status_line = "200 OK";
    rig->body = body;
    start(rig);
    wait_for_state(rig, "ok");
    turn_for(rig, QUIET_MS);
    assert_int_equal(rig->records, 1);
    assert_int_equal(rig->weather.day_count, 3);
    assert_string_equal(rig->weather.head.source, "weather");
    assert_true(str_starts_with(rig->request, "GET /v1/forecast?latitude=59.91"
                                              "00&longitude=10.7500&"));
    /* All is well: a new route is no reason to ask again. */
    open_meteo_source.wake(rig->source);
    turn_for(rig, QUIET_MS);
    assert_int_equal(rig->requests, 1);
    free(body);
}

/* What the reply is padded with is white space, so only its size differs. */
static void
size_of_a_reply(void **state) {
    static const struct {
        size_t size;
        const char *state;
    } cases[] = {{HTTP_WEATHER_MAX, "ok"}, {HTTP_WEATHER_MAX + 1, "too-big"}};

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct rig *rig;
        char *body = calloc(1, cases[i].size + 1);
        char *sample = sample_read("oslo");

        if (i > 0) {
            tear_down(state);
            set_up(state);
        }
        rig = *state;
        assert_non_null(body);
        memset(body, ' ', cases[i].size);
        memcpy(body, sample, strlen(sample));
        rig->status_line = "200 OK";
        rig->body = body;
        start(rig);
        wait_for_state(rig, cases[i].state);
        turn_for(rig, QUIET_MS);
        assert_int_equal(rig->records, i == 0 ? 1 : 0);
        free(sample);
        free(body);
    }
}

static void
answers_that_are_none(void **state) {
    static const struct {
        const char *status_line, *headers, *body, *state, *detail;
    } cases[] = {
        {"429 Too Many Requests", "Retry-After: 3600\r\n",
         "{\"error\":true,\"reason\":\"Hourly API request limit exceeded.\"}",
         "limit", "status 429: Hourly API request limit exceeded."},
        {"400 Bad Request", "",
         "{\"error\":true,\"reason\":\"No data\\u0007\"}", "config",
         "status 400: No data"},
        {"403 Forbidden", "", "", "refused", "status 403"},
        {"500 Internal Server Error", "", "<html>", "bad-reply", "status 500"},
        {"503 Service Unavailable", "", "", "bad-reply", "status 503"},
        {"302 Found", "Location: http://127.0.0.1/\r\n", "", "bad-reply",
         "redirects"},
        {"200 OK", "Content-Type: text/html\r\n", "<html>", "bad-reply",
         "not the content type"},
        {"200 OK", "Content-Type: application/json\r\n",
         "{\"error\":true,\"reason\":\"Something went wrong.\"}", "bad-reply",
         "Something went wrong."},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct rig *rig;

        if (i > 0) {
            tear_down(state);
            set_up(state);
        }
        rig = *state;
        rig->status_line = cases[i].status_line;
        rig->headers = cases[i].headers;
        rig->body = cases[i].body;
        start(rig);
        wait_for_state(rig, cases[i].state);
        assert_true(str_starts_with(rig->detail, cases[i].detail));
        /* None of them is the network's fault: it is not asked again. */
        open_meteo_source.wake(rig->source);
        turn_for(rig, QUIET_MS);
        assert_int_equal(rig->requests, 1);
        assert_int_equal(rig->records, 0);
    }
}

/* A request that hangs is given up for a new one when the network changes. */
static void
wake_from_hanging(void **state) {
    struct rig *rig = *state;
    char *body = sample_read("oslo");

    rig->body = body;
    start(rig);
    wait_for_requests(rig, 1);
    open_meteo_source.wake(rig->source); /* too soon: it only began */
    turn_for(rig, 1100);
    assert_int_equal(rig->requests, 1);
    rig->status_line = "200 OK";
    open_meteo_source.wake(rig->source);
    wait_for_state(rig, "ok");
    assert_int_equal(rig->requests, 2);
    assert_int_equal(rig->records, 1);
    free(body);
}

static void
back_from_the_dead(void **state) {
    struct rig *rig = *state;
    char *body = sample_read("oslo");

    close_server(rig);
    start(rig);
    wait_for_state(rig, "offline");
    assert_string_equal(rig->detail, "connection refused");
    open_server(rig);
    rig->status_line = "200 OK";
    rig->body = body;
    wait_for_state(rig, "ok");
    assert_int_equal(rig->records, 1);
    assert_string_equal(rig->detail, "");
    free(body);
}

/* From good to bad and back: a failure never speaks through a record. Each
 * request is the first of a new source, since polls are minutes apart. */
static void
weather_outlives_failures(void **state) {
    struct rig *rig = *state;
    char *body = sample_read("oslo");

    rig->status_line = "200 OK";
    rig->body = body;
    start(rig);
    wait_for_state(rig, "ok");
    close_server(rig);
    restart(rig);
    wait_for_state(rig, "offline");
    assert_int_equal(rig->records, 1);
    open_server(rig);
    wait_for_state(rig, "ok");
    assert_int_equal(rig->records, 2);
    rig->status_line = "503 Service Unavailable";
    restart(rig);
    wait_for_state(rig, "bad-reply");
    assert_int_equal(rig->records, 2);
    assert_int_equal(rig->weather.day_count, 3);
    free(body);
}

static void
urls_that_are_refused(void **state) {
    static const char *const cases[] = {
        "http://8.8.8.8", "http://[2a01:4f8::1]", "ftp://127.0.0.1"};
    struct rig *rig = *state;
    struct source_env env = {.loop = rig->loop,
                             .http = rig->http,
                             .outbox = rig->outbox,
                             .settings = &rig->settings,
                             .token = ""};

    for (size_t i = 0; i < COUNT(cases); i++) {
        str_copy(rig->settings.weather.url, sizeof rig->settings.weather.url,
                 cases[i]);
        assert_null(open_meteo_source.create(&env));
        wait_for_state(rig, "config");
    }
    rig->settings.weather.present = false;
    assert_false(open_meteo_source.wanted(&rig->settings));
    open_meteo_source.destroy(NULL);
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(good_weather, set_up, tear_down),
        cmocka_unit_test_setup_teardown(size_of_a_reply, set_up, tear_down),
        cmocka_unit_test_setup_teardown(answers_that_are_none, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(wake_from_hanging, set_up, tear_down),
        cmocka_unit_test_setup_teardown(back_from_the_dead, set_up, tear_down),
        cmocka_unit_test_setup_teardown(weather_outlives_failures, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(urls_that_are_refused, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
