#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/calendar.h"
#include "common/zone.h"

/* 2026-06-09 07:12:30 UTC */
static const int64_t summer_s = 1780989150;

struct rig {
    char folder[32];
    char path[64];
    struct zone_file file;
};

/* As dpkg and timedatectl replace it: a new file in the place of the old. */
static void
install(struct rig *rig, const char *zone) {
    char from[128], beside[80], bytes[8192];
    FILE *in, *out;
    size_t size;

    snprintf(from, sizeof from, "/usr/share/zoneinfo/%s", zone);
    snprintf(beside, sizeof beside, "%s.new", rig->path);
    in = fopen(from, "rb");
    out = fopen(beside, "wb");
    assert_non_null(in);
    assert_non_null(out);
    size = fread(bytes, 1, sizeof bytes, in);
    assert_in_range(size, 44, sizeof bytes - 1); /* a header, and not cut */
    assert_int_equal(fwrite(bytes, 1, size, out), size);
    fclose(in);
    fclose(out);
    assert_int_equal(rename(beside, rig->path), 0);
}

static int
setup(void **state) {
    struct rig *rig = calloc(1, sizeof *rig);

    if (rig == NULL) {
        return -1;
    }
    snprintf(rig->folder, sizeof rig->folder, "/tmp/mirror-zone-XXXXXX");
    if (mkdtemp(rig->folder) == NULL) {
        return -1;
    }
    snprintf(rig->path, sizeof rig->path, "%s/Here", rig->folder);
    setenv("TZDIR", rig->folder, 1);
    setenv("TZ", "Here", 1);
    install(rig, "Europe/Berlin");
    *state = rig;
    return 0;
}

static int
teardown(void **state) {
    struct rig *rig = *state;

    unlink(rig->path);
    rmdir(rig->folder);
    unsetenv("TZDIR");
    unsetenv("TZ");
    free(rig);
    return 0;
}

static int
hour_here(void) {
    return calendar_at(summer_s, NULL).hour;
}

static void
a_replaced_file_is_read_again(void **state) {
    struct rig *rig = *state;

    assert_int_equal(hour_here(), 9);
    assert_false(zone_refresh(&rig->file));
    assert_false(zone_refresh(&rig->file));
    install(rig, "Asia/Tokyo");
    assert_true(zone_refresh(&rig->file));
    assert_int_equal(hour_here(), 16);
    assert_string_equal(getenv("TZ"), "Here");
    assert_false(zone_refresh(&rig->file));
}

static void
a_file_that_goes_is_utc_until_it_is_back(void **state) {
    struct rig *rig = *state;

    assert_false(zone_refresh(&rig->file));
    assert_int_equal(unlink(rig->path), 0);
    assert_true(zone_refresh(&rig->file));
    assert_int_equal(hour_here(), 7);
    assert_false(zone_refresh(&rig->file));
    install(rig, "Europe/Berlin");
    assert_true(zone_refresh(&rig->file));
    assert_int_equal(hour_here(), 9);
}

/* Bytes that are no zone, and a folder in its place: UTC, and no crash. */
static void
what_is_no_zone_is_utc(void **state) {
    struct rig *rig = *state;
    FILE *file;

    assert_false(zone_refresh(&rig->file));
    file = fopen(rig->path, "wb");
    assert_non_null(file);
    fputs("TZif2 and then nothing of the kind", file);
    fclose(file);
    assert_true(zone_refresh(&rig->file));
    assert_int_equal(hour_here(), 7);
    assert_int_equal(unlink(rig->path), 0);
    assert_int_equal(rmdir(rig->folder), 0);
    assert_true(zone_refresh(&rig->file));
    assert_int_equal(hour_here(), 7);
}

/* Ways to say it: with a colon, in full, by rule, and not at all. */
static void
every_form_of_tz_is_followed(void **state) {
    struct rig *rig = *state;
    const char *forms[] = {":Here", rig->path, "CET-1CEST", ""};

    for (size_t i = 0; i < COUNT(forms); i++) {
        struct zone_file file = {0};
        bool names_a_file = i < 2;

        install(rig, "Europe/Berlin");
        setenv("TZ", forms[i], 1);
        assert_false(zone_refresh(&file));
        install(rig, "Asia/Tokyo");
        /* "" is the folder itself, in which something was written. */
        assert_int_equal(zone_refresh(&file),
                         names_a_file || forms[i][0] == '\0');
        assert_string_equal(getenv("TZ"), forms[i]);
    }
    unsetenv("TZ");
    rig->file = (struct zone_file){0};
    assert_false(zone_refresh(&rig->file));
    assert_false(zone_refresh(&rig->file));
    assert_null(getenv("TZ"));
}

int
main(void) {
#define WITH_RIG(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        WITH_RIG(a_replaced_file_is_read_again),
        WITH_RIG(a_file_that_goes_is_utc_until_it_is_back),
        WITH_RIG(what_is_no_zone_is_utc),
        WITH_RIG(every_form_of_tz_is_followed),
    };

    return cmocka_run_group_tests_name("zone", tests, NULL, NULL);
}
