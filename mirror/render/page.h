/*
 * Everything that the config says about the picture, read in one go: a running
 * mirror swaps the whole of it or nothing.
 */
#ifndef MIRROR_RENDER_PAGE_H
#define MIRROR_RENDER_PAGE_H

#include <stdbool.h>

#include "common/clock.h"
#include "model/settings.h"
#include "render/lang.h"
#include "render/layout.h"
#include "render/theme.h"

struct page {
    struct config config; /* kept for its errors */
    struct settings settings;
    struct layout layout;
    struct theme_file theme;
    struct theme_file night_theme; /* only with settings.mirror.night_theme */
    struct lang *lang;             /* owned */
    bool missing;   /* there is no such file: a clock and a sentence */
    int error_line; /* of the first complaint; 0: it has none */
};

/*
 * Reads `path` and what it refers to. What is wrong keeps its default; every
 * complaint is logged and stays in config.errors. Returns false, having logged
 * why, only if there are not even English words: then nothing can be drawn.
 * page_finish() either way.
 */
bool
page_load(struct page *page, const char *path);

/* Accepts zeroed. */
void
page_finish(struct page *page);

/* The next theme of themes/ in the alphabet takes the place of the page's; its
 * name is then in settings.mirror.theme. Its mistakes are logged. False, with
 * nothing changed, if there is none. */
bool
page_next_theme(struct page *page);

/* page_night.c: whether night_theme holds at this wall time. *ret_wait_ms is
 * how long that surely stays so, at most an hour, or CLOCK_NEVER if it always
 * does. With an unset clock it is day. */
bool
page_is_night(const struct page *page, const struct moment *now,
              int64_t *ret_wait_ms);

/* The theme of this time. */
const struct theme_file *
page_theme(const struct page *page, bool night);

/* The panel as the theme needs it; sizes of the frame in px and mm (0: not
 * known). A diagonal in the config beats what the panel says of itself. */
struct theme_panel
page_panel(const struct page *page, int width_px, int height_px,
           double width_mm, double height_mm);

/* A painter with everything of the page; scene, text, theme, facts and time
 * are the caller's. */
struct painter
page_painter(const struct page *page);

#endif
