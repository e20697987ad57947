/*
 * A whole mirror on virtual time: a config in a folder of its own, a panel
 * that takes everything, and this process at the fetcher's end of the channel.
 * Include in one file of a test program, after unit.h and virtual_time.h.
 */
#ifndef TESTS_UNIT_MIRROR_RIG_H
#define TESTS_UNIT_MIRROR_RIG_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/channel.h"
#include "model/status.h"
#include "render/app.h"
#include "render/deny_list.h"
#include "render/screen.h"

static struct {
    char folder[32], config[64], socket[64];
    int listener, peer; /* the fetcher's end; -1: the mirror has yet to come */
    uint32_t sequence;
    uint64_t presents; /* of pictures that differ from the last */
    uint32_t ink;      /* all pixels of the last picture, or-ed */
    uint64_t blacks;   /* pictures without any, after the first */
    int flip_ms; /* from a picture to SCREEN_SHOWN; 0: that is never said */
    struct loop_timer flip;
    struct screen *screen;
} mirror_rig;

static inline void
mirror_rig_on_flip(void *unused) {
    (void)unused;
    mirror_rig.screen->event(mirror_rig.screen->arg, SCREEN_SHOWN);
}

static inline bool
mirror_rig_open(struct screen *screen, const struct screen_settings *settings) {
    (void)settings;
    screen->width = 640;
    screen->height = 400;
    mirror_rig.screen = screen;
    mirror_rig.flip = (struct loop_timer){.fn = mirror_rig_on_flip};
    return true;
}

static inline void
mirror_rig_close(struct screen *screen) {
    loop_cancel_timer(screen->loop, &mirror_rig.flip);
}

static inline bool
mirror_rig_present(struct screen *screen, const struct canvas *canvas,
                   pixman_region32_t *damage) {
    bool changed = pixman_region32_not_empty(damage) != 0;
    uint32_t before = mirror_rig.ink;

    mirror_rig.presents += changed;
    mirror_rig.ink = 0;
    for (int i = 0; i < canvas->width * canvas->height; i++) {
        mirror_rig.ink |= canvas->pixels[i] & 0xffffff;
    }
    mirror_rig.blacks += mirror_rig.ink == 0 && before != 0;
    if (changed && mirror_rig.flip_ms > 0) {
        loop_set_timer(screen->loop, &mirror_rig.flip,
                       virtual_time.mono_ms + mirror_rig.flip_ms);
    }
    return true;
}

static inline bool
mirror_rig_check(struct screen *screen, bool told) {
    (void)screen;
    (void)told;
    return true;
}

static inline void
mirror_rig_active(struct screen *screen, bool active) {
    (void)screen;
    (void)active;
}

static inline bool
mirror_rig_power(struct screen *screen, bool on) {
    (void)screen;
    (void)on;
    return true;
}

/* In the place of the real one, which is not linked. */
const struct screen_type screen_drm = {
    .name = "panel",
    .open = mirror_rig_open,
    .close = mirror_rig_close,
    .present = mirror_rig_present,
    .check = mirror_rig_check,
    .set_active = mirror_rig_active,
    .set_power = mirror_rig_power,
};

/* So is this: the fetcher's end lives in the same process. */
bool
deny_list_apply(bool window) {
    (void)window;
    return true;
}

static inline void
mirror_rig_send(enum record_kind kind, const void *record, size_t size) {
    assert_int_equal(channel_send(mirror_rig.peer, &mirror_rig.sequence, kind,
                                  0, record, size),
                     CHANNEL_OK);
}

/* The hub is in this state. */
static inline void
mirror_rig_send_status(enum source_state state) {
    struct record_status status = {0};

    record_head_init(&status.head, "mirror-fetch", "",
                     virtual_time.wall_ms / 1000);
    status.count = 1;
    snprintf(status.sources[0].source, sizeof status.sources[0].source, "hub");
    status.sources[0].state = (uint8_t)state;
    status.sources[0].since_s = virtual_time.wall_ms / 1000;
    mirror_rig_send(RECORD_STATUS, &status, sizeof status);
}

static inline void
mirror_rig_send_heartbeat(void) {
    struct record_heartbeat heartbeat = {0};

    record_head_init(&heartbeat.head, "mirror-fetch", "",
                     virtual_time.wall_ms / 1000);
    mirror_rig_send(RECORD_HEARTBEAT, &heartbeat, sizeof heartbeat);
}

/* Takes the mirror's connection; false if there is none. */
static inline bool
mirror_rig_accept(void) {
    mirror_rig.peer = accept(mirror_rig.listener, NULL, NULL);
    return mirror_rig.peer >= 0;
}

/* Sets virtual_time up, too. False if the system refuses something. */
static inline bool
mirror_rig_init(bool (*world)(void)) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    memset(&mirror_rig, 0, sizeof mirror_rig);
    mirror_rig.peer = -1;
    snprintf(mirror_rig.folder, sizeof mirror_rig.folder,
             "/tmp/mirror-rig-XXXXXX");
    if (mkdtemp(mirror_rig.folder) == NULL) {
        return false;
    }
    snprintf(mirror_rig.config, sizeof mirror_rig.config, "%s/mirror.conf",
             mirror_rig.folder);
    snprintf(mirror_rig.socket, sizeof mirror_rig.socket, "%s/s",
             mirror_rig.folder);
    snprintf(address.sun_path, sizeof address.sun_path, "%s",
             mirror_rig.socket);
    mirror_rig.listener =
        socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setenv("MIRROR_FETCH_SOCKET", mirror_rig.socket, 1);
    setenv("TZ", "UTC", 1);
    virtual_time.wakeups = 0;
    virtual_time.world = world;
    virtual_time.world_ms = INT64_MAX;
    return bind(mirror_rig.listener, (struct sockaddr *)&address,
                sizeof address) == 0 &&
           listen(mirror_rig.listener, 1) == 0;
}

/* A teardown of cmocka's. */
static inline int
mirror_rig_teardown(void **state) {
    (void)state;
    close(mirror_rig.listener);
    close(mirror_rig.peer);
    unlink(mirror_rig.config);
    unlink(mirror_rig.socket);
    rmdir(mirror_rig.folder);
    return 0;
}

/* Runs the mirror with this config until the world ends it by SIGTERM. */
static inline void
mirror_rig_run(const char *config) {
    struct app_options options = {.config_path = mirror_rig.config,
                                  .driver = DRIVER_DRM};
    FILE *file = fopen(mirror_rig.config, "w");

    assert_non_null(file);
    fputs(config, file);
    fclose(file);
    assert_int_equal(app_run(&options), 0);
}

#endif
