/* A screen opened on the card that exists only in fake_card.h, and its canvas.
 * For test_screen_drm*.c alone. */
#ifndef TESTS_UNIT_CARD_RIG_H
#define TESTS_UNIT_CARD_RIG_H

#include "canvas_rig.h"
#include "fake_card.h"

/* One screen on it. */
struct rig {
    struct loop *loop;
    struct screen screen;
    struct screen_settings settings;
    struct canvas canvas;
    int shown, lost, exposed;
};

static void
on_event(void *arg, enum screen_event event) {
    struct rig *rig = arg;

    rig->shown += event == SCREEN_SHOWN;
    rig->lost += event == SCREEN_LOST;
    rig->exposed += event == SCREEN_EXPOSED;
}

static int
setup(void **state) {
    struct rig *rig = calloc(1, sizeof *rig);

    log_open("test", LOG_LEVEL_NONE);
    card = (struct card){.dumb = true, .first_card = 1, .open_error = -EACCES};
    if (rig == NULL || pipe2(card.pipe, O_CLOEXEC | O_NONBLOCK) != 0) {
        return -1;
    }
    card.modes[0] = (drmModeModeInfo){.hdisplay = 64, .vdisplay = 64};
    card.modes[1] = (drmModeModeInfo){.hdisplay = 800, .vdisplay = 600};
    card.modes[2] = (drmModeModeInfo){
        .hdisplay = WIDTH, .vdisplay = HEIGHT, .type = DRM_MODE_TYPE_PREFERRED};
    card.encoder = (drmModeEncoder){.encoder_id = 21, .possible_crtcs = 2};
    card.connectors[0] = (drmModeConnector){
        .connector_id = 11,
        .connector_type = DRM_MODE_CONNECTOR_HDMIA,
        .connector_type_id = 1,
        .connection = DRM_MODE_DISCONNECTED,
    };
    card.connectors[1] = (drmModeConnector){
        .connector_id = 12,
        .connector_type = DRM_MODE_CONNECTOR_HDMIA,
        .connector_type_id = 2,
        .connection = DRM_MODE_CONNECTED,
        .count_modes = 3,
        .modes = card.modes,
        .count_encoders = 1,
        .encoders = encoder_ids,
        .mmWidth = 160,
        .mmHeight = 100,
    };
    rig->loop = loop_create();
    event_arg = &rig->screen;
    *state = rig;
    return rig->loop != NULL ? 0 : -1;
}

static int
teardown(void **state) {
    struct rig *rig = *state;

    screen_close(&rig->screen);
    canvas_finish(&rig->canvas);
    loop_destroy(rig->loop);
    close(card.pipe[0]);
    close(card.pipe[1]);
    free(rig);
    return card.opened == 0 && card.live_handles == 0 && card.live_fbs == 0 &&
                   card.live_maps == 0
               ? 0
               : -1;
}

static bool
open_fake(struct screen *screen, const struct screen_settings *settings) {
    return screen_drm_open(screen, settings, &fake_ops);
}

static bool
open_rig(struct rig *rig) {
    static struct screen_type type;

    type = screen_drm;
    type.open = open_fake;
    return screen_open(&rig->screen, &type, rig->loop, &rig->settings, on_event,
                       rig);
}

static void
open_well(struct rig *rig) {
    assert_true(open_rig(rig));
    fit_canvas(&rig->canvas, &rig->screen);
}

static bool
present(struct rig *rig, struct rect area, uint32_t colour) {
    return present_on(&rig->screen, &rig->canvas, area, colour);
}

static void
flip_arrives(struct rig *rig) {
    assert_int_equal(write(card.pipe[1], "f", 1), 1);
    assert_true(loop_turn(rig->loop, 0));
}

/* What a person sees is the whole canvas, unturned. */
static void
assert_panel_shows_canvas(struct rig *rig) {
    const char *memory = (const char *)card.memory[card.seen_fb - 101];
    const char *pixels = (const char *)rig->canvas.pixels;
    size_t row = WIDTH * (size_t)canvas_bytes(&rig->canvas);

    for (size_t y = 0; y < HEIGHT; y++) {
        assert_memory_equal(memory + y * (row + 64),
                            pixels + y * (size_t)rig->canvas.stride, row);
    }
}

#endif
