/*
 * What a frame costs, on the page and the data of a config: the modules of
 * `mirror` without a screen.
 *
 *   bench_frame CONFIG WxH measure   waits for every source, then writes one
 *                                    JSON object of times and counts
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

#include "bench_page.h"
#include "render/screen.h"

enum { ROUNDS = 41, LIVE_MS = 120000 };

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

enum work {
    WORK_COPY,      /* memcpy of the frame */
    WORK_REDRAW,    /* layout, scene, every pixel */
    WORK_COMPOSE,   /* every pixel of the same scene */
    WORK_TICK,      /* the next minute */
    WORK_FADE,      /* the first step of a fade: one lamp was switched */
    WORK_FADE_PAGE, /* the same where nothing of the page stays */
    WORK_ROTATE,    /* the frame to the panel, by 0, 90, 180, 270 degrees */
    WORK_END = WORK_ROTATE + 4,
};

static const char *const work_names[WORK_END] = {
    "memcpy",    "redraw", "compose", "tick",     "fade",
    "fade_page", "copy_0", "copy_90", "copy_180", "copy_270",
};

struct costs {
    int64_t ns[WORK_END][ROUNDS];
    int64_t tick_pixels, fade_pixels;
    unsigned char *copy; /* owned; as large as the frame */
};

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

static void
measure_drawing(struct bench *bench, struct costs *costs, int round) {
    struct canvas *canvas = &bench->frame.canvas;
    /* A minute of its own, from the present one on: the weather is of now. */
    int64_t minute_ms = (clock_now().wall_ms / 60000 + round) * 60000;
    struct painter base = bench_painter(bench, minute_ms);
    int64_t begin;

    frame_forget(&bench->frame);
    frame_draw(&bench->frame, &bench->page.layout, &base, NULL);
    frame_forget(&bench->frame);
    begin = cpu_ns();
    frame_draw(&bench->frame, &bench->page.layout, &base, NULL);
    costs->ns[WORK_REDRAW][round] = cpu_ns() - begin;
    frame_damage_all(&bench->frame);
    begin = cpu_ns();
    scene_compose(frame_scene(&bench->frame), canvas, &bench->frame.damage);
    costs->ns[WORK_COMPOSE][round] = cpu_ns() - begin;
    frame_clean(&bench->frame);
    base.now.wall_ms += 60000;
    begin = cpu_ns();
    frame_tick(&bench->frame, &bench->page.layout, &base, NULL);
    costs->ns[WORK_TICK][round] = cpu_ns() - begin;
    costs->tick_pixels = damage_pixels(&bench->frame);
}

/* The step alone: its change was composed by the one before. */
static int64_t
fade_ns(struct bench *bench, const struct painter *base) {
    int64_t begin;

    frame_fade(&bench->frame, &bench->page.layout, base, NULL);
    frame_clean(&bench->frame);
    begin = cpu_ns();
    frame_step(&bench->frame, base->now.mono_ms + FADE_STEP_MS);
    return cpu_ns() - begin;
}

static void
switch_lamp(struct bench *bench) {
    static struct record_lights lights;
    int64_t now_ms = clock_monotonic_ms();
    struct fact fact = facts_get(bench->facts, RECORD_LIGHTS, "", now_ms);

    lights = *(const struct record_lights *)fact.record;
    lights.lights[0].state =
        lights.lights[0].state == LIGHT_ON ? LIGHT_OFF : LIGHT_ON;
    facts_put(bench->facts, RECORD_LIGHTS, &lights, now_ms);
}

static void
measure_fades(struct bench *bench, struct costs *costs, int round) {
    struct painter base = bench_painter(bench, clock_now().wall_ms);
    struct facts *nothing = facts_create();

    base.facts = nothing;
    frame_draw(&bench->frame, &bench->page.layout, &base, NULL);
    base.facts = bench->facts;
    costs->ns[WORK_FADE_PAGE][round] = fade_ns(bench, &base);
    facts_destroy(nothing);
    frame_forget(&bench->frame);
    frame_draw(&bench->frame, &bench->page.layout, &base, NULL);
    switch_lamp(bench);
    costs->ns[WORK_FADE][round] = fade_ns(bench, &base);
    costs->fade_pixels = damage_pixels(&bench->frame);
}

static void
measure_copies(struct bench *bench, struct costs *costs, int round) {
    struct canvas *canvas = &bench->frame.canvas;
    struct rect all = {0, 0, canvas->width, canvas->height};
    int64_t begin = cpu_ns();

    memcpy(costs->copy, canvas->pixels,
           (size_t)canvas->stride * (size_t)canvas->height);
    /* The copy is wanted. */
    __asm__ volatile("" : : "r"(costs->copy) : "memory");
    costs->ns[WORK_COPY][round] = cpu_ns() - begin;
    for (int turn = 0; turn < 4; turn++) {
        int width = turn % 2 == 0 ? canvas->width : canvas->height;

        begin = cpu_ns();
        rotate_copy(canvas, all, turn, costs->copy,
                    width * canvas_bytes(canvas));
        costs->ns[WORK_ROTATE + turn][round] = cpu_ns() - begin;
    }
}

/* Every figure of every round: what to make of them is the caller's. */
static void
print_costs(const struct bench *bench, const struct costs *costs) {
    const struct canvas *canvas = &bench->frame.canvas;

    printf("{\"tick_pixels\":%lld,\"fade_pixels\":%lld,\"pixels\":%d",
           (long long)costs->tick_pixels, (long long)costs->fade_pixels,
           canvas->width * canvas->height);
    for (int work = 0; work < WORK_END; work++) {
        printf(",\"%s_us\":[", work_names[work]);
        for (int round = 0; round < ROUNDS; round++) {
            printf("%s%.1f", round > 0 ? "," : "",
                   (double)costs->ns[work][round] / 1000.0);
        }
        printf("]");
    }
    printf("}\n");
}

/* One round of each in turns, so that noise meets all of them alike. */
static int
measure(struct bench *bench) {
    static struct costs costs;
    struct canvas *canvas = &bench->frame.canvas;

    costs.copy = calloc((size_t)canvas->height, (size_t)canvas->stride);
    if (costs.copy == NULL || !bench_wait(bench)) {
        free(costs.copy);
        return 1;
    }
    for (int round = 0; round < ROUNDS; round++) {
        measure_copies(bench, &costs, round);
        measure_drawing(bench, &costs, round);
        measure_fades(bench, &costs, round);
    }
    free(costs.copy);
    print_costs(bench, &costs);
    return 0;
}

static int
live(struct bench *bench) {
    int64_t end_ms = clock_monotonic_ms() + LIVE_MS;

    if (!bench_wait(bench)) {
        return 1;
    }
    printf("ready\n");
    fflush(stdout);
    while (facts_connected(bench->facts) && clock_monotonic_ms() < end_ms) {
        struct painter base = bench_painter(bench, 1800000000000);

        if (bench->dirty) {
            bench->dirty = false;
            frame_fade(&bench->frame, &bench->page.layout, &base, NULL);
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
    if (bench_start(&bench, argv[1], width, height)) {
        code = strcmp(argv[3], "live") == 0 ? live(&bench) : measure(&bench);
    }
    bench_finish(&bench);
    return code;
}
