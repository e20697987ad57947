/* When the display is on, and how bright. */
#include "common/calendar.h"
#include "common/clock.h"
#include "render/app_private.h"
#include "render/backlight.h"

/* Twice a year an hour is missing or comes twice: so it looks once an hour. */
enum { LOOK_MS = 3600 * 1000, MINUTE_MS = 60 * 1000, DAY_MIN = 24 * 60 };

static int64_t
ms_until(int edge_min, int now_min, int64_t into_minute_ms) {
    int minutes = (edge_min - now_min + DAY_MIN) % DAY_MIN;

    return (minutes > 0 ? minutes : DAY_MIN) * (int64_t)MINUTE_MS -
           into_minute_ms;
}

bool
app_power_at(const struct option_hours *hours, int64_t wall_ms,
             int64_t *ret_wait_ms) {
    struct calendar now = calendar_at(wall_ms / 1000, NULL);
    int now_min = now.hour * 60 + now.minute;
    int64_t into_ms = wall_ms % 1000 + now.second * 1000;
    int64_t from_ms = ms_until(hours->from_min, now_min, into_ms);
    int64_t to_ms = ms_until(hours->to_min, now_min, into_ms);

    *ret_wait_ms = from_ms < to_ms ? from_ms : to_ms;
    if (*ret_wait_ms > LOOK_MS) {
        *ret_wait_ms = LOOK_MS;
    }
    if (hours->from_min == hours->to_min) {
        *ret_wait_ms = CLOCK_NEVER;
        return true;
    }
    if (hours->from_min < hours->to_min) {
        return now_min >= hours->from_min && now_min < hours->to_min;
    }
    return now_min >= hours->from_min || now_min < hours->to_min;
}

/* Without the time of day it stays on. */
void
app_update_power(struct app *app) {
    const struct option_hours *hours = &app->page.settings.screen.on;
    struct moment now = clock_now();
    int64_t wait_ms;
    bool on = app_power_at(hours, now.wall_ms, &wait_ms) || !now.wall_known;

    loop_set_timer(app->loop, &app->power,
                   wait_ms == CLOCK_NEVER ? CLOCK_NEVER
                                          : now.mono_ms + wait_ms + 1);
    if (on == !app->asleep) {
        return;
    }
    app->asleep = !on;
    screen_set_power(&app->screen, on);
    if (on && screen_is_panel(&app->screen)) {
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
app_settle_power(struct app *app) {
    app_set_brightness(app);
    if (app->asleep) {
        screen_set_power(&app->screen, false);
    }
}
