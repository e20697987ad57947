#include "unit.h"

#include "fetch/schedule.h"

static const uint32_t extremes[] = {0, 1, UINT32_MAX / 2, UINT32_MAX - 1,
                                    UINT32_MAX};

/* The wait after `before` failures of the same kind. */
static int64_t
weather_wait(enum source_state state, unsigned before, int retry_after_s,
             uint32_t random) {
    struct backoff backoff = {.failures = before};

    return backoff_weather_ms(&backoff, state, retry_after_s, random);
}

static void
hub_is_back_within_ten_seconds(void **state) {
    static const int64_t bases[] = {1000, 2000, 4000, 5000, 5000, 5000};

    (void)state;
    for (size_t r = 0; r < COUNT(extremes); r++) {
        struct backoff backoff = {0};

        for (size_t i = 0; i < COUNT(bases); i++) {
            int64_t wait =
                backoff_hub_ms(&backoff, SOURCE_OFFLINE, extremes[r]);

            assert_in_range(wait, bases[i] * 8 / 10, bases[i] * 12 / 10);
        }
    }
}

static void
jitter_uses_its_whole_width(void **state) {
    struct backoff backoff = {.failures = 3};

    (void)state;
    assert_int_equal(backoff_hub_ms(&backoff, SOURCE_OFFLINE, 0), 4000);
    assert_int_equal(backoff_hub_ms(&backoff, SOURCE_OFFLINE, UINT32_MAX),
                     6000);
}

static void
every_state_of_a_hub_but_refused_is_tried_again(void **state) {
    (void)state;
    for (int s = SOURCE_OK; s < SOURCE_STATE_END; s++) {
        struct backoff backoff = {0};
        int64_t wait = backoff_hub_ms(&backoff, (enum source_state)s, 0);

        if (s == SOURCE_REFUSED) {
            assert_int_equal(wait, SCHEDULE_NEVER);
        } else {
            assert_int_equal(wait, 800);
        }
    }
}

static void
success_begins_anew(void **state) {
    struct backoff backoff = {.failures = 9};

    (void)state;
    backoff_reset(&backoff);
    assert_int_equal(backoff_hub_ms(&backoff, SOURCE_OFFLINE, 0), 800);
}

static void
failures_do_not_overflow(void **state) {
    struct backoff backoff = {.failures = UINT32_MAX};

    (void)state;
    assert_int_equal(backoff_hub_ms(&backoff, SOURCE_OFFLINE, 0), 4000);
    assert_int_equal(backoff_hub_ms(&backoff, SOURCE_OFFLINE, 0), 4000);
    assert_int_equal(weather_wait(SOURCE_OFFLINE, UINT32_MAX, -1, 0), 48000);
}

