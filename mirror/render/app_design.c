#include "render/app_private.h"

#include <stdio.h>

#include "common/clock.h"

/* What an overlay leaves out is composed again, and all of it shown. */
static void
show_all(struct app *app) {
    frame_damage_all(&app->frame);
    app_present(app);
}

static void
travel(struct app *app, int64_t by_ms) {
    struct moment now = clock_now();

    design_travel(&app->design, by_ms, &now);
    app_update_power(app);
    app_changed(app);
}

static void
next_theme(struct app *app) {
    if (!page_next_theme(&app->page)) {
        return;
    }
    app->night = false;
    frame_forget(&app->frame);
    app_fit_theme(app);
    design_say(&app->design, app->page.settings.mirror.theme,
               clock_monotonic_ms());
    app_changed(app);
}

void
app_on_key(struct app *app, enum screen_key key) {
    struct design *design = &app->design;

    if (!app->options->window || !app->frame.ready) {
        return;
    }
    switch (key) {
    case SCREEN_KEY_G:
        design->grid = !design->grid;
        show_all(app);
        break;
    case SCREEN_KEY_D:
        design->damage = !design->damage;
        design_note_damage(design, NULL);
        show_all(app);
        break;
    case SCREEN_KEY_T: next_theme(app); break;
    case SCREEN_KEY_LEFT: travel(app, -DESIGN_HOUR_MS); break;
    case SCREEN_KEY_RIGHT: travel(app, DESIGN_HOUR_MS); break;
    case SCREEN_KEY_DOWN: travel(app, -DESIGN_DAY_MS); break;
    case SCREEN_KEY_UP: travel(app, DESIGN_DAY_MS); break;
    case SCREEN_KEY_HOME: travel(app, -design->travel_ms); break;
    }
}

void
app_mark_damage(struct app *app) {
    if (app->design.damage && pixman_region32_not_empty(&app->frame.damage)) {
        design_note_damage(&app->design, &app->frame.damage);
        loop_set_timer(app->loop, &app->flash,
                       clock_monotonic_ms() + DESIGN_FLASH_MS);
    }
}

void
app_on_flash(void *arg) {
    struct app *app = arg;

    design_note_damage(&app->design, NULL);
    show_all(app);
}
