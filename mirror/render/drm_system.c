/* The system calls below the screen "drm". */
#include "render/drm_card.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
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

static int
set_property(int fd, const drmModeConnector *connector, const char *name,
             uint64_t value) {
    int error = -ENOENT;

    for (int i = 0; i < connector->count_props && error == -ENOENT; i++) {
        drmModePropertyRes *property =
            drmModeGetProperty(fd, connector->props[i]);

        if (property != NULL && strcmp(property->name, name) == 0) {
            error = drmModeConnectorSetProperty(fd, connector->connector_id,
                                                property->prop_id, value);
        }
        drmModeFreeProperty(property);
    }
    return error;
}

static int
set_dpms(int fd, uint32_t id, bool on) {
    drmModeConnector *connector = drmModeGetConnectorCurrent(fd, id);
    int error;

    if (connector == NULL) {
        return -errno;
    }
    error = set_property(fd, connector, "DPMS",
                         on ? DRM_MODE_DPMS_ON : DRM_MODE_DPMS_OFF);
    drmModeFreeConnector(connector);
    return error;
}

static uint32_t
connectors_hash(void) {
    return drm_connectors_hash("/sys/class/drm");
}

const struct drm_ops drm_system_ops = {
    .open = open_card,
    .close = close_card,
    .set_master = drmSetMaster,
    .drop_master = drmDropMaster,
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
    .set_dpms = set_dpms,
    .connectors_hash = connectors_hash,
};
