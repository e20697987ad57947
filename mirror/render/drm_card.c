#include "render/drm_card.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/canvas.h"

enum { CRTCS_MAX = 32 }; /* bits of possible_crtcs */

bool
drm_size_plausible(double width_mm, double height_mm, int width_px,
                   int height_px) {
    static const double mm_min = 40, mm_max = 4000; /* 3 to 200 inches wide */
    static const double aspect_error_max = 0.25;
    double shape;

    if (width_mm < mm_min || height_mm < mm_min || width_mm > mm_max ||
        height_mm > mm_max || width_px <= 0 || height_px <= 0) {
        return false;
    }
    shape = width_mm / height_mm * height_px / width_px;
    return fabs(shape - 1) < aspect_error_max;
}

static bool
mode_usable(const drmModeModeInfo *mode) {
    return mode->hdisplay >= CANVAS_SIZE_MIN &&
           mode->vdisplay >= CANVAS_SIZE_MIN &&
           mode->hdisplay <= CANVAS_SIZE_MAX &&
           mode->vdisplay <= CANVAS_SIZE_MAX;
}

/* The usable mode after `*skip` others of the same kind, which it counts
 * down. */
static const drmModeModeInfo *
next_mode(const drmModeConnector *connector, bool preferred, int *skip) {
    for (int i = 0; i < connector->count_modes; i++) {
        const drmModeModeInfo *mode = &connector->modes[i];

        if (mode_usable(mode) &&
            ((mode->type & DRM_MODE_TYPE_PREFERRED) != 0) == preferred &&
            (*skip)-- == 0) {
            return mode;
        }
    }
    return NULL;
}

/* The preferred ones, then the others in the kernel's order, the largest
 * first. NULL: none are left after `skip`. */
static const drmModeModeInfo *
choose_mode(const drmModeConnector *connector, int skip) {
    const drmModeModeInfo *mode = next_mode(connector, true, &skip);

    return mode != NULL ? mode : next_mode(connector, false, &skip);
}

static bool
is_connected(const drmModeConnector *connector, bool named) {
    return connector->connection == DRM_MODE_CONNECTED ||
           (named && connector->connection == DRM_MODE_UNKNOWNCONNECTION);
}

static bool
card_has_crtc(const drmModeRes *resources, uint32_t crtc) {
    for (int i = 0; i < resources->count_crtcs; i++) {
        if (resources->crtcs[i] == crtc) {
            return true;
        }
    }
    return false;
}

static uint32_t
crtc_of_encoder(const drmModeRes *resources, const drmModeEncoder *encoder) {
    if (encoder->crtc_id != 0 && card_has_crtc(resources, encoder->crtc_id)) {
        return encoder->crtc_id;
    }
    for (int i = 0; i < resources->count_crtcs && i < CRTCS_MAX; i++) {
        if ((encoder->possible_crtcs & (1u << i)) != 0) {
            return resources->crtcs[i];
        }
    }
    return 0;
}

static uint32_t
crtc_by_encoder(const struct drm_ops *ops, int fd, const drmModeRes *resources,
                uint32_t id) {
    drmModeEncoder *encoder = id != 0 ? ops->get_encoder(fd, id) : NULL;
    uint32_t crtc;

    if (encoder == NULL) {
        return 0;
    }
    crtc = crtc_of_encoder(resources, encoder);
    ops->free_encoder(encoder);
    return crtc;
}

/* The one that drives the connector already, else any that can; 0: none. */
static uint32_t
choose_crtc(const struct drm_ops *ops, int fd, const drmModeRes *resources,
            const drmModeConnector *connector) {
    uint32_t crtc = crtc_by_encoder(ops, fd, resources, connector->encoder_id);

    for (int i = 0; crtc == 0 && i < connector->count_encoders; i++) {
        crtc = crtc_by_encoder(ops, fd, resources, connector->encoders[i]);
    }
    return crtc;
}

static void
name_connector(const drmModeConnector *connector, char *name, size_t size) {
    const char *type = drmModeGetConnectorTypeName(connector->connector_type);

    snprintf(name, size, "%s-%u", type != NULL ? type : "Unknown",
             connector->connector_type_id);
}

