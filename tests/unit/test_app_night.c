/* A mirror that hangs through the night changes its theme, and back. */
#include "unit.h"

#include "virtual_time.h"

#include "mirror_rig.h"

#include <signal.h>

#include "common/log.h"

enum { MINUTE_MS = 60000, BEAT_MS = 15000 };

#define EIGHT_MS INT64_C(1800000000000) /* 2027-01-15T08:00:00Z */

/* The ink at these minutes after eight. */
static struct look {
    int minute;
    uint32_t ink;
} looks[] = {{5, 0}, {9, 0}, {11, 0}, {19, 0}, {21, 0}};

static size_t looked;

/* What the zone of the system becomes at the first look; NULL: it stays. */
static const char *moves_to;

/* The zone's file, which nobody else has. */
static void
set_zone(const char *name) {
    char path[64], command[384];

    snprintf(path, sizeof path, "%s/zone", mirror_rig.folder);
    snprintf(command, sizeof command,
             "cp /usr/share/zoneinfo/%s %s.new && "
             "mv %s.new %s",
             name, path, path, path);
    assert_int_equal(system(command), 0);
    setenv("TZ", path, 1);
}

static bool
world(void) {
    /* Who moves loses the connection: there nobody speaks to the mirror. */
    bool did = moves_to == NULL && mirror_rig.peer < 0 && mirror_rig_accept();

    if (looked < COUNT(looks) &&
        virtual_time.wall_ms >= EIGHT_MS + looks[looked].minute * MINUTE_MS) {
        looks[looked++].ink = mirror_rig.ink;
        if (looked == 1 && moves_to != NULL) {
            set_zone(moves_to);
        }
        if (looked == COUNT(looks)) {
            raise(SIGTERM);
            return true;
        }
    }
    if (virtual_time.mono_ms >= virtual_time.world_ms) {
        if (mirror_rig.peer >= 0) {
            mirror_rig_send_heartbeat();
        }
        did = true;
    }
    if (did || virtual_time.world_ms == INT64_MAX) {
        virtual_time.world_ms = virtual_time.mono_ms + BEAT_MS;
    }
    return did;
}

static int
setup(void **state) {
    (void)state;
    looked = 0;
    moves_to = NULL;
    virtual_time.wall_ms = EIGHT_MS;
    return mirror_rig_init(world) ? 0 : -1;
}

static void
night_begins_and_ends(void **state) {
    (void)state;
    mirror_rig_run("[mirror]\nnight_theme = night\nnight = 08:10-08:20\n"
                   "[widget clock]\nposition = top_left\n");
    assert_int_equal(looked, COUNT(looks));
    for (size_t i = 0; i < COUNT(looks); i++) {
        bool night = looks[i].minute >= 10 && looks[i].minute < 20;

        /* White, or red that has little of green and blue. */
        assert_true(looks[i].ink >> 16 != 0);
        assert_int_equal((looks[i].ink & 0x80) == 0, night);
    }
}

/* At eight in the morning somebody moves to Tokyo, where it is five in the
 * afternoon. */
static void
night_is_that_of_a_new_zone(void **state) {
    char zone[128];

    (void)state;
    moves_to = "Asia/Tokyo";
    set_zone("UTC");
    mirror_rig_run("[mirror]\nnight_theme = night\nnight = 17:00-18:00\n"
                   "[widget clock]\nposition = top_left\n");
    assert_int_equal(looked, COUNT(looks));
    for (size_t i = 0; i < COUNT(looks); i++) {
        assert_int_equal((looks[i].ink & 0x80) == 0, i > 0);
    }
    snprintf(zone, sizeof zone, "%s/zone", mirror_rig.folder);
    unlink(zone);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(night_begins_and_ends, setup,
                                        mirror_rig_teardown),
        cmocka_unit_test_setup_teardown(night_is_that_of_a_new_zone, setup,
                                        mirror_rig_teardown),
    };

    log_open("test", LOG_LEVEL_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
