#include "render/drm_buffer.h"

#include <errno.h>
#include <string.h>

#include "render/rect.h"
#include "render/screen.h"

static int
create(struct drm_buffer *buffer, const struct drm_output *output, int depth) {
    const struct drm_ops *ops = buffer->ops;
    uint32_t width = output->mode.hdisplay;
    uint32_t height = output->mode.vdisplay;
    bool small = depth == DEPTH_16;
    uint8_t bits = small ? 16 : 32;
    int error =
        ops->create_dumb(buffer->fd, width, height, bits, 0, &buffer->handle,
                         &buffer->pitch, &buffer->size);

    if (error != 0) {
        buffer->handle = 0;
        return error;
    }
    error = ops->add_fb(buffer->fd, width, height, small ? 16 : 24, bits,
                        buffer->pitch, buffer->handle, &buffer->fb);
    if (error != 0) {
        buffer->fb = 0;
        return error;
    }
    buffer->memory = ops->map(buffer->fd, buffer->handle, buffer->size);
    return buffer->memory != NULL ? 0 : -errno;
}

int
drm_buffer_init(struct drm_buffer *buffer, const struct drm_ops *ops,
                const struct drm_output *output, int depth) {
    int error;

    *buffer = (struct drm_buffer){.ops = ops, .fd = output->fd};
    pixman_region32_init(&buffer->lacks);
    error = create(buffer, output, depth);
    if (error != 0) {
        drm_buffer_finish(buffer);
        return error;
    }
    memset(buffer->memory, 0, buffer->size);
    return 0;
}

void
drm_buffer_finish(struct drm_buffer *buffer) {
    if (buffer->ops == NULL) {
        return;
    }
    if (buffer->memory != NULL) {
        buffer->ops->unmap(buffer->memory, buffer->size);
    }
    if (buffer->fb != 0) {
        buffer->ops->remove_fb(buffer->fd, buffer->fb);
    }
    if (buffer->handle != 0) {
        buffer->ops->destroy_dumb(buffer->fd, buffer->handle);
    }
    pixman_region32_fini(&buffer->lacks);
    *buffer = (struct drm_buffer){0};
}

static drmModeClip
clip_of(struct rect area) {
    return (drmModeClip){(uint16_t)area.x, (uint16_t)area.y,
                         (uint16_t)(area.x + area.w),
                         (uint16_t)(area.y + area.h)};
}

uint32_t
drm_buffer_fill(struct drm_buffer *buffer, const struct canvas *canvas,
                int rotate, drmModeClip ret_clips[DRM_CLIPS_MAX]) {
    int count;
    const pixman_box32_t *boxes =
        pixman_region32_rectangles(&buffer->lacks, &count);
    uint32_t used = 0;

    if (count > DRM_CLIPS_MAX) {
        boxes = pixman_region32_extents(&buffer->lacks);
        count = 1;
    }
    for (int i = 0; i < count; i++) {
        struct rect area = {boxes[i].x1, boxes[i].y1, boxes[i].x2 - boxes[i].x1,
                            boxes[i].y2 - boxes[i].y1};

        area = rotate_copy(canvas, area, rotate, buffer->memory,
                           (int)buffer->pitch);
        if (!rect_empty(area)) {
            ret_clips[used++] = clip_of(area);
        }
    }
    pixman_region32_clear(&buffer->lacks);
    return used;
}