/* Seconds, without jitter, after 0, 1, 2, ... failures. */
static void
weather_waits_by_cause(void **state) {
    static const struct {
        enum source_state state;
        int64_t bases_s[8];
    } cases[] = {
        {SOURCE_OFFLINE, {1, 2, 4, 8, 16, 32, 60, 60}},
        {SOURCE_NO_CLOCK, {1, 2, 4, 8, 16, 32, 60, 60}},
        {SOURCE_BAD_REPLY, {15, 30, 60, 120, 240, 300, 300, 300}},
        {SOURCE_TOO_BIG, {15, 30, 60, 120, 240, 300, 300, 300}},
        {SOURCE_CERTIFICATE, {15, 30, 60, 120, 240, 300, 300, 300}},
        {SOURCE_CONFIG,
         {3600, 21600, 21600, 21600, 21600, 21600, 21600, 21600}},
        {SOURCE_LIMIT, {1800, 3600, 7200, 14400, 21600, 21600, 21600, 21600}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (unsigned n = 0; n < COUNT(cases[i].bases_s); n++) {
            int64_t base_ms = cases[i].bases_s[n] * 1000;

            assert_int_equal(weather_wait(cases[i].state, n, -1, 0),
                             base_ms * 8 / 10);
            assert_int_equal(weather_wait(cases[i].state, n, -1, UINT32_MAX),
                             base_ms * 12 / 10);
        }
    }
    assert_int_equal(weather_wait(SOURCE_REFUSED, 0, 5, 0), SCHEDULE_NEVER);
}

/* Never sooner than the server said, up to a fifth later, a day at most. */
static void
the_servers_word_counts(void **state) {
    static const struct {
        enum source_state state;
        int retry_after_s;
        int64_t low_s;
    } cases[] = {
        {SOURCE_LIMIT, 0, 1},
        {SOURCE_LIMIT, 1, 1},
        {SOURCE_LIMIT, 90, 90},
        {SOURCE_LIMIT, 86400, 86400},
        {SOURCE_LIMIT, 86401, 86400},
        {SOURCE_LIMIT, INT32_MAX, 86400},
        {SOURCE_BAD_REPLY, 600, 600}, /* 503 with Retry-After */
        {SOURCE_BAD_REPLY, INT32_MAX, 86400},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (size_t r = 0; r < COUNT(extremes); r++) {
            int64_t wait = weather_wait(cases[i].state, 0,
                                        cases[i].retry_after_s, extremes[r]);

            assert_in_range(wait, cases[i].low_s * 1000, cases[i].low_s * 1200);
        }
    }
    /* A shorter word than our own wait makes it no shorter. */
    assert_int_equal(weather_wait(SOURCE_BAD_REPLY, 5, 1, 0), 240000);
}

/* "At once", again and again: it is asked ever more seldom all the same. */
static void
a_word_that_is_not_kept_counts_less(void **state) {
    static const int64_t least_s[] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 300};

    (void)state;
    for (unsigned n = 0; n < COUNT(least_s); n++) {
        assert_int_equal(weather_wait(SOURCE_LIMIT, n, 0, 0),
                         least_s[n] * 1000);
        assert_int_equal(weather_wait(SOURCE_LIMIT, n, 600, 0), 600000);
    }
    assert_int_equal(weather_wait(SOURCE_LIMIT, UINT32_MAX, 0, 0), 300000);
}

static int64_t
distance_to_full_hour_s(int64_t wall_s) {
    int64_t past = wall_s % 3600;

    return past < 3600 - past ? past : 3600 - past;
}

/* For every second of an hour to poll in. */
static void
polls_stay_off_the_full_hour(void **state) {
    static const int polls_s[] = {300, 900, 3000, 3600, 21600};

    (void)state;
    for (size_t p = 0; p < COUNT(polls_s); p++) {
        for (size_t r = 0; r < COUNT(extremes); r++) {
            for (int64_t wall_s = 1800000000; wall_s < 1800003600; wall_s++) {
                int64_t wait =
                    schedule_poll_ms(polls_s[p], wall_s, extremes[r]);
                int64_t due_s = wall_s + wait / 1000;

                assert_true(wait >= polls_s[p] * 1000LL);
                assert_true(wait <= polls_s[p] * 1200LL + 300 * 1000);
                assert_true(distance_to_full_hour_s(due_s) > 60);
                /* wall_s and due_s are rounded down, once each */
                assert_true(distance_to_full_hour_s(due_s + 2) >= 60);
            }
        }
    }
}

/* Where no full hour is near only the jitter moves a poll. */
static void
polls_keep_their_pace(void **state) {
    (void)state;
    assert_int_equal(schedule_poll_ms(900, 1800000000 + 300, 0), 900000);
    assert_int_equal(schedule_poll_ms(900, 1800000000 + 300, UINT32_MAX),
                     1080000);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hub_is_back_within_ten_seconds),
        cmocka_unit_test(jitter_uses_its_whole_width),
        cmocka_unit_test(every_state_of_a_hub_but_refused_is_tried_again),
        cmocka_unit_test(success_begins_anew),
        cmocka_unit_test(failures_do_not_overflow),
        cmocka_unit_test(weather_waits_by_cause),
        cmocka_unit_test(the_servers_word_counts),
        cmocka_unit_test(a_word_that_is_not_kept_counts_less),
        cmocka_unit_test(polls_stay_off_the_full_hour),
        cmocka_unit_test(polls_keep_their_pace),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
