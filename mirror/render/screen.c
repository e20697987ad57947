#include "render/screen.h"

#include <stddef.h>

bool
screen_open(struct screen *screen, const struct screen_type *type,
            struct loop *loop, const struct screen_settings *settings,
            screen_event_fn event, void *arg) {
    int want_width = screen->want_width;
    int want_height = screen->want_height;

    *screen = (struct screen){
        .type = type,
        .loop = loop,
        .event = event,
        .arg = arg,
        .want_width = want_width,
        .want_height = want_height,
    };
    if (!type->open(screen, settings)) {
        screen_close(screen);
        return false;
    }
    return true;
}

void
screen_close(struct screen *screen) {
    if (screen->type != NULL) {
        screen->type->close(screen);
    }
    screen->type = NULL;
    screen->state = NULL;
}
