/*
 * Months in minutes: the whole way from the hub's bytes to the pixels, in one
 * process, on a clock that passes as fast as the work is done.
 *
 *   soak CONFIG ITEMS WEATHER FOLDER events COUNT   one event each 10 s
 *   soak CONFIG ITEMS WEATHER FOLDER glyphs PASSES  every character there is,
 *                                                   or with STRIDE every so
 *                                                   many lines one
 *
 * Writes one JSON object a line: ten samples of what the process holds, the
 * last of them with what was done. FOLDER holds the cache, the channel's
 * socket and the config with its @URL@ filled in.
 */
#include <stdbool.h>

#include "tests/unit/virtual_time.h"

#include <dirent.h>
#include <malloc.h>
#include <sys/un.h>

#include "common/log.h"
#include "common/paths.h"
#include "common/str.h"
#include "fetch/cache.h"
#include "fetch/json.h"
#include "fetch/source.h"
#include "render/fetcher.h"
#include "render/frame.h"
#include "render/page.h"
#include "soak_hub.h"

enum {
    WIDTH = 800,
    HEIGHT = 480,
    STEP_MS = 10000,
    RESTART_EVERY = 6000, /* events: the hub goes, and is back */
    TURNS_MAX = 1000,
    SAMPLES = 10,
    SOURCES_MAX = 8,
    GLYPHS = 40, /* on a line */
    CODE_END = 0x20000,
};

struct soak {
    struct loop *loop;
    struct soak_hub hub;
    char folder[64], config[128], socket[128];
    int listener, channel;

    struct page page; /* of the mirror */
    struct text *text;
    struct theme theme;
    struct facts *facts;
    struct fetcher *fetcher;
    struct frame frame;
    int64_t next_ms; /* wall time of the picture's next change */
    bool dirty;
    unsigned records, frames;

    struct settings settings; /* of the fetcher */
    struct http *http;
    struct outbox *outbox;
    struct cache *cache;
    struct source_env env;
    void *sources[SOURCES_MAX];
};

static void
die(const char *what) {
    fprintf(stderr, "soak: %s\n", what);
    exit(1);
}

static void
on_record(void *arg, unsigned kind, const void *record, bool connected) {
    struct soak *soak = arg;
    int64_t now_ms = clock_monotonic_ms();

    if (kind == 0) {
        facts_set_connected(soak->facts, connected, now_ms);
        soak->dirty = true;
        return;
    }
    soak->records++;
    soak->dirty |= facts_put(soak->facts, kind, record, now_ms);
}

static void
on_closed(void *arg) {
    (void)arg;
    die("the mirror has closed the channel");
}

/* The config with the hub's address in it. */
static void
write_config(struct soak *soak, const char *template) {
    char *text = soak_file(template);
    FILE *file;
    char *at;

    snprintf(soak->config, sizeof soak->config, "%s/mirror.conf", soak->folder);
    file = fopen(soak->config, "w");
    if (file == NULL) {
        die("no config");
    }
    for (char *from = text; from != NULL; from = at) {
        at = strstr(from, "@URL@");
        if (at == NULL) {
            fputs(from, file);
            break;
        }
        fprintf(file, "%.*shttp://127.0.0.1:%d", (int)(at - from), from,
                soak->hub.port);
        at += 5;
    }
    fclose(file);
    free(text);
}

static void
start_mirror(struct soak *soak) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char fonts[PATHS_MAX];
    struct theme_panel panel;

    snprintf(address.sun_path, sizeof address.sun_path, "%s/fetch",
             soak->folder);
    soak->listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (bind(soak->listener, (struct sockaddr *)&address, sizeof address) !=
            0 ||
        listen(soak->listener, 1) != 0) {
        die("no socket");
    }
    soak->facts = facts_create();
    soak->fetcher = fetcher_create(
        soak->loop, &(struct fetcher_options){.socket_path = address.sun_path,
                                              .fn = on_record,
                                              .arg = soak});
    soak->channel = accept(soak->listener, NULL, NULL);
    if (!paths_fonts(fonts) || !page_load(&soak->page, soak->config)) {
        die("no page");
    }
    soak->text = text_create(fonts);
    if (soak->text == NULL ||
        !frame_init(&soak->frame, soak->text, WIDTH, HEIGHT, DEPTH_32)) {
        die("no frame");
    }
    panel = page_panel(&soak->page, WIDTH, HEIGHT, 0, 0);
    theme_scale(&soak->theme, &soak->page.theme, &panel);
}

