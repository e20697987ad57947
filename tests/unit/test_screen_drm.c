/* The bare panel over a card that exists only here. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
        return index < card.first_card ? -EACCES : -ENOENT;
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
    return card.master_error;
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
    assert_int_equal(bpp, 32);
    *ret_pitch = width * 4 + 64;
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
    (void)depth;
    (void)bpp;
    (void)pitch;
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
    assert_int_equal(mode->hdisplay, WIDTH);
    if (card.set_crtc_error == 0) {
        card.seen_fb = fb;
        card.set_crtcs++;
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
};

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
    card = (struct card){.dumb = true, .first_card = 1};
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
    assert_true(
        canvas_init(&rig->canvas, rig->screen.width, rig->screen.height));
}

static bool
present(struct rig *rig, struct rect area, uint32_t colour) {
    pixman_region32_t damage;
    bool ok;

    for (int y = area.y; y < area.y + area.h; y++) {
        for (int x = area.x; x < area.x + area.w; x++) {
            rig->canvas.pixels[(size_t)y * rig->canvas.stride / 4 + x] = colour;
        }
    }
    pixman_region32_init_rect(&damage, area.x, area.y, (unsigned)area.w,
                              (unsigned)area.h);
    ok = rig->screen.type->present(&rig->screen, &rig->canvas, &damage);
    pixman_region32_fini(&damage);
    return ok;
}

static void
flip_arrives(struct rig *rig) {
    assert_int_equal(write(card.pipe[1], "f", 1), 1);
    assert_true(loop_turn(rig->loop, 0));
}

/* What a person sees is the whole canvas, unturned. */
static void
assert_panel_shows_canvas(struct rig *rig) {
    const uint32_t *memory = card.memory[card.seen_fb - 101];

    for (int y = 0; y < HEIGHT; y++) {
        assert_memory_equal(
            memory + (size_t)y * (WIDTH + 16),
            rig->canvas.pixels + (size_t)y * rig->canvas.stride / 4, WIDTH * 4);
    }
}

static const struct rect whole = {0, 0, WIDTH, HEIGHT};
static const struct rect one = {3, 5, 7, 9}, two = {100, 50, 20, 10},
                         three = {200, 150, 30, 30};
static const struct rect none = {0, 0, 0, 0};

static void
the_connected_output_is_found(void **state) {
    struct rig *rig = *state;

    open_well(rig);
    assert_int_equal(rig->screen.width, WIDTH);
    assert_int_equal(rig->screen.height, HEIGHT);
    assert_true(rig->screen.width_mm == 160 && rig->screen.height_mm == 100);
    assert_true(present(rig, whole, 0x112233));
    assert_int_equal(card.set_crtcs, 1);
    assert_panel_shows_canvas(rig);
}

static void
outputs_that_will_not_do(void **state) {
    struct rig *rig = *state;

    snprintf(rig->settings.output, sizeof rig->settings.output, "HDMI-A-1");
    assert_false(open_rig(rig)); /* named, not connected */
    snprintf(rig->settings.output, sizeof rig->settings.output, "DP-1");
    assert_false(open_rig(rig)); /* named, not there */
    snprintf(rig->settings.output, sizeof rig->settings.output, "HDMI-A-2");
    card.dumb = false;
    assert_false(open_rig(rig));
    card.dumb = true;
    card.encoder.possible_crtcs = 0;
    assert_false(open_rig(rig));
    card.encoder.possible_crtcs = 2;
    card.connectors[1].count_modes = 1; /* only 64x64 */
    assert_false(open_rig(rig));
    card.connectors[1].count_modes = 3;
    card.master_error = -EBUSY;
    assert_false(open_rig(rig));
    card.master_error = 0;
    card.fb_error = -EINVAL;
    assert_false(open_rig(rig));
    card.fb_error = 0;
    card.first_card = DRM_CARDS_MAX;
    assert_false(open_rig(rig));
    assert_non_null(strstr(rig->screen.said, "group video"));
    card.first_card = DRM_CARDS_MAX - 1;
    assert_true(open_rig(rig));
}

static void
a_turned_panel_swaps_its_sides(void **state) {
    struct rig *rig = *state;
    const uint32_t *memory;

    rig->settings.rotate = ROTATE_90;
    open_well(rig);
    assert_int_equal(rig->screen.width, HEIGHT);
    assert_int_equal(rig->screen.height, WIDTH);
    assert_true(rig->screen.width_mm == 100 && rig->screen.height_mm == 160);
    assert_true(present(rig, (struct rect){0, 0, 1, 1}, 0xabcdef));
    memory = card.memory[card.seen_fb - 101];
    assert_int_equal(memory[WIDTH - 1], 0xabcdef); /* top left to top right */
}

static void
each_buffer_gets_what_it_lacks(void **state) {
    struct rig *rig = *state;
    const struct rect areas[] = {one, two, three, one, two};

    open_well(rig);
    present(rig, whole, 0x010101);
    for (size_t i = 0; i < COUNT(areas); i++) {
        assert_true(present(rig, areas[i], 0x100000 + (uint32_t)i));
        flip_arrives(rig);
        assert_int_equal(rig->shown, (int)i + 1);
        assert_panel_shows_canvas(rig);
    }
    assert_int_equal(card.flips, (int)COUNT(areas));
    assert_int_equal(card.set_crtcs, 1);
}

