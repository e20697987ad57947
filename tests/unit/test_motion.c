/* How many frames the mirror draws when something changes: exactly. */
#include "unit.h"

#include "virtual_time.h"

#include "mirror_rig.h"

#include <signal.h>

#include "common/log.h"
#include "model/lights.h"
#include "render/fade.h"

#define MINUTE_MS INT64_C(1800000000000)

enum {
    STEPS = FADE_MS / FADE_STEP_MS,
    SETTLE_MS = 20 * 1000, /* the start is over */
    WATCH_MS = 5 * 1000,   /* in which nothing else wakes the mirror */
    ACTS_MAX = 3,
};

/* What happens so long after the start is over. */
struct act {
    int64_t after_ms;
    void (*fn)(void);
};

static struct {
    struct act acts[ACTS_MAX]; /* then {0} */
    size_t done;
    int64_t begin_ms;
    uint64_t wakeups, presents; /* before the begin */
} motion;

static void
send_lamp(const char *id, enum light_state state) {
    static struct record_lights lights;

    record_head_init(&lights.head, "hub", "", virtual_time.wall_ms / 1000);
    lights.count = 1;
    lights.lights[0] = (struct light){
        .state = (uint8_t)state,
        .brightness_pct = -1,
        .rgb = -1,
        .kelvin = -1,
    };
    snprintf(lights.lights[0].id, sizeof lights.lights[0].id, "%s", id);
    snprintf(lights.lights[0].name, sizeof lights.lights[0].name, "Lamp");
    mirror_rig_send(RECORD_LIGHTS, &lights, sizeof lights);
}

static void
lamp_on(void) {
    send_lamp("Lamp", LIGHT_ON);
}

/* Nobody sees the name of its item. */
static void
another_lamp_on(void) {
    send_lamp("Other", LIGHT_ON);
}

static void
lamp_off(void) {
    send_lamp("Lamp", LIGHT_OFF);
}

static void
hub_refuses(void) {
    mirror_rig_send_status(SOURCE_REFUSED);
}

static void
end(void) {
    raise(SIGTERM);
}

static bool
world(void) {
    const struct act *act = &motion.acts[motion.done];

    if (mirror_rig.peer < 0) {
        if (!mirror_rig_accept()) {
            return false;
        }
        mirror_rig_send_status(SOURCE_OK);
        lamp_off();
        virtual_time.world_ms = motion.begin_ms + act->after_ms;
        return true;
    }
    if (virtual_time.mono_ms < virtual_time.world_ms) {
        return false;
    }
    if (motion.done == 0) {
        motion.wakeups = virtual_time.wakeups;
        motion.presents = mirror_rig.presents;
    }
    act->fn();
    motion.done++;
    virtual_time.world_ms =
        act[1].fn != NULL ? motion.begin_ms + act[1].after_ms : INT64_MAX;
    return true;
}

static int
setup(void **state) {
    (void)state;
    memset(&motion, 0, sizeof motion);
    virtual_time.wall_ms = MINUTE_MS; /* the next is after the end */
    return mirror_rig_init(world) ? 0 : -1;
}

/* Runs a mirror with a lamp that is off, and these acts; returns how many
 * pictures that took. */
static uint64_t
presents_of(const char *screen, const struct act *acts) {
    char config[512];

    for (size_t i = 0; acts[i].fn != NULL; i++) {
        motion.acts[i] = acts[i];
    }
    motion.begin_ms = virtual_time.mono_ms + SETTLE_MS;
    snprintf(config, sizeof config,
             "[screen]\n%s\n"
             "[hub]\ntype = openhab\nurl = http://127.0.0.1:9\n"
             "[widget clock]\nposition = top_left\n"
             "[widget lights]\nposition = top_right\n",
             screen);
    mirror_rig_run(config);
    return mirror_rig.presents - motion.presents;
}

static void
a_fact_fades_in_by_so_many_frames(void **state) {
    const struct act acts[] = {{0, lamp_on}, {WATCH_MS, end}, {0}};

    (void)state;
    assert_int_equal(presents_of("", acts), STEPS);
    /* One for each step, the first of them for the packet, and one for the
     * signal: no timer is left behind. */
    assert_int_equal(virtual_time.wakeups - motion.wakeups, STEPS + 1);
}

static void
without_motion_it_is_one_frame(void **state) {
    const struct act acts[] = {{0, lamp_on}, {WATCH_MS, end}, {0}};

    (void)state;
    assert_int_equal(presents_of("motion = off", acts), 1);
}

static void
the_next_fact_ends_a_fade_and_begins_another(void **state) {
    const struct act acts[] = {
        {0, lamp_on}, {4 * FADE_STEP_MS + 1, lamp_off}, {WATCH_MS, end}, {0}};

    (void)state;
    /* Steps at 0, 33, 66, 99 and 132 ms, then those of the second. */
    assert_int_equal(presents_of("", acts), 5 + STEPS);
}

static void
a_fact_that_changes_nothing_leaves_it_alone(void **state) {
    const struct act acts[] = {
        {0, lamp_on},
        {4 * FADE_STEP_MS + 1, another_lamp_on},
        {WATCH_MS, end},
        {0},
    };

    (void)state;
    assert_int_equal(presents_of("", acts), STEPS);
}

static void
what_is_wrong_is_said_at_once(void **state) {
    const struct act acts[] = {{0, hub_refuses}, {WATCH_MS, end}, {0}};

    (void)state;
    assert_int_equal(presents_of("", acts), 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, mirror_rig_teardown)

int
main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_fact_fades_in_by_so_many_frames),
        TEST(without_motion_it_is_one_frame),
        TEST(the_next_fact_ends_a_fade_and_begins_another),
        TEST(a_fact_that_changes_nothing_leaves_it_alone),
        TEST(what_is_wrong_is_said_at_once),
    };

    log_open("test", LOG_LEVEL_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
