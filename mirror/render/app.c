#include "render/app.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "common/clock.h"
#include "common/log.h"
#include "common/paths.h"
#include "render/app_private.h"
#include "render/backlight.h"
#include "render/deny_list.h"
#include "render/notify.h"
#include "render/source_program.h"
#include "render/usage.h"

enum { DISPLAY_PATIENCE_MS = 60 * 1000 };

void
app_stop(struct app *app, int exit_code) {
    app->exit_code = exit_code;
    loop_stop(app->loop);
}

static void
on_end_signal(void *arg, int number) {
    (void)number;
    app_stop(arg, EXIT_STOPPED);
}

static void
on_reload_signal(void *arg, int number) {
    (void)number;
    app_reload_soon(arg);
}

static void
on_reload_timer(void *arg) {
    app_reload(arg);
}

static void
on_retry(void *arg) {
    app_open_screen(arg);
}

/* How far the wall clock is before the monotonic one. It changes when the
 * clock is set, and by next to nothing when it is slewed. */
static int64_t
wall_ahead_ms(void) {
    struct moment now = clock_now();

    return now.wall_ms - now.mono_ms;
}

/* Setting it to what it is, as some do once an hour, is no news. */
static void
on_clock_step(void *arg) {
    struct app *app = arg;
    int64_t ahead_ms = wall_ahead_ms();
    int64_t step_s = (ahead_ms - app->wall_ahead_ms) / 1000;

    app->wall_ahead_ms = ahead_ms;
    if (step_s != 0) {
        log_info("clock: set by %+lld s", (long long)step_s);
    }
    app_update_power(app);
    app_changed(app);
}

static void
on_record(void *arg, unsigned kind, const void *record, bool connected) {
    struct app *app = arg;
    int64_t now_ms = clock_monotonic_ms();

    if (kind == 0) {
        facts_set_connected(app->facts, connected, now_ms);
        app_changed(app);
    } else if (facts_put(app->facts, kind, record, now_ms)) {
        if (kind == RECORD_STATUS) {
            app_changed(app); /* what is wrong is said at once */
        } else {
            app_fact_changed(app);
        }
    }
}

static void
on_look(void *arg) {
    struct app *app = arg;

    if (machine_look(&app->machine, clock_monotonic_ms())) {
        app_changed(app);
    }
    loop_set_timer(app->loop, &app->look, app->machine.next_ms);
}

/* Said by the loop that draws, so that a loop that stands still is found. */
static void
on_watchdog(void *arg) {
    struct app *app = arg;
    int every_ms = notify_watchdog_ms();

    if (every_ms > 0) {
        notify_send("WATCHDOG=1");
        loop_set_timer(app->loop, &app->watchdog,
                       clock_monotonic_ms() + every_ms);
    }
}

static bool
listen_to_signals(struct app *app) {
    /* The last two are the terminal's, once there is one (console.c). */
    static const int ignored[] = {SIGPIPE, SIGUSR1, SIGUSR2};

    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) {
        signal(ignored[i], SIG_IGN);
    }
    return loop_add_signal(app->loop, SIGTERM, on_end_signal, app) &&
           loop_add_signal(app->loop, SIGINT, on_end_signal, app) &&
           loop_add_signal(app->loop, SIGHUP, on_reload_signal, app) &&
           loop_add_signal(app->loop, SIGWINCH, app_on_plug, app) &&
           loop_watch_clock(app->loop, on_clock_step, app);
}

static void
init(struct app *app, const struct app_options *options) {
    *app = (struct app){
        .options = options,
        .watch_fd = -1,
        .wall_ahead_ms = wall_ahead_ms(),
        .drawn_ms = INT64_MIN / 2,
        .next_ms = CLOCK_NEVER,
        .notice_ms = CLOCK_NEVER,
        .give_up_ms = clock_monotonic_ms() + DISPLAY_PATIENCE_MS,
        .draw = {.fn = app_on_draw, .arg = app},
        .retry = {.fn = on_retry, .arg = app},
        .watch = {.fn = app_on_screen_watch, .arg = app},
        .power = {.fn = app_on_power, .arg = app},
        .machine = {.folder = MACHINE_FOLDER},
        .notice = {.machine = &app->machine},
        .look = {.fn = on_look, .arg = app},
        .screen = {.backlights = BACKLIGHT_FOLDER},
        .console = {.ops = &console_system_ops,
                    .fn = app_on_console,
                    .arg = app},
        .reload = {.fn = on_reload_timer, .arg = app},
        .reread = {.fn = on_reload_timer, .arg = app},
        .flash = {.fn = app_on_flash, .arg = app},
        .watchdog = {.fn = on_watchdog, .arg = app},
        .rest = {.fn = app_on_rest, .arg = app},
    };
    design_init(&app->design);
}

/* The fetcher before anything that opens a display. */
static int
start(struct app *app) {
    struct fetcher_options fetch;
    struct source_program program;

    app->loop = loop_create();
    if (app->loop == NULL || !listen_to_signals(app)) {
        return EXIT_SYSTEM;
    }
    app->console.loop = app->loop;
    source_program_find(&program);
    fetch = (struct fetcher_options){
        .program = program.path[0] != '\0' ? program.path : NULL,
        .config_path = app->options->config_path,
        .socket_path = program.socket,
        .fn = on_record,
        .arg = app,
    };
    app->facts = facts_create();
    app->fetcher = fetcher_create(app->loop, &fetch);
    if (!page_load(&app->page, app->options->config_path)) {
        return EXIT_INTERNAL;
    }
    if (program.socket != NULL) {
        deny_list_apply(app_screen_type(app) == &screen_sdl);
    }
    if (app->page.config.error_count > 0) {
        app->config_line = app->page.error_line > 0 ? app->page.error_line : -1;
    }
    app_read_again(app, &app->page.config);
    app->text = text_open();
    app->notice.fonts = app->text;
    return app->text != NULL ? EXIT_STOPPED : EXIT_INTERNAL;
}

static void
finish(struct app *app) {
    app_unwatch_config(app);
    design_finish(&app->design);
    frame_finish(&app->frame);
    screen_close(&app->screen);
    console_release(&app->console);
    text_destroy(app->text);
    page_finish(&app->page);
    fetcher_destroy(app->fetcher);
    facts_destroy(app->facts);
    loop_destroy(app->loop);
}

int
app_run(const struct app_options *options) {
    struct app app;

    init(&app, options);
    app.exit_code = start(&app);
    if (app.exit_code == EXIT_STOPPED) {
        if (options->window) {
            app_watch_config(&app);
        }
        on_watchdog(&app);
        on_look(&app);
        app_update_power(&app);
        loop_set_timer(app.loop, &app.retry, clock_monotonic_ms());
        if (!loop_run(app.loop)) {
            app.exit_code = EXIT_INTERNAL;
        }
    }
    finish(&app);
    return app.exit_code;
}
