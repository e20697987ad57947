/* Whatever stands in the place of the files, and writes that fail. */
#include "cache_rig.h"

#include <signal.h>
#include <sys/resource.h>

#include "fetch/cache_format.h"

static void
make_file(struct rig *rig, const char *bytes, size_t size, off_t length) {
    int fd = openat(rig->directory, CACHE_FILE_NAME, O_WRONLY | O_CREAT, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, size), size);
    assert_int_equal(ftruncate(fd, length), 0);
    close(fd);
}

static void
make_nothing(struct rig *rig) {
    make_file(rig, "", 0, 0);
}

static void
make_byte(struct rig *rig) {
    make_file(rig, "M", 1, 1);
}

static void
make_text(struct rig *rig) {
    make_file(rig, "#!/bin/sh\n", 10, 4096);
}

static void
make_largest(struct rig *rig) {
    make_file(rig, "CRIM", 4, CACHE_FILE_MAX);
}

static void
make_huge(struct rig *rig) {
    make_file(rig, "CRIM", 4, 100 * 1024 * 1024);
}

static void
make_link(struct rig *rig) {
    assert_int_equal(symlinkat("/etc/passwd", rig->directory, CACHE_FILE_NAME),
                     0);
}

static void
make_directory(struct rig *rig) {
    assert_int_equal(mkdirat(rig->directory, CACHE_FILE_NAME, 0700), 0);
}

static void
make_pipe(struct rig *rig) {
    assert_int_equal(mkfifoat(rig->directory, CACHE_FILE_NAME, 0600), 0);
}

static void
make_foreign(struct rig *rig) {
    run_once(rig, "forged");
    if (geteuid() != 0) {
        unlinkat(rig->directory, CACHE_FILE_NAME, 0);
        make_text(rig); /* only root can give a file away */
        return;
    }
    assert_int_equal(fchownat(rig->directory, CACHE_FILE_NAME, 65534, 65534, 0),
                     0);
}

/* Whatever stands in the file's place is put aside, and the next is good. */
static void
a_bad_file_costs_nothing_but_the_past(void **state) {
    static void (*const makers[])(struct rig *) = {
        make_nothing, make_byte,      make_text, make_largest, make_huge,
        make_link,    make_directory, make_pipe, make_foreign,
    };
    struct rig *rig = *state;

    for (size_t i = 0; i < COUNT(makers); i++) {
        makers[i](rig);
        start(rig);
        assert_int_equal(recalled(rig).count, 0);
        assert_false(exists(rig, CACHE_FILE_NAME));
        assert_true(exists(rig, CACHE_FILE_BAD)); /* over that of before */
        put_message(rig, "fresh");
        stop(rig);
        start(rig);
        assert_string_equal(recalled(rig).text, "fresh");
        stop(rig);
        assert_int_equal(unlinkat(rig->directory, CACHE_FILE_NAME, 0), 0);
    }
}

static void
a_leftover_of_a_crash_is_no_obstacle(void **state) {
    struct rig *rig = *state;
    int fd = openat(rig->directory, CACHE_FILE_TEMP, O_WRONLY | O_CREAT, 0600);

    close(fd);
    run_once(rig, "hello");
    assert_true(exists(rig, CACHE_FILE_NAME));
    assert_false(exists(rig, CACHE_FILE_TEMP));
    /* Of a link it is the link that goes. */
    assert_int_equal(symlinkat("elsewhere", rig->directory, CACHE_FILE_TEMP),
                     0);
    pass(HOUR_S);
    run_once(rig, "again");
    assert_false(exists(rig, CACHE_FILE_TEMP));
    assert_false(exists(rig, "elsewhere"));
}

static void
a_write_that_fails_leaves_the_old_file(void **state) {
    struct rlimit usual, tight;
    struct rig *rig = *state;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &usual), 0);
    tight = (struct rlimit){100, usual.rlim_max};
    run_once(rig, "old");
    pass(HOUR_S);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
    run_once(rig, "new");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &usual), 0);
    assert_false(exists(rig, CACHE_FILE_TEMP));
    start(rig);
    assert_string_equal(recalled(rig).text, "old");
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_bad_file_costs_nothing_but_the_past,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_leftover_of_a_crash_is_no_obstacle,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_write_that_fails_leaves_the_old_file,
                                        setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
