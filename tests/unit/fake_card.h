/*
 * A card that exists only here: libdrm's calls answered from one struct. For
 * test_screen_drm*.c alone.
 */
#ifndef TESTS_UNIT_FAKE_CARD_H
#define TESTS_UNIT_FAKE_CARD_H

#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/log.h"
#include "render/screen_drm.h"

enum { WIDTH = 320, HEIGHT = 200, BUFFERS_MAX = 32, CLIPS_MAX = 16 };

/* What the card is, what it was told, and how it is to fail. The calls of
 * libdrm carry no argument for it, so it is the one global of this test. */
static struct card {
    int pipe[2]; /* its descriptor: the reading end */
    int opened;
    bool dumb;
    int first_card; /* the index that answers; those below are refused */
    drmModeConnector connectors[2];
    drmModeModeInfo modes[3];
    drmModeEncoder encoder;

    int master_error, set_crtc_error, flip_error, dirty_error, fb_error;
    int modes_refused; /* how many more */
    int error_16;      /* of buffers of 16 bit: the card has none */
    int bits;          /* of the buffer made last */
    int dpms_error;
    int buffers_left; /* memory for so many more, if it is bounded */
    bool bounded;
    int open_error; /* of the cards that do not answer */

    bool master, awake;
    int width_set;            /* of the mode */
    uint32_t connectors_hash; /* what sysfs would say */

    uint32_t *memory[BUFFERS_MAX]; /* by handle - 1 */
    int handles, live_handles, live_fbs, live_maps;
    uint32_t seen_fb; /* scanned out */
    uint32_t next_fb; /* by the flip under way */
    int set_crtcs, flips, dirties;
    uint32_t clips;
    drmModeClip clip;
} card;

static uint32_t crtc_ids[] = {31, 32};
static uint32_t connector_ids[] = {11, 12};
static uint32_t encoder_ids[] = {21};
static drmModeRes resources = {
    .count_crtcs = 2,
    .crtcs = crtc_ids,
    .count_connectors = 2,
    .connectors = connector_ids,
};

static int
fake_open(int index) {
    if (index != card.first_card) {
        return index < card.first_card ? card.open_error : -ENOENT;
    }
    card.opened++;
    return card.pipe[0];
}

static void
fake_close(int fd) {
    assert_int_equal(fd, card.pipe[0]);
    card.opened--;
}

static int
fake_set_master(int fd) {
    (void)fd;
    card.master = card.master_error == 0;
    return card.master_error;
}

static int
fake_drop_master(int fd) {
    (void)fd;
    card.master = false;
    return 0;
}

static int
fake_dpms(int fd, uint32_t connector, bool on) {
    (void)fd;
    assert_int_equal(connector, connector_ids[1]);
    assert_true(card.master);
    if (card.dpms_error == 0) {
        card.awake = on;
    }
    return card.dpms_error;
}

static uint32_t
fake_hash(void) {
    return card.connectors_hash;
}

static bool
fake_has_dumb(int fd) {
    (void)fd;
    return card.dumb;
}

static drmModeRes *
fake_resources(int fd) {
    (void)fd;
    return &resources;
}

static void
fake_free_resources(drmModeRes *freed) {
    assert_ptr_equal(freed, &resources);
}

static drmModeConnector *
fake_connector(int fd, uint32_t id) {
    (void)fd;
    return &card.connectors[id - connector_ids[0]];
}

static void
fake_free_connector(drmModeConnector *freed) {
    assert_non_null(freed);
}

static drmModeEncoder *
fake_encoder(int fd, uint32_t id) {
    (void)fd;
    return id == encoder_ids[0] ? &card.encoder : NULL;
}

static void
fake_free_encoder(drmModeEncoder *freed) {
    assert_ptr_equal(freed, &card.encoder);
}

static int
fake_create(int fd, uint32_t width, uint32_t height, uint32_t bpp,
            uint32_t flags, uint32_t *ret_handle, uint32_t *ret_pitch,
            uint64_t *ret_size) {
    (void)fd;
    (void)flags;
    assert_true(bpp == 32 || bpp == 16);
    if (card.bounded && card.buffers_left-- <= 0) {
        return -ENOMEM;
    }
    *ret_pitch = width * bpp / 8 + 64;
    card.bits = (int)bpp;
    *ret_size = (uint64_t)*ret_pitch * height;
    card.memory[card.handles] = malloc(*ret_size);
    assert_non_null(card.memory[card.handles]);
    memset(card.memory[card.handles], 0xee, *ret_size);
    *ret_handle = (uint32_t)++card.handles;
    card.live_handles++;
    return 0;
}

