/* The copy to the panel against one that looks at every pixel. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "render/screen.h"

enum { GUARD = 0x5a };

struct panel {
    int width, height, stride, bytes; /* px, px, bytes, of a pixel */
    unsigned char *memory;
    size_t size;
};

static struct panel
make_panel(const struct canvas *canvas, int rotate, int spare_px) {
    bool turned = rotate == ROTATE_90 || rotate == ROTATE_270;
    struct panel panel = {
        .width = turned ? canvas->height : canvas->width,
        .height = turned ? canvas->width : canvas->height,
        .bytes = canvas_bytes(canvas),
    };

    panel.stride = (panel.width + spare_px) * panel.bytes;
    panel.size = (size_t)panel.stride * (size_t)panel.height;
    panel.memory = malloc(panel.size);
    assert_non_null(panel.memory);
    memset(panel.memory, GUARD, panel.size);
    return panel;
}

static unsigned char *
canvas_at(const struct canvas *canvas, int x, int y) {
    return (unsigned char *)canvas->pixels + (size_t)y * canvas->stride +
           (size_t)(x * canvas_bytes(canvas));
}

/* A pattern in which no pixel looks like its neighbours, nor like the guard. */
static void
paint(struct canvas *canvas) {
    for (int y = 0; y < canvas->height; y++) {
        for (int x = 0; x < canvas->width; x++) {
            uint32_t wide = (uint32_t)(y << 12 | x);
            uint16_t narrow = (uint16_t)(y * 251 + x);

            narrow = narrow == 0x5a5a ? 0 : narrow;
            memcpy(canvas_at(canvas, x, y),
                   canvas->depth == DEPTH_16 ? (void *)&narrow : (void *)&wide,
                   (size_t)canvas_bytes(canvas));
        }
    }
}

/* Where a pixel of the frame goes, clockwise. */
static unsigned char *
place(const struct panel *panel, const struct canvas *canvas, int rotate, int x,
      int y) {
    int px = x;
    int py = y;

    switch (rotate) {
    case ROTATE_90: px = canvas->height - 1 - y, py = x; break;
    case ROTATE_180:
        px = canvas->width - 1 - x;
        py = canvas->height - 1 - y;
        break;
    case ROTATE_270: px = y, py = canvas->width - 1 - x; break;
    default: break;
    }
    return panel->memory + (size_t)py * panel->stride +
           (size_t)(px * panel->bytes);
}

static bool
inside(struct rect area, int x, int y) {
    return x >= area.x && x < area.x + area.w && y >= area.y &&
           y < area.y + area.h;
}

/* Every pixel of the panel: the frame's inside the area, untouched outside. */
static void
compare(const struct panel *panel, const struct canvas *canvas, int rotate,
        struct rect area) {
    struct panel naive =
        make_panel(canvas, rotate, panel->stride / panel->bytes - panel->width);

    for (int y = 0; y < canvas->height; y++) {
        for (int x = 0; x < canvas->width; x++) {
            if (inside(area, x, y)) {
                memcpy(place(&naive, canvas, rotate, x, y),
                       canvas_at(canvas, x, y), (size_t)panel->bytes);
            }
        }
    }
    assert_memory_equal(panel->memory, naive.memory, panel->size);
    free(naive.memory);
}

static void
check(int width, int height, int depth, struct rect area, int rotate,
      int spare_px) {
    struct canvas canvas;
    struct panel panel;
    struct rect wrote;
    const unsigned char guard[4] = {GUARD, GUARD, GUARD, GUARD};
    size_t written = 0;

    assert_true(canvas_init(&canvas, width, height, depth));
    paint(&canvas);
    panel = make_panel(&canvas, rotate, spare_px);
    wrote = rotate_copy(&canvas, area, rotate, panel.memory, panel.stride);
    compare(&panel, &canvas, rotate, area);
    for (int y = 0; y < panel.height; y++) {
        for (int x = 0; x < panel.width; x++) {
            const unsigned char *pixel = panel.memory +
                                         (size_t)y * panel.stride +
                                         (size_t)(x * panel.bytes);

            if (memcmp(pixel, guard, (size_t)panel.bytes) != 0) {
                assert_true(inside(wrote, x, y));
                written++;
            }
        }
    }
    assert_int_equal(written, (size_t)wrote.w * (size_t)wrote.h);
    free(panel.memory);
    canvas_finish(&canvas);
}

static void
all_turns_match_the_naive_copy(void **state) {
    static const struct {
        int width, height;
        struct rect area;
    } cases[] = {
        {160, 160, {0, 0, 160, 160}}, {161, 163, {0, 0, 161, 163}},
        {320, 200, {0, 0, 320, 200}}, {199, 311, {31, 33, 67, 65}},
        {200, 300, {199, 299, 1, 1}}, {200, 300, {0, 0, 1, 300}},
        {200, 300, {0, 299, 200, 1}}, {257, 193, {32, 32, 32, 32}},
        {257, 193, {1, 2, 255, 190}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (int rotate = ROTATE_0; rotate <= ROTATE_270; rotate++) {
            for (int depth = DEPTH_32; depth <= DEPTH_16; depth++) {
                check(cases[i].width, cases[i].height, depth, cases[i].area,
                      rotate, 0);
                check(cases[i].width, cases[i].height, depth, cases[i].area,
                      rotate, 5);
            }
        }
    }
}

static void
nothing_is_written_outside_the_frame(void **state) {
    static const struct rect areas[] = {
        {-10, -10, 5, 5}, {300, 0, 5, 5}, {0, 400, 9, 9},
        {5, 5, 0, 9},     {5, 5, 9, -1},
    };

    (void)state;
    for (int i = 0; i < 8; i++) {
        int rotate = i / 2;
        struct canvas canvas;
        struct panel panel;

        assert_true(canvas_init(&canvas, 200, 170, i % 2));
        paint(&canvas);
        panel = make_panel(&canvas, rotate, 3);
        for (size_t a = 0; a < COUNT(areas); a++) {
            struct rect wrote = rotate_copy(&canvas, areas[a], rotate,
                                            panel.memory, panel.stride);

            assert_true(rect_empty(wrote));
        }
        compare(&panel, &canvas, rotate, (struct rect){0, 0, 0, 0});
        rotate_copy(&canvas, (struct rect){-9, -9, 1000, 1000}, rotate,
                    panel.memory, panel.stride);
        compare(&panel, &canvas, rotate, (struct rect){0, 0, 200, 170});
        free(panel.memory);
        canvas_finish(&canvas);
    }
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_turns_match_the_naive_copy),
        cmocka_unit_test(nothing_is_written_outside_the_frame),
    };

    return cmocka_run_group_tests_name("rotate", tests, NULL, NULL);
}
