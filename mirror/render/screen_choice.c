#include "render/screen_choice.h"

#include <stdlib.h>

static bool
is_set(const char *name) {
    const char *value = getenv(name);

    return value != NULL && *value != '\0';
}

bool
screen_has_desktop(void) {
    return is_set("DISPLAY") || is_set("WAYLAND_DISPLAY");
}

const struct screen_type *
screen_choose(int driver) {
    switch (driver) {
    case DRIVER_DRM: return &screen_drm;
    case DRIVER_SDL: return &screen_sdl;
    case DRIVER_FBDEV: return &screen_fbdev;
    default: return screen_has_desktop() ? &screen_sdl : &screen_drm;
    }
}
