#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/log.h"
#include "render/machine.h"

/* A folder like /sys/class. */
struct rig {
    char folder[40];
    struct machine machine;
    int64_t now_ms;
};

static const char *const paths[] = {
    "thermal", "thermal/thermal_zone0", "hwmon", "hwmon/hwmon0", "hwmon/hwmon1",
};
static const char *const files[] = {
    "thermal/thermal_zone0/temp",
    "hwmon/hwmon0/name",
    "hwmon/hwmon1/name",
    "hwmon/hwmon0/in0_lcrit_alarm",
    "hwmon/hwmon1/in0_lcrit_alarm",
};

static void
put(const struct rig *rig, const char *path, const char *text) {
    char whole[128];
    FILE *file;

    snprintf(whole, sizeof whole, "%s/%s", rig->folder, path);
    file = fopen(whole, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int
setup(void **state) {
    struct rig *rig = calloc(1, sizeof *rig);
    char path[128];

    if (rig == NULL) {
        return -1;
    }
    snprintf(rig->folder, sizeof rig->folder, "/tmp/mirror-machine-XXXXXX");
    if (mkdtemp(rig->folder) == NULL) {
        return -1;
    }
    for (size_t i = 0; i < COUNT(paths); i++) {
        snprintf(path, sizeof path, "%s/%s", rig->folder, paths[i]);
        mkdir(path, 0700);
    }
    rig->machine.folder = rig->folder;
    rig->now_ms = INT64_C(1) << 33;
    *state = rig;
    return 0;
}

static int
teardown(void **state) {
    struct rig *rig = *state;
    char path[128];

    for (size_t i = 0; i < COUNT(files); i++) {
        snprintf(path, sizeof path, "%s/%s", rig->folder, files[i]);
        unlink(path);
    }
    for (size_t i = COUNT(paths); i > 0; i--) {
        snprintf(path, sizeof path, "%s/%s", rig->folder, paths[i - 1]);
        rmdir(path);
    }
    rmdir(rig->folder);
    free(rig);
    return 0;
}

/* The Pi's sensor stands behind another one. */
static void
put_power(const struct rig *rig, const char *alarm) {
    put(rig, "hwmon/hwmon0/name", "cpu_thermal\n");
    put(rig, "hwmon/hwmon0/in0_lcrit_alarm", "1\n");
    put(rig, "hwmon/hwmon1/name", "rpi_volt\n");
    put(rig, "hwmon/hwmon1/in0_lcrit_alarm", alarm);
}

static bool
look_after(struct rig *rig, int64_t seconds) {
    rig->now_ms += seconds * 1000;
    return machine_look(&rig->machine, rig->now_ms);
}

static void
what_the_sensors_say(void **state) {
    static const struct {
        const char *alarm, *heat;
        struct machine_reading reading;
    } cases[] = {
        {"0\n", "48312\n", {true, false, true, 48}},
        {"1\n", "85000\n", {true, true, true, 85}},
        {"1", "-5000", {true, true, true, -5}},
        {"2\n", "150001\n", {0}},
        {"-1\n", "-60001\n", {0}},
        {"0\n", "150000\n", {true, false, true, 150}},
        {"0\n", "-60000\n", {true, false, true, -60}},
        {"", "", {0}},
        {"yes\n", "hot\n", {0}},
        {"1 1\n", "48.3\n", {0}},
        {"99999999999999999999\n",
         "99999999999999999999999999999999999\n",
         {0}},
    };
    struct rig *rig = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct machine_reading *wanted = &cases[i].reading;
        struct machine_reading reading;

        put_power(rig, cases[i].alarm);
        put(rig, "thermal/thermal_zone0/temp", cases[i].heat);
        reading = machine_read(rig->folder);
        assert_int_equal(reading.has_power, wanted->has_power);
        assert_int_equal(reading.low_power, wanted->low_power);
        assert_int_equal(reading.has_heat, wanted->has_heat);
        assert_int_equal(reading.heat_c, wanted->heat_c);
    }
}

static void
a_machine_without_sensors_is_well(void **state) {
    struct rig *rig = *state;

    assert_false(look_after(rig, 0));
    assert_int_equal(rig->machine.next_ms - rig->now_ms, MACHINE_BLIND_MS);
    put(rig, "thermal/thermal_zone0/temp", "48000\n");
    assert_false(look_after(rig, 600));
    assert_int_equal(rig->machine.next_ms - rig->now_ms, MACHINE_LOOK_MS);
    assert_false(machine_read("/no/such/folder").has_heat);
    assert_false(rig->machine.low_power.on || rig->machine.hot.on);
}

/* 0, 1, 0: there is a minute in which it may come again unsaid. */
static void
low_power_is_shown_a_minute_longer(void **state) {
    struct rig *rig = *state;

    put_power(rig, "0\n");
    assert_false(look_after(rig, 30));
    put_power(rig, "1\n");
    assert_true(look_after(rig, 30));
    assert_true(rig->machine.low_power.on);
    assert_false(look_after(rig, 3600));
    put_power(rig, "0\n");
    assert_false(look_after(rig, 30));
    put_power(rig, "1\n");
    assert_false(look_after(rig, 29));
    put_power(rig, "0\n");
    assert_false(look_after(rig, 59));
    assert_true(rig->machine.low_power.on);
    assert_true(look_after(rig, 1));
    assert_false(rig->machine.low_power.on);
    assert_false(look_after(rig, 3600));
    assert_false(rig->machine.hot.on);
}

/* 79, 80, 76, 75; and a sensor that goes is no heat. */
static void
heat_has_two_borders(void **state) {
    struct rig *rig = *state;

    put(rig, "thermal/thermal_zone0/temp", "79999\n");
    assert_false(look_after(rig, 30));
    put(rig, "thermal/thermal_zone0/temp", "80000\n");
    assert_true(look_after(rig, 30));
    assert_true(rig->machine.hot.on);
    put(rig, "thermal/thermal_zone0/temp", "76000\n");
    assert_false(look_after(rig, 600));
    put(rig, "thermal/thermal_zone0/temp", "75999\n");
    assert_false(look_after(rig, 59));
    assert_true(look_after(rig, 1));
    assert_false(rig->machine.hot.on);
    put(rig, "thermal/thermal_zone0/temp", "85000\n");
    assert_true(look_after(rig, 30));
    put(rig, "thermal/thermal_zone0/temp", "broken\n");
    assert_true(look_after(rig, 60));
    assert_false(rig->machine.hot.on || rig->machine.low_power.on);
}

int
main(void) {
#define WITH_RIG(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        WITH_RIG(what_the_sensors_say),
        WITH_RIG(a_machine_without_sensors_is_well),
        WITH_RIG(low_power_is_shown_a_minute_longer),
        WITH_RIG(heat_has_two_borders),
    };

    log_open("test", LOG_LEVEL_NONE);
    return cmocka_run_group_tests_name("machine", tests, NULL, NULL);
}
