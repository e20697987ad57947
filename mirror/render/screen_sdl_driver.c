#include "render/screen_sdl_driver.h"

#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Whether the X server of $DISPLAY is there. Xlib would go on to ask for it by
 * TCP, and this program opens no such socket. */
static bool
x11_answers(void) {
    const char *display = getenv("DISPLAY");
    char path[64];

    if (display == NULL || display[0] != ':') {
        return display != NULL && display[0] != '\0';
    }
    snprintf(path, sizeof path, "/tmp/.X11-unix/X%ld",
             strtol(display + 1, NULL, 10));
    return access(path, F_OK) == 0;
}

bool
screen_sdl_choose_driver(void) {
    const char *wayland = getenv("WAYLAND_DISPLAY");
    bool has_wayland = wayland != NULL && wayland[0] != '\0';
    bool has_x11 = x11_answers();

    if (has_wayland && has_x11) {
        SDL_SetHint(SDL_HINT_VIDEODRIVER, "x11,wayland");
    } else {
        SDL_SetHint(SDL_HINT_VIDEODRIVER, has_wayland ? "wayland" : "x11");
    }
    return getenv("SDL_VIDEODRIVER") != NULL || wayland != NULL || has_x11;
}
