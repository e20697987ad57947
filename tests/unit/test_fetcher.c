/*
 * The reading end against fetchers that misbehave. The fake fetcher is this
 * program itself, started again with FAKE_FETCH in its environment.
 */
#include "unit.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/channel.h"
#include "common/clock.h"
#include "common/log.h"
#include "model/message.h"
#include "render/fetcher.h"

enum { PATIENCE_MS = 20000, FLOOD = 300 };

/* What the child does */

static bool
send_message(uint32_t *sequence, const char *text) {
    struct record_message message = {.until_s = RECORD_NO_TIME};

    record_head_init(&message.head, "hub", "", 0);
    snprintf(message.text, sizeof message.text, "%s", text);
    for (;;) {
        struct pollfd room = {.fd = CHANNEL_FD, .events = POLLOUT};
        enum channel_result result = channel_send(
            CHANNEL_FD, sequence, RECORD_MESSAGE, 0, &message, sizeof message);

        if (result != CHANNEL_AGAIN) {
            return result == CHANNEL_OK;
        }
        poll(&room, 1, -1);
    }
}

static void
wait_for_the_end(void) {
    struct pollfd end = {.fd = CHANNEL_FD};

    poll(&end, 1, PATIENCE_MS); /* POLLHUP */
}

static int
only_our_descriptors_are_open(void) {
    for (int fd = CHANNEL_FD + 1; fd < 256; fd++) {
        if (fcntl(fd, F_GETFD) >= 0) {
            return 0;
        }
    }
    return 1;
}

static int
fake_fetch(const char *what, int count, char **arguments) {
    /* The emulator's script hands no name on. */
    const char *name = getenv("MIRROR_SELF") ? "mirror-fetch" : arguments[0];
    uint32_t sequence = 0;
    char text[64];

    if (strcmp(what, "exit") == 0) {
        return 3;
    }
    if (strcmp(what, "deaf") == 0) {
        signal(SIGABRT, SIG_IGN);
        signal(SIGTERM, SIG_IGN);
        poll(NULL, 0, PATIENCE_MS);
        return 0;
    }
    if (strcmp(what, "garbage") == 0) {
        send(CHANNEL_FD, "garbage", 7, 0);
    } else if (strcmp(what, "gap") == 0) {
        send_message(&sequence, "first");
        sequence += 1;
        send_message(&sequence, "third");
    } else if (strcmp(what, "lie") == 0) {
        send_message(&sequence, "\xff\xfe");
    } else if (strcmp(what, "flood") == 0) {
        for (int i = 0; i < FLOOD; i++) {
            send_message(&sequence, "flood");
        }
    } else if (strcmp(what, "good") == 0) {
        snprintf(text, sizeof text, "%d %s %s %d", count, name,
                 count > 2 ? arguments[2] : "-",
                 only_our_descriptors_are_open());
        send_message(&sequence, text);
    }
    wait_for_the_end();
    return 0;
}

/* What the parent sees */

struct watch {
    struct loop *loop;
    struct fetcher *fetcher;
    int connected, lost, records;
    int records_in_turn, records_in_turn_max;
    char text[RECORD_TEXT_MAX];
    int64_t lost_ms[8];
};

static void
on_record(void *arg, unsigned kind, const void *record, bool connected) {
    struct watch *watch = arg;

    if (kind != 0) {
        const struct record_message *message = record;

        assert_int_equal(kind, RECORD_MESSAGE);
        snprintf(watch->text, sizeof watch->text, "%s", message->text);
        watch->records++;
        watch->records_in_turn++;
    } else if (connected) {
        watch->connected++;
    } else {
        watch->lost_ms[watch->lost % 8] = clock_monotonic_ms();
        watch->lost++;
    }
}

/* Under an emulator, the script that starts this program in one. */
static const char *
self(void) {
    const char *script = getenv("MIRROR_SELF");

    return script != NULL ? script : "/proc/self/exe";
}