static int
fake_destroy(int fd, uint32_t handle) {
    (void)fd;
    free(card.memory[handle - 1]);
    card.memory[handle - 1] = NULL;
    card.live_handles--;
    return 0;
}

static void *
fake_map(int fd, uint32_t handle, uint64_t size) {
    (void)fd;
    (void)size;
    card.live_maps++;
    return card.memory[handle - 1];
}

static void
fake_unmap(void *memory, uint64_t size) {
    (void)memory;
    (void)size;
    card.live_maps--;
}

static int
fake_add_fb(int fd, uint32_t width, uint32_t height, uint8_t depth, uint8_t bpp,
            uint32_t pitch, uint32_t handle, uint32_t *ret_id) {
    (void)fd;
    (void)width;
    (void)height;
    (void)pitch;
    assert_int_equal(bpp, card.bits);
    assert_int_equal(depth, bpp == 16 ? 16 : 24);
    if (bpp == 16 && card.error_16 != 0) {
        return card.error_16;
    }
    if (card.fb_error != 0) {
        return card.fb_error;
    }
    card.live_fbs++;
    *ret_id = handle + 100;
    return 0;
}

static int
fake_remove_fb(int fd, uint32_t id) {
    (void)fd;
    (void)id;
    card.live_fbs--;
    return 0;
}

static int
fake_set_crtc(int fd, uint32_t crtc, uint32_t fb, uint32_t x, uint32_t y,
              uint32_t *connectors, int count, drmModeModeInfo *mode) {
    (void)fd;
    (void)x;
    (void)y;
    assert_int_equal(crtc, crtc_ids[1]);
    assert_int_equal(count, 1);
    assert_int_equal(connectors[0], connector_ids[1]);
    if (card.modes_refused > 0) {
        card.modes_refused--;
        return -EINVAL;
    }
    if (card.set_crtc_error == 0) {
        card.seen_fb = fb;
        card.set_crtcs++;
        card.width_set = mode->hdisplay;
    }
    return card.set_crtc_error;
}

static int
fake_flip(int fd, uint32_t crtc, uint32_t fb, uint32_t flags, void *arg) {
    (void)fd;
    (void)crtc;
    (void)arg;
    assert_int_equal(flags, DRM_MODE_PAGE_FLIP_EVENT);
    assert_int_not_equal(fb, card.seen_fb); /* never the one that is seen */
    if (card.flip_error == 0) {
        card.next_fb = fb;
        card.flips++;
    }
    return card.flip_error;
}

static int
fake_dirty(int fd, uint32_t fb, drmModeClip *clips, uint32_t count) {
    (void)fd;
    assert_int_equal(fb, card.seen_fb);
    card.dirties++;
    card.clips = count;
    card.clip = clips[0];
    return card.dirty_error;
}

static struct screen *event_arg;

static int
fake_event(int fd, drmEventContext *context) {
    char byte;

    if (read(fd, &byte, 1) != 1 || byte == 'x') {
        return -1;
    }
    card.seen_fb = card.next_fb;
    context->page_flip_handler(fd, 0, 0, 0, event_arg);
    return 0;
}

static const struct drm_ops fake_ops = {
    .open = fake_open,
    .close = fake_close,
    .set_master = fake_set_master,
    .drop_master = fake_drop_master,
    .has_dumb_buffers = fake_has_dumb,
    .get_resources = fake_resources,
    .free_resources = fake_free_resources,
    .get_connector = fake_connector,
    .free_connector = fake_free_connector,
    .get_encoder = fake_encoder,
    .free_encoder = fake_free_encoder,
    .create_dumb = fake_create,
    .destroy_dumb = fake_destroy,
    .map = fake_map,
    .unmap = fake_unmap,
    .add_fb = fake_add_fb,
    .remove_fb = fake_remove_fb,
    .set_crtc = fake_set_crtc,
    .page_flip = fake_flip,
    .dirty_fb = fake_dirty,
    .handle_event = fake_event,
    .set_dpms = fake_dpms,
    .connectors_hash = fake_hash,
};

#endif
