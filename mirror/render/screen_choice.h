/* Which screen is meant. */
#ifndef MIRROR_RENDER_SCREEN_CHOICE_H
#define MIRROR_RENDER_SCREEN_CHOICE_H

#include <stdbool.h>

#include "render/screen.h"

/* Whether a desktop session is around us: $DISPLAY or $WAYLAND_DISPLAY. */
bool
screen_has_desktop(void);

/* The type for `driver` (enum settings_driver); AUTO is a window on a desktop
 * and the bare panel without one. */
const struct screen_type *
screen_choose(int driver);

#endif
