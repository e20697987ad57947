/* The bare panel, for the program and for tests with a card of their own. */
#ifndef MIRROR_RENDER_SCREEN_DRM_H
#define MIRROR_RENDER_SCREEN_DRM_H

#include "render/drm_card.h"
#include "render/screen.h"

/* As screen_drm.open(), over these calls (borrowed, constant). */
bool
screen_drm_open(struct screen *screen, const struct screen_settings *settings,
                const struct drm_ops *ops);

#endif