static struct watch *
start(const char *what, struct fetcher_options options) {
    struct watch *watch = calloc(1, sizeof *watch);

    assert_non_null(watch);
    if (what != NULL) {
        setenv("FAKE_FETCH", what, 1);
        options.program = self();
    }
    options.fn = on_record;
    options.arg = watch;
    watch->loop = loop_create();
    assert_non_null(watch->loop);
    watch->fetcher = fetcher_create(watch->loop, &options);
    return watch;
}

static void
stop(struct watch *watch) {
    fetcher_destroy(watch->fetcher);
    loop_destroy(watch->loop);
    free(watch);
}

/* Turns the loop until *counter reaches `count`; fails after 20 s. */
static void
turn_until(struct watch *watch, const int *counter, int count) {
    int64_t end_ms = clock_monotonic_ms() + PATIENCE_MS;

    while (*counter < count) {
        assert_true(clock_monotonic_ms() < end_ms);
        watch->records_in_turn = 0;
        assert_true(loop_turn(watch->loop, 1000));
        if (watch->records_in_turn > watch->records_in_turn_max) {
            watch->records_in_turn_max = watch->records_in_turn;
        }
    }
}

static void
a_good_record_arrives(void **state) {
    struct watch *watch =
        start("good", (struct fetcher_options){.config_path = "some.conf"});

    (void)state;
    turn_until(watch, &watch->records, 1);
    assert_int_equal(watch->connected, 1);
    assert_string_equal(watch->text, "3 mirror-fetch some.conf 1");
    assert_int_equal(watch->lost, 0);
    stop(watch);

    watch = start("good", (struct fetcher_options){0});
    turn_until(watch, &watch->records, 1);
    assert_string_equal(watch->text, "1 mirror-fetch - 1");
    stop(watch);
}

static void
a_restart_does_not_wait(void **state) {
    struct watch *watch =
        start("good", (struct fetcher_options){.retry_ms = 600000});

    (void)state;
    turn_until(watch, &watch->records, 1);
    fetcher_restart(watch->fetcher);
    turn_until(watch, &watch->records, 2);
    assert_int_equal(watch->lost, 1);
    assert_int_equal(watch->connected, 2);
    stop(watch);
}

/* One that is never up is tried after 1, 2, 4 ... units, not in a circle: in
 * 40 ms of pauses of 5 ms and more there is room for three tries at most. */
static void
one_that_exits_at_once_is_no_busy_loop(void **state) {
    struct watch *watch =
        start("exit", (struct fetcher_options){.retry_ms = 5});
    int64_t end_ms = clock_monotonic_ms() + 40;

    (void)state;
    while (clock_monotonic_ms() < end_ms) {
        loop_turn(watch->loop, 5);
    }
    assert_int_equal(watch->connected, 0);
    assert_int_equal(watch->lost, 0); /* never up, so never lost */
    /* A try wakes the loop three times: its timer, its socket, its end. */
    assert_in_range(loop_wakeups(watch->loop), 1, 8 + 4 * 3 * 2);
    stop(watch);
}

static void
nonsense_ends_the_connection(void **state) {
    static const struct {
        const char *what;
        int records; /* before the nonsense */
    } cases[] = {{"garbage", 0}, {"gap", 1}, {"lie", 0}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct watch *watch =
            start(cases[i].what, (struct fetcher_options){.retry_ms = 600000});
        int64_t end_ms = clock_monotonic_ms() + 300;

        turn_until(watch, &watch->lost, cases[i].records);
        while (clock_monotonic_ms() < end_ms) {
            loop_turn(watch->loop, 20);
        }
        assert_int_equal(watch->records, cases[i].records);
        assert_int_equal(watch->lost, cases[i].records > 0);
        stop(watch);
    }
}

static void
it_comes_back_after_nonsense(void **state) {
    struct watch *watch = start("gap", (struct fetcher_options){.retry_ms = 1});

    (void)state;
    turn_until(watch, &watch->lost, 3);
    assert_int_equal(watch->records, 3);
    assert_int_equal(watch->connected, 3);
    stop(watch);
}

