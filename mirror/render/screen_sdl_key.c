#include "render/screen_sdl_key.h"

bool
screen_sdl_key(const SDL_Keysym *sym, enum screen_key *ret_key) {
    static const struct {
        SDL_Keycode code;
        enum screen_key key;
    } keys[] = {
        {SDLK_g, SCREEN_KEY_G},         {SDLK_d, SCREEN_KEY_D},
        {SDLK_t, SCREEN_KEY_T},         {SDLK_LEFT, SCREEN_KEY_LEFT},
        {SDLK_RIGHT, SCREEN_KEY_RIGHT}, {SDLK_UP, SCREEN_KEY_UP},
        {SDLK_DOWN, SCREEN_KEY_DOWN},   {SDLK_HOME, SCREEN_KEY_HOME},
    };

    if ((sym->mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI)) != 0) {
        return false;
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i].code == sym->sym) {
            *ret_key = keys[i].key;
            return true;
        }
    }
    return false;
}
