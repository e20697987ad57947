#include "render/screen_choice.h"

#include <stdlib.h>
#include <unistd.h>

#include "render/drm_card.h"

static bool
is_set(const char *name) {
    const char *value = getenv(name);

    return value != NULL && *value != '\0';
}

bool
screen_has_desktop(void) {
    return is_set("DISPLAY") || is_set("WAYLAND_DISPLAY");
}

static const struct screen_type *
choose_auto(const struct screen_choices *choices) {
    if (choices->desktop) {
        return &screen_sdl;
    }
    return !choices->card && choices->framebuffer ? &screen_fbdev : &screen_drm;
}

const struct screen_type *
screen_choose_from(int driver, const struct screen_choices *choices) {
    switch (driver) {
    case DRIVER_DRM: return &screen_drm;
    case DRIVER_SDL: return &screen_sdl;
    case DRIVER_FBDEV: return &screen_fbdev;
    default: return choose_auto(choices);
    }
}

const struct screen_type *
screen_choose(int driver) {
    struct screen_choices choices = {.desktop = screen_has_desktop()};

    if (driver == DRIVER_AUTO && !choices.desktop) {
        choices.card = drm_card_exists(&drm_system_ops);
        choices.framebuffer = !choices.card && access("/dev/fb0", F_OK) == 0;
    }
    return screen_choose_from(driver, &choices);
}
