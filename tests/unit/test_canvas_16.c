/* Frames of 16 bit: colours, greys, and what a clip leaves behind. */
#include "unit.h"

#include <string.h>

#include "render/canvas.h"

enum { SIDE = 160 };

static uint32_t
at(const struct canvas *canvas, int x, int y) {
    size_t row = (size_t)y * (size_t)canvas->stride / 2;

    return canvas_expand_565(canvas->pixels_565[row + (size_t)x]);
}

static void
colours_of_16_bit(void **state) {
    static const struct {
        uint16_t pixel;
        uint32_t rgb;
    } cases[] = {
        {0x0000, 0x000000}, {0xffff, 0xffffff}, {0xf800, 0xff0000},
        {0x07e0, 0x00ff00}, {0x001f, 0x0000ff}, {0x0821, 0x080408},
        {0x8410, 0x848284}, {0x11aa, 0x103452},
    };
    struct canvas canvas;

    (void)state;
    /* an odd width: rows are whole words all the same */
    assert_true(canvas_init(&canvas, SIDE + 1, SIDE, DEPTH_16));
    assert_int_equal(canvas_bytes(&canvas), 2);
    assert_int_equal(canvas.stride, (SIDE + 2) * 2);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(canvas_expand_565(cases[i].pixel), cases[i].rgb);
        canvas_fill(&canvas, (struct rect){3, 5, 4, 2},
                    0xff000000 | cases[i].rgb);
        assert_int_equal(canvas.pixels_565[5 * (SIDE + 2) + 3], cases[i].pixel);
        assert_int_equal(at(&canvas, 6, 6), cases[i].rgb);
        assert_int_equal(at(&canvas, 7, 6), 0);
        assert_int_equal(at(&canvas, 2, 5), 0);
    }
    canvas_finish(&canvas);
}

/* The greys that text is made of, against those of 32 bit. */
static void
greys_of_16_bit_are_near(void **state) {
    struct canvas canvas;
    pixman_image_t *mask = pixman_image_create_bits(PIXMAN_a8, 4, 1, NULL, 4);

    (void)state;
    assert_true(canvas_init(&canvas, SIDE, SIDE, DEPTH_16));
    for (int cover = 0; cover < 256; cover++) {
        memset(pixman_image_get_data(mask), cover, 4);
        canvas_clear(&canvas, (struct rect){0, 0, SIDE, SIDE});
        canvas_mask(&canvas, mask, 9, 9, 0xffffffff);
        for (int shift = 0; shift <= 16; shift += 8) {
            int part = (int)(at(&canvas, 10, 9) >> shift & 0xff);

            assert_true(part >= cover - 7 && part <= cover + 7);
        }
    }
    pixman_image_unref(mask);
    canvas_finish(&canvas);
}

/* Vectors, and what is left beside them, come to the same pixels: a damaged
 * part looks as the whole would. */
static void
a_clip_cuts_without_a_trace(void **state) {
    uint8_t coverage[64];
    struct canvas whole, cut;
    pixman_image_t *mask = pixman_image_create_bits(PIXMAN_a8, 64, 1, NULL, 64);

    (void)state;
    for (int depth = DEPTH_32; depth <= DEPTH_16; depth++) {
        assert_true(canvas_init(&whole, SIDE, SIDE, depth));
        assert_true(canvas_init(&cut, SIDE, SIDE, depth));
        for (int i = 0; i < 256; i++) {
            uint32_t argb = (uint32_t)(i * 2654435761u) | 0x60000000;
            pixman_region32_t clip;
            pixman_box32_t boxes[] = {{0, 0, i % 61 + 3, 2},
                                      {i % 61 + 3, 0, SIDE, 2}};

            for (size_t x = 0; x < COUNT(coverage); x++) {
                coverage[x] = (uint8_t)(x * 37 + (size_t)i * 11);
            }
            memcpy(pixman_image_get_data(mask), coverage, sizeof coverage);
            canvas_mask(&whole, mask, 2, 1, argb);
            for (size_t b = 0; b < COUNT(boxes); b++) {
                pixman_region32_init_rects(&clip, &boxes[b], 1);
                canvas_set_clip(&cut, &clip);
                canvas_mask(&cut, mask, 2, 1, argb);
                pixman_region32_fini(&clip);
            }
            assert_memory_equal(whole.pixels, cut.pixels,
                                (size_t)whole.stride * 2);
        }
        canvas_finish(&whole);
        canvas_finish(&cut);
    }
    pixman_image_unref(mask);
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_of_16_bit),
        cmocka_unit_test(greys_of_16_bit_are_near),
        cmocka_unit_test(a_clip_cuts_without_a_trace),
    };

    return cmocka_run_group_tests_name("canvas_16", tests, NULL, NULL);
}
