#include "render/page.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/log.h"
#include "common/paths.h"
#include "common/str.h"
#include "render/named_file.h"

/* Errors begin with "path:line:", or only with "path:". */
static int
line_of_error(const char *path, const char *error) {
    const char *number = error + strlen(path) + 1;
    char *end;
    long line;

    if (!str_starts_with(error, path) || error[strlen(path)] != ':') {
        return 0;
    }
    line = strtol(number, &end, 10);
    return end != number && *end == ':' ? (int)line : 0;
}

static void
log_errors(struct page *page) {
    for (size_t i = 0; i < page->config.error_count; i++) {
        const char *error = page->config.errors[i];

        if (page->error_line == 0) {
            page->error_line = line_of_error(page->config.path, error);
        }
        log_error("%s", error);
    }
}

static void
load_config(struct page *page, const char *path) {
    if (access(path, F_OK) != 0 && errno == ENOENT) {
        page->missing = true;
        if (strcmp(path, SETTINGS_DEFAULT_PATH) != 0) {
            log_error("config: no such file: %s", path);
        }
        config_load_text(&page->config, path, "", 0);
        return;
    }
    config_load(&page->config, path);
}

static void
load_theme(struct page *page) {
    char themes[PATHS_MAX];

    theme_default(&page->theme);
    if (paths_themes(themes)) {
        theme_load(&page->theme, themes, page->settings.mirror.theme,
                   &page->config);
        if (page->settings.mirror.night_theme[0] != '\0') {
            theme_load_for(&page->night_theme, themes, "night_theme",
                           page->settings.mirror.night_theme, &page->config);
        }
    }
}

bool
page_next_theme(struct page *page) {
    struct config errors = {0};
    char themes[PATHS_MAX], name[NAMED_FILE_MAX];

    if (!paths_themes(themes) ||
        !named_file_next(themes, page->settings.mirror.theme, name)) {
        return false;
    }
    str_copy(page->settings.mirror.theme, sizeof page->settings.mirror.theme,
             name);
    page->settings.mirror.night_theme[0] = '\0'; /* the one that was chosen */
    theme_load(&page->theme, themes, name, &errors);
    for (size_t i = 0; i < errors.error_count; i++) {
        log_error("%s", errors.errors[i]);
    }
    config_finish(&errors);
    return true;
}

static bool
load_lang(struct page *page) {
    char lang[PATHS_MAX];

    if (!paths_lang(lang)) {
        return false;
    }
    page->lang =
        lang_create(lang, page->settings.mirror.language, &page->config);
    return page->lang != NULL;
}

bool
page_load(struct page *page, const char *path) {
    bool ok;

    *page = (struct page){0};
    load_config(page, path);
    settings_read(&page->settings, &page->config);
    layout_read(&page->layout, &page->config);
    load_theme(page);
    ok = load_lang(page);
    log_errors(page);
    return ok;
}

void
page_finish(struct page *page) {
    lang_destroy(page->lang);
    layout_finish(&page->layout);
    config_finish(&page->config);
    page->lang = NULL;
}

struct theme_panel
page_panel(const struct page *page, int width_px, int height_px,
           double width_mm, double height_mm) {
    const struct screen_settings *screen = &page->settings.screen;
    bool measured = screen->diagonal_mm <= 0;

    return (struct theme_panel){
        .width_px = width_px,
        .height_px = height_px,
        .width_mm = measured ? width_mm : 0,
        .height_mm = measured ? height_mm : 0,
        .diagonal_mm = screen->diagonal_mm,
        .distance_mm = screen->distance_mm,
    };
}

struct painter
page_painter(const struct page *page) {
    const struct mirror_settings *mirror = &page->settings.mirror;

    return (struct painter){
        .lang = page->lang,
        .latitude_deg = mirror->location[0],
        .longitude_deg = mirror->location[1],
        .clock_12 = mirror->clock == CLOCK_12,
    };
}