static void
start_fetch(struct soak *soak) {
    struct config config = {0};

    config_load(&config, soak->config);
    settings_read(&soak->settings, &config);
    config_finish(&config);
    json_limit_heap(24 * 1024 * 1024);
    soak->http = http_create(soak->loop, "mirror/soak");
    soak->outbox = outbox_create(soak->loop, soak->channel, on_closed, soak);
    soak->cache =
        cache_create(soak->loop, soak->outbox,
                     &(struct cache_options){.directory = soak->folder,
                                             .settings = &soak->settings});
    soak->env = (struct source_env){soak->loop, soak->http, soak->outbox,
                                    &soak->settings, ""};
    for (size_t i = 0; source_types[i] != NULL && i < SOURCES_MAX; i++) {
        if (source_types[i]->wanted(&soak->settings)) {
            soak->sources[i] = source_types[i]->create(&soak->env);
        }
    }
}

static void
finish(struct soak *soak) {
    cache_destroy(soak->cache);
    for (size_t i = 0; source_types[i] != NULL && i < SOURCES_MAX; i++) {
        source_types[i]->destroy(soak->sources[i]);
    }
    outbox_destroy(soak->outbox);
    http_destroy(soak->http);
    close(soak->channel);
    fetcher_destroy(soak->fetcher);
    close(soak->listener);
    frame_finish(&soak->frame);
    page_finish(&soak->page);
    text_destroy(soak->text);
    facts_destroy(soak->facts);
    soak_hub_finish(&soak->hub);
    loop_destroy(soak->loop);
}

/* Turns until nothing is ready any more. What has just been sent over loopback
 * may take a turn. */
static void
settle(struct soak *soak) {
    int quiet = 0;

    for (int i = 0; i < TURNS_MAX && quiet < 3; i++) {
        if (!loop_turn(soak->loop, 0)) {
            die("poll");
        }
        quiet = virtual_time.ready > 0 ? 0 : quiet + 1;
    }
}

static void
draw(struct soak *soak) {
    struct painter base = page_painter(&soak->page);

    base.text = soak->text;
    base.theme = &soak->theme;
    base.facts = soak->facts;
    base.now = clock_now();
    if (soak->dirty) {
        soak->next_ms =
            frame_draw(&soak->frame, &soak->page.layout, &base, NULL);
    } else if (base.now.wall_ms >= soak->next_ms) {
        soak->next_ms =
            frame_tick(&soak->frame, &soak->page.layout, &base, NULL);
    } else {
        return;
    }
    soak->dirty = false;
    soak->frames++;
    frame_clean(&soak->frame);
}

static int
entries(const char *path) {
    DIR *folder = opendir(path);
    int count = -3; /* ".", ".." and, of descriptors, its own */

    while (folder != NULL && readdir(folder) != NULL) {
        count++;
    }
    closedir(folder);
    return count;
}

/* Of what is our own: pages of libraries come and go. */
static long
resident_kb(void) {
    static const char name[] = "RssAnon:";
    FILE *file = fopen("/proc/self/status", "r");
    char line[256];
    long kb = -1;

    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, name, sizeof name - 1) == 0) {
            kb = strtol(line + sizeof name - 1, NULL, 10);
        }
    }
    if (kb < 0) {
        die("no /proc/self/status");
    }
    fclose(file);
    return kb;
}

/* At a moment at which nothing is being asked. */
static void
sample(struct soak *soak, const char *more) {
    struct mallinfo2 heap;

    while (soak_lines_open(&soak->hub) != 2) {
        virtual_time_pass(STEP_MS);
        soak_event(&soak->hub);
        settle(soak);
        draw(soak);
    }
    heap = mallinfo2();
    printf("{\"day\":%.1f,\"heap\":%zu,\"anon_kb\":%ld,\"fds\":%d,"
           "\"threads\":%d,\"text_bytes\":%zu,\"text_lines\":%zu%s}\n",
           (double)(virtual_time.mono_ms - 3600000) / 86400000.0,
           heap.uordblks + heap.hblkhd, resident_kb(), entries("/proc/self/fd"),
           entries("/proc/self/task") + 1, text_counters(soak->text).bytes,
           text_counters(soak->text).lines, more);
    fflush(stdout);
}

