#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/log.h"
#include "common/paths.h"

typedef bool (*find_fn)(char path[PATHS_MAX]);

static const struct {
    find_fn find;
    const char *installed, *file; /* `file` proves that it is the right one */
} places[] = {
    {paths_fonts, "fonts", "Roboto-Regular.ttf"},
    {paths_themes, "themes", "dark.ini"},
    {paths_lang, "lang", "en.ini"},
    {paths_demo, "demo", "hub.py"},
};

static void
the_source_tree_is_found(void **state) {
    (void)state;
    unsetenv("MIRROR_DATA");
    for (size_t i = 0; i < COUNT(places); i++) {
        char path[PATHS_MAX];
        char file[PATHS_MAX + 64];

        assert_true(places[i].find(path));
        snprintf(file, sizeof file, "%s/%s", path, places[i].file);
        assert_int_equal(access(file, R_OK), 0);
        assert_true(path[strlen(path) - 1] != '/');
    }
}

static void
the_environment_comes_first(void **state) {
    char dir[] = "/tmp/mirror-paths-XXXXXX";

    (void)state;
    assert_non_null(mkdtemp(dir));
    setenv("MIRROR_DATA", dir, 1);
    for (size_t i = 0; i < COUNT(places); i++) {
        char path[PATHS_MAX];
        char expected[128];

        /* Named but not there is an error, not a reason to look elsewhere. */
        assert_false(places[i].find(path));
        snprintf(expected, sizeof expected, "%s/%s", dir, places[i].installed);
        assert_int_equal(mkdir(expected, 0700), 0);
        assert_true(places[i].find(path));
        assert_string_equal(path, expected);
        rmdir(expected);
    }
    rmdir(dir);
    setenv("MIRROR_DATA", "", 1);
    the_source_tree_is_found(state);
    unsetenv("MIRROR_DATA");
}

static void
programs_stand_beside_this_one(void **state) {
    char path[PATHS_MAX];

    (void)state;
    assert_true(paths_program(path, "test_paths"));
    assert_int_equal(access(path, X_OK), 0);
    assert_true(path[0] == '/');
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_source_tree_is_found),
        cmocka_unit_test(the_environment_comes_first),
        cmocka_unit_test(programs_stand_beside_this_one),
    };

    log_open("test", LOG_LEVEL_NONE);
    return cmocka_run_group_tests_name("paths", tests, NULL, NULL);
}
