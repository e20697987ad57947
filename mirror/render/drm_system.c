/* The system calls below the screen "drm". */
#include "render/drm_card.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static int
open_card(int index) {
    char path[32];
    int fd;

    snprintf(path, sizeof path, "/dev/dri/card%d", index);
    fd = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
    return fd < 0 ? -errno : fd;
}

static void
close_card(int fd) {
    close(fd);
}

static bool
has_dumb_buffers(int fd) {
    uint64_t value = 0;

    return drmGetCap(fd, DRM_CAP_DUMB_BUFFER, &value) == 0 && value == 1;
}

static void *
map_dumb(int fd, uint32_t handle, uint64_t size) {
    uint64_t offset;
    void *memory;

    if (drmModeMapDumbBuffer(fd, handle, &offset) != 0) {
        return NULL;
    }
    memory =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, (off_t)offset);
    return memory != MAP_FAILED ? memory : NULL;
}

static void
unmap_dumb(void *memory, uint64_t size) {
    munmap(memory, size);
}

const struct drm_ops drm_system_ops = {
    .open = open_card,
    .close = close_card,
    .set_master = drmSetMaster,
    .has_dumb_buffers = has_dumb_buffers,
    .get_resources = drmModeGetResources,
    .free_resources = drmModeFreeResources,
    .get_connector = drmModeGetConnector,
    .free_connector = drmModeFreeConnector,
    .get_encoder = drmModeGetEncoder,
    .free_encoder = drmModeFreeEncoder,
    .create_dumb = drmModeCreateDumbBuffer,
    .destroy_dumb = drmModeDestroyDumbBuffer,
    .map = map_dumb,
    .unmap = unmap_dumb,
    .add_fb = drmModeAddFB,
    .remove_fb = drmModeRmFB,
    .set_crtc = drmModeSetCrtc,
    .page_flip = drmModePageFlip,
    .dirty_fb = drmModeDirtyFB,
    .handle_event = drmHandleEvent,
};
