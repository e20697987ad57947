#include "render/app_private.h"

#include "common/clock.h"
#include "render/screen_choice.h"
#include "render/usage.h"

enum {
    RETRY_MS = 5000,
    /* Where nobody tells: whoever pulls a display sees nothing anyway, and the
     * same one lights up by itself when it is back. */
    WATCH_MS = 30 * 1000,
    WINDOW_WIDTH = 1280,
    WINDOW_HEIGHT = 720,
};

const struct screen_type *
app_screen_type(const struct app *app) {
    int driver = app->options->driver;

    if (driver == DRIVER_AUTO && app->options->window) {
        driver = DRIVER_SDL;
    }
    if (driver == DRIVER_AUTO) {
        driver = app->page.settings.screen.driver;
    }
    return screen_choose(driver);
}

void
app_fit_theme(struct app *app) {
    struct theme_panel panel =
        page_panel(&app->page, app->screen.width, app->screen.height,
                   app->screen.width_mm, app->screen.height_mm);

    if (app->frame.ready) {
        theme_scale(&app->theme, page_theme(&app->page, app->night), &panel);
    }
}

/* A new size or depth, or the first: a new frame. */
static void
fit_frame(struct app *app) {
    const struct canvas *canvas = &app->frame.canvas;

    if (!app->frame.ready || canvas->width != app->screen.width ||
        canvas->height != app->screen.height ||
        canvas->depth != app->screen.depth) {
        frame_finish(&app->frame);
        if (!frame_init(&app->frame, app->text, app->screen.width,
                        app->screen.height, app->screen.depth)) {
            app_stop(app, EXIT_INTERNAL);
            return;
        }
    }
    app_fit_theme(app);
    frame_damage_all(&app->frame);
    app_changed(app);
}

static void
on_screen_event(void *arg, enum screen_event event) {
    struct app *app = arg;

    switch (event) {
    case SCREEN_RESIZED: fit_frame(app); break;
    case SCREEN_EXPOSED:
        frame_damage_all(&app->frame);
        app_present(app);
        break;
    case SCREEN_CLOSED: app_stop(app, EXIT_STOPPED); break;
    case SCREEN_LOST: app_lose_screen(app); break;
    case SCREEN_SHOWN: app_present(app); break;
    case SCREEN_KEY: app_on_key(app, app->screen.key); break;
    }
}

static bool
try_screen(struct app *app) {
    const struct app_options *options = app->options;

    if (options->window) {
        app->screen.want_width =
            options->width > 0 ? options->width : WINDOW_WIDTH;
        app->screen.want_height =
            options->height > 0 ? options->height : WINDOW_HEIGHT;
    }
    return screen_open(&app->screen, app_screen_type(app), app->loop,
                       &app->page.settings.screen, on_screen_event, app);
}

/* Text on the terminal below stays away as long as there is a panel above. */
static void
settle_console(struct app *app) {
    if (!screen_is_panel(&app->screen)) {
        console_release(&app->console);
        return;
    }
    if (app->away) {
        app->screen.type->set_active(&app->screen, false);
    }
    console_take(&app->console);
}

void
app_open_screen(struct app *app) {
    int64_t now_ms = clock_monotonic_ms();

    screen_close(&app->screen);
    app->screen_shown = false;
    if (try_screen(app)) {
        app_put_off_look(app);
        fit_frame(app);
        settle_console(app);
        app_settle_power(app);
        return;
    }
    if (!app->shown && (app->options->one_try || now_ms >= app->give_up_ms)) {
        app_stop(app, EXIT_NO_DISPLAY);
        return;
    }
    loop_set_timer(app->loop, &app->retry, now_ms + RETRY_MS);
}

void
app_screen_worked(struct app *app) {
    if (app->screen_shown) {
        return;
    }
    app->screen_shown = true;
    screen_worked(&app->screen);
    log_info("screen: %s, %d x %d%s", app->screen.type->name, app->screen.width,
             app->screen.height,
             app->screen.depth == DEPTH_16 ? ", 16 bit" : "");
}

static bool
can_look(const struct app *app) {
    return app->screen.type != NULL && app->screen.type->check != NULL;
}

void
app_put_off_look(struct app *app) {
    loop_set_timer(app->loop, &app->watch,
                   can_look(app) ? clock_monotonic_ms() + WATCH_MS
                                 : CLOCK_NEVER);
}

/* Returns false if the display is lost. */
static bool
look(struct app *app, bool told) {
    if (!can_look(app)) {
        return true;
    }
    app_put_off_look(app);
    if (app->screen.type->check(&app->screen, told) &&
        (app->screen.type != &screen_fbdev ||
         app_screen_type(app) == &screen_fbdev)) {
        return true;
    }
    app_lose_screen(app);
    return false;
}

void
app_on_console(void *arg, bool active) {
    struct app *app = arg;

    app->away = !active;
    if (!screen_is_panel(&app->screen)) {
        return;
    }
    app->screen.type->set_active(&app->screen, active);
    if (active && look(app, false)) {
        app_present(app);
    }
}

void
app_on_screen_watch(void *arg) {
    look(arg, false);
}

void
app_on_plug(void *arg, int number) {
    struct app *app = arg;

    (void)number;
    if (app->retry.armed) {
        loop_set_timer(app->loop, &app->retry, clock_monotonic_ms());
    } else if (look(app, true) && screen_is_panel(&app->screen)) {
        app_settle_backlight(app);
    }
}

/* From a timer: the caller may stand inside the screen that is closed. */
void
app_change_screen(struct app *app) {
    app->screen.refused_modes = 0; /* that was another output, it may be */
    loop_cancel_timer(app->loop, &app->watch);
    loop_set_timer(app->loop, &app->retry, clock_monotonic_ms());
}

/* A try that is due already is not put off: each frame that is not shown comes
 * here again. */
void
app_lose_screen(struct app *app) {
    const struct screen *screen = &app->screen;
    bool refused = screen->refused_modes > 0 ||
                   (screen->refused_16 && screen->depth == DEPTH_16);
    int wait_ms = app->screen_shown || refused ? 0 : RETRY_MS;

    loop_cancel_timer(app->loop, &app->watch);
    if (wait_ms == 0 || !app->retry.armed) {
        loop_set_timer(app->loop, &app->retry, clock_monotonic_ms() + wait_ms);
    }
}
