/* How often the mirror wakes in an hour in which nothing happens: exactly. */
#include "unit.h"

#include "virtual_time.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/channel.h"
#include "common/log.h"
#include "model/status.h"
#include "render/app.h"
#include "render/deny_list.h"
#include "render/screen.h"

enum {
    HOUR_MS = 3600 * 1000,
    SETTLE_MS = 90 * 1000, /* the start is over */
    BEAT_MS = CHANNEL_HEARTBEAT_S * 1000,
    /* In an hour: */
    BEATS = HOUR_MS / BEAT_MS,
    MINUTES = 60,
    LOOKS = HOUR_MS / 30000, /* whether the display is still the same */
};

static struct {
    char folder[32], config[64], socket[64];
    int listener, peer; /* the fetcher's end */
    uint32_t sequence;
    int64_t next_beat_ms, begin_ms;
    uint64_t wakeups_at_begin;
    uint64_t wakeups, presents; /* of the hour */
    bool quiet;
} idle;

/* A panel that takes everything. */

static bool
open_panel(struct screen *screen, const struct screen_settings *settings) {
    (void)settings;
    screen->width = 640;
    screen->height = 400;
    return true;
}

static void
close_panel(struct screen *screen) {
    (void)screen;
}

static bool
present(struct screen *screen, const struct canvas *canvas,
        pixman_region32_t *damage) {
    (void)screen;
    (void)canvas;
    if (idle.quiet && pixman_region32_not_empty(damage)) {
        idle.presents++;
    }
    return true;
}

static bool
check_panel(struct screen *screen, bool told) {
    (void)screen;
    (void)told;
    return true;
}

static void
set_active(struct screen *screen, bool active) {
    (void)screen;
    (void)active;
}

static bool
set_power(struct screen *screen, bool on) {
    (void)screen;
    (void)on;
    return true;
}

/* In the place of the real one, which is not linked. */
const struct screen_type screen_drm = {
    .name = "panel",
    .open = open_panel,
    .close = close_panel,
    .present = present,
    .check = check_panel,
    .set_active = set_active,
    .set_power = set_power,
};

/* So is this: the fetcher's end lives in the same process. */
bool
deny_list_apply(bool window) {
    (void)window;
    return true;
}

static void
send_record(enum record_kind kind, const void *record, size_t size) {
    assert_int_equal(
        channel_send(idle.peer, &idle.sequence, kind, 0, record, size),
        CHANNEL_OK);
}

static void
send_status(void) {
    struct record_status status = {0};

    record_head_init(&status.head, "mirror-fetch", "",
                     virtual_time.wall_ms / 1000);
    status.count = 1;
    snprintf(status.sources[0].source, sizeof status.sources[0].source, "hub");
    status.sources[0].state = SOURCE_OK;
    status.sources[0].since_s = virtual_time.wall_ms / 1000;
    send_record(RECORD_STATUS, &status, sizeof status);
}

static bool
beat(void) {
    struct record_heartbeat heartbeat = {0};

    if (idle.peer < 0) {
        idle.peer = accept(idle.listener, NULL, NULL);
        if (idle.peer < 0) {
            return false;
        }
        send_status();
        idle.next_beat_ms = virtual_time.mono_ms + BEAT_MS;
        virtual_time.world_ms = idle.next_beat_ms;
        return true;
    }
    if (virtual_time.mono_ms < idle.next_beat_ms) {
        return false;
    }
    record_head_init(&heartbeat.head, "mirror-fetch", "",
                     virtual_time.wall_ms / 1000);
    send_record(RECORD_HEARTBEAT, &heartbeat, sizeof heartbeat);
    idle.next_beat_ms += BEAT_MS;
    virtual_time.world_ms = idle.next_beat_ms;
    return true;
}

/* The fetcher's beat, and the hour's begin and end. */
static bool
world(void) {
    if (!idle.quiet && virtual_time.mono_ms >= idle.begin_ms) {
        idle.quiet = true;
        idle.wakeups_at_begin = virtual_time.wakeups;
    }
    if (idle.quiet && virtual_time.mono_ms >= idle.begin_ms + HOUR_MS) {
        idle.wakeups = virtual_time.wakeups - idle.wakeups_at_begin;
        idle.quiet = false;
        idle.begin_ms = INT64_MAX - HOUR_MS;
        raise(SIGTERM);
        return true;
    }
    return beat();
}

static void
write_config(const char *text) {
    FILE *file = fopen(idle.config, "w");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int
setup(void **state) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    (void)state;
    memset(&idle, 0, sizeof idle);
    idle.peer = -1;
    snprintf(idle.folder, sizeof idle.folder, "/tmp/mirror-idle-XXXXXX");
    if (mkdtemp(idle.folder) == NULL) {
        return -1;
    }
    snprintf(idle.config, sizeof idle.config, "%s/mirror.conf", idle.folder);
    snprintf(idle.socket, sizeof idle.socket, "%s/s", idle.folder);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", idle.socket);
    idle.listener =
        socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setenv("MIRROR_FETCH_SOCKET", idle.socket, 1);
    setenv("TZ", "UTC", 1);
    virtual_time.wakeups = 0;
    virtual_time.world = world;
    virtual_time.world_ms = INT64_MAX;
    idle.begin_ms = virtual_time.mono_ms + SETTLE_MS;
    return bind(idle.listener, (struct sockaddr *)&address, sizeof address) ==
                       0 &&
                   listen(idle.listener, 1) == 0
               ? 0
               : -1;
}

static int
teardown(void **state) {
    (void)state;
    close(idle.listener);
    close(idle.peer);
    unlink(idle.config);
    unlink(idle.socket);
    rmdir(idle.folder);
    return 0;
}

static void
run_an_hour(const char *config) {
    struct app_options options = {.config_path = idle.config,
                                  .driver = DRIVER_DRM};

    write_config(config);
    assert_int_equal(app_run(&options), 0);
}

static void
a_clock_of_minutes(void **state) {
    (void)state;
    run_an_hour("[hub]\ntype = openhab\nurl = http://127.0.0.1:9\n"
                "[widget clock]\nposition = top_left\n"
                "[widget lights]\nposition = top_right\n");
    assert_int_equal(idle.wakeups, BEATS + MINUTES + LOOKS);
    assert_int_equal(idle.presents, MINUTES);
}

static void
a_clock_of_seconds(void **state) {
    (void)state;
    run_an_hour("[widget clock]\nposition = top_left\nseconds = yes\n");
    assert_int_equal(idle.wakeups, BEATS + MINUTES * 60 + LOOKS);
    assert_int_equal(idle.presents, MINUTES * 60);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_clock_of_minutes, setup, teardown),
        cmocka_unit_test_setup_teardown(a_clock_of_seconds, setup, teardown),
    };

    log_open("test", LOG_LEVEL_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
