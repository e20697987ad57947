/* /dev/fb0, for the program and for tests with memory of their own. */
#ifndef MIRROR_RENDER_SCREEN_FBDEV_H
#define MIRROR_RENDER_SCREEN_FBDEV_H

#include "render/fb_format.h"
#include "render/screen.h"

/* As screen_fbdev.open(), over these calls (borrowed, constant). */
bool
screen_fbdev_open(struct screen *screen, const struct screen_settings *settings,
                  const struct fb_ops *ops);

#endif
