/* Which of SDL's video drivers shows the window. */
#ifndef MIRROR_RENDER_SCREEN_SDL_DRIVER_H
#define MIRROR_RENDER_SCREEN_SDL_DRIVER_H

#include <stdbool.h>

/* Tells SDL what it may try, unless SDL_VIDEODRIVER says so: only what a person
 * sees. By itself it would end with a driver that draws to nowhere. False if
 * there is no display server. */
bool
screen_sdl_choose_driver(void);

#endif
