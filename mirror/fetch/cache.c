#include "fetch/cache.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/log.h"
#include "common/xalloc.h"
#include "fetch/cache_file.h"
#include "fetch/cache_format.h"
#include "fetch/cache_identity.h"
#include "fetch/cache_wear.h"

enum {
    SAME_BOOT_S = 2,     /* by how much two clocks may drift apart */
    WORTH_AN_END_S = 60, /* of an age that would be told wrong */
};

struct cache {
    struct loop *loop;               /* borrowed */
    struct outbox *outbox;           /* borrowed */
    const struct settings *settings; /* borrowed */
    cache_clock_fn clock;
    int directory;
    struct cache_wear wear;
    struct loop_timer timer; /* the next write, while there are news */
    struct cache_stamp read; /* of the file that was read; or zeroed */
    uint32_t content;        /* of the last write, or what was read */
    int error;               /* errno of the last write; 0: good */
    bool vouched; /* sticky: the kernel grows doubtful after 9 hours without a
                     time server, the clock itself does not */
};

static struct moment
system_clock(void) {
    struct moment now = clock_now();

    now.wall_known = now.wall_known && clock_is_vouched();
    return now;
}

static struct moment
cache_now(struct cache *cache) {
    struct moment now = cache->clock();

    cache->vouched = cache->vouched || now.wall_known;
    now.wall_known = cache->vouched;
    return now;
}

static int64_t
boot_s(const struct moment *now) {
    return (now->wall_ms - now->mono_ms) / 1000;
}

/* How long ago a wall time of the file was; -1: unknown. */
static int64_t
age_s(const struct cache *cache, const struct moment *now, int64_t then_s) {
    int64_t drift_s = boot_s(now) - cache->read.boot_s;
    bool same_boot = drift_s >= -SAME_BOOT_S && drift_s <= SAME_BOOT_S;
    int64_t now_s = now->wall_ms / 1000;

    if (then_s <= 0 || then_s > now_s || now_s - then_s > RECORD_AGE_MAX_S ||
        !(same_boot || (now->wall_known && cache->read.clock_known == 1))) {
        return -1;
    }
    return now_s - then_s;
}

/* A file of an unknown day counts as written just now. */
static void
restore_wear(struct cache *cache, const struct moment *now) {
    int64_t last_s = age_s(cache, now, cache->read.written_s);
    int64_t window_s = age_s(cache, now, cache->read.window_s);

    cache->wear = (struct cache_wear){
        .written = true,
        .last_ms = now->mono_ms - (last_s > 0 ? last_s : 0) * 1000,
        .window_ms = now->mono_ms - (window_s > 0 ? window_s : 0) * 1000,
        .early = cache->read.early_writes,
    };
}

static void
recall(void *arg, enum record_kind kind, uint64_t identity, void *record) {
    struct cache *cache = arg;
    struct moment now = cache_now(cache);
    struct record_head *head = record;

    if (identity == 0 ||
        identity != cache_identity(cache->settings, kind, head->name)) {
        return;
    }
    head->age_s = age_s(cache, &now, head->taken_s);
    outbox_put(cache->outbox, kind, record);
}

struct adding {
    struct cache *cache;
    struct cache_writer *writer;
};

static void
add_record(void *arg, enum record_kind kind, const void *record,
           int64_t record_age_s) {
    const struct adding *adding = arg;
    const struct record_head *head = record;
    uint64_t identity =
        cache_identity(adding->cache->settings, kind, head->name);
    int64_t now_s = cache_now(adding->cache).wall_ms / 1000;
    int64_t taken_s = 0;

    if (record_age_s >= 0 && now_s > record_age_s) {
        taken_s = now_s - record_age_s;
    }
    if (identity != 0) {
        cache_writer_add(adding->writer, kind, identity, record, taken_s);
    }
}

static void
collect(struct cache *cache, struct cache_writer *writer) {
    struct adding adding = {cache, writer};

    outbox_each(cache->outbox, add_record, &adding);
}

static void
note_result(struct cache *cache, int error) {
    if (error != 0 && error != cache->error) {
        errno = error;
        log_warning_errno("cache: cannot be written; going on without");
    } else if (error == 0 && cache->error != 0) {
        log_info("cache: written again");
    }
    cache->error = error;
}

static void
write_file(struct cache *cache, struct cache_writer *writer) {
    struct moment now = cache_now(cache);
    struct cache_stamp stamp = {
        .written_s = now.wall_ms / 1000,
        .boot_s = boot_s(&now),
        .clock_known = now.wall_known,
    };

    if (!cache_file_lock(cache->directory)) {
        return; /* another one writes: mirror --doctor is not the mirror */
    }
    cache_wear_count(&cache->wear, now.mono_ms);
    stamp.early_writes = cache->wear.early;
    stamp.window_s =
        stamp.written_s - (now.mono_ms - cache->wear.window_ms) / 1000;
    cache_writer_seal(writer, &stamp);
    if (cache_file_write(cache->directory, writer->bytes, writer->size)) {
        cache->content = writer->content;
        note_result(cache, 0);
    } else {
        note_result(cache, errno);
    }
}

