/*
 * The lamps behind panels, as the kernel has them: a folder for each, with
 * bl_power, brightness and max_brightness. The udev rule lets the mirror write
 * them.
 */
#ifndef MIRROR_RENDER_BACKLIGHT_H
#define MIRROR_RENDER_BACKLIGHT_H

#include <stdbool.h>

#define BACKLIGHT_FOLDER "/sys/class/backlight"

/* Every lamp in `folder`, off or on. Returns how many there are that obeyed;
 * others are logged. */
int
backlight_set_power(const char *folder, bool on);

/* The same to 1..100 percent of what the lamp can do, but never to dark. */
int
backlight_set_brightness(const char *folder, int percent);

#endif
