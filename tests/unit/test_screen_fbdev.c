/* The framebuffer of old firmware over memory that exists only here. */
#include "fbdev_rig.h"

#include <unistd.h>

#include "render/screen_choice.h"

static void
every_format_in_odd_rows(void **state) {
    struct rig *rig = *state;
    const struct rect spot = {3, 5, 7, 9};

    for (size_t i = 0; i < COUNT(formats); i++) {
        const struct format *format = &formats[i];
        uint32_t mask = /* without the byte that nobody reads */
            format->bits == 32 && format->red.offset == 16 &&
                    format->alpha.length == 0
                ? 0xffffff
                : UINT32_MAX;

        for (uint32_t odd = 0; odd < 8; odd++) {
            set_format(format);
            set_stride(WIDTH * (uint32_t)format->bits / 8 + odd);
            open_well(rig);
            present_everything(rig, 0);
            present(rig, spot, 0x123456);
            assert_int_equal(pixel_at(3, 5) & mask, format->of_123456);
            assert_int_equal(pixel_at(9, 13) & mask, format->of_123456);
            assert_int_not_equal(pixel_at(2, 5) & mask, format->of_123456);
            assert_int_not_equal(pixel_at(10, 13) & mask, format->of_123456);
            close_rig(rig);
        }
    }
}

static void
the_gap_between_rows_stays_as_it_is(void **state) {
    struct rig *rig = *state;

    set_format(&formats[4]);
    set_stride(WIDTH * 2 + 3);
    open_well(rig);
    present_everything(rig, 0xffffff);
    for (size_t y = 0; y < HEIGHT; y++) {
        const unsigned char *gap =
            device.memory + y * device.fix.line_length + (size_t)WIDTH * 2;

        assert_int_equal(gap[-1], 0xff);
        assert_int_equal(gap[0], 0xee);
        assert_int_equal(gap[2], 0xee);
    }
}

static void
turned(void **state) {
    /* where the frame's top left pixel is on the panel */
    static const struct {
        int rotate, x, y;
    } cases[] = {
        {ROTATE_0, 0, 0},
        {ROTATE_90, WIDTH - 1, 0},
        {ROTATE_180, WIDTH - 1, HEIGHT - 1},
        {ROTATE_270, 0, HEIGHT - 1},
    };
    struct rig *rig = *state;

    for (size_t i = 0; i < COUNT(cases) * 2; i++) {
        size_t at = i / 2;
        bool turned_by_side = cases[at].rotate % 2 == 1;

        set_format(&formats[i % 2 == 0 ? 0 : 4]);
        set_stride(i % 2 == 0 ? WIDTH * 4 : WIDTH * 2 + 1);
        device.var.width = 120;
        device.var.height = 90;
        rig->settings.rotate = cases[at].rotate;
        open_well(rig);
        assert_int_equal(rig->screen.width, turned_by_side ? HEIGHT : WIDTH);
        assert_true(rig->screen.width_mm == (turned_by_side ? 90 : 120));
        present_everything(rig, 0);
        present(rig, (struct rect){0, 0, 1, 1}, 0xffffff);
        assert_int_equal(pixel_at(cases[at].x, cases[at].y),
                         i % 2 == 0 ? 0xffffff : 0xffff);
        close_rig(rig);
    }
}

static void
a_frame_of_16_bit(void **state) {
    struct rig *rig = *state;

    rig->settings.depth = DEPTH_16;
    for (size_t i = 0; i < COUNT(formats); i++) {
        const struct format *format = &formats[i];

        for (uint32_t odd = 0; odd < 4; odd++) {
            bool like = strcmp(format->name, "rgb565") == 0 && odd % 2 == 0;

            rig->settings.rotate = odd / 2 == 0 ? ROTATE_0 : ROTATE_180;
            set_format(format);
            set_stride(WIDTH * (uint32_t)format->bits / 8 + odd);
            open_well(rig);
            assert_int_equal(rig->screen.depth, like ? DEPTH_16 : DEPTH_32);
            present_everything(rig, 0);
            present_everything(rig, like ? 0x11aa : 0x123456);
            assert_int_equal(pixel_at(WIDTH - 1, HEIGHT - 1) |
                                 (format->bits == 32 ? 0xff000000 : 0),
                             format->of_123456 |
                                 (format->bits == 32 ? 0xff000000 : 0));
            close_rig(rig);
        }
    }
}

/* The real opening of a device, on a file. */
static void
the_second_mirror_is_refused(void **state) {
    struct rig *rig = *state;
    char path[] = "/tmp/mirror-fb-XXXXXX";
    int made = mkstemp(path);
    int first, second;

    assert_true(made >= 0);
    first = fb_open_alone(path);
    assert_true(first >= 0);
    second = fb_open_alone(path);
    assert_int_equal(second, -EBUSY);
    device.open_error = second;
    assert_false(open_rig(rig));
    assert_non_null(strstr(rig->screen.said, "another mirror"));
    close(first); /* as when it ends */
    second = fb_open_alone(path);
    assert_true(second >= 0);
    close(second);
    device.open_error = 0;
    open_well(rig);
    close(made);
    unlink(path);
    assert_int_equal(fb_open_alone(path), -ENOENT);
}

static void
a_panned_framebuffer_is_drawn_where_it_is_seen(void **state) {
    struct rig *rig = *state;

    device.var.xoffset = 8;
    device.var.yoffset = 4;
    device.fix.line_length = (WIDTH + 8) * 4;
    device.fix.smem_len = device.fix.line_length * (HEIGHT + 4);
    open_well(rig);
    present_everything(rig, 0x123456);
    assert_int_equal(pixel_at(0, 0) & 0xffffff, 0x123456);
    assert_int_equal(pixel_at(WIDTH - 1, HEIGHT - 1) & 0xffffff, 0x123456);
    assert_int_equal(device.memory[0], 0xee);
}

