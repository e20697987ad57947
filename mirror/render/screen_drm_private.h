/* What the parts of the bare panel share; see screen_drm.c. */
#ifndef MIRROR_RENDER_SCREEN_DRM_PRIVATE_H
#define MIRROR_RENDER_SCREEN_DRM_PRIVATE_H

#include "render/drm_buffer.h"
#include "render/screen.h"

enum { DRM_BUFFERS = 2 };

struct panel {
    const struct drm_ops *ops;
    struct drm_output output; /* fd -1: none */
    struct drm_buffer buffers[DRM_BUFFERS];
    int front;       /* index of the buffer that is scanned out */
    bool lit;        /* the mode is set */
    bool flips;      /* the driver can page flip */
    bool dirty_asks; /* the driver wants to be told what was written */
    bool in_flight;  /* a flip was asked for and has not come */
    bool owed;       /* damage waits for that flip */
    bool blocked;    /* another program is master of the card */
    bool away;       /* another virtual terminal is seen */
    bool asleep;     /* the display was put to sleep */
    bool moved;      /* a plug, while the display could not be asked */
    int rotate;
    uint32_t connectors; /* drm_connectors_hash() when last looked at */
    struct loop_timer flip_lost, master;
};

/* Waits for the flip that was asked for, or no longer. */
void
drm_set_in_flight(struct screen *screen, bool in_flight);

/* screen_drm_keep.c: whose the card is, and whether the display is there */

/* Somebody else has the card: come back when they let go, and then show
 * everything anew. */
void
drm_block(struct screen *screen);

/* For struct loop_timer panel.master. */
void
drm_on_master_timer(void *arg);

bool
drm_check(struct screen *screen, bool told);
void
drm_set_active(struct screen *screen, bool active);
bool
drm_set_power(struct screen *screen, bool on);

#endif
