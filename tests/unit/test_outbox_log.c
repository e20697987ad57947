/* What the log says of sources: each change once, and no flood in a week. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/log.h"
#include "fetch/outbox.h"

enum { WEEK_OF_TRIES = 7 * 24 * 3600 / 5 };

struct heard {
    struct loop *loop;
    struct outbox *outbox;
    int ends[2];  /* of a channel that nobody reads */
    int standard; /* the standard error that there was */
    int log;
    char text[16384];
};

static void
ignore(void *arg) {
    (void)arg;
}

static int
setup(void **state) {
    struct heard *heard = calloc(1, sizeof *heard);

    if (heard == NULL ||
        socketpair(AF_UNIX, SOCK_SEQPACKET, 0, heard->ends) != 0) {
        return -1;
    }
    log_open("test", LOG_LEVEL_INFO);
    heard->loop = loop_create();
    heard->outbox = outbox_create(heard->loop, heard->ends[0], ignore, NULL);
    heard->standard = dup(STDERR_FILENO);
    heard->log = memfd_create("log", MFD_CLOEXEC);
    *state = heard;
    return heard->log >= 0 ? 0 : -1;
}

static int
teardown(void **state) {
    struct heard *heard = *state;

    outbox_destroy(heard->outbox);
    loop_destroy(heard->loop);
    close(heard->ends[0]);
    close(heard->ends[1]);
    close(heard->standard);
    close(heard->log);
    free(heard);
    return 0;
}

static void
say(struct heard *heard, const char *source, enum source_state state,
    const char *detail) {
    dup2(heard->log, STDERR_FILENO);
    outbox_status(heard->outbox, source, state, detail);
    dup2(heard->standard, STDERR_FILENO);
}

/* How often `part` stands in the log. */
static unsigned
count(struct heard *heard, const char *part) {
    ssize_t size = pread(heard->log, heard->text, sizeof heard->text - 1, 0);
    unsigned found = 0;

    assert_in_range(size, 0, sizeof heard->text - 2); /* all of it */
    heard->text[size] = '\0';
    for (const char *at = heard->text; (at = strstr(at, part)) != NULL; at++) {
        found++;
    }
    return found;
}

/* A hub that is wrong for a week, each time in another way. */
static void
a_week_of_nonsense_is_one_line(void **state) {
    struct heard *heard = *state;
    char detail[32];

    for (int i = 0; i < WEEK_OF_TRIES; i++) {
        snprintf(detail, sizeof detail, "no JSON at byte %d", i);
        say(heard, "hub", SOURCE_BAD_REPLY, detail);
    }
    assert_int_equal(count(heard, "\n"), 1);
    assert_int_equal(count(heard, "test: hub: bad-reply: no JSON at byte 0"),
                     1);
}

/* Twenty changes within an hour, and a word that there are more; of another
 * source still everything. */
static void
a_week_of_changes_is_no_flood(void **state) {
    struct heard *heard = *state;

    for (int i = 0; i < WEEK_OF_TRIES; i++) {
        say(heard, "hub", i % 2 == 0 ? SOURCE_OFFLINE : SOURCE_BAD_REPLY, "");
    }
    assert_int_equal(count(heard, "test: hub: offline\n"), 10);
    assert_int_equal(count(heard, "test: hub: bad-reply\n"), 10);
    assert_int_equal(count(heard, "too often"), 1);
    assert_int_equal(count(heard, "\n"), 21);
    say(heard, "weather", SOURCE_OK, "");
    assert_int_equal(count(heard, "test: weather: ok\n"), 1);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_week_of_nonsense_is_one_line, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_week_of_changes_is_no_flood, setup,
                                        teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