static void
fill_output(const drmModeConnector *connector, const drmModeModeInfo *mode,
            struct drm_output *output) {
    output->connector = connector->connector_id;
    output->mode = *mode;
    output->width_mm = output->height_mm = 0;
    if (drm_size_plausible(connector->mmWidth, connector->mmHeight,
                           mode->hdisplay, mode->vdisplay)) {
        output->width_mm = connector->mmWidth;
        output->height_mm = connector->mmHeight;
    }
}

/* What is looked for. */
struct wish {
    const char *name; /* "": any */
    int refused;
};

static bool
try_connector(const struct drm_ops *ops, const drmModeRes *resources,
              const drmModeConnector *connector, const struct wish *wish,
              struct drm_output *output, const char **ret_why) {
    const drmModeModeInfo *mode;
    bool named = *wish->name != '\0';

    name_connector(connector, output->name, sizeof output->name);
    if ((named && strcmp(wish->name, output->name) != 0) ||
        !is_connected(connector, named)) {
        return false;
    }
    mode = choose_mode(connector, wish->refused);
    if (mode == NULL) {
        *ret_why = wish->refused > 0
                       ? "the driver refuses every mode of the display"
                       : "the display offers no usable mode";
        return false;
    }
    output->crtc = choose_crtc(ops, output->fd, resources, connector);
    if (output->crtc == 0) {
        *ret_why = "nothing on the card can drive the display";
        return false;
    }
    fill_output(connector, mode, output);
    return true;
}

static const char no_card[] = "no graphics card in /dev/dri";
static const char no_connectors[] = "the graphics card has no connectors";

/* Also false for a render device, which has no outputs at all. */
static bool
has_connectors(const struct drm_ops *ops, int fd) {
    drmModeRes *resources = ops->get_resources(fd);
    bool has = resources != NULL && resources->count_connectors > 0;

    if (resources != NULL) {
        ops->free_resources(resources);
    }
    return has && ops->has_dumb_buffers(fd);
}

static bool
search_card(const struct drm_ops *ops, const struct wish *wish,
            struct drm_output *output, const char **ret_why) {
    drmModeRes *resources;
    bool found = false;

    if (!has_connectors(ops, output->fd)) {
        if (*ret_why == no_card) {
            *ret_why = no_connectors;
        }
        return false;
    }
    resources = ops->get_resources(output->fd);
    if (resources == NULL) {
        return false;
    }
    *ret_why = *wish->name == '\0'
                   ? "no display is connected"
                   : "the output of the config is not connected";
    for (int i = 0; i < resources->count_connectors && !found; i++) {
        drmModeConnector *connector =
            ops->get_connector(output->fd, resources->connectors[i]);

        if (connector != NULL) {
            found =
                try_connector(ops, resources, connector, wish, output, ret_why);
            ops->free_connector(connector);
        }
    }
    ops->free_resources(resources);
    return found;
}

bool
drm_find_on_card(const struct drm_ops *ops, int fd, const char *name,
                 int refused, struct drm_output *ret_output,
                 const char **ret_why) {
    struct wish wish = {name, refused};
    struct drm_output output = {.fd = fd};

    *ret_why = no_card;
    if (!search_card(ops, &wish, &output, ret_why)) {
        return false;
    }
    *ret_output = output;
    return true;
}

/* By its mode, or by the fence of the unit. */
static bool
is_forbidden(int error) {
    return error == -EACCES || error == -EPERM;
}

bool
drm_find_output(const struct drm_ops *ops, const char *name, int refused,
                struct drm_output *ret_output, const char **ret_why) {
    struct wish wish = {name, refused};
    struct drm_output output = {0};

    *ret_why = no_card;
    for (int i = 0; i < DRM_CARDS_MAX; i++) {
        output.fd = ops->open(i);
        if (output.fd < 0) {
            if (is_forbidden(output.fd) && *ret_why == no_card) {
                *ret_why = "no access to /dev/dri; is the user in group video?";
            }
            continue;
        }
        if (search_card(ops, &wish, &output, ret_why)) {
            *ret_output = output;
            return true;
        }
        ops->close(output.fd);
    }
    return false;
}

bool
drm_card_exists(const struct drm_ops *ops) {
    bool exists = false;

    for (int i = 0; i < DRM_CARDS_MAX && !exists; i++) {
        int fd = ops->open(i);

        exists = fd >= 0 ? has_connectors(ops, fd) : is_forbidden(fd);
        if (fd >= 0) {
            ops->close(fd);
        }
    }
    return exists;
}
