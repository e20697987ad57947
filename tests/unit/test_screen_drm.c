/* The bare panel over a card that exists only here. */
#include "card_rig.h"

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
    assert_int_equal(card.width_set, WIDTH);
    assert_int_equal(card.set_crtcs, 1);
    assert_panel_shows_canvas(rig);
    assert_int_equal(card.live_handles, 1); /* enough for the first frame */
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
with_memory_for_one_buffer_that_is_written(void **state) {
    struct rig *rig = *state;

    card.bounded = true;
    assert_false(open_rig(rig));
    assert_non_null(strstr(rig->screen.said, "no buffer"));
    card.buffers_left = 1;
    open_well(rig);
    assert_true(present(rig, whole, 0x010101));
    assert_true(present(rig, one, 0x111111));
    assert_panel_shows_canvas(rig);
    assert_true(present(rig, two, 0x222222));
    assert_panel_shows_canvas(rig);
    assert_int_equal(card.flips, 0);
    assert_int_equal(card.dirties, 2);
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
buffers_of_16_bit(void **state) {
    struct rig *rig = *state;
    const struct rect areas[] = {one, two, three, one};

    rig->settings.depth = DEPTH_16;
    for (int rotate = ROTATE_0; rotate <= ROTATE_180; rotate += ROTATE_180) {
        rig->settings.rotate = rotate;
        open_well(rig);
        assert_int_equal(card.bits, 16);
        assert_int_equal(rig->canvas.depth, DEPTH_16);
        present(rig, whole, 0x0841);
        for (size_t i = 0; rotate == ROTATE_0 && i < COUNT(areas); i++) {
            assert_true(present(rig, areas[i], 0xf800 + (uint32_t)i));
            flip_arrives(rig);
            assert_panel_shows_canvas(rig);
        }
        assert_int_equal(card.bits, 16);
        screen_close(&rig->screen);
        canvas_finish(&rig->canvas);
    }
}

static void
without_16_bit_it_is_32(void **state) {
    struct rig *rig = *state;

    /* when the buffer is made */
    rig->settings.depth = DEPTH_16;
    card.error_16 = -EINVAL;
    open_well(rig);
    assert_int_equal(rig->screen.depth, DEPTH_32);
    assert_true(rig->screen.refused_16);
    assert_true(present(rig, whole, 0x123456));
    assert_panel_shows_canvas(rig);
    screen_close(&rig->screen);
    canvas_finish(&rig->canvas);
    /* it is not asked again, until somebody chooses anew */
    card.error_16 = 0;
    assert_true(open_rig(rig));
    assert_int_equal(card.bits, 32);
    screen_close(&rig->screen);
    rig->settings.depth = DEPTH_32;
    assert_true(open_rig(rig));
    screen_close(&rig->screen);
    rig->settings.depth = DEPTH_16;
    open_well(rig);
    assert_int_equal(card.bits, 16);
    /* when the mode is set: the mode is not to blame */
    card.modes_refused = 1;
    assert_false(present(rig, whole, 0x1234));
    assert_int_equal(rig->screen.refused_modes, 0);
    screen_close(&rig->screen);
    canvas_finish(&rig->canvas);
    open_well(rig);
    assert_int_equal(card.bits, 32);
    assert_true(present(rig, whole, 0x123456));
    assert_panel_shows_canvas(rig);
}

static void
no_memory_is_no_word_on_16_bit(void **state) {
    struct rig *rig = *state;

    rig->settings.depth = DEPTH_16;
    card.bounded = true;
    assert_false(open_rig(rig));
    assert_false(rig->screen.refused_16);
    card.bounded = false;
    open_well(rig);
    assert_int_equal(card.bits, 16);
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
        TEST(with_memory_for_one_buffer_that_is_written),
        TEST(a_lost_master_is_waited_for),
        TEST(a_lost_flip_does_not_freeze_the_picture),
        TEST(a_dead_card_is_lost),
        TEST(buffers_of_16_bit),
        TEST(without_16_bit_it_is_32),
        TEST(no_memory_is_no_word_on_16_bit),
        TEST(sizes_that_are_none),
    };

    return cmocka_run_group_tests_name("screen_drm", tests, NULL, NULL);
}
