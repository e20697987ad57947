/*
 * A graphics card without any of SDL: which output shows the picture, in which
 * mode, and how large its glass is. The system calls stand behind a table, so
 * that tests plug in a card that nobody has to own.
 */
#ifndef MIRROR_RENDER_DRM_CARD_H
#define MIRROR_RENDER_DRM_CARD_H

#include <stdbool.h>
#include <stdint.h>
#include <xf86drm.h>
#include <xf86drmMode.h>

/* The calls of libdrm under their own names and with its results: 0, or a
 * negative errno. `open` gives a descriptor, map a pointer or NULL with errno
 * set. */
struct drm_ops {
    int (*open)(int index); /* /dev/dri/card<index> */
    void (*close)(int fd);
    int (*set_master)(int fd);
    int (*drop_master)(int fd);
    bool (*has_dumb_buffers)(int fd);

    drmModeRes *(*get_resources)(int fd);
    void (*free_resources)(drmModeRes *resources);
    drmModeConnector *(*get_connector)(int fd, uint32_t id);
    void (*free_connector)(drmModeConnector *connector);
    drmModeEncoder *(*get_encoder)(int fd, uint32_t id);
    void (*free_encoder)(drmModeEncoder *encoder);

    int (*create_dumb)(int fd, uint32_t width, uint32_t height, uint32_t bpp,
                       uint32_t flags, uint32_t *ret_handle,
                       uint32_t *ret_pitch, uint64_t *ret_size);
    int (*destroy_dumb)(int fd, uint32_t handle);
    void *(*map)(int fd, uint32_t handle, uint64_t size);
    void (*unmap)(void *memory, uint64_t size);
    int (*add_fb)(int fd, uint32_t width, uint32_t height, uint8_t depth,
                  uint8_t bpp, uint32_t pitch, uint32_t handle,
                  uint32_t *ret_id);
    int (*remove_fb)(int fd, uint32_t id);

    int (*set_crtc)(int fd, uint32_t crtc, uint32_t fb, uint32_t x, uint32_t y,
                    uint32_t *connectors, int count, drmModeModeInfo *mode);
    int (*page_flip)(int fd, uint32_t crtc, uint32_t fb, uint32_t flags,
                     void *arg);
    int (*dirty_fb)(int fd, uint32_t fb, drmModeClip *clips, uint32_t count);
    int (*handle_event)(int fd, drmEventContext *context);

    /* Ours: a display to sleep or awake, and drm_connectors_hash() of the
     * system. */
    int (*set_dpms)(int fd, uint32_t connector, bool on);
    uint32_t (*connectors_hash)(void);
};

/* The real ones. */
extern const struct drm_ops drm_system_ops;

enum { DRM_CARDS_MAX = 8 };

/* The way to one panel. */
struct drm_output {
    int fd; /* owned by whoever found it */
    uint32_t connector, crtc;
    drmModeModeInfo mode;
    double width_mm, height_mm; /* 0: not known, or not to be believed */
    char name[32];              /* "HDMI-A-1" */
};

/*
 * Opens the first card that has a connected connector (called `name`, if that
 * is not "") with a usable mode and a free way to it. Of its modes it is the
 * preferred one, or after `refused` of them that the driver would not set, the
 * next best. A connector that cannot tell whether something is connected, such
 * as composite video, has to be named. Returns false with a short reason in
 * *ret_why (a literal), and nothing open.
 */
bool
drm_find_output(const struct drm_ops *ops, const char *name, int refused,
                struct drm_output *ret_output, const char **ret_why);

/* The same on a card that is open already, which it stays either way. Only of
 * its master the kernel lets the displays be asked anew. */
bool
drm_find_on_card(const struct drm_ops *ops, int fd, const char *name,
                 int refused, struct drm_output *ret_output,
                 const char **ret_why);

/* Whether there is a card with connectors at all, or one that we may not
 * open. */
bool
drm_card_exists(const struct drm_ops *ops);

/*
 * One number for what the kernel knows of all connectors in `folder`
 * ("/sys/class/drm"): it changes when a display comes, goes or has other
 * modes. Reading it asks no display, so it costs some microseconds; 0: there
 * are none. A process in a network namespace of its own gets no uevents.
 */
uint32_t
drm_connectors_hash(const char *folder);

/* Whether a panel may have this size: projectors and cheap televisions write
 * an aspect ratio or nothing where millimetres belong. */
bool
drm_size_plausible(double width_mm, double height_mm, int width_px,
                   int height_px);

#endif
