/* Which screen is meant. */
#ifndef MIRROR_RENDER_SCREEN_CHOICE_H
#define MIRROR_RENDER_SCREEN_CHOICE_H

#include <stdbool.h>

#include "render/screen.h"

/* Whether a desktop session is around us: $DISPLAY or $WAYLAND_DISPLAY. */
bool
screen_has_desktop(void);

/* What a machine has. */
struct screen_choices {
    bool desktop, card, framebuffer;
};

/*
 * The type for `driver` (enum settings_driver). AUTO is a window on a desktop,
 * whose card would be taken; else the card, with or without a display, because
 * a display may come; else the framebuffer of the firmware. With nothing at
 * all it is the card, which may come too.
 */
const struct screen_type *
screen_choose_from(int driver, const struct screen_choices *choices);

/* The same on this machine. */
const struct screen_type *
screen_choose(int driver);

#endif
