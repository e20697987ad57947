#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "render/canvas.h"
#include "render/screen.h"

enum { SIDE = 160 };

static uint32_t
at(const struct canvas *canvas, int x, int y) {
    return canvas->pixels[y * canvas->width + x] & 0xffffff;
}

static size_t
count_lit(const struct canvas *canvas) {
    size_t lit = 0;

    for (int i = 0; i < canvas->width * canvas->height; i++) {
        lit += (canvas->pixels[i] & 0xffffff) != 0;
    }
    return lit;
}

static void
sizes_are_judged_on_both_sides(void **state) {
    static const struct {
        int width, height;
        bool good;
    } cases[] = {
        {CANVAS_SIZE_MIN, CANVAS_SIZE_MIN, true},
        {CANVAS_SIZE_MIN - 1, CANVAS_SIZE_MIN, false},
        {CANVAS_SIZE_MIN, CANVAS_SIZE_MIN - 1, false},
        {CANVAS_SIZE_MAX, CANVAS_SIZE_MIN, true},
        {CANVAS_SIZE_MAX + 1, CANVAS_SIZE_MIN, false},
        {CANVAS_SIZE_MIN, CANVAS_SIZE_MAX + 1, false},
        {0, 0, false},
        {-1920, 1080, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct canvas canvas;

        assert_int_equal(
            canvas_init(&canvas, cases[i].width, cases[i].height, DEPTH_32),
            cases[i].good);
        canvas_finish(&canvas);
        assert_null(canvas.pixels);
        canvas_finish(&canvas);
    }
}

static void
colours_blend_to_the_exact_value(void **state) {
    static const struct {
        uint32_t below, argb, result;
    } cases[] = {
        {0xff000000, 0xffffffff, 0xffffff}, {0xff000000, 0xff123456, 0x123456},
        {0xff000000, 0x00ffffff, 0x000000}, {0xff000000, 0x80ffffff, 0x808080},
        {0xff000000, 0x01ffffff, 0x010101}, {0xffffffff, 0x80000000, 0x7f7f7f},
        {0xff102030, 0x00ff00ff, 0x102030}, {0xffff0000, 0x7f0000ff, 0x80007f},
    };
    struct canvas canvas;
    struct rect all = {0, 0, SIDE, SIDE};

    (void)state;
    assert_true(canvas_init(&canvas, SIDE, SIDE, DEPTH_32));
    for (size_t i = 0; i < COUNT(cases); i++) {
        canvas_fill(&canvas, all, cases[i].below);
        canvas_fill(&canvas, (struct rect){3, 4, 5, 6}, cases[i].argb);
        assert_int_equal(at(&canvas, 3, 4), cases[i].result);
        assert_int_equal(at(&canvas, 7, 9), cases[i].result);
        assert_int_equal(at(&canvas, 2, 4), cases[i].below & 0xffffff);
        assert_int_equal(at(&canvas, 8, 9), cases[i].below & 0xffffff);
        assert_int_equal(at(&canvas, 3, 10), cases[i].below & 0xffffff);
    }
    canvas_clear(&canvas, all);
    assert_int_equal(count_lit(&canvas), 0);
    canvas_finish(&canvas);
}

static void
masks_and_images_blend(void **state) {
    struct canvas canvas;
    pixman_image_t *mask = pixman_image_create_bits(PIXMAN_a8, 3, 1, NULL, 4);
    pixman_image_t *image =
        pixman_image_create_bits(PIXMAN_a8r8g8b8, 2, 1, NULL, 8);

    (void)state;
    memcpy(pixman_image_get_data(mask), "\x00\x80\xff", 3);
    memcpy(pixman_image_get_data(image), ((uint32_t[]){0xff204060, 0x80402000}),
           8);
    assert_true(canvas_init(&canvas, SIDE, SIDE, DEPTH_32));

    canvas_mask(&canvas, mask, 10, 10, 0xffff8000);
    assert_int_equal(at(&canvas, 10, 10), 0x000000);
    assert_int_equal(at(&canvas, 11, 10), 0x804000);
    assert_int_equal(at(&canvas, 12, 10), 0xff8000);

    canvas_image(&canvas, image, 20, 20, 255);
    assert_int_equal(at(&canvas, 20, 20), 0x204060);
    assert_int_equal(at(&canvas, 21, 20), 0x402000);
    canvas_image(&canvas, image, 30, 20, 128);
    assert_int_equal(at(&canvas, 30, 20), 0x102030);
    canvas_image(&canvas, image, 40, 20, 0);
    assert_int_equal(at(&canvas, 40, 20), 0x000000);

    /* Over every edge, and beyond. */
    canvas_mask(&canvas, mask, -2, 0, 0xffffffff);
    assert_int_equal(at(&canvas, 0, 0), 0xffffff);
    canvas_mask(&canvas, mask, SIDE - 2, SIDE - 1, 0xffffffff);
    assert_int_equal(at(&canvas, SIDE - 1, SIDE - 1), 0x808080);
    canvas_mask(&canvas, mask, 5000, -5000, 0xffffffff);
    assert_int_equal(count_lit(&canvas), 2 + 2 + 2 + 1 + 1);

    pixman_image_unref(mask);
    pixman_image_unref(image);
    canvas_finish(&canvas);
}

static void
nothing_leaves_the_clip(void **state) {
    struct canvas canvas;
    pixman_region32_t clip;
    pixman_box32_t boxes[] = {{10, 10, 20, 20}, {100, 50, 101, 400}};

    (void)state;
    assert_true(canvas_init(&canvas, SIDE, SIDE, DEPTH_32));
    pixman_region32_init_rects(&clip, boxes, COUNT(boxes));
    canvas_set_clip(&canvas, &clip);
    canvas_fill(&canvas, (struct rect){-50, -50, 500, 500}, 0xff808080);
    assert_int_equal(count_lit(&canvas), 100 + SIDE - 50);
    assert_int_equal(at(&canvas, 10, 19), 0x808080);
    assert_int_equal(at(&canvas, 9, 19), 0);
    assert_int_equal(at(&canvas, 100, SIDE - 1), 0x808080);

    canvas_shape(&canvas, (struct rect){0, 0, SIDE, SIDE}, 30, 0, 0xffffffff);
    assert_int_equal(count_lit(&canvas), 100 + SIDE - 50);
    canvas_set_clip(&canvas, NULL);
    canvas_fill(&canvas, (struct rect){0, 0, 1, 1}, 0xffffffff);
    assert_int_equal(at(&canvas, 0, 0), 0xffffff);
    pixman_region32_fini(&clip);
    canvas_finish(&canvas);
}

/* The sum of a shape's coverage, in pixels. */
static double
area_of(struct canvas *canvas, struct rect box, int radius, int stroke) {
    double sum = 0;

    canvas_clear(canvas, (struct rect){0, 0, SIDE, SIDE});
    canvas_shape(canvas, box, radius, stroke, 0xffffffff);
    for (int i = 0; i < SIDE * SIDE; i++) {
        sum += (canvas->pixels[i] & 0xff) / 255.0;
    }
    return sum;
}

static void
shapes_cover_what_geometry_says(void **state) {
    static const double pi = 3.14159265358979;
    static const struct {
        struct rect box;
        int radius, stroke;
        double corners; /* squares of the radius that are outer corners */
        double plain;   /* area with square corners */
        int inner;      /* radius of the hole's corners */
    } cases[] = {
        {{5, 5, 40, 30}, 0, 0, 0, 1200, 0},
        {{5, 5, 40, 30}, 10, 0, 1, 1200, 0},
        {{5, 5, 40, 40}, 20, 0, 1, 1600, 0},   /* a disc */
        {{5, 5, 41, 40}, 1000, 0, 1, 1640, 0}, /* clamped to a pill */
        {{5, 5, 40, 30}, 0, 3, 0, 384, 0},     /* a square rim */
        {{5, 5, 40, 30}, 10, 3, 1, 384, 7},    /* a round rim */
        {{5, 5, 40, 30}, 4, 8, 1, 864, 0},     /* thicker than its corner */
        {{5, 5, 40, 30}, 10, 15, 1, 1200, 0},  /* no hole is left */
        {{5, 5, 40, 40}, 20, 5, 1, 700, 15},   /* a ring */
    };
    struct canvas canvas;

    (void)state;
    assert_true(canvas_init(&canvas, SIDE, SIDE, DEPTH_32));
    for (size_t i = 0; i < COUNT(cases); i++) {
        int shorter =
            cases[i].box.w < cases[i].box.h ? cases[i].box.w : cases[i].box.h;
        double radius =
            cases[i].radius < shorter / 2 ? cases[i].radius : shorter / 2;
        double expected = cases[i].plain -
                          cases[i].corners * (4 - pi) * radius * radius +
                          (4 - pi) * cases[i].inner * cases[i].inner;
        double found =
            area_of(&canvas, cases[i].box, cases[i].radius, cases[i].stroke);

        assert_true(found > expected - 1.5 && found < expected + 1.5);
    }
    assert_true(area_of(&canvas, (struct rect){5, 5, 0, 9}, 3, 0) == 0);
    assert_true(area_of(&canvas, (struct rect){5, 5, 9, -9}, 3, 1) == 0);
    canvas_finish(&canvas);
}

static void
a_translucent_shape_counts_once_everywhere(void **state) {
    static const int strokes[] = {0, 3, 9, 14};
    struct canvas canvas;

    (void)state;
    assert_true(canvas_init(&canvas, SIDE, SIDE, DEPTH_32));
    for (size_t i = 0; i < COUNT(strokes); i++) {
        canvas_clear(&canvas, (struct rect){0, 0, SIDE, SIDE});
        canvas_shape(&canvas, (struct rect){8, 9, 60, 50}, 9, strokes[i],
                     0x80ffffff);
        for (int p = 0; p < SIDE * SIDE; p++) {
            assert_true((canvas.pixels[p] & 0xff) <= 0x80);
        }
        assert_int_equal(at(&canvas, 38, 9), 0x808080);
        assert_int_equal(at(&canvas, 8, 30), 0x808080);
        assert_int_equal(at(&canvas, 67, 30), 0x808080);
        assert_int_equal(at(&canvas, 38, 58), 0x808080);
    }
    canvas_finish(&canvas);
}

static void
a_shape_is_symmetric(void **state) {
    struct canvas canvas;

    (void)state;
    assert_true(canvas_init(&canvas, SIDE, SIDE, DEPTH_32));
    for (int radius = 1; radius <= 24; radius++) {
        struct rect box = {0, 0, 50, 48};

        area_of(&canvas, box, radius, radius / 2);
        for (int y = 0; y < box.h; y++) {
            for (int x = 0; x < box.w; x++) {
                uint32_t here = at(&canvas, x, y);

                assert_int_equal(here, at(&canvas, box.w - 1 - x, y));
                assert_int_equal(here, at(&canvas, x, box.h - 1 - y));
            }
        }
    }
    canvas_finish(&canvas);
}

static void
a_png_is_written_whole_or_not_at_all(void **state) {
    char path[] = "/tmp/mirror-png-XXXXXX";
    struct canvas canvas;
    unsigned char head[24];
    int fd = mkstemp(path);

    (void)state;
    assert_true(fd >= 0);
    close(fd);
    assert_true(canvas_init(&canvas, 200, SIDE, DEPTH_32));
    assert_true(png_write(&canvas, path));

    FILE *file = fopen(path, "rb");

    assert_non_null(file);
    assert_int_equal(fread(head, 1, sizeof(head), file), sizeof(head));
    fclose(file);
    assert_memory_equal(head, "\x89PNG\r\n\x1a\n", 8);
    assert_memory_equal(head + 16, "\0\0\0\xc8\0\0\0\xa0", 8);
    assert_int_equal(unlink(path), 0);
    assert_false(png_write(&canvas, "/nonexistent/picture.png"));
    assert_false(png_write(&canvas, "/tmp"));
    canvas_finish(&canvas);
}

/* Nobody's link or device is taken away by a picture. */
static void
a_png_replaces_only_files(void **state) {
    char directory[] = "/tmp/mirror-png-XXXXXX";
    char link[64], target[64];
    struct canvas canvas;
    struct stat info;

    (void)state;
    assert_non_null(mkdtemp(directory));
    snprintf(link, sizeof(link), "%s/link.png", directory);
    snprintf(target, sizeof(target), "%s/target.png", directory);
    assert_int_equal(symlink(target, link), 0);
    assert_true(canvas_init(&canvas, SIDE, SIDE, DEPTH_32));
    assert_true(png_write(&canvas, link));
    assert_int_equal(lstat(link, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(stat(target, &info), 0);
    assert_true(info.st_size > 0);
    unlink(link);
    unlink(target);
    assert_int_equal(symlink("/dev/full", link), 0);
    assert_false(png_write(&canvas, link));
    unlink(link);
    rmdir(directory);
    canvas_finish(&canvas);
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_judged_on_both_sides),
        cmocka_unit_test(colours_blend_to_the_exact_value),
        cmocka_unit_test(masks_and_images_blend),
        cmocka_unit_test(nothing_leaves_the_clip),
        cmocka_unit_test(shapes_cover_what_geometry_says),
        cmocka_unit_test(a_translucent_shape_counts_once_everywhere),
        cmocka_unit_test(a_shape_is_symmetric),
        cmocka_unit_test(a_png_is_written_whole_or_not_at_all),
        cmocka_unit_test(a_png_replaces_only_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
