/* A dumb buffer of a card, and what it lacks of the frame. */
#ifndef MIRROR_RENDER_DRM_BUFFER_H
#define MIRROR_RENDER_DRM_BUFFER_H

#include <pixman.h>
#include <stdint.h>

#include "render/canvas.h"
#include "render/drm_card.h"

enum { DRM_CLIPS_MAX = 16 }; /* more damage than that is one rectangle */

struct drm_buffer {
    const struct drm_ops *ops; /* NULL: not initialised */
    int fd;                    /* borrowed: of the card */
    uint32_t handle, fb;       /* 0: none */
    void *memory;              /* owned mapping, write-combined: never read */
    uint32_t pitch;            /* bytes */
    uint64_t size;
    pixman_region32_t lacks; /* of the frame, before it is turned */
};

/* A black buffer of the output's mode, with pixels of that depth (enum
 * settings_depth). Returns 0, or a negative errno with nothing left behind. */
int
drm_buffer_init(struct drm_buffer *buffer, const struct drm_ops *ops,
                const struct drm_output *output, int depth);
void
drm_buffer_finish(struct drm_buffer *buffer); /* accepts zeroed */

/* Copies from the canvas, which has the same depth, turned clockwise by
 * `rotate` (enum settings_rotate), what the buffer lacks, which is nothing
 * afterwards. Returns how many rectangles of the panel were written, and
 * which. */
uint32_t
drm_buffer_fill(struct drm_buffer *buffer, const struct canvas *canvas,
                int rotate, drmModeClip ret_clips[DRM_CLIPS_MAX]);

#endif
