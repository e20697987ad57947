#include "render/app_private.h"

#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/paths.h"
#include "common/str.h"

enum {
    SAVE_MS = 100, /* an editor may write, rename and touch in a row */
    UNREAD_MS = 60 * 1000,
};

static bool
same_screen(const struct screen_settings *a, const struct screen_settings *b) {
    return a->rotate == b->rotate && a->driver == b->driver &&
           a->depth == b->depth && strcmp(a->output, b->output) == 0;
}

static void
swap_page(struct app *app, struct page *page) {
    bool same = same_screen(&app->page.settings.screen, &page->settings.screen);

    if (app->frame.ready) {
        frame_forget(&app->frame); /* it borrows from the old layout */
    }
    page_finish(&app->page);
    app->page = *page;
    if (!same) {
        app_change_screen(app);
    }
    app_fit_theme(app);
    app_set_brightness(app);
    app_update_power(app);
}

void
app_read_again(struct app *app, const struct config *config) {
    if (config->unread) {
        loop_set_timer(app->loop, &app->reread,
                       clock_monotonic_ms() + UNREAD_MS);
    }
}

void
app_reload(struct app *app) {
    struct page page;

    if (page_load(&page, app->options->config_path) &&
        page.config.error_count == 0 && !page.missing) {
        log_info("config: %s read again", app->options->config_path);
        app->config_line = 0;
        swap_page(app, &page);
        fetcher_restart(app->fetcher);
    } else {
        log_warning("config: nothing changed, because of the errors");
        app->config_line = page.error_line > 0 ? page.error_line : -1;
        app_read_again(app, &page.config);
        page_finish(&page);
    }
    app_changed(app);
}

void
app_reload_soon(struct app *app) {
    if (!app->reload.armed) {
        loop_set_timer(app->loop, &app->reload, clock_monotonic_ms() + SAVE_MS);
    }
}

static const char *
file_name(const char *path) {
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

static bool
directory_of(const char *path, char to[PATHS_MAX]) {
    size_t length = (size_t)(file_name(path) - path);

    if (length == 0) {
        return str_copy(to, PATHS_MAX, ".");
    }
    if (length >= PATHS_MAX) {
        return false;
    }
    memcpy(to, path, length);
    to[length] = '\0';
    return true;
}

static void
on_watch(void *arg, int fd, short revents) {
    _Alignas(struct inotify_event) char buffer[4096];
    struct app *app = arg;
    const char *wanted = file_name(app->options->config_path);
    ssize_t size = read(fd, buffer, sizeof buffer);

    (void)revents;
    for (ssize_t at = 0; at < size;) {
        const struct inotify_event *event = (const void *)(buffer + at);

        if (event->len > 0 && strcmp(event->name, wanted) == 0) {
            loop_set_timer(app->loop, &app->reload,
                           clock_monotonic_ms() + SAVE_MS);
        }
        at += (ssize_t)(sizeof *event + event->len);
    }
}

/* The directory is watched, because editors replace the file. */
void
app_watch_config(struct app *app) {
    char directory[PATHS_MAX];
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);

    if (fd < 0 || !directory_of(app->options->config_path, directory) ||
        inotify_add_watch(fd, directory, IN_CLOSE_WRITE | IN_MOVED_TO) < 0) {
        log_warning_errno("config: cannot see when it is saved");
        if (fd >= 0) {
            close(fd);
        }
        return;
    }
    app->watch_fd = fd;
    loop_add_fd(app->loop, fd, POLLIN, on_watch, app);
}

void
app_unwatch_config(struct app *app) {
    if (app->watch_fd >= 0) {
        loop_remove_fd(app->loop, app->watch_fd);
        close(app->watch_fd);
        app->watch_fd = -1;
    }
}
