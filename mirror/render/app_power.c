/* When the display is on, and how bright. */
#include "common/clock.h"
#include "render/app_private.h"
#include "render/backlight.h"
#include "render/hours.h"

/* Day and night, each with its theme, by the time that is shown. */
static int64_t
update_night(struct app *app) {
    struct moment now = app_now(app);
    int64_t wait_ms;
    bool night = page_is_night(&app->page, &now, &wait_ms);

    if (night != app->night) {
        app->night = night;
        if (app->frame.ready) {
            frame_forget(&app->frame);
        }
        app_fit_theme(app);
        app_changed(app);
    }
    return wait_ms;
}

/* Without the time of day it stays on. */
void
app_update_power(struct app *app) {
    const struct option_hours *hours = &app->page.settings.screen.on;
    struct moment now = clock_now();
    int64_t wait_ms;
    bool on = hours_hold(hours, now.wall_ms, &wait_ms) || !now.wall_known;
    int64_t night_ms = update_night(app);

    if (night_ms < wait_ms) {
        wait_ms = night_ms;
    }
    loop_set_timer(app->loop, &app->power,
                   wait_ms == CLOCK_NEVER ? CLOCK_NEVER
                                          : now.mono_ms + wait_ms + 1);
    if (on == !app->asleep) {
        return;
    }
    app->asleep = !on;
    screen_set_power(&app->screen, on);
    if (on && screen_is_panel(&app->screen)) {
        app_put_off_look(app); /* it may take its time to wake up */
        app_present(app);
    }
}

void
app_on_power(void *arg) {
    app_update_power(arg);
}

void
app_set_brightness(struct app *app) {
    int percent = app->page.settings.screen.brightness;

    if (screen_is_panel(&app->screen) && percent > 0) {
        backlight_set_brightness(app->screen.backlights, percent);
    }
}

void
app_settle_backlight(struct app *app) {
    app_set_brightness(app);
    if (app->asleep && app->screen.backlights != NULL) {
        backlight_set_power(app->screen.backlights, false);
    }
}

void
app_settle_power(struct app *app) {
    app_set_brightness(app);
    if (app->asleep) {
        screen_set_power(&app->screen, false);
    }
}
