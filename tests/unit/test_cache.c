/* What the cache remembers, how old it says that is, and when it writes. */
#include "cache_rig.h"

#include <sys/file.h>

static void
what_was_known_is_told_at_once(void **state) {
    struct rig *rig = *state;
    struct found found;
    struct stat file;

    run_once(rig, "hello");
    assert_int_equal(fstatat(rig->directory, CACHE_FILE_NAME, &file, 0), 0);
    assert_int_equal(file.st_mode & 07777, 0600);
    assert_false(exists(rig, CACHE_FILE_TEMP));
    pass(90);
    start(rig);
    found = recalled(rig);
    assert_string_equal(found.text, "hello");
    assert_int_equal(found.age_s, 90);
    assert_int_equal(found.head.recalled, 1);
    assert_int_equal(found.head.live, 1);
}

static void
a_source_speaks_louder(void **state) {
    struct rig *rig = *state;

    run_once(rig, "hello");
    start(rig);
    put_message(rig, "hello"); /* the same words, but now they are true */
    assert_int_equal(recalled(rig).head.recalled, 0);
    assert_int_equal(recalled(rig).age_s, 0);
}

static void
without_a_directory_there_is_none(void **state) {
    struct rig *rig = *state;
    struct cache_options options = {.settings = &rig->settings};

    assert_null(cache_create(NULL, NULL, &options));
    options.directory = "";
    assert_null(cache_create(NULL, NULL, &options));
    options.directory = "/nowhere/at/all";
    assert_null(cache_create(NULL, NULL, &options));
    options.directory = "/dev/null";
    assert_null(cache_create(NULL, NULL, &options));
    cache_clock_set(NULL);
    cache_destroy(NULL);
}

static void
of_several_directories_the_first_is_taken(void **state) {
    struct rig *rig = *state;
    size_t length = strlen(rig->path);

    snprintf(rig->path + length, sizeof rig->path - length, ":/nowhere");
    run_once(rig, "hello");
    rig->path[length] = '\0';
    assert_true(exists(rig, CACHE_FILE_NAME));
}

/* Ages over a start of the machine, and over one of the program alone. */
static void
ages_are_told_where_they_are_known(void **state) {
    static const struct {
        bool known_then, known_now, reboot;
        int64_t off_s, expected_s;
    } cases[] = {
        {true, true, false, 100, 100},
        {false, false, false, 100, 100}, /* wrong, but wrong alike */
        {true, true, true, 86400, 86400},
        {true, false, true, 86400, -1},
        {false, true, true, 86400, -1},
        {false, false, true, 5, -1},
        {true, true, true, -500, -1}, /* written in the future */
        {true, true, true, RECORD_AGE_MAX_S, RECORD_AGE_MAX_S},
        {true, true, true, RECORD_AGE_MAX_S + 1, -1},
    };
    struct rig *rig = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        test_now = (struct moment){T0_S * INT64_C(1000), 50000000,
                                   cases[i].known_then};
        run_once(rig, "hello");
        test_now.wall_known = cases[i].known_now;
        if (cases[i].reboot) {
            reboot(cases[i].off_s);
        } else {
            pass(cases[i].off_s);
        }
        start(rig);
        assert_string_equal(recalled(rig).text, "hello");
        assert_int_equal(recalled(rig).age_s, cases[i].expected_s);
        assert_int_equal(recalled(rig).head.recalled, 1);
        stop(rig);
        unlinkat(rig->directory, CACHE_FILE_NAME, 0);
    }
}

/* A Pi finds a time server a minute after its start. */
static void
an_age_is_told_as_soon_as_it_is_known(void **state) {
    struct rig *rig = *state;

    run_once(rig, "hello");
    reboot(10);
    test_now.wall_known = false;
    start(rig);
    assert_int_equal(recalled(rig).age_s, -1);
    cache_clock_set(rig->cache);
    assert_int_equal(recalled(rig).age_s, -1);
    test_now.wall_ms += 3 * HOUR_S * INT64_C(1000);
    test_now.wall_known = true;
    cache_clock_set(rig->cache);
    assert_int_equal(recalled(rig).age_s, 3 * HOUR_S + 10);
    put_message(rig, "new");
    cache_clock_set(rig->cache);
    assert_int_equal(recalled(rig).head.recalled, 0);
}

