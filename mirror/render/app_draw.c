#include "render/app_private.h"

#include "common/clock.h"
#include "common/log.h"
#include "common/working_set.h"
#include "render/notify.h"

enum {
    FRAME_MS = FADE_STEP_MS, /* at most 30 frames a second */
    HOT_FRAME_MS = 200,      /* or 5, where each one heats */
    REST_MS = 20000,         /* when the sources have delivered, too */
};

void
app_changed(struct app *app) {
    app->dirty = app->sudden = true;
    app_arm_draw(app);
}

void
app_fact_changed(struct app *app) {
    app->dirty = true;
    app_arm_draw(app);
}

/* Wall time to monotonic. Both clocks are read in whole ms, so a ms more makes
 * sure that the wall has really got there. */
static int64_t
mono_of_wall(int64_t wall_ms, const struct moment *now) {
    int64_t wait_ms;

    if (wall_ms == CLOCK_NEVER) {
        return CLOCK_NEVER;
    }
    wait_ms = wall_ms - now->wall_ms + 1;
    return now->mono_ms + (wait_ms > 0 ? wait_ms : 0);
}

static int64_t
earlier(int64_t a, int64_t b) {
    return a < b ? a : b;
}

struct moment
app_now(const struct app *app) {
    return design_moment(&app->design, clock_now());
}

void
app_arm_draw(struct app *app) {
    struct moment now = app_now(app);
    int frame_ms = app->machine.hot.on ? HOT_FRAME_MS : FRAME_MS;
    int64_t due_ms = earlier(mono_of_wall(app->next_ms, &now), app->notice_ms);

    if (!app->frame.ready) {
        return; /* the first frame comes with the screen */
    }
    if (app->dirty || frame_fading(&app->frame)) {
        due_ms = now.mono_ms;
    }
    if (due_ms < app->drawn_ms + frame_ms) {
        due_ms = app->drawn_ms + frame_ms;
    }
    loop_set_timer(app->loop, &app->draw, due_ms);
}

/* Only when something is drawn anyway: it is worth no wakeup. */
static void
move_page(struct app *app, struct painter *base) {
    if (app->page.settings.screen.drift && screen_is_panel(&app->screen)) {
        base->drift = drift_at(base->now.wall_ms, app->theme.margin_px);
    }
    if (!drift_equal(base->drift, app->drift)) {
        app->drift = base->drift;
        app->dirty = app->sudden = true;
    }
}

/* Another time zone: what mirror-fetch made of local times is not true any
 * more either, and the display may have other hours. */
static void
follow_zone(struct app *app) {
    if (zone_refresh(&app->zone)) {
        log_info("clock: the time zone was read again");
        app->dirty = app->sudden = true;
        fetcher_restart(app->fetcher);
        loop_set_timer(app->loop, &app->power, clock_monotonic_ms());
    }
}

/* A fade that nobody sees, or that heats, is none. */
static bool
may_fade(const struct app *app) {
    return app->page.settings.screen.motion && !app->machine.hot.on &&
           !app->away && !app->asleep;
}

static int64_t
draw_page(struct app *app, const struct painter *base, const char *notice) {
    struct layout *layout = &app->page.layout;

    if (!app->dirty) {
        return frame_tick(&app->frame, layout, base, notice);
    }
    if (app->sudden || !may_fade(app)) {
        return frame_draw(&app->frame, layout, base, notice);
    }
    return frame_fade(&app->frame, layout, base, notice);
}

static void
draw(struct app *app, struct moment now) {
    struct painter base = page_painter(&app->page);
    char text[DESIGN_TEXT_MAX];
    const char *notice;

    follow_zone(app);
    base.text = app->text;
    base.theme = &app->theme;
    base.facts = app->facts;
    base.now = now;
    move_page(app, &base);
    if (now.mono_ms >= app->notice_ms) {
        app->dirty = app->sudden = true;
    }
    notice = design_notice(&app->design, &now, text, &app->notice_ms);
    if (notice == NULL) {
        notice = notice_text(&app->notice, &app->page, app->facts,
                             app->config_line, now.mono_ms, &app->notice_ms);
    }
    app->next_ms = draw_page(app, &base, notice);
    app->dirty = app->sudden = false;
}

/* Nothing else is new: no widget needs to be asked for a step of a fade. */
static bool
only_fades(const struct app *app, const struct moment *now) {
    return frame_fading(&app->frame) && !app->dirty &&
           now->mono_ms < app->notice_ms && now->wall_ms < app->next_ms;
}

void
app_on_draw(void *arg) {
    struct app *app = arg;
    struct moment now = app_now(app);

    if (only_fades(app, &now)) {
        frame_step(&app->frame, now.mono_ms);
    } else {
        draw(app, now);
    }
    app->drawn_ms = now.mono_ms;
    app_mark_damage(app);
    app_present(app);
    app_arm_draw(app);
}

/* An overlay is over the picture only while it is copied out: in a window,
 * which is all that has one, that is now. */
static bool
present(struct app *app) {
    struct frame *frame = &app->frame;
    bool overlaid = design_draws(&app->design);
    bool ok;

    if (overlaid) {
        frame_damage_all(frame);
        design_draw(&app->design, frame, &app->theme);
    }
    ok =
        app->screen.type->present(&app->screen, &frame->canvas, &frame->damage);
    if (overlaid) {
        frame_compose(frame);
    }
    return ok;
}

void
app_present(struct app *app) {
    /* A page that is forgotten is seen until the next one is drawn. */
    if (app->screen.type == NULL || app->frame.blank) {
        return;
    }
    if (!present(app)) {
        app_lose_screen(app);
        return;
    }
    frame_clean(&app->frame);
    app_screen_worked(app);
    if (!app->told_ready) {
        app->told_ready = notify_send("READY=1");
    }
    if (!app->shown) {
        app->shown = true;
        loop_set_timer(app->loop, &app->rest, clock_monotonic_ms() + REST_MS);
    }
}

void
app_on_rest(void *unused) {
    (void)unused;
    working_set_trim();
}