static void
framebuffers_that_will_not_do(void **state) {
    struct rig *rig = *state;
    const struct fb_var_screeninfo var = device.var;
    const struct fb_fix_screeninfo fix = device.fix;

    for (int i = 0; i < 12; i++) {
        device.var = var;
        device.fix = fix;
        switch (i) {
        case 0: device.var.bits_per_pixel = 24; break;
        case 1: device.var.bits_per_pixel = 8; break;
        case 2: device.var.red.length = 0; break;
        case 3: device.var.red.length = 10; break;
        case 4: device.var.blue.offset = 25; break;
        case 5: device.var.green.msb_right = 1; break;
        case 6: device.var.grayscale = 1; break;
        case 7: device.fix.type = FB_TYPE_PLANES; break;
        case 8: device.var.xres = CANVAS_SIZE_MAX + 1; break;
        case 9: device.fix.line_length--; break;
        case 10: device.fix.smem_len--; break;
        case 11: device.var.yoffset = UINT32_MAX; break;
        }
        assert_false(open_rig(rig));
        assert_true(rig->screen.said[0] != '\0');
    }
    device.var = var;
    device.fix = fix;
    open_well(rig); /* and heals */
}

static void
calls_that_fail(void **state) {
    struct rig *rig = *state;

    device.open_error = -EACCES;
    assert_false(open_rig(rig));
    assert_non_null(strstr(rig->screen.said, strerror(EACCES)));
    device.open_error = 0;
    device.get_error = -ENODEV;
    assert_false(open_rig(rig));
    device.get_error = 0;
    device.no_memory = true;
    assert_false(open_rig(rig));
    device.no_memory = false;
    open_well(rig);
    assert_true(rig->screen.type->check(&rig->screen, false));
    device.get_error = -ENODEV;
    assert_false(rig->screen.type->check(&rig->screen, false));
    device.get_error = 0;
    set_format(&formats[1]);
    assert_false(rig->screen.type->check(&rig->screen, false));
}

static void
nothing_is_written_while_another_terminal_is_seen(void **state) {
    struct rig *rig = *state;

    open_well(rig);
    present_everything(rig, 0x111111);
    rig->screen.type->set_active(&rig->screen, false);
    memset(device.memory, 0xee, sizeof device.memory); /* its text */
    present(rig, (struct rect){0, 0, 5, 5}, 0x222222);
    assert_int_equal(device.memory[0], 0xee);
    rig->screen.type->set_active(&rig->screen, true);
    present(rig, (struct rect){0, 0, 0, 0}, 0);
    assert_int_equal(pixel_at(4, 4) & 0xffffff, 0x222222);
    assert_int_equal(pixel_at(5, 5) & 0xffffff, 0x111111);
}

static void
off_and_on(void **state) {
    struct rig *rig = *state;

    open_well(rig);
    present_everything(rig, 0x111111);
    screen_set_power(&rig->screen, false);
    assert_true(device.blanked);
    present_everything(rig, 0x222222);
    assert_int_equal(pixel_at(0, 0) & 0xffffff, 0x111111);
    screen_set_power(&rig->screen, true);
    assert_false(device.blanked);
    present(rig, (struct rect){0, 0, 0, 0}, 0);
    assert_int_equal(pixel_at(0, 0) & 0xffffff, 0x222222);
    device.blank_error = -EINVAL; /* cannot, so it is black at least */
    screen_set_power(&rig->screen, false);
    assert_int_equal(pixel_at(0, 0), 0);
}

/* Sleep and the morning that come while another terminal is seen. */
static void
off_and_on_behind_another_terminal(void **state) {
    struct rig *rig = *state;

    open_well(rig);
    present_everything(rig, 0x111111);
    rig->screen.type->set_active(&rig->screen, false);
    screen_set_power(&rig->screen, false);
    assert_false(device.blanked); /* somebody works there */
    rig->screen.type->set_active(&rig->screen, true);
    assert_true(device.blanked);
    rig->screen.type->set_active(&rig->screen, false);
    screen_set_power(&rig->screen, true);
    rig->screen.type->set_active(&rig->screen, true);
    assert_false(device.blanked);
}

static void
which_screen(void **state) {
    static const struct {
        int driver;
        struct screen_choices has;
        const struct screen_type *type;
    } cases[] = {
        {DRIVER_AUTO, {true, true, true}, &screen_sdl},
        {DRIVER_AUTO, {false, true, true}, &screen_drm},
        {DRIVER_AUTO, {false, true, false}, &screen_drm},
        {DRIVER_AUTO, {false, false, true}, &screen_fbdev},
        {DRIVER_AUTO, {false, false, false}, &screen_drm},
        {DRIVER_DRM, {true, false, true}, &screen_drm},
        {DRIVER_SDL, {false, true, true}, &screen_sdl},
        {DRIVER_FBDEV, {true, true, false}, &screen_fbdev},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_ptr_equal(screen_choose_from(cases[i].driver, &cases[i].has),
                         cases[i].type);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_format_in_odd_rows),
        TEST(the_gap_between_rows_stays_as_it_is),
        TEST(turned),
        TEST(a_frame_of_16_bit),
        TEST(the_second_mirror_is_refused),
        TEST(a_panned_framebuffer_is_drawn_where_it_is_seen),
        TEST(framebuffers_that_will_not_do),
        TEST(calls_that_fail),
        TEST(nothing_is_written_while_another_terminal_is_seen),
        TEST(off_and_on),
        TEST(off_and_on_behind_another_terminal),
        cmocka_unit_test(which_screen),
    };

    return cmocka_run_group_tests_name("screen_fbdev", tests, NULL, NULL);
}