static void
last_sample(struct soak *soak) {
    const struct source_status *hub = facts_find_source(soak->facts, "hub");
    struct text_counters text = text_counters(soak->text);
    char more[256];

    snprintf(more, sizeof more,
             ",\"events\":%u,\"polls\":%u,\"faults\":%u,\"restarts\":%u,"
             "\"records\":%u,\"frames\":%u,\"hub\":\"%s\",\"evictions\":%llu",
             soak->hub.events, soak->hub.polls, soak->hub.faults,
             soak->hub.restarts, soak->records, soak->frames,
             hub != NULL ? source_state_name(hub->state) : "",
             (unsigned long long)text.evictions);
    sample(soak, more);
}

/* A message of the next characters, as a record of the channel. */
static void
put_message(struct soak *soak, unsigned code) {
    struct record_message message = {.until_s = RECORD_NO_TIME};
    size_t size = 0;

    record_head_init(&message.head, "hub", "", clock_now().wall_ms / 1000);
    message.head.live = 1;
    for (unsigned i = 0; i < GLYPHS; i++, code++) {
        bool drawn = code >= 0x20 && (code < 0x7f || code > 0x9f) &&
                     (code < 0xd800 || code > 0xdfff);

        size += drawn ? str_utf8_encode(code, message.text + size) : 0;
    }
    if (record_check(RECORD_MESSAGE, &message, sizeof message)) {
        on_record(soak, RECORD_MESSAGE, &message, true);
    }
}

/* Until the cache of texts has thrown some away: it may take that much, and
 * minutes and temperatures alone need weeks to fill it. */
static void
fill_text_cache(struct soak *soak) {
    unsigned code = 0x4e00;

    while (text_counters(soak->text).evictions < GLYPHS) {
        put_message(soak, code);
        draw(soak);
        code += GLYPHS;
    }
}

static void
soak_events(struct soak *soak, unsigned count) {
    fill_text_cache(soak);
    for (unsigned i = 0; i < count; i++) {
        virtual_time_pass(STEP_MS);
        soak_event(&soak->hub);
        settle(soak);
        draw(soak);
        if ((i + 1) % RESTART_EVERY == 0) {
            soak_restart(&soak->hub);
        }
        if ((i + 1) % (count / SAMPLES) == 0 && i + 1 < count) {
            sample(soak, "");
        }
    }
    last_sample(soak);
}

static void
soak_glyphs(struct soak *soak, unsigned passes, unsigned stride) {
    for (unsigned pass = 0; pass < passes; pass++) {
        for (unsigned code = 0x20; code < CODE_END; code += GLYPHS * stride) {
            put_message(soak, code);
            draw(soak);
        }
        virtual_time_pass(STEP_MS); /* heard, and not given up */
        soak_event(&soak->hub);
        settle(soak);
        if (pass + 1 < passes) {
            sample(soak, "");
        }
    }
    last_sample(soak);
}

int
main(int count, char **arguments) {
    static struct soak soak;
    unsigned amount = count > 6 ? (unsigned)strtoul(arguments[6], NULL, 10) : 0;
    unsigned stride = count > 7 ? (unsigned)strtoul(arguments[7], NULL, 10) : 1;

    if (amount == 0 || stride == 0) {
        die("CONFIG ITEMS WEATHER FOLDER events|glyphs NUMBER [STRIDE]");
    }
    log_open("soak", LOG_LEVEL_NONE);
    snprintf(soak.folder, sizeof soak.folder, "%s", arguments[4]);
    soak.loop = loop_create();
    soak_hub_init(&soak.hub, soak.loop, arguments[2], arguments[3]);
    virtual_time.wall_ms = soak.hub.weather_s * 1000;
    write_config(&soak, arguments[1]);
    start_mirror(&soak);
    start_fetch(&soak);
    settle(&soak);
    soak.dirty = true;
    if (strcmp(arguments[5], "glyphs") == 0) {
        soak_glyphs(&soak, amount, stride);
    } else {
        soak_events(&soak, amount);
    }
    finish(&soak);
    return 0;
}
