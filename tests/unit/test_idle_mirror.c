/* How often the mirror wakes in an hour in which nothing happens: exactly. */
#include "unit.h"

#include "virtual_time.h"

#include "mirror_rig.h"

#include <signal.h>

#include "common/log.h"

enum {
    HOUR_MS = 3600 * 1000,
    SETTLE_MS = 90 * 1000, /* the start is over */
    BEAT_MS = CHANNEL_HEARTBEAT_S * 1000,
    /* In an hour: */
    BEATS = HOUR_MS / BEAT_MS,
    MINUTES = 60,
    LOOKS = HOUR_MS / 30000, /* whether the display is still the same */
};

static struct {
    int64_t next_beat_ms, begin_ms;
    uint64_t wakeups, presents; /* before the hour, then in it */
    bool quiet;
} idle;

static bool
beat(void) {
    if (mirror_rig.peer < 0) {
        if (!mirror_rig_accept()) {
            return false;
        }
        mirror_rig_send_status(SOURCE_OK);
        idle.next_beat_ms = virtual_time.mono_ms + BEAT_MS;
        virtual_time.world_ms = idle.next_beat_ms;
        return true;
    }
    if (virtual_time.mono_ms < idle.next_beat_ms) {
        return false;
    }
    mirror_rig_send_heartbeat();
    idle.next_beat_ms += BEAT_MS;
    virtual_time.world_ms = idle.next_beat_ms;
    return true;
}

/* The fetcher's beat, and the hour's begin and end. */
static bool
world(void) {
    if (!idle.quiet && virtual_time.mono_ms >= idle.begin_ms) {
        idle.quiet = true;
        idle.wakeups = virtual_time.wakeups;
        idle.presents = mirror_rig.presents;
    }
    if (idle.quiet && virtual_time.mono_ms >= idle.begin_ms + HOUR_MS) {
        idle.wakeups = virtual_time.wakeups - idle.wakeups;
        idle.presents = mirror_rig.presents - idle.presents;
        idle.quiet = false;
        idle.begin_ms = INT64_MAX - HOUR_MS;
        raise(SIGTERM);
        return true;
    }
    return beat();
}

static int
setup(void **state) {
    (void)state;
    memset(&idle, 0, sizeof idle);
    idle.begin_ms = virtual_time.mono_ms + SETTLE_MS;
    return mirror_rig_init(world) ? 0 : -1;
}

static void
a_clock_of_minutes(void **state) {
    (void)state;
    mirror_rig_run("[hub]\ntype = openhab\nurl = http://127.0.0.1:9\n"
                   "[widget clock]\nposition = top_left\n"
                   "[widget lights]\nposition = top_right\n");
    assert_int_equal(idle.wakeups, BEATS + MINUTES + LOOKS);
    assert_int_equal(idle.presents, MINUTES);
}

static void
a_clock_of_seconds(void **state) {
    (void)state;
    mirror_rig_run("[widget clock]\nposition = top_left\nseconds = yes\n");
    assert_int_equal(idle.wakeups, BEATS + MINUTES * 60 + LOOKS);
    assert_int_equal(idle.presents, MINUTES * 60);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_clock_of_minutes, setup,
                                        mirror_rig_teardown),
        cmocka_unit_test_setup_teardown(a_clock_of_seconds, setup,
                                        mirror_rig_teardown),
    };

    log_open("test", LOG_LEVEL_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
