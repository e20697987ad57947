/* The keys of a window that mean something to the mirror. */
#ifndef MIRROR_RENDER_SCREEN_SDL_KEY_H
#define MIRROR_RENDER_SCREEN_SDL_KEY_H

#include <SDL_keyboard.h>
#include <stdbool.h>

#include "render/screen.h"

/* Whether it is one of them; with Ctrl, Alt or a logo it is the desktop's. */
bool
screen_sdl_key(const SDL_Keysym *sym, enum screen_key *ret_key);

#endif
