/* The modules of `mirror` without a screen, on the page of a config and with
 * the records that its fetch program sends: what the benches measure. */
#ifndef TESTS_BENCH_BENCH_PAGE_H
#define TESTS_BENCH_BENCH_PAGE_H

#include <stdio.h>
#include <stdlib.h>

#include "common/clock.h"
#include "common/log.h"
#include "common/loop.h"
#include "common/paths.h"
#include "render/facts.h"
#include "render/fetcher.h"
#include "render/frame.h"
#include "render/page.h"

enum { WAIT_MS = 20000 };

struct bench {
    struct loop *loop;
    struct facts *facts;
    struct fetcher *fetcher;
    struct text *text;
    struct page page;
    struct theme theme;
    struct frame frame;
    unsigned kinds; /* bits of the kinds that have come */
    bool dirty;
};

static inline struct painter
bench_painter(struct bench *bench, int64_t wall_ms) {
    struct painter base = page_painter(&bench->page);

    base.text = bench->text;
    base.theme = &bench->theme;
    base.facts = bench->facts;
    base.now = clock_now();
    base.now.wall_ms = wall_ms;
    return base;
}

static inline void
bench_take(void *arg, unsigned kind, const void *record, bool connected) {
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

static inline bool
bench_start(struct bench *bench, const char *config, int width, int height) {
    struct fetcher_options options = {
        .program = getenv("MIRROR_FETCH"),
        .config_path = config,
        .socket_path = getenv("MIRROR_FETCH_SOCKET"),
        .fn = bench_take,
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
        !frame_init(&bench->frame, bench->text, width, height,
                    bench->page.settings.screen.depth)) {
        return false;
    }
    panel = page_panel(&bench->page, width, height, 0, 0);
    theme_scale(&bench->theme, &bench->page.theme, &panel);
    return true;
}

static inline void
bench_finish(struct bench *bench) {
    fetcher_destroy(bench->fetcher);
    frame_finish(&bench->frame);
    page_finish(&bench->page);
    text_destroy(bench->text);
    facts_destroy(bench->facts);
    loop_destroy(bench->loop);
}

/* Until the hub and the weather have delivered. */
static inline bool
bench_wait(struct bench *bench) {
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

#endif