static void
another_config_knows_nothing(void **state) {
    struct rig *rig = *state;

    run_once(rig, "hello");
    rig->settings.hub.url[strlen("http://192.168.1.1")] = '1';
    start(rig);
    assert_int_equal(recalled(rig).count, 0);
    assert_false(exists(rig, CACHE_FILE_BAD)); /* nothing is wrong with it */
    stop(rig);
    rig->settings.hub.url[strlen("http://192.168.1.1")] = '0';
    start(rig); /* who heard nothing wrote nothing */
    assert_string_equal(recalled(rig).text, "hello");
}

static void
the_same_news_are_not_written_again(void **state) {
    struct rig *rig = *state;
    ino_t before;

    run_once(rig, "hello");
    before = inode(rig);
    run_once(rig, "hello"); /* a minute's worth of age has not passed */
    assert_int_equal(inode(rig), before);
    start(rig); /* nobody was heard: the file keeps what it says */
    pass(HOUR_S);
    stop(rig);
    assert_int_equal(inode(rig), before);
    start(rig);
    put_message(rig, "hello");
    pass(60);
    stop(rig); /* until now it was true */
    assert_int_not_equal(inode(rig), before);
    start(rig);
    assert_int_equal(recalled(rig).age_s, 0);
}

/* A program that is started and ended all day. */
static void
ends_have_a_budget_of_their_own(void **state) {
    struct rig *rig = *state;
    char text[16];
    ino_t before;

    for (int i = 0; i < 6; i++) { /* the first, four early ones, one too many */
        snprintf(text, sizeof text, "%d", i);
        run_once(rig, text);
        pass(1);
    }
    start(rig);
    assert_string_equal(recalled(rig).text, "4");
    stop(rig);
    before = inode(rig);
    pass(15 * 60);
    run_once(rig, "later");
    assert_int_not_equal(inode(rig), before);
}

static void
a_second_one_does_not_write(void **state) {
    struct rig *rig = *state;
    int other = open(rig->path, O_RDONLY | O_DIRECTORY);

    assert_int_equal(flock(other, LOCK_EX | LOCK_NB), 0);
    run_once(rig, "second");
    assert_false(exists(rig, CACHE_FILE_NAME));
    close(other);
    run_once(rig, "alone");
    assert_true(exists(rig, CACHE_FILE_NAME));
}

/* The timers of the loop are the system's: news of 31 s ago are due. */
static void
news_are_written_while_it_runs(void **state) {
    struct rig *rig = *state;
    ino_t first;

    test_now.mono_ms = clock_monotonic_ms() - 31000;
    start(rig);
    put_message(rig, "a");
    loop_turn(rig->loop, 0);
    first = inode(rig);
    assert_true(exists(rig, CACHE_FILE_NAME));
    put_message(rig, "b"); /* 15 minutes are not over */
    loop_turn(rig->loop, 0);
    assert_int_equal(inode(rig), first);
    stop(rig); /* one of the early ends */
    start(rig);
    assert_string_equal(recalled(rig).text, "b");
}

/* On and off again: what the file says is true. */
static void
news_that_are_taken_back_are_not_written(void **state) {
    struct rig *rig = *state;
    ino_t first;

    run_once(rig, "a");
    first = inode(rig);
    test_now.mono_ms = clock_monotonic_ms() - 31000;
    test_now.wall_ms += 3600000;
    start(rig);
    put_message(rig, "b");
    put_message(rig, "a");
    loop_turn(rig->loop, 0);
    assert_int_equal(inode(rig), first);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_known_is_told_at_once, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_source_speaks_louder, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(without_a_directory_there_is_none,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(
            of_several_directories_the_first_is_taken, setup, teardown),
        cmocka_unit_test_setup_teardown(ages_are_told_where_they_are_known,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(an_age_is_told_as_soon_as_it_is_known,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(another_config_knows_nothing, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(the_same_news_are_not_written_again,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(ends_have_a_budget_of_their_own, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_second_one_does_not_write, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(news_are_written_while_it_runs, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(
            news_that_are_taken_back_are_not_written, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
