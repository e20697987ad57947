#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "render/check.h"

/* Writes `text` to a file, checks it, and returns what was said without the
 * directory of the file; free it. */
static char *
check_text(const char *text, int *ret_result) {
    char path[] = "/tmp/mirror-check-XXXXXX";
    int fd = mkstemp(path);
    char *said = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&said, &size);

    assert_true(fd >= 0 && out != NULL);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    *ret_result = check_config(path, "themes", "mirror/lang", out);
    fclose(out);
    unlink(path);
    for (char *at = said; (at = strstr(at, path)) != NULL;) {
        memmove(at, at + strlen(path), strlen(at + strlen(path)) + 1);
    }
    return said;
}

static void
good_configs_say_nothing(void **state) {
    static const char *const good[] = {
        "",
        "[mirror]\nlanguage = de\ntheme = night\n",
        "[hub]\nurl = http://192.168.1.10:8080\n[mirror]\nlocation = 1, 2\n",
        "[widget clock]\n[widget clock second]\nzone = Asia/Tokyo\n",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        int result;
        char *said = check_text(good[i], &result);

        assert_string_equal(said, "");
        assert_int_equal(result, CHECK_GOOD);
        free(said);
    }
}

static void
every_problem_is_named_in_the_order_of_the_file(void **state) {
    static const char expected[] =
        ":2: [widget clock] positon: unknown key, did you mean 'position'?\n"
        ":3: [widget clock] seconds: expected yes or no, got 'maybe'\n"
        ":4: expected 'key = value', found 'nonsense'\n"
        ":5: [wether]: unknown section, did you mean [weather]?\n"
        ":7: [mirror] clock: expected 24 or 12, got '13'\n";
    int result;
    char *said = check_text("[widget clock]\npositon = top_left\n"
                            "seconds = maybe\nnonsense\n[wether]\n"
                            "[mirror]\nclock = 13\n",
                            &result);

    (void)state;
    assert_string_equal(said, expected);
    assert_int_equal(result, CHECK_BAD);
    free(said);
}

static void
theme_and_language_are_part_of_it(void **state) {
    int result;
    char *said = check_text("[mirror]\nlanguage = xx\ntheme = drak\n", &result);

    (void)state;
    assert_non_null(
        strstr(said, ":2: [mirror] language: there is no 'xx' in mirror/lang"));
    assert_non_null(strstr(said, ":3: [mirror] theme: there is no 'drak'; "
                                 "did you mean 'dark'?"));
    assert_int_equal(result, CHECK_BAD);
    free(said);
}

/* Nobody is awake to read that the mirror cannot find it. */
static void
the_night_theme_too(void **state) {
    int result;
    char *said = check_text("[mirror]\nnight_theme = nihgt\n", &result);

    (void)state;
    assert_string_equal(said, ":2: [mirror] night_theme: there is no 'nihgt'; "
                              "did you mean 'night'?\n");
    assert_int_equal(result, CHECK_BAD);
    free(said);
    said = check_text("[mirror]\nnight_theme = night\n", &result);
    assert_string_equal(said, "");
    assert_int_equal(result, CHECK_GOOD);
    free(said);
}

/* A file that was pasted in from elsewhere: every line is told of. */
static void
hundreds_of_problems_are_all_named(void **state) {
    enum { PROBLEMS = 300 };
    char text[PROBLEMS * 16] = "[mirror]\n", wanted[64];
    size_t length = strlen(text);
    char *said;
    int result;

    (void)state;
    for (int i = 0; i < PROBLEMS; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length,
                                   "key%d = 1\n", i);
    }
    said = check_text(text, &result);
    assert_int_equal(result, CHECK_BAD);
    for (int i = 0; i < PROBLEMS; i++) {
        snprintf(wanted, sizeof wanted, ":%d: [mirror] key%d: unknown key\n",
                 i + 2, i);
        assert_non_null(strstr(said, wanted));
    }
    free(said);
}

static void
a_missing_file_is_a_problem(void **state) {
    char *said = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&said, &size);

    (void)state;
    assert_int_equal(
        check_config("/nonexistent/m.conf", "themes", "mirror/lang", out),
        CHECK_BAD);
    fclose(out);
    assert_string_equal(
        said,
        "/nonexistent/m.conf: cannot be read: No such file or directory\n");
    free(said);
}

static void
beyond_a_bound_they_are_counted(void **state) {
    char text[2 * CONFIG_ERRORS_MAX + 8] = "";
    int result;
    char *said;

    (void)state;
    for (int i = 0; i < CONFIG_ERRORS_MAX + 2; i++) {
        text[2 * i] = 'x';
        text[2 * i + 1] = '\n';
    }
    said = check_text(text, &result);
    assert_non_null(strstr(said, ":1000: expected"));
    assert_null(strstr(said, ":1001:"));
    assert_non_null(strstr(said, "\n: 2 problems more\n"));
    assert_int_equal(result, CHECK_BAD);
    free(said);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_configs_say_nothing),
        cmocka_unit_test(every_problem_is_named_in_the_order_of_the_file),
        cmocka_unit_test(theme_and_language_are_part_of_it),
        cmocka_unit_test(the_night_theme_too),
        cmocka_unit_test(hundreds_of_problems_are_all_named),
        cmocka_unit_test(a_missing_file_is_a_problem),
        cmocka_unit_test(beyond_a_bound_they_are_counted),
    };

    return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
