#include "unit.h"

#include <string.h>

#include "model/settings.h"
#include "render/usage.h"

enum { ARGUMENTS_MAX = 6 };

struct line {
    const char *arguments[ARGUMENTS_MAX];
    const char *why; /* part of the complaint; NULL: it is good */
};

static bool
read_line(const struct line *line, struct command *command,
          char why[USAGE_WHY_MAX]) {
    char *arguments[ARGUMENTS_MAX + 1] = {(char *)"mirror"};
    int count = 1;

    while (count <= ARGUMENTS_MAX && line->arguments[count - 1] != NULL) {
        arguments[count] = (char *)line->arguments[count - 1];
        count++;
    }
    return usage_read(command, count, arguments, why);
}

static void
every_line_is_taken_or_refused(void **state) {
    static const struct line lines[] = {
        {{NULL}, NULL},
        {{"-c", "x"}, NULL},
        {{"--window"}, NULL},
        {{"--window=640x480"}, NULL},
        {{"--window=160x8192"}, NULL},
        {{"--window=159x480"}, "--window: expected WxH"},
        {{"--window=640x8193"}, "--window: expected WxH"},
        {{"--window=640"}, "--window: expected WxH"},
        {{"--window=x480"}, "--window: expected WxH"},
        {{"--window=640x480x"}, "--window: expected WxH"},
        {{"--window="}, "--window: expected WxH"},
        {{"--window", "640x480"}, "unknown argument '640x480'"},
        {{"--screen=drm"}, NULL},
        {{"--screen", "sdl"}, NULL},
        {{"--screen=fbdev"}, NULL},
        {{"--screen=png"}, "expected drm|sdl|fbdev, got 'png'"},
        {{"--screen"}, "--screen needs"},
        {{"--window", "--screen=sdl"}, NULL},
        {{"--window", "--screen=drm"}, "--window needs --screen=sdl"},
        {{"--demo"}, NULL},
        {{"--demo", "--window=800x600"}, NULL},
        {{"--demo", "-c", "x"}, "-c does not go with --demo"},
        {{"--demo", "--screen=drm"}, "--screen does not go with --demo"},
        {{"--check"}, NULL},
        {{"--check", "-c", "x"}, NULL},
        {{"--check", "--window"}, "--window does not go with --check"},
        {{"--check", "--doctor"}, "--check and --doctor exclude each other"},
        {{"--check=yes"}, "unknown argument '--check=yes'"},
        {{"--snapshot", "x.png"}, NULL},
        {{"--snapshot=x.png", "--size=640x480", "--wait=0", "-c", "x"}, NULL},
        {{"--snapshot"}, "--snapshot needs FILE.png"},
        {{"--snapshot="}, "--snapshot: expected FILE.png"},
        {{"--snapshot=x", "--at=2026-01-31T07:12", "--scene=y"}, NULL},
        {{"--snapshot=x", "--at=2026-02-30T07:12"}, "--at: expected"},
        {{"--snapshot=x", "--at=now"}, "--at: expected"},
        {{"--snapshot=x", "--wait=-1"}, "--wait: expected"},
        {{"--snapshot=x", "--wait=3600"}, NULL},
        {{"--snapshot=x", "--wait=3601"}, "--wait: expected"},
        {{"--snapshot=x", "--wait=1.5"}, "--wait: expected"},
        {{"--size=640x480"}, "--size goes with --snapshot"},
        {{"--scene=x", "--check"}, "--scene does not go with --check"},
        {{"--doctor", "-c", "x"}, NULL},
        {{"--list-widgets"}, NULL},
        {{"--list-widgets", "-c", "x"}, "-c does not go with"},
        {{"--version"}, NULL},
        {{"--help"}, NULL},
        {{"-h"}, "unknown argument '-h'"},
        {{"-c"}, "-c needs FILE"},
        {{"-c", ""}, "-c: expected FILE"},
        {{"-c", "x", "-c", "y"}, "-c is given twice"},
        {{"-cx"}, "unknown argument '-cx'"},
        {{"--versio"}, "unknown argument '--versio'"},
        {{""}, "unknown argument ''"},
        {{"x"}, "unknown argument 'x'"},
        {{"\x1b[2J"}, "unknown argument '\\x1b[2J'"},
        {{"--"}, "unknown argument '--'"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(lines); i++) {
        char why[USAGE_WHY_MAX] = "";
        struct command command;
        bool good = read_line(&lines[i], &command, why);

        if (good != (lines[i].why == NULL)) {
            fail_msg("case %zu: %s", i, why);
        }
        if (!good && strstr(why, lines[i].why) == NULL) {
            fail_msg("case %zu says: %s", i, why);
        }
    }
}

static void
values_arrive(void **state) {
    static const struct line line = {{"--snapshot", "a.png", "--size=640x480",
                                      "--wait=3", "--scene=b",
                                      "--at=2026-01-31T07:12"},
                                     NULL};
    char why[USAGE_WHY_MAX];
    struct command command;

    (void)state;
    assert_true(read_line(&line, &command, why));
    assert_int_equal(command.mode, MODE_SNAPSHOT);
    assert_string_equal(command.picture_path, "a.png");
    assert_string_equal(command.scene_path, "b");
    assert_int_equal(command.width, 640);
    assert_int_equal(command.height, 480);
    assert_int_equal(command.wait_s, 3);
    assert_true(command.has_at);
    assert_null(command.config_path);
    assert_int_equal(command.driver, DRIVER_AUTO);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_is_taken_or_refused),
        cmocka_unit_test(values_arrive),
    };

    return cmocka_run_group_tests_name("usage", tests, NULL, NULL);
}
