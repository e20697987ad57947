/* Lamps that exist only in a folder of this test. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/log.h"
#include "render/backlight.h"

struct rig {
    char folder[32];
};

static void
put(const struct rig *rig, const char *name, const char *text) {
    char path[128];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", rig->folder, name);
    file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void
assert_has(const struct rig *rig, const char *name, const char *expected) {
    char path[128];
    char text[32] = "";
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", rig->folder, name);
    file = fopen(path, "re");
    assert_non_null(file);
    assert_true(fread(text, 1, sizeof text - 1, file) > 0);
    fclose(file);
    /* Writing to sysfs replaces the whole; to a file only what is longer. */
    assert_memory_equal(text, expected, strlen(expected));
}

static void
make(const struct rig *rig, const char *name) {
    char path[128];

    snprintf(path, sizeof path, "%s/%s", rig->folder, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static int
setup(void **state) {
    struct rig *rig = calloc(1, sizeof *rig);

    log_open("test", LOG_LEVEL_NONE);
    if (rig == NULL) {
        return -1;
    }
    strncpy(rig->folder, "/tmp/mirror-lamps-XXXXXX", sizeof rig->folder - 1);
    *state = rig;
    if (mkdtemp(rig->folder) == NULL) {
        return -1;
    }
    make(rig, "a");
    put(rig, "a/bl_power", "9\n");
    put(rig, "a/brightness", "9\n");
    put(rig, "a/max_brightness", "255\n");
    make(rig, "b");
    put(rig, "b/bl_power", "9\n");
    put(rig, "b/brightness", "9\n");
    put(rig, "b/max_brightness", "7\n");
    return 0;
}

static int
teardown(void **state) {
    struct rig *rig = *state;
    char command[64];
    int failed;

    snprintf(command, sizeof command, "rm -r %s", rig->folder);
    failed = system(command);
    free(rig);
    return failed;
}

static void
all_go_off_and_on(void **state) {
    struct rig *rig = *state;

    assert_int_equal(backlight_set_power(rig->folder, false), 2);
    assert_has(rig, "a/bl_power", "4\n"); /* FB_BLANK_POWERDOWN */
    assert_has(rig, "b/bl_power", "4\n");
    assert_int_equal(backlight_set_power(rig->folder, true), 2);
    assert_has(rig, "a/bl_power", "0\n");
    assert_has(rig, "b/bl_power", "0\n");
    assert_int_equal(backlight_set_power("/nowhere", true), 0);
}

static void
as_bright_as_each_can(void **state) {
    static const struct {
        int percent;
        const char *a, *b;
    } cases[] = {
        {1, "3\n", "1\n"}, /* never dark */
        {50, "128\n", "4\n"},
        {100, "255\n", "7\n"},
    };
    struct rig *rig = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(
            backlight_set_brightness(rig->folder, cases[i].percent), 2);
        assert_has(rig, "a/brightness", cases[i].a);
        assert_has(rig, "b/brightness", cases[i].b);
    }
}

static void
one_that_is_odd_does_not_stop_the_others(void **state) {
    static const char *const odd[] = {
        "", "many\n", "0\n", "-1\n", "1000001\n", "99999999999999999999\n"};
    struct rig *rig = *state;

    for (size_t i = 0; i < COUNT(odd); i++) {
        put(rig, "a/max_brightness", odd[i]);
        put(rig, "a/brightness", "9\n");
        assert_int_equal(backlight_set_brightness(rig->folder, 50), 1);
        assert_has(rig, "a/brightness", "9\n");
        assert_has(rig, "b/brightness", "4\n");
    }
    put(rig, "a/max_brightness", "1000000\n");
    assert_int_equal(backlight_set_brightness(rig->folder, 50), 2);
    make(rig, "c"); /* without files */
    put(rig, "d", "no folder");
    assert_int_equal(backlight_set_power(rig->folder, false), 2);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void) {
    const struct CMUnitTest tests[] = {
        TEST(all_go_off_and_on),
        TEST(as_bright_as_each_can),
        TEST(one_that_is_odd_does_not_stop_the_others),
    };

    return cmocka_run_group_tests_name("backlight", tests, NULL, NULL);
}
