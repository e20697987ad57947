/*
 * The bare panel: two dumb buffers that take turns by page flips, so that
 * nothing tears. Each remembers what it still lacks; only that is copied, and
 * turned on the way. Where a driver cannot flip, or has no memory for a second
 * buffer, one is written directly and the driver told what changed.
 */
#include "render/screen_drm.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "common/clock.h"
#include "common/xalloc.h"
#include "render/screen_drm_private.h"

enum { FLIP_LOST_MS = 1000 }; /* a panel asleep may never answer */

static void
set_size(struct screen *screen) {
    const struct panel *panel = screen->state;
    const struct drm_output *output = &panel->output;
    bool turned = panel->rotate == ROTATE_90 || panel->rotate == ROTATE_270;
    int width = output->mode.hdisplay;
    int height = output->mode.vdisplay;

    screen->width = turned ? height : width;
    screen->height = turned ? width : height;
    screen->width_mm = turned ? output->height_mm : output->width_mm;
    screen->height_mm = turned ? output->width_mm : output->height_mm;
}

/* All of the frame is missing in every buffer. */
static void
lack_everything(struct screen *screen) {
    struct panel *panel = screen->state;

    for (int i = 0; i < DRM_BUFFERS; i++) {
        struct drm_buffer *buffer = &panel->buffers[i];

        if (buffer->ops != NULL) {
            pixman_region32_union_rect(&buffer->lacks, &buffer->lacks, 0, 0,
                                       (unsigned)screen->width,
                                       (unsigned)screen->height);
        }
    }
}

void
drm_set_in_flight(struct screen *screen, bool in_flight) {
    struct panel *panel = screen->state;

    panel->in_flight = in_flight;
    loop_set_timer(screen->loop, &panel->flip_lost,
                   in_flight ? clock_monotonic_ms() + FLIP_LOST_MS
                             : CLOCK_NEVER);
}

static void
flip_came(struct screen *screen) {
    struct panel *panel = screen->state;

    if (!panel->in_flight) {
        return;
    }
    drm_set_in_flight(screen, false);
    screen->event(screen->arg, SCREEN_SHOWN);
}

static void
on_flip(int fd, unsigned frame, unsigned seconds, unsigned microseconds,
        void *arg) {
    (void)fd;
    (void)frame;
    (void)seconds;
    (void)microseconds;
    flip_came(arg);
}

static void
on_flip_lost(void *arg) {
    flip_came(arg);
}

static void
on_card(void *arg, int fd, short revents) {
    drmEventContext context = {.version = 2, .page_flip_handler = on_flip};
    struct screen *screen = arg;
    struct panel *panel = screen->state;

    if ((revents & POLLIN) == 0 ||
        panel->ops->handle_event(fd, &context) != 0) {
        loop_remove_fd(screen->loop, fd); /* the card was pulled out */
        screen->event(screen->arg, SCREEN_LOST);
    }
}

/* Not every driver scans out 16 bit. */
static void
refuse_16(struct screen *screen, int error) {
    log_warning("screen: drm: no 16 bit, so it is 32: %s", strerror(-error));
    screen->refused_16 = true;
}

/* The first buffer, and with it the depth of them all. */
static int
make_front(struct screen *screen, int wanted) {
    struct panel *panel = screen->state;
    struct drm_buffer *front = &panel->buffers[0];
    int error_16 = 0;
    int error;

    screen->refused_16 = screen->refused_16 && wanted == DEPTH_16;
    if (wanted == DEPTH_16 && !screen->refused_16) {
        error_16 = drm_buffer_init(front, panel->ops, &panel->output, DEPTH_16);
        if (error_16 == 0) {
            screen->depth = DEPTH_16;
            return 0;
        }
    }
    error = drm_buffer_init(front, panel->ops, &panel->output, DEPTH_32);
    if (error == 0 && error_16 != 0) {
        refuse_16(screen, error_16);
    }
    return error;
}

bool
screen_drm_open(struct screen *screen, const struct screen_settings *settings,
                const struct drm_ops *ops) {
    struct panel *panel = xcalloc(1, sizeof *panel);
    const char *why;
    int error;

    screen->state = panel;
    panel->ops = ops;
    panel->output.fd = -1;
    panel->rotate = settings->rotate;
    panel->flips = panel->dirty_asks = true;
    panel->flip_lost = (struct loop_timer){.fn = on_flip_lost, .arg = screen};
    panel->master =
        (struct loop_timer){.fn = drm_on_master_timer, .arg = screen};
    panel->connectors = ops->connectors_hash();
    if (!drm_find_output(ops, settings->output, screen->refused_modes,
                         &panel->output, &why)) {
        screen->refused_modes = 0;
        return screen_fail(screen, "drm: %s", why);
    }
    if (ops->set_master(panel->output.fd) != 0) {
        return screen_fail(screen, "drm: another program has the display");
    }
    error = make_front(screen, settings->depth);
    if (error != 0) {
        return screen_fail(screen, "drm: no buffer: %s", strerror(-error));
    }
    set_size(screen);
    lack_everything(screen);
    loop_add_fd(screen->loop, panel->output.fd, POLLIN, on_card, screen);
    return true;
}

static bool
drm_open(struct screen *screen, const struct screen_settings *settings) {
    return screen_drm_open(screen, settings, &drm_system_ops);
}

