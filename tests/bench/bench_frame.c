/*
 * What a frame costs, on the page and the data of a config: the modules of
 * `mirror` without a screen.
 *
 *   bench_frame CONFIG WxH measure   waits for every source, then writes one
 *                                    JSON object of ratios and counts
 *   bench_frame CONFIG WxH live      writes "frame NANOSECONDS" after each
 *                                    frame that changed a pixel, for --for=S
 *
 * Costs are ratios to a memcpy of the same frame in the same process, taken in
 * turns, so that a busy machine slows both.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/clock.h"
#include "common/log.h"
#include "common/loop.h"
#include "common/paths.h"
#include "render/facts.h"
#include "render/fetcher.h"
#include "render/frame.h"
#include "render/page.h"

enum { ROUNDS = 41, WAIT_MS = 20000, LIVE_MS = 120000 };

struct bench {
    struct loop *loop;
    struct facts *facts;
    struct fetcher *fetcher;
    struct text *text;
    struct page page;
    struct theme theme;
    struct frame frame;
    unsigned kinds; /* bits of the kinds that have come */
    bool live, dirty;
    struct loop_timer limit;
};

static int64_t
cpu_ns(void) {
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int64_t
wall_ns(void) {
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static struct painter
painter_at(struct bench *bench, int64_t wall_ms) {
    struct painter base = page_painter(&bench->page);

    base.text = bench->text;
    base.theme = &bench->theme;
    base.facts = bench->facts;
    base.now = clock_now();
    base.now.wall_ms = wall_ms;
    return base;
}

static void
take_record(void *arg, unsigned kind, const void *record, bool connected) {
    struct bench *bench = arg;
    int64_t now_ms = clock_monotonic_ms();

    facts_set_connected(bench->facts, connected, now_ms);
    if (kind == 0) {
        return;
    }
    bench->kinds |= 1u << kind;
    if (facts_put(bench->facts, kind, record, now_ms)) {
        bench->dirty = true;
    }
}

static void
stop(void *arg) {
    loop_stop(((struct bench *)arg)->loop);
}

static bool
start(struct bench *bench, const char *config, int width, int height) {
    struct fetcher_options options = {
        .program = getenv("MIRROR_FETCH"),
        .config_path = config,
        .socket_path = getenv("MIRROR_FETCH_SOCKET"),
        .fn = take_record,
        .arg = bench,
    };
    char fonts[PATHS_MAX];
    struct theme_panel panel;

    bench->loop = loop_create();
    bench->facts = facts_create();
    bench->fetcher = fetcher_create(bench->loop, &options);
    if (!paths_fonts(fonts) || !page_load(&bench->page, config)) {
        return false;
    }
    bench->text = text_create(fonts);
    if (bench->text == NULL ||
        !frame_init(&bench->frame, bench->text, width, height)) {
        return false;
    }
    panel = page_panel(&bench->page, width, height, 0, 0);
    theme_scale(&bench->theme, &bench->page.theme, &panel);
    bench->limit = (struct loop_timer){.fn = stop, .arg = bench};
    return true;
}

static void
finish(struct bench *bench) {
    fetcher_destroy(bench->fetcher);
    frame_finish(&bench->frame);
    page_finish(&bench->page);
    text_destroy(bench->text);
    facts_destroy(bench->facts);
    loop_destroy(bench->loop);
}

/* Until the hub and the weather have delivered. */
static bool
wait_for_sources(struct bench *bench) {
    unsigned wanted = 1u << RECORD_LIGHTS | 1u << RECORD_WEATHER |
                      1u << RECORD_TODO | 1u << RECORD_MESSAGE |
                      1u << RECORD_VALUES;
    int64_t end_ms = clock_monotonic_ms() + WAIT_MS;

    while ((bench->kinds & wanted) != wanted) {
        if (clock_monotonic_ms() > end_ms || !loop_turn(bench->loop, 100)) {
            log_error("bench: not every source has delivered");
            return false;
        }
    }
    return true;
}

/* The best of all rounds: what the work costs when nobody else wants the
 * machine. */
static double
least_us(const int64_t *times) {
    int64_t least = times[0];

    for (int i = 1; i < ROUNDS; i++) {
        least = times[i] < least ? times[i] : least;
    }
    return (double)least / 1000.0;
}

static int64_t
damage_pixels(struct frame *frame) {
    int count;
    const pixman_box32_t *boxes =
        pixman_region32_rectangles(&frame->damage, &count);
    int64_t pixels = 0;

    for (int i = 0; i < count; i++) {
        pixels +=
            (int64_t)(boxes[i].x2 - boxes[i].x1) * (boxes[i].y2 - boxes[i].y1);
    }
    return pixels;
}

struct costs {
    int64_t copy[ROUNDS], redraw[ROUNDS], compose[ROUNDS], tick[ROUNDS];
    int64_t tick_pixels;
};

/* One round of each, so that noise meets all of them alike. */
static void
measure_round(struct bench *bench, struct costs *costs, int round,
              unsigned char *copy) {
    struct canvas *canvas = &bench->frame.canvas;
    size_t size = (size_t)canvas->stride * (size_t)canvas->height;
    /* A minute of its own, from the present one on: the weather is of now. */
    int64_t minute_ms = (clock_now().wall_ms / 60000 + round) * 60000;
    struct painter base = painter_at(bench, minute_ms);
    int64_t begin = cpu_ns();

    memcpy(copy, canvas->pixels, size);
    __asm__ volatile("" : : "r"(copy) : "memory"); /* the copy is wanted */
    costs->copy[round] = cpu_ns() - begin;
    frame_forget(&bench->frame);
    frame_draw(&bench->frame, &bench->page.layout, &base, NULL);
    frame_forget(&bench->frame);
    begin = cpu_ns();
    frame_draw(&bench->frame, &bench->page.layout, &base, NULL);
    costs->redraw[round] = cpu_ns() - begin;
    frame_damage_all(&bench->frame);
    begin = cpu_ns();
    scene_compose(frame_scene(&bench->frame), canvas, &bench->frame.damage);
    costs->compose[round] = cpu_ns() - begin;
    frame_clean(&bench->frame);
    base.now.wall_ms += 60000;
    begin = cpu_ns();
    frame_tick(&bench->frame, &bench->page.layout, &base, NULL);
    costs->tick[round] = cpu_ns() - begin;
    costs->tick_pixels = damage_pixels(&bench->frame);
}

static int
measure(struct bench *bench) {
    static struct costs costs;
    struct canvas *canvas = &bench->frame.canvas;
    size_t size = (size_t)canvas->stride * (size_t)canvas->height;
    unsigned char *copy = malloc(size);

    if (copy == NULL || !wait_for_sources(bench)) {
        free(copy);
        return 1;
    }
    memset(copy, 0, size);
    for (int round = 0; round < ROUNDS; round++) {
        measure_round(bench, &costs, round, copy);
    }
    free(copy);
    printf("{\"memcpy_us\":%.1f,\"redraw_us\":%.1f,\"compose_us\":%.1f,"
           "\"tick_us\":%.1f,\"tick_pixels\":%lld,\"pixels\":%d}\n",
           least_us(costs.copy), least_us(costs.redraw),
           least_us(costs.compose), least_us(costs.tick),
           (long long)costs.tick_pixels, canvas->width * canvas->height);
    return 0;
}

static int
live(struct bench *bench) {
    int64_t end_ms = clock_monotonic_ms() + LIVE_MS;

    if (!wait_for_sources(bench)) {
        return 1;
    }
    printf("ready\n");
    fflush(stdout);
    while (facts_connected(bench->facts) && clock_monotonic_ms() < end_ms) {
        struct painter base = painter_at(bench, 1800000000000);

        if (bench->dirty) {
            bench->dirty = false;
            frame_draw(&bench->frame, &bench->page.layout, &base, NULL);
            if (pixman_region32_not_empty(&bench->frame.damage)) {
                printf("frame %lld\n", (long long)wall_ns());
                fflush(stdout);
            }
            frame_clean(&bench->frame);
        }
        if (!loop_turn(bench->loop, 1000)) {
            return 1;
        }
    }
    return 0;
}

int
main(int argc, char **argv) {
    struct bench bench = {0};
    int width = 0;
    int height = 0;
    char *times;
    int code = 1;

    log_open("bench_frame", LOG_LEVEL_ERROR);
    if (argc != 4) {
        fputs("usage: bench_frame CONFIG WxH measure|live\n", stderr);
        return 64;
    }
    width = (int)strtol(argv[2], &times, 10);
    height = *times == 'x' ? (int)strtol(times + 1, NULL, 10) : 0;
    if (start(&bench, argv[1], width, height)) {
        code = strcmp(argv[3], "live") == 0 ? live(&bench) : measure(&bench);
    }
    finish(&bench);
    return code;
}