/* A card that became read-only stays so until somebody sees to it. */
static bool
is_off(const struct cache *cache) {
    return cache->error == EROFS;
}

static void
write_news(void *arg) {
    struct cache *cache = arg;
    struct cache_writer writer = {0};

    collect(cache, &writer);
    if (writer.content != cache->content && writer.count > 0) {
        write_file(cache, &writer);
    }
    cache_writer_finish(&writer);
}

static void
on_news(void *arg) {
    struct cache *cache = arg;

    if (!cache->timer.armed && !is_off(cache)) {
        loop_set_timer(
            cache->loop, &cache->timer,
            cache_wear_due_ms(&cache->wear, cache_now(cache).mono_ms));
    }
}

/* Beside news an end writes down until when what is known was true. */
static void
write_end(struct cache *cache) {
    struct cache_writer writer = {0};
    int64_t now_ms = cache_now(cache).mono_ms;
    bool aged = now_ms - cache->wear.last_ms >= WORTH_AN_END_S * 1000;

    collect(cache, &writer);
    if (writer.news > 0 && !is_off(cache) &&
        (writer.content != cache->content || aged) &&
        cache_wear_allows(&cache->wear, now_ms)) {
        write_file(cache, &writer);
    }
    cache_writer_finish(&writer);
}

static void
set_aside(struct cache *cache, const char *wrong) {
    if (cache_file_set_aside(cache->directory)) {
        log_warning("cache: what was written down is %s; it is now %s", wrong,
                    CACHE_FILE_BAD);
    } else {
        log_warning_errno("cache: what was written down is %s; it stays",
                          wrong);
    }
}

static void
load(struct cache *cache) {
    struct cache_writer writer = {0};
    uint8_t *bytes;
    size_t size;
    const char *wrong = cache_file_read(cache->directory, &bytes, &size);

    if (wrong == NULL && bytes != NULL) {
        wrong = cache_read(bytes, size, &cache->read, recall, cache);
    }
    free(bytes);
    if (wrong != NULL) {
        set_aside(cache, wrong);
        return;
    }
    collect(cache, &writer);
    cache->content = writer.content;
    cache_writer_finish(&writer);
}

static int
open_directory(const char *list) {
    char *path = xstrndup(list, strcspn(list, ":"));
    int directory = cache_file_open_directory(path);

    free(path);
    return directory;
}

struct cache *
cache_create(struct loop *loop, struct outbox *outbox,
             const struct cache_options *options) {
    struct cache *cache;
    struct moment now;
    int directory;

    if (options->directory == NULL || options->directory[0] == '\0') {
        return NULL;
    }
    directory = open_directory(options->directory);
    if (directory < 0) {
        return NULL;
    }
    cache = xcalloc(1, sizeof *cache);
    cache->loop = loop;
    cache->outbox = outbox;
    cache->settings = options->settings;
    cache->clock = options->clock != NULL ? options->clock : system_clock;
    cache->directory = directory;
    cache->timer.fn = write_news;
    cache->timer.arg = cache;
    now = cache_now(cache);
    load(cache);
    if (cache->read.written_s != 0) {
        restore_wear(cache, &now);
    }
    outbox_watch(outbox, on_news, cache);
    return cache;
}

static void
retell(void *arg, enum record_kind kind, const void *record,
       int64_t record_age_s) {
    struct cache *cache = arg;
    struct moment now = cache_now(cache);
    size_t size = record_kind_info(kind)->size;
    struct record_head *copy;

    if (((const struct record_head *)record)->recalled == 0 ||
        record_age_s >= 0) {
        return;
    }
    copy = xcalloc(1, size);
    memcpy(copy, record, size);
    copy->age_s = age_s(cache, &now, copy->taken_s);
    if (copy->age_s >= 0) {
        outbox_put(cache->outbox, kind, copy);
    }
    free(copy);
}

void
cache_clock_set(struct cache *cache) {
    if (cache != NULL) {
        outbox_each(cache->outbox, retell, cache);
    }
}

void
cache_destroy(struct cache *cache) {
    if (cache == NULL) {
        return;
    }
    loop_cancel_timer(cache->loop, &cache->timer);
    outbox_watch(cache->outbox, NULL, NULL);
    write_end(cache);
    close(cache->directory);
    free(cache);
}
