/*
 * Pieces of work for counting their instructions: callgrind collects what runs
 * below counted(), and tests/bench/arm a program for another processor between
 * two calls of sched_yield(). Everything else, the way there and a first round that fills
 * the caches, is not counted. The result depends on nothing but the program,
 * its libraries and the processor they choose their code for.
 *
 *   bench_count redraw CONFIG WxH SECONDS   a page as of that time, from nothing
 *   bench_count tick CONFIG WxH SECONDS     the minute after it
 *   bench_count event                       a lamp switched by the hub's stream
 *   bench_count weather FILE                a reply of Open-Meteo
 */
#include <sched.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench_page.h"
#include "fetch/hubs/openhab_hub.h"
#include "fetch/outbox.h"
#include "fetch/weather/open_meteo_parse.h"

enum { REPLY_MAX = 256 * 1024, LAMPS = 40 };

/* Global and never inlined: callgrind knows it by its name. */
__attribute__((noinline)) void
counted(void (*work)(void *), void *arg);

void
counted(void (*work)(void *), void *arg) {
    work(arg);
    __asm__ volatile("" : : : "memory"); /* no jump in place of the call */
}

/* Two calls that do nothing, for who counts by system calls. */
static void
count(void (*work)(void *), void *arg) {
    sched_yield();
    counted(work, arg);
    sched_yield();
}

struct page_work {
    struct bench bench;
    struct painter base;
};

static void
redraw(void *arg) {
    struct page_work *work = arg;

    frame_draw(&work->bench.frame, &work->bench.page.layout, &work->base, NULL);
}

static void
tick(void *arg) {
    struct page_work *work = arg;

    frame_tick(&work->bench.frame, &work->bench.page.layout, &work->base, NULL);
}

static int
count_page(char **argv) {
    struct page_work work = {0};
    char *times;
    int width = (int)strtol(argv[3], &times, 10);
    int height = *times == 'x' ? (int)strtol(times + 1, NULL, 10) : 0;
    int64_t wall_ms = strtoll(argv[4], NULL, 10) * 1000;
    bool good = bench_start(&work.bench, argv[2], width, height) &&
                bench_wait(&work.bench);

    if (good) {
        work.base = bench_painter(&work.bench, wall_ms);
        work.base.now.wall_known = true;
        redraw(&work);
        frame_forget(&work.bench.frame);
        if (strcmp(argv[1], "redraw") == 0) {
            count(redraw, &work);
        } else {
            redraw(&work);
            frame_clean(&work.bench.frame);
            work.base.now.wall_ms += 60000;
            count(tick, &work);
        }
    }
    bench_finish(&work.bench);
    return good ? 0 : 1;
}

struct event_work {
    struct settings settings;
    struct openhab hub;
    struct sse sse;
    int ends[2];
    char text[256];
};

/* As the tracker's stream does it, from bytes to the packet. */
static bool
take_event(void *arg, const char *name, char *data, size_t size) {
    struct event_work *work = arg;
    uint32_t uses;

    (void)name;
    if (!openhab_states_read(&work->hub.model, data, size, &uses)) {
        return false;
    }
    openhab_publish(&work->hub, uses);
    return true;
}

static void
event(void *arg) {
    struct event_work *work = arg;

    if (!sse_feed(&work->sse, work->text, strlen(work->text))) {
        log_error("bench: the event was refused");
    }
}

/* A house of lamps, all off. */
static void
build_house(struct event_work *work) {
    struct openhab_items items = {0};
    struct openhab_wants wants;
    char text[256];

    openhab_wants_init(&wants, &work->settings);
    for (int i = 0; i < LAMPS; i++) {
        const char *why;
        cJSON *item;

        snprintf(text, sizeof text,
                 "{\"name\":\"Lamp_%d\",\"type\":\"Dimmer\",\"label\":\"Lamp "
                 "%d\",\"metadata\":{\"semantics\":{\"value\":"
                 "\"Equipment_Lightbulb\"}}}",
                 i, i);
        item = json_parse(text, strlen(text), &why);
        openhab_items_add(&items, &wants, item);
        cJSON_Delete(item);
    }
    openhab_items_seal(&items);
    openhab_model_build(&work->hub.model, &items, &work->settings);
    openhab_items_finish(&items);
    openhab_wants_finish(&wants);
    for (int i = 0; i < LAMPS; i++) {
        snprintf(text, sizeof text, "Lamp_%d", i);
        openhab_model_state(&work->hub.model, text, "0", NULL);
    }
}

static void
switch_lamp(struct event_work *work, const char *state) {
    snprintf(work->text, sizeof work->text,
             "data: {\"Lamp_7\":{\"state\":\"%s\"}}\n\n", state);
}

static void
nobody(void *unused) {
    (void)unused;
}

static int
count_event(void) {
    static struct event_work work;
    struct loop *loop = loop_create();
    char packet[65536];
    ssize_t size;

    if (loop == NULL ||
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, work.ends) < 0) {
        return 1;
    }
    settings_init(&work.settings);
    work.hub.env.loop = loop;
    work.hub.env.settings = &work.settings;
    work.hub.env.outbox = outbox_create(loop, work.ends[0], nobody, NULL);
    build_house(&work);
    sse_init(&work.sse, SSE_EVENT_MAX, take_event, &work);
    switch_lamp(&work, "100");
    event(&work);
    size = read(work.ends[1], packet, sizeof packet);
    switch_lamp(&work, "40");
    count(event, &work);
    size = read(work.ends[1], packet, sizeof packet);
    sse_finish(&work.sse);
    openhab_model_finish(&work.hub.model);
    openhab_things_finish(&work.hub.things);
    loop_cancel_timer(loop, &work.hub.silent);
    outbox_destroy(work.hub.env.outbox);
    loop_destroy(loop);
    return size > 0 ? 0 : 1;
}

struct weather_work {
    char text[REPLY_MAX];
    size_t size;
    struct record_weather weather;
    bool good;
};

static void
weather(void *arg) {
    static const struct open_meteo_asked asked = {
        .now_s = 1792814820, .latitude_deg = 59.91, .longitude_deg = 10.75};
    struct weather_work *work = arg;
    char note[RECORD_TEXT_MAX];

    work->good =
        open_meteo_parse(&asked, work->text, work->size, &work->weather, note);
}

static int
count_weather(const char *path) {
    static struct weather_work work;
    FILE *file = fopen(path, "rb");

    if (file == NULL) {
        return 1;
    }
    work.size = fread(work.text, 1, sizeof work.text - 1, file);
    fclose(file);
    weather(&work);
    count(weather, &work);
    return work.good ? 0 : 1;
}

int
main(int argc, char **argv) {
    log_open("bench_count", LOG_LEVEL_ERROR);
    if (argc == 5 &&
        (strcmp(argv[1], "redraw") == 0 || strcmp(argv[1], "tick") == 0)) {
        return count_page(argv);
    }
    if (argc == 2 && strcmp(argv[1], "event") == 0) {
        return count_event();
    }
    if (argc == 3 && strcmp(argv[1], "weather") == 0) {
        return count_weather(argv[2]);
    }
    fputs("usage: bench_count redraw|tick CONFIG WxH SECONDS | event | "
          "weather FILE\n",
          stderr);
    return 64;
}
