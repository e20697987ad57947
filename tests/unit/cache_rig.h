/* The cache in a directory of its own, with a clock of the test. */
#ifndef TESTS_UNIT_CACHE_RIG_H
#define TESTS_UNIT_CACHE_RIG_H

#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/log.h"
#include "fetch/cache.h"
#include "fetch/cache_file.h"
#include "model/message.h"

enum { T0_S = 1800000000, HOUR_S = 3600 };

/* What the test has for a clock; cache_clock_fn takes no argument. */
static struct moment test_now;

static inline struct moment
test_clock(void) {
    return test_now;
}

struct rig {
    char path[64];
    int directory;
    int ends[2]; /* the outbox writes to 0, nobody reads */
    struct settings settings;
    struct loop *loop;
    struct outbox *outbox;
    struct cache *cache;
};

static inline int
setup(void **state) {
    struct rig *rig = calloc(1, sizeof *rig);

    if (rig == NULL) {
        return -1;
    }
    log_open("test", LOG_LEVEL_NONE);
    snprintf(rig->path, sizeof rig->path, "/tmp/mirror-cache-XXXXXX");
    if (mkdtemp(rig->path) == NULL) {
        return -1;
    }
    rig->directory = open(rig->path, O_RDONLY | O_DIRECTORY);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, rig->ends) != 0) {
        return -1;
    }
    settings_init(&rig->settings);
    rig->settings.hub.present = rig->settings.message.present = true;
    rig->settings.weather.present = true;
    snprintf(rig->settings.hub.url, sizeof rig->settings.hub.url,
             "http://192.168.1.10:8080");
    test_now = (struct moment){T0_S * INT64_C(1000), 50000000, true};
    *state = rig;
    return 0;
}

static inline void
start(struct rig *rig) {
    struct cache_options options = {.directory = rig->path,
                                    .settings = &rig->settings,
                                    .clock = test_clock};

    rig->loop = loop_create();
    rig->outbox = outbox_create(rig->loop, rig->ends[0], NULL, NULL);
    rig->cache = cache_create(rig->loop, rig->outbox, &options);
}

static inline void
stop(struct rig *rig) {
    cache_destroy(rig->cache);
    outbox_destroy(rig->outbox);
    loop_destroy(rig->loop);
    rig->cache = NULL;
    rig->outbox = NULL;
    rig->loop = NULL;
}

static inline int
teardown(void **state) {
    static const char *const names[] = {CACHE_FILE_NAME, CACHE_FILE_BAD,
                                        CACHE_FILE_TEMP, "elsewhere"};
    struct rig *rig = *state;

    stop(rig);
    for (size_t i = 0; i < COUNT(names); i++) {
        if (unlinkat(rig->directory, names[i], 0) != 0) {
            unlinkat(rig->directory, names[i], AT_REMOVEDIR);
        }
    }
    close(rig->directory);
    close(rig->ends[0]);
    close(rig->ends[1]);
    assert_int_equal(rmdir(rig->path), 0);
    free(rig);
    return 0;
}

static inline void
pass(int64_t seconds) {
    test_now.wall_ms += seconds * 1000;
    test_now.mono_ms += seconds * 1000;
}

/* The machine was switched off for so long. */
static inline void
reboot(int64_t seconds) {
    test_now.wall_ms += seconds * 1000;
    test_now.mono_ms = 9000;
}

static inline void
put_message(struct rig *rig, const char *text) {
    struct record_message message = {.until_s = RECORD_NO_TIME};

    record_head_init(&message.head, "hub", "", T0_S);
    message.head.live = 1;
    snprintf(message.text, sizeof message.text, "%s", text);
    outbox_status(rig->outbox, "hub", SOURCE_OK, "");
    outbox_put(rig->outbox, RECORD_MESSAGE, &message);
}

struct found {
    int count;
    char text[RECORD_TEXT_MAX];
    struct record_head head;
    int64_t age_s;
};

static inline void
find(void *arg, enum record_kind kind, const void *record, int64_t age_s) {
    struct found *found = arg;
    const struct record_message *message = record;

    assert_int_equal(kind, RECORD_MESSAGE);
    found->count++;
    found->age_s = age_s;
    found->head = message->head;
    memcpy(found->text, message->text, sizeof found->text);
}

static inline struct found
recalled(struct rig *rig) {
    struct found found = {0};

    outbox_each(rig->outbox, find, &found);
    return found;
}

static inline void
run_once(struct rig *rig, const char *text) {
    start(rig);
    put_message(rig, text);
    stop(rig);
}

static inline bool
exists(const struct rig *rig, const char *name) {
    struct stat state;

    return fstatat(rig->directory, name, &state, AT_SYMLINK_NOFOLLOW) == 0;
}

/* Which inode the file is: each write makes a new one. */
static inline ino_t
inode(const struct rig *rig) {
    struct stat state = {0};

    fstatat(rig->directory, CACHE_FILE_NAME, &state, 0);
    return state.st_ino;
}

#endif