static void
drm_close(struct screen *screen) {
    struct panel *panel = screen->state;

    if (panel == NULL) {
        return;
    }
    loop_cancel_timer(screen->loop, &panel->flip_lost);
    loop_cancel_timer(screen->loop, &panel->master);
    if (panel->output.fd >= 0) {
        loop_remove_fd(screen->loop, panel->output.fd);
    }
    for (int i = 0; i < DRM_BUFFERS; i++) {
        drm_buffer_finish(&panel->buffers[i]);
    }
    if (panel->output.fd >= 0) {
        panel->ops->close(panel->output.fd);
    }
    free(panel);
}

/* What a failed call means: false if the display is gone. */
static bool
survive(struct screen *screen, const char *what, int error) {
    if (error == -EACCES || error == -EPERM) {
        drm_block(screen);
        return true;
    }
    return screen_fail(screen, "drm: %s: %s", what, strerror(-error));
}

static bool
light(struct screen *screen, const struct canvas *canvas) {
    struct panel *panel = screen->state;
    struct drm_output *output = &panel->output;
    struct drm_buffer *front = &panel->buffers[panel->front];
    drmModeClip clips[DRM_CLIPS_MAX];
    int error;

    lack_everything(screen);
    drm_buffer_fill(front, canvas, panel->rotate, clips);
    error = panel->ops->set_crtc(output->fd, output->crtc, front->fb, 0, 0,
                                 &output->connector, 1, &output->mode);
    if (error == 0) {
        panel->lit = true;
        panel->ops->set_dpms(output->fd, output->connector, true);
        return true;
    }
    if (error == -EACCES || error == -EPERM) {
        drm_block(screen);
        return true;
    }
    if (screen->depth == DEPTH_16) {
        refuse_16(screen, error); /* before the mode is blamed */
        return false;
    }
    screen->refused_modes++;
    if (screen->said[0] != '\0') {
        return false; /* one of them is said, the others are only tried */
    }
    return screen_fail(screen, "drm: %s, mode %s, %u Hz: %s", output->name,
                       output->mode.name, output->mode.vrefresh,
                       strerror(-error));
}

/* Writes what is seen, for drivers without page flips. */
static bool
write_front(struct screen *screen, const struct canvas *canvas) {
    struct panel *panel = screen->state;
    struct drm_buffer *front = &panel->buffers[panel->front];
    drmModeClip clips[DRM_CLIPS_MAX];
    uint32_t count = drm_buffer_fill(front, canvas, panel->rotate, clips);
    int error = 0;

    if (panel->dirty_asks && count > 0) {
        error = panel->ops->dirty_fb(panel->output.fd, front->fb, clips, count);
    }
    if (error == -ENOSYS || error == -EINVAL || error == -EOPNOTSUPP) {
        panel->dirty_asks = false; /* it scans out of our memory */
        error = 0;
    }
    return error == 0 || survive(screen, "update", error);
}

/* The second buffer comes with the second frame: to make it takes about as long
 * as all the rest of a start. False: there is no memory for it. */
static bool
has_back(struct screen *screen) {
    struct panel *panel = screen->state;
    struct drm_buffer *back = &panel->buffers[!panel->front];
    int error;

    if (back->ops != NULL) {
        return true;
    }
    error = drm_buffer_init(back, panel->ops, &panel->output, screen->depth);
    if (error != 0) {
        log_warning("screen: drm: no second buffer: %s", strerror(-error));
        return false;
    }
    lack_everything(screen);
    return true;
}

static bool
flip(struct screen *screen, const struct canvas *canvas) {
    struct panel *panel = screen->state;
    int back = !panel->front;
    drmModeClip clips[DRM_CLIPS_MAX];
    int error;

    if (!has_back(screen)) {
        panel->flips = false;
        return write_front(screen, canvas);
    }
    drm_buffer_fill(&panel->buffers[back], canvas, panel->rotate, clips);
    error = panel->ops->page_flip(panel->output.fd, panel->output.crtc,
                                  panel->buffers[back].fb,
                                  DRM_MODE_PAGE_FLIP_EVENT, screen);
    if (error == -EBUSY) {
        panel->owed = true; /* one is on its way that we had given up */
        drm_set_in_flight(screen, true);
        return true;
    }
    if (error == -ENOSYS || error == -EINVAL || error == -EOPNOTSUPP) {
        panel->flips = false;
        return write_front(screen, canvas);
    }
    if (error != 0) {
        return survive(screen, "page flip", error);
    }
    panel->front = back;
    drm_set_in_flight(screen, true);
    return true;
}

static bool
drm_present(struct screen *screen, const struct canvas *canvas,
            pixman_region32_t *damage) {
    struct panel *panel = screen->state;
    bool changed = pixman_region32_not_empty(damage);

    for (int i = 0; i < DRM_BUFFERS; i++) {
        struct drm_buffer *buffer = &panel->buffers[i];

        if (buffer->ops != NULL) {
            pixman_region32_union(&buffer->lacks, &buffer->lacks, damage);
        }
    }
    if (panel->blocked || panel->away || panel->asleep) {
        return true;
    }
    if (panel->in_flight) {
        panel->owed = panel->owed || changed;
        return true;
    }
    if (!changed && !panel->owed && panel->lit) {
        return true;
    }
    panel->owed = false;
    if (!panel->lit) {
        return light(screen, canvas);
    }
    return panel->flips ? flip(screen, canvas) : write_front(screen, canvas);
}

const struct screen_type screen_drm = {
    .name = "drm",
    .open = drm_open,
    .close = drm_close,
    .present = drm_present,
    .check = drm_check,
    .set_active = drm_set_active,
    .set_power = drm_set_power,
};
