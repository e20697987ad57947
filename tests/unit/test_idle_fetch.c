/* How often mirror-fetch wakes in an hour in which nothing happens: exactly. */
#include "unit.h"

#include "openhab_rig.h"

enum {
    HOUR_MS = 60 * MINUTE_MS,
    /* The start, and the time a hub may need for its; between two events. */
    SETTLE_MS = 205 * 1000,
    /* In an hour: */
    ALIVES = HOUR_MS / ALIVE_MS, /* on both streams, in one wakeup */
    BEATS = HOUR_MS / (CHANNEL_HEARTBEAT_S * 1000),
};

static void
idle(void) {
    uint64_t before;

    run_for(SETTLE_MS);
    assert_int_equal(hub.state, SOURCE_OK);
    assert_int_equal(hub.stream_count, 2);
    before = virtual_time.wakeups;
    run_for(HOUR_MS);
    assert_int_equal(virtual_time.wakeups - before, ALIVES + BEATS);
}

static void
two_streams_and_a_heartbeat(void **state) {
    (void)state;
    with_source(0, idle);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_streams_and_a_heartbeat),
    };

    log_open("test", LOG_LEVEL_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
