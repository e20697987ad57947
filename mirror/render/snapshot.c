#include "render/snapshot.h"

#include <stdio.h>

#include "common/clock.h"
#include "common/log.h"
#include "render/frame.h"
#include "render/gather.h"
#include "render/notice.h"
#include "render/page.h"
#include "render/screen.h"
#include "render/usage.h"

static bool
write_scene(const struct scene *scene, const char *path) {
    FILE *file = fopen(path, "we");
    bool ok;

    if (file == NULL) {
        log_error_errno("scene: %s", path);
        return false;
    }
    scene_write(scene, file);
    ok = ferror(file) == 0;
    if (fclose(file) != 0 || !ok) {
        log_error_errno("scene: %s", path);
        return false;
    }
    return true;
}

/* What the mirror would say after its patience with a hub that is away. */
static const char *
settled_notice(struct notice *notice, const struct page *page,
               const struct facts *facts, int64_t mono_ms) {
    int line = page->config.error_count == 0 ? 0
               : page->error_line > 0        ? page->error_line
                                             : -1;
    int64_t next_ms;

    notice_text(notice, page, facts, line, mono_ms, &next_ms);
    return notice_text(notice, page, facts, line, mono_ms + NOTICE_PATIENCE_MS,
                       &next_ms);
}

static bool
draw(const struct snapshot *snapshot, struct page *page,
     const struct text *text, struct frame *frame, const struct facts *facts,
     struct moment now) {
    struct theme_panel panel =
        page_panel(page, frame->canvas.width, frame->canvas.height, 0, 0);
    struct painter base = page_painter(page);
    struct notice notice = {.fonts = text};
    struct theme theme;
    int64_t unused_ms;

    theme_scale(&theme, page_theme(page, page_is_night(page, &now, &unused_ms)),
                &panel);
    base.theme = &theme;
    base.facts = facts;
    base.now = now;
    frame_draw(frame, &page->layout, &base,
               settled_notice(&notice, page, facts, now.mono_ms));
    return png_write(&frame->canvas, snapshot->picture_path) &&
           (snapshot->scene_path == NULL ||
            write_scene(frame_scene(frame), snapshot->scene_path));
}

static int
take(const struct snapshot *snapshot, struct page *page, struct text *text,
     struct facts *facts) {
    int width = snapshot->width > 0 ? snapshot->width : SNAPSHOT_WIDTH;
    int height = snapshot->height > 0 ? snapshot->height : SNAPSHOT_HEIGHT;
    int64_t mono_ms = clock_monotonic_ms();
    struct moment now;
    struct frame frame;
    bool ok;

    if (!gather_facts(facts, &page->settings, snapshot->config_path,
                      snapshot->wait_s * 1000, mono_ms)) {
        return EXIT_SYSTEM;
    }
    now = clock_now();
    now.mono_ms = mono_ms;
    if (snapshot->has_at) {
        now.wall_ms = snapshot->at_s * 1000;
        now.wall_known = true;
    }
    if (!frame_init(&frame, text, width, height, page->settings.screen.depth)) {
        return EXIT_INTERNAL;
    }
    ok = draw(snapshot, page, text, &frame, facts, now);
    frame_finish(&frame);
    return ok ? EXIT_STOPPED : EXIT_SYSTEM;
}

int
snapshot_take(const struct snapshot *snapshot) {
    struct facts *facts = facts_create();
    struct text *text = NULL;
    int exit_code = EXIT_INTERNAL;
    struct page page;

    if (page_load(&page, snapshot->config_path)) {
        text = text_open();
    }
    if (text != NULL) {
        exit_code = take(snapshot, &page, text, facts);
    }
    text_destroy(text);
    page_finish(&page);
    facts_destroy(facts);
    return exit_code;
}