/* Silent, and deaf to every signal it can ignore: SIGKILL in the end. */
static void
a_hung_one_is_ended(void **state) {
    /* The next one has to speak in this time; an emulator starts slowly. */
    int hang_ms = getenv("MIRROR_RUN") != NULL ? 2000 : 30;
    struct watch *watch =
        start("deaf", (struct fetcher_options){
                          .retry_ms = 1, .hang_ms = hang_ms, .grace_ms = 30});
    int64_t end_ms = clock_monotonic_ms() + PATIENCE_MS;

    (void)state;
    setenv("FAKE_FETCH", "good", 1); /* what comes next */
    while (watch->records == 0) {
        assert_true(clock_monotonic_ms() < end_ms);
        assert_true(loop_turn(watch->loop, 1000));
    }
    assert_int_equal(watch->lost, 0);
    stop(watch);
}

static void
a_flood_leaves_time_for_the_rest(void **state) {
    struct watch *watch = start("flood", (struct fetcher_options){0});

    (void)state;
    turn_until(watch, &watch->records, FLOOD);
    assert_in_range(watch->records_in_turn_max, 1, 16);
    stop(watch);
}

static void
a_missing_program_is_survived(void **state) {
    struct watch *watch =
        start(NULL, (struct fetcher_options){.program = "/no/such/program",
                                             .retry_ms = 1});

    (void)state;
    for (int i = 0; i < 20; i++) {
        loop_turn(watch->loop, 5);
    }
    assert_int_equal(watch->connected, 0);
    stop(watch);
}

static int
listen_at(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    assert_int_equal(
        bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(fd, 1), 0);
    return fd;
}

static void
serve_one(int listener, const char *text) {
    struct record_message message = {.until_s = RECORD_NO_TIME};
    int fd = accept(listener, NULL, NULL);
    uint32_t sequence = 0;

    assert_true(fd >= 0);
    record_head_init(&message.head, "hub", "", 0);
    snprintf(message.text, sizeof message.text, "%s", text);
    assert_int_equal(channel_send(fd, &sequence, RECORD_MESSAGE, 0, &message,
                                  sizeof message),
                     CHANNEL_OK);
    close(fd);
}

/* A service manager's socket: not there, then there, then closed, again. */
static void
a_socket_is_connected_again_and_again(void **state) {
    char folder[] = "/tmp/mirror-fetcher-XXXXXX";
    char path[64];
    struct watch *watch;
    int listener;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/fetch", folder);
    watch = start(NULL,
                  (struct fetcher_options){.socket_path = path, .retry_ms = 1});
    loop_turn(watch->loop, 5);
    listener = listen_at(path);
    for (int i = 1; i <= 3; i++) {
        struct pollfd caller = {.fd = listener, .events = POLLIN};

        while (poll(&caller, 1, 0) == 0) {
            loop_turn(watch->loop, 20);
        }
        serve_one(listener, "by socket");
        turn_until(watch, &watch->lost, i);
        assert_int_equal(watch->records, i);
        assert_string_equal(watch->text, "by socket");
    }
    stop(watch);
    close(listener);
    unlink(path);
    rmdir(folder);
}

int
main(int count, char **arguments) {
    const char *what = getenv("FAKE_FETCH");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_record_arrives),
        cmocka_unit_test(a_restart_does_not_wait),
        cmocka_unit_test(one_that_exits_at_once_is_no_busy_loop),
        cmocka_unit_test(nonsense_ends_the_connection),
        cmocka_unit_test(it_comes_back_after_nonsense),
        cmocka_unit_test(a_hung_one_is_ended),
        cmocka_unit_test(a_flood_leaves_time_for_the_rest),
        cmocka_unit_test(a_missing_program_is_survived),
        cmocka_unit_test(a_socket_is_connected_again_and_again),
    };

    log_open("test", LOG_LEVEL_NONE);
    if (what != NULL) {
        return fake_fetch(what, count, arguments);
    }
    return cmocka_run_group_tests_name("fetcher", tests, NULL, NULL);
}
