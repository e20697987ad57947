/* Whatever was on a frame before, what is drawn is what a new one shows. */
#include "unit.h"

#include "page_records.h"
#include "render/frame.h"

static const char page[] =
    "[todo a]\nsource = hub\nitem = A\n"
    "[values a]\nitems = V\n"
    "[message]\nitem = M\n"
    "[widget clock]\nposition = top_left\n"
    "[widget weather]\nposition = top_right\n"
    "[widget message]\nposition = upper_third\n"
    "[widget value]\nposition = lower_third\nvalues = a\n"
    "[widget todo]\nposition = bottom_left\nlist = a\n"
    "[widget lights]\nposition = bottom_right\n";

enum { ROUNDS = 60 };

static void
put_some(struct page_rig *rig, uint64_t *seed) {
    switch (draw_lot(seed, 5)) {
    case 0: put_lights(rig, seed); break;
    case 1: put_todo(rig, seed); break;
    case 2: put_words(rig, seed); break;
    case 3: put_weather(rig, seed); break;
    default: rig->base.now.wall_ms += 60000; break;
    }
}

static void
assert_like_new(struct page_rig *rig, struct frame *frame,
                struct layout *layout, const char *notice, unsigned round) {
    struct frame fresh = {0};
    size_t size = (size_t)frame->canvas.stride * (size_t)frame->canvas.height;

    assert_true(frame_init(&fresh, rig->text, rig->scene.width,
                           rig->scene.height, DEPTH_32));
    frame_draw(&fresh, layout, &rig->base, notice);
    if (memcmp(fresh.canvas.pixels, frame->canvas.pixels, size) != 0) {
        print_error("round %u, notice %s\n", round, notice ? notice : "-");
        fail();
    }
    frame_finish(&fresh);
}

static void
draws_what_a_new_one_would(void **state) {
    static const char *const notices[] = {NULL, NULL, "hub offline",
                                          "low power"};
    struct page_rig rig;
    struct frame frame = {0};
    struct layout layout;
    uint64_t seed = 7;

    (void)state;
    page_rig_init(&rig);
    assert_true(page_rig_layout(&rig, page, &layout));
    assert_true(frame_init(&frame, rig.text, rig.scene.width, rig.scene.height,
                           DEPTH_32));
    for (unsigned round = 0; round < ROUNDS; round++) {
        const char *notice = notices[draw_lot(&seed, 4)];

        put_some(&rig, &seed);
        frame_draw(&frame, &layout, &rig.base, notice);
        assert_like_new(&rig, &frame, &layout, notice, round);
        frame_clean(&frame);
    }
    frame_finish(&frame);
    layout_finish(&layout);
    page_rig_finish(&rig);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_what_a_new_one_would),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
