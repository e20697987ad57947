/* What a test needs to draw widgets without a screen: fonts, words, theme and
 * facts, over an empty scene. */
#ifndef TESTS_UNIT_PAGE_RIG_H
#define TESTS_UNIT_PAGE_RIG_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/paths.h"
#include "common/str.h"
#include "render/layout.h"

struct page_rig {
    struct config config;
    struct text *text;
    struct lang *lang;
    struct theme_file theme_file;
    struct theme theme;
    struct facts *facts;
    struct scene scene;
    struct painter base;
};

/* 2026-06-09 07:12:30 UTC */
#define PAGE_RIG_NOW_S INT64_C(1780989150)

/* A panel of so many pixels, on which sizes are those of 15.6 in at 1.5 m. */
static inline void
page_rig_resize(struct page_rig *rig, int width, int height) {
    struct theme_panel panel = {.width_px = width, .height_px = height};

    scene_finish(&rig->scene);
    scene_init(&rig->scene, rig->text, width, height);
    theme_scale(&rig->theme, &rig->theme_file, &panel);
    rig->scene.theme = rig->theme;
}

static inline void
page_rig_init(struct page_rig *rig) {
    char fonts[PATHS_MAX], words[PATHS_MAX];

    setenv("TZ", "UTC", 1);
    *rig = (struct page_rig){0};
    assert_true(paths_fonts(fonts));
    assert_true(paths_lang(words));
    rig->text = text_create(fonts);
    assert_non_null(rig->text);
    rig->lang = lang_create(words, "en", &rig->config);
    assert_non_null(rig->lang);
    rig->facts = facts_create();
    theme_default(&rig->theme_file);
    scene_init(&rig->scene, rig->text, 800, 480);
    page_rig_resize(rig, 800, 480);
    rig->base = (struct painter){
        .scene = &rig->scene,
        .text = rig->text,
        .theme = &rig->theme,
        .lang = rig->lang,
        .facts = rig->facts,
        .now = {.wall_ms = PAGE_RIG_NOW_S * 1000, .wall_known = true},
        .latitude_deg = 52.52,
        .longitude_deg = 13.40,
        .next_ms = CLOCK_NEVER,
    };
}

static inline void
page_rig_finish(struct page_rig *rig) {
    scene_finish(&rig->scene);
    facts_destroy(rig->facts);
    lang_destroy(rig->lang);
    text_destroy(rig->text);
    config_finish(&rig->config);
}

/* A painter over the whole panel but a margin of 10 px. */
static inline struct painter
page_rig_painter(struct page_rig *rig, enum align align) {
    struct painter p = rig->base;

    p.area =
        (struct rect){10, 10, rig->scene.width - 20, rig->scene.height - 20};
    p.used = (struct rect){10, 10, 0, 0};
    p.align = align;
    return p;
}

/* Reads a layout; returns whether all of it was good. */
static inline bool
page_rig_layout(struct page_rig *rig, const char *text,
                struct layout *ret_layout) {
    config_finish(&rig->config);
    rig->config = (struct config){0};
    assert_true(config_load_text(&rig->config, "t.conf", text, strlen(text)));
    return layout_read(ret_layout, &rig->config);
}

static inline void
page_rig_put(struct page_rig *rig, enum record_kind kind, void *record) {
    assert_true(record_check(kind, record, record_kind_info(kind)->size));
    facts_put(rig->facts, kind, record, 0);
}

#endif
