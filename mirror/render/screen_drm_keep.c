/*
 * Keeping the bare panel through what people do: other programs and virtual
 * terminals that want the card, displays that are pulled, exchanged or sent to
 * sleep.
 */
#include <string.h>

#include "common/clock.h"
#include "render/screen_drm_private.h"

enum { MASTER_MS = 1000 }; /* between attempts to get the card back */

void
drm_block(struct screen *screen) {
    struct panel *panel = screen->state;

    if (!panel->blocked) {
        log_info("screen: drm: another program has the display");
    }
    panel->blocked = true;
    panel->lit = false;
    drm_set_in_flight(screen, false);
    loop_set_timer(screen->loop, &panel->master,
                   clock_monotonic_ms() + MASTER_MS);
}

/* After the card came back, from a program or a terminal. */
static void
take_over(struct screen *screen) {
    struct panel *panel = screen->state;

    panel->blocked = false;
    panel->lit = false;
    if (panel->asleep) {
        panel->ops->set_dpms(panel->output.fd, panel->output.connector, false);
    }
}

void
drm_on_master_timer(void *arg) {
    struct screen *screen = arg;
    struct panel *panel = screen->state;

    if (panel->ops->set_master(panel->output.fd) != 0) {
        drm_block(screen);
        return;
    }
    log_info("screen: drm: the display is back");
    take_over(screen);
    screen->event(screen->arg, SCREEN_EXPOSED);
}

void
drm_set_active(struct screen *screen, bool active) {
    struct panel *panel = screen->state;

    panel->away = !active;
    if (active) {
        if (panel->ops->set_master(panel->output.fd) == 0) {
            take_over(screen);
        } else {
            drm_block(screen);
        }
        return;
    }
    loop_cancel_timer(screen->loop, &panel->master);
    drm_set_in_flight(screen, false);
    panel->ops->drop_master(panel->output.fd);
}

/* A flip that is under way is forgotten; the next present() sets the mode. */
bool
drm_set_power(struct screen *screen, bool on) {
    struct panel *panel = screen->state;
    int error = 0;

    panel->asleep = !on;
    panel->lit = false;
    drm_set_in_flight(screen, false);
    if (!on && !panel->blocked && !panel->away) {
        error = panel->ops->set_dpms(panel->output.fd, panel->output.connector,
                                     false);
    }
    return error == 0 ||
           screen_fail(screen, "drm: cannot switch the display off: %s",
                       strerror(-error));
}

static bool
same_mode(const drmModeModeInfo *a, const drmModeModeInfo *b) {
    return a->hdisplay == b->hdisplay && a->vdisplay == b->vdisplay &&
           a->clock == b->clock && a->flags == b->flags;
}

static bool
same_glass(const struct drm_output *a, const struct drm_output *b) {
    return a->width_mm == b->width_mm && a->height_mm == b->height_mm;
}

/* Televisions that sleep may look unplugged, and have to be woken all the
 * same: so whoever is asleep is asked later. What the kernel's files say of the
 * modes is as old as the last time that somebody asked. */
static bool
may_differ(struct panel *panel, bool told) {
    uint32_t connectors;

    panel->moved = panel->moved || told;
    if (panel->asleep || panel->away) {
        return false;
    }
    connectors = panel->ops->connectors_hash();
    told = panel->moved || connectors != panel->connectors;
    panel->moved = false;
    panel->connectors = connectors;
    return told;
}

bool
drm_check(struct screen *screen, bool told) {
    struct panel *panel = screen->state;
    const struct drm_output *had = &panel->output;
    struct drm_output now;
    const char *why;
    bool same;

    if (!may_differ(panel, told)) {
        return true;
    }
    if (!drm_find_on_card(panel->ops, had->fd, had->name, screen->refused_modes,
                          &now, &why)) {
        log_info("screen: drm: %s: the display is gone", had->name);
        screen->refused_modes = 0;
        return false; /* opening it again tells why */
    }
    same = now.connector == had->connector &&
           same_mode(&now.mode, &had->mode) && same_glass(&now, had);
    if (!same) {
        log_info("screen: drm: %s: another display", had->name);
        screen->refused_modes = 0;
    }
    return same;
}
