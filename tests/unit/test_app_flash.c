/* A page that takes the place of another leaves no black between the two. */
#include "unit.h"

#include "virtual_time.h"

#include "mirror_rig.h"

#include <signal.h>

#include "common/log.h"

#define EIGHT_MS INT64_C(1800000000000) /* 2027-01-15T08:00:00Z */

/* What the world does, in ms after eight. The config is read again 100 ms after
 * the signal: 5 ms after the new minute, whose picture is still on its way to
 * the panel. */
static const struct {
    int at_ms, signal;
} deeds[] = {{60000 - 95, SIGHUP}, {70000, SIGTERM}};

static size_t done;

static void
plan(void) {
    virtual_time.world_ms =
        done < COUNT(deeds)
            ? virtual_time.mono_ms +
                  (EIGHT_MS + deeds[done].at_ms - virtual_time.wall_ms)
            : INT64_MAX;
}

static bool
world(void) {
    if (mirror_rig.peer < 0 && mirror_rig_accept()) {
        plan();
        return true;
    }
    if (done < COUNT(deeds) &&
        virtual_time.wall_ms >= EIGHT_MS + deeds[done].at_ms) {
        raise(deeds[done++].signal);
        plan();
        return true;
    }
    return false;
}

static void
no_black_before_the_new_page(void **state) {
    (void)state;
    virtual_time.wall_ms = EIGHT_MS;
    assert_true(mirror_rig_init(world));
    mirror_rig.flip_ms = 16;
    mirror_rig_run("[widget clock]\nposition = top_left\n");
    assert_int_equal(done, COUNT(deeds));
    assert_true(mirror_rig.presents >= 3);
    assert_int_equal(mirror_rig.blacks, 0);
    assert_int_not_equal(mirror_rig.ink, 0);
    mirror_rig_teardown(NULL);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_black_before_the_new_page),
    };

    log_open("test", LOG_LEVEL_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
