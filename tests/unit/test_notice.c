/* The system line: what stands on the panel, and before what else. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/log.h"
#include "render/notice.h"

enum { NOW_MS = 3600 * 1000 };

struct rig {
    char path[32];
    struct page page;
    struct facts *facts;
    struct machine machine;
    struct notice notice;
};

static int
setup(void **state) {
    static const char config[] = "[mirror]\nlanguage = en\n"
                                 "[hub]\nurl = http://192.168.1.10:8080\n";
    struct rig *rig = calloc(1, sizeof *rig);
    int fd;

    if (rig == NULL) {
        return -1;
    }
    snprintf(rig->path, sizeof rig->path, "/tmp/mirror-conf-XXXXXX");
    fd = mkstemp(rig->path);
    if (fd < 0 || write(fd, config, strlen(config)) < 0 ||
        !page_load(&rig->page, rig->path)) {
        return -1;
    }
    close(fd);
    rig->facts = facts_create();
    rig->notice.machine = &rig->machine;
    *state = rig;
    return 0;
}

static int
teardown(void **state) {
    struct rig *rig = *state;

    page_finish(&rig->page);
    facts_destroy(rig->facts);
    unlink(rig->path);
    free(rig);
    return 0;
}

/* The hub in this state, for longer than the patience with it. */
static const char *
say(struct rig *rig, enum source_state hub, int config_line) {
    struct record_status status = {.count = 1};
    int64_t next_ms;

    record_head_init(&status.head, "mirror-fetch", "", 0);
    snprintf(status.sources[0].source, sizeof status.sources[0].source, "hub");
    status.sources[0].state = (uint8_t)hub;
    facts_set_connected(rig->facts, true, 0);
    facts_put(rig->facts, RECORD_STATUS, &status, 0);
    notice_text(&rig->notice, &rig->page, rig->facts, config_line, 0, &next_ms);
    return notice_text(&rig->notice, &rig->page, rig->facts, config_line,
                       NOW_MS, &next_ms);
}

static void
the_machine_stands_between_config_and_sources(void **state) {
    static const struct {
        bool low_power, hot;
        enum source_state hub;
        int line;
        const char *text;
    } cases[] = {
        {false, false, SOURCE_OK, 0, NULL},
        {false, false, SOURCE_OFFLINE, 0, "hub offline"},
        {true, false, SOURCE_OK, 0, "power supply too weak"},
        {false, true, SOURCE_OK, 0, "too hot"},
        {true, true, SOURCE_OK, 0, "power supply too weak"},
        {true, false, SOURCE_OFFLINE, 0, "power supply too weak"},
        {true, true, SOURCE_OK, 7, "config line 7"},
    };
    struct rig *rig = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *text;

        rig->machine.low_power.on = cases[i].low_power;
        rig->machine.hot.on = cases[i].hot;
        text = say(rig, cases[i].hub, cases[i].line);
        if (cases[i].text == NULL) {
            assert_null(text);
        } else {
            assert_non_null(text);
            assert_string_equal(text, cases[i].text);
        }
    }
    rig->notice.machine = NULL; /* of a picture that is drawn once */
    assert_null(say(rig, SOURCE_OK, 0));
}

static void
fonts_are_said_last(void **state) {
    struct text *whole = text_create("fonts");
    struct text *none = text_create("themes");
    const char *text;
    struct rig *rig = *state;

    assert_true(whole != NULL && none != NULL);
    rig->notice.fonts = whole;
    assert_null(say(rig, SOURCE_OK, 0));
    rig->notice.fonts = none;
    text = say(rig, SOURCE_OK, 0);
    assert_string_equal(text, text_is_block(none)
                                  ? "fonts missing: install mirror again"
                                  : "fonts damaged: install mirror again");
    assert_string_equal(say(rig, SOURCE_OFFLINE, 0), "hub offline");
    assert_string_equal(say(rig, SOURCE_OK, 7), "config line 7");
    text_destroy(whole);
    text_destroy(none);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            the_machine_stands_between_config_and_sources, setup, teardown),
        cmocka_unit_test_setup_teardown(fonts_are_said_last, setup, teardown),
    };

    log_open("test", LOG_LEVEL_NONE);
    return cmocka_run_group_tests_name("notice", tests, NULL, NULL);
}
