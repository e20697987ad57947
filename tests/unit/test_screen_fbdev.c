/* The framebuffer of old firmware over memory that exists only here. */
#include "fake_framebuffer.h"

#include "render/screen_choice.h"

/* Where the colours of a pixel are, and what one of them looks like. */
struct format {
    const char *name;
    int bits;
    struct fb_bitfield red, green, blue, alpha;
    uint32_t of_123456; /* the pixel of the colour #123456 */
};

static const struct format formats[] = {
    {"xrgb8888", 32, {16, 8, 0}, {8, 8, 0}, {0, 8, 0}, {0}, 0x123456},
    {"xbgr8888", 32, {0, 8, 0}, {8, 8, 0}, {16, 8, 0}, {0}, 0x563412},
    {"argb8888", 32, {16, 8, 0}, {8, 8, 0}, {0, 8, 0}, {24, 8, 0}, 0xff123456},
    {"rgbx8888", 32, {24, 8, 0}, {16, 8, 0}, {8, 8, 0}, {0}, 0x12345600},
    {"rgb565", 16, {11, 5, 0}, {5, 6, 0}, {0, 5, 0}, {0}, 0x11aa},
    {"bgr565", 16, {0, 5, 0}, {5, 6, 0}, {11, 5, 0}, {0}, 0x51a2},
    {"xrgb1555", 16, {10, 5, 0}, {5, 5, 0}, {0, 5, 0}, {0}, 0x08ca},
    {"argb4444", 16, {8, 4, 0}, {4, 4, 0}, {0, 4, 0}, {12, 4, 0}, 0xf135},
};

static void
set_format(const struct format *format) {
    device.var.bits_per_pixel = (uint32_t)format->bits;
    device.var.red = format->red;
    device.var.green = format->green;
    device.var.blue = format->blue;
    device.var.transp = format->alpha;
}

static void
set_stride(uint32_t stride) {
    device.fix.line_length = stride;
    device.fix.smem_len = stride * HEIGHT;
}

struct rig {
    struct screen screen;
    struct screen_settings settings;
    struct canvas canvas;
};

static int
setup(void **state) {
    struct rig *rig = calloc(1, sizeof *rig);

    log_open("test", LOG_LEVEL_NONE);
    memset(&device, 0, sizeof device);
    memset(device.memory, 0xee, sizeof device.memory);
    device.var.xres = WIDTH;
    device.var.yres = HEIGHT;
    device.fix.type = FB_TYPE_PACKED_PIXELS;
    set_format(&formats[0]);
    set_stride(WIDTH * 4);
    *state = rig;
    return rig != NULL ? 0 : -1;
}

static void
close_rig(struct rig *rig) {
    screen_close(&rig->screen);
    canvas_finish(&rig->canvas);
}

static int
teardown(void **state) {
    struct rig *rig = *state;

    close_rig(rig);
    free(rig);
    return device.opened == 0 && device.mapped == 0 ? 0 : -1;
}

static bool
open_fake(struct screen *screen, const struct screen_settings *settings) {
    return screen_fbdev_open(screen, settings, &fake_ops);
}

static bool
open_rig(struct rig *rig) {
    static struct screen_type type;

    type = screen_fbdev;
    type.open = open_fake;
    return screen_open(&rig->screen, &type, NULL, &rig->settings, NULL, NULL);
}

static void
open_well(struct rig *rig) {
    assert_true(open_rig(rig));
    assert_true(
        canvas_init(&rig->canvas, rig->screen.width, rig->screen.height));
}

static void
present(struct rig *rig, struct rect area, uint32_t colour) {
    pixman_region32_t damage;

    for (int y = area.y; y < area.y + area.h; y++) {
        for (int x = area.x; x < area.x + area.w; x++) {
            rig->canvas.pixels[(size_t)y * rig->canvas.stride / 4 + x] = colour;
        }
    }
    pixman_region32_init_rect(&damage, area.x, area.y, (unsigned)area.w,
                              (unsigned)area.h);
    assert_true(rig->screen.type->present(&rig->screen, &rig->canvas, &damage));
    pixman_region32_fini(&damage);
}

static void
present_everything(struct rig *rig, uint32_t colour) {
    present(rig, (struct rect){0, 0, rig->canvas.width, rig->canvas.height},
            colour);
}

/* The pixel at x, y of the panel. */
static uint32_t
pixel_at(int x, int y) {
    size_t bytes = device.var.bits_per_pixel / 8;
    const unsigned char *from =
        device.memory +
        ((size_t)y + device.var.yoffset) * device.fix.line_length +
        ((size_t)x + device.var.xoffset) * bytes;
    uint32_t pixel32;
    uint16_t pixel16;

    if (bytes == 2) {
        memcpy(&pixel16, from, sizeof pixel16);
        return pixel16;
    }
    memcpy(&pixel32, from, sizeof pixel32);
    return pixel32;
}

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
        TEST(a_panned_framebuffer_is_drawn_where_it_is_seen),
        TEST(framebuffers_that_will_not_do),
        TEST(calls_that_fail),
        TEST(nothing_is_written_while_another_terminal_is_seen),
        TEST(off_and_on),
        cmocka_unit_test(which_screen),
    };

    return cmocka_run_group_tests_name("screen_fbdev", tests, NULL, NULL);
}
