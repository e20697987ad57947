#include "unit.h"

#include <string.h>

#include "common/log.h"

static void
escape_leaves_only_printable_ascii(void **state) {
    static const struct {
        const char *from, *expected;
    } cases[] = {
        {"plain", "plain"}, {"a\nb", "a\\x0ab"}, {"\x1b[2J", "\\x1b[2J"},
        {"\x7f", "\\x7f"},  {"ä", "\\xc3\\xa4"}, {"%s%n", "%s%n"},
        {"", ""},
    };
    char buf[LOG_TEXT_MAX];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_string_equal(log_escape(buf, cases[i].from), cases[i].expected);
    }
}

/* 77 bytes are whole, 78 are cut, and no escape is cut in two. */
static void
escape_is_bounded(void **state) {
    char from[200];
    char buf[LOG_TEXT_MAX];

    (void)state;
    memset(from, 'a', sizeof from);
    from[77] = '\0';
    assert_int_equal(strlen(log_escape(buf, from)), 77);
    assert_null(strstr(buf, "..."));
    memset(from, 'a', sizeof from);
    from[78] = '\0';
    log_escape(buf, from);
    assert_int_equal(strlen(buf), 80);
    assert_string_equal(buf + 77, "...");
    memset(from, '\n', sizeof from);
    from[199] = '\0';
    log_escape(buf, from);
    assert_true(strlen(buf) < LOG_TEXT_MAX);
    assert_string_equal(buf + strlen(buf) - 7, "\\x0a...");
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escape_leaves_only_printable_ascii),
        cmocka_unit_test(escape_is_bounded),
    };

    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
