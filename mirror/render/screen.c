#include "render/screen.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/str.h"
#include "render/backlight.h"

bool
screen_fail(struct screen *screen, const char *fmt, ...) {
    char text[sizeof screen->said];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (strcmp(text, screen->said) != 0) {
        log_error("screen: %s", text);
        str_copy(screen->said, sizeof screen->said, text);
    }
    return false;
}

bool
screen_open(struct screen *screen, const struct screen_type *type,
            struct loop *loop, const struct screen_settings *settings,
            screen_event_fn event, void *arg) {
    screen->type = type;
    screen->loop = loop;
    screen->event = event;
    screen->arg = arg;
    screen->width = screen->height = 0;
    screen->depth = DEPTH_32;
    screen->width_mm = screen->height_mm = 0;
    screen->state = NULL;
    if (!type->open(screen, settings)) {
        screen_close(screen);
        return false;
    }
    return true;
}

void
screen_worked(struct screen *screen) {
    screen->said[0] = '\0';
}

bool
screen_is_panel(const struct screen *screen) {
    return screen->type != NULL && screen->type->set_power != NULL;
}

void
screen_set_power(struct screen *screen, bool on) {
    if (!screen_is_panel(screen)) {
        return;
    }
    if (screen->type->set_power(screen, on)) {
        log_info("screen: %s", on ? "on" : "off");
    }
    if (screen->backlights != NULL) {
        backlight_set_power(screen->backlights, on);
    }
}

void
screen_close(struct screen *screen) {
    if (screen->type != NULL) {
        screen->type->close(screen);
    }
    screen->type = NULL;
    screen->state = NULL;
}