static void
damage_adds_up_while_a_flip_is_under_way(void **state) {
    struct rig *rig = *state;

    open_well(rig);
    present(rig, whole, 0x010101);
    present(rig, one, 0x111111);
    present(rig, two, 0x222222);
    present(rig, three, 0x333333);
    assert_int_equal(card.flips, 1);
    flip_arrives(rig);
    assert_true(present(rig, none, 0)); /* as the owner does on SCREEN_SHOWN */
    assert_int_equal(card.flips, 2);
    flip_arrives(rig);
    assert_panel_shows_canvas(rig);
    assert_true(present(rig, none, 0));
    assert_int_equal(card.flips, 2); /* nothing is owed any more */
}

static void
a_busy_card_is_asked_again(void **state) {
    struct rig *rig = *state;

    open_well(rig);
    present(rig, whole, 0x010101);
    card.flip_error = -EBUSY;
    assert_true(present(rig, one, 0x111111));
    card.flip_error = 0;
    card.next_fb = card.seen_fb; /* the flip that was in the way */
    flip_arrives(rig);
    assert_true(present(rig, none, 0));
    assert_int_equal(card.flips, 1);
    flip_arrives(rig);
    assert_panel_shows_canvas(rig);
}

static void
without_flips_the_front_is_written(void **state) {
    static const int errors[] = {-ENOSYS, -EINVAL, -EOPNOTSUPP};

    for (size_t i = 0; i < COUNT(errors); i++) {
        struct rig *rig = *state;

        open_well(rig);
        present(rig, whole, 0x010101);
        card.flip_error = errors[i];
        card.dirties = 0;
        assert_true(present(rig, one, 0x111111));
        assert_true(present(rig, two, 0x222222));
        assert_panel_shows_canvas(rig);
        assert_int_equal(card.dirties, 2);
        assert_int_equal(card.clips, 1);
        assert_int_equal(card.clip.x1, two.x);
        assert_int_equal(card.clip.y2, two.y + two.h);
        card.dirty_error = -ENOSYS; /* scans out of memory: asked once */
        assert_true(present(rig, three, 0x333333));
        assert_true(present(rig, one, 0x444444));
        assert_int_equal(card.dirties, 3);
        assert_panel_shows_canvas(rig);
        card.dirty_error = card.flip_error = 0;
        card.handles = 0;
        screen_close(&rig->screen);
        canvas_finish(&rig->canvas);
    }
}

static void
a_lost_master_is_waited_for(void **state) {
    struct rig *rig = *state;

    open_well(rig);
    present(rig, whole, 0x010101);
    card.flip_error = -EACCES;
    card.master_error = -EBUSY;
    assert_true(present(rig, one, 0x111111));
    assert_true(present(rig, two, 0x222222)); /* remembered, not shown */
    assert_int_equal(card.flips, 0);
    card.flip_error = card.master_error = 0;
    for (int i = 0; i < 100 && rig->exposed == 0; i++) {
        assert_true(loop_turn(rig->loop, 100));
    }
    assert_int_equal(rig->exposed, 1);
    assert_int_equal(rig->lost, 0);
    assert_true(present(rig, whole, 0x333333));
    assert_int_equal(card.set_crtcs, 2);
    assert_panel_shows_canvas(rig);
}

static void
a_lost_flip_does_not_freeze_the_picture(void **state) {
    struct rig *rig = *state;

    open_well(rig);
    present(rig, whole, 0x010101);
    present(rig, one, 0x111111);
    for (int i = 0; i < 100 && rig->shown == 0; i++) {
        assert_true(loop_turn(rig->loop, 100));
    }
    assert_int_equal(rig->shown, 1);
    card.seen_fb = card.next_fb;
    assert_true(present(rig, two, 0x222222));
    assert_int_equal(card.flips, 2);
}

static void
a_dead_card_is_lost(void **state) {
    struct rig *rig = *state;

    open_well(rig);
    present(rig, whole, 0x010101);
    card.flip_error = -ENODEV;
    assert_false(present(rig, one, 0x111111));
    screen_close(&rig->screen);
    canvas_finish(&rig->canvas);
    card.flip_error = 0;
    card.handles = 0;
    open_well(rig);
    assert_int_equal(write(card.pipe[1], "x", 1), 1);
    loop_turn(rig->loop, 0);
    assert_int_equal(rig->lost, 1);
}

static void
sizes_that_are_none(void **state) {
    static const struct {
        double width_mm, height_mm;
        int width_px, height_px;
        bool plausible;
    } cases[] = {
        {344, 194, 1920, 1080, true},
        {531, 299, 1920, 1080, true},
        {40, 40, 480, 480, true},
        {39, 40, 480, 480, false},
        {16, 9, 1920, 1080, false},
        {160, 90, 1920, 1080, true},
        {1600, 900, 3840, 2160, true},
        {0, 0, 1920, 1080, false},
        {4001, 2250, 1920, 1080, false},
        {344, 344, 1920, 1080, false}, /* an aspect of another panel */
        {194, 344, 1920, 1080, false},
        {344, 194, 0, 0, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(
            drm_size_plausible(cases[i].width_mm, cases[i].height_mm,
                               cases[i].width_px, cases[i].height_px),
            cases[i].plausible);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_connected_output_is_found),
        TEST(outputs_that_will_not_do),
        TEST(a_turned_panel_swaps_its_sides),
        TEST(each_buffer_gets_what_it_lacks),
        TEST(damage_adds_up_while_a_flip_is_under_way),
        TEST(a_busy_card_is_asked_again),
        TEST(without_flips_the_front_is_written),
        TEST(a_lost_master_is_waited_for),
        TEST(a_lost_flip_does_not_freeze_the_picture),
        TEST(a_dead_card_is_lost),
        TEST(sizes_that_are_none),
    };

    return cmocka_run_group_tests_name("screen_drm", tests, NULL, NULL);
}
