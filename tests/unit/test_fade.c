/* A fade, step by step: what is on the canvas between two pictures. */
#include "unit.h"

#include "allocations.h"
#include "page_records.h"

#include "common/log.h"
#include "render/fade.h"
#include "render/frame.h"

enum {
    WIDTH = 800,
    HEIGHT = 480,
    PIXELS = WIDTH * HEIGHT,
    ROUNDS = 12,
    STEPS_MAX = 300
};

static void
the_mix_follows_the_clock(void **state) {
    static const struct {
        int64_t elapsed_ms;
        bool goes_on;
        struct fade_mix mix;
    } cases[] = {
        {INT64_MIN / 2, true, {255, 0}}, /* a clock that went back */
        {-FADE_STEP_MS, true, {255, 0}},
        {0, true, {222, 33}}, /* something of it is seen at once */
        {FADE_STEP_MS, true, {192, 63}},
        {FADE_MS / 2 - FADE_STEP_MS, true, {64, 191}},
        {FADE_MS - 2 * FADE_STEP_MS, true, {1, 254}},
        {FADE_MS - FADE_STEP_MS - 1, true, {0, 255}},
        {FADE_MS - FADE_STEP_MS, false, {7, 7}}, /* untouched */
        {INT64_MAX / 2, false, {7, 7}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct fade_mix mix = {7, 7};

        assert_int_equal(fade_mix_at(cases[i].elapsed_ms, &mix),
                         cases[i].goes_on);
        assert_int_equal(mix.leaving, cases[i].mix.leaving);
        assert_int_equal(mix.coming, cases[i].mix.coming);
    }
    assert_in_range(FADE_MS, 300, 800);
}

static void
each_step_shows_more_of_the_new_one(void **state) {
    struct fade_mix before = {255, 0}, mix = {0, 0};

    (void)state;
    for (int64_t ms = 0; fade_mix_at(ms, &mix); ms += FADE_STEP_MS) {
        assert_true(mix.leaving < before.leaving);
        assert_true(mix.coming > before.coming);
        assert_int_equal(mix.leaving + mix.coming, 255);
        before = mix;
    }
}

/* Two frames of the same page: one fades, the other shows what is to come. */
struct rig {
    struct page_rig page;
    struct layout layout;
    struct frame faded, plain;
    uint32_t before[PIXELS]; /* the picture that gives way */
    int steps;               /* of all fades */
};

static int
setup(void **state) {
    static const char config[] =
        "[hub]\nurl = http://127.0.0.1:9\n[message]\nitem = M\n"
        "[mirror]\nlocation = 52.52, 13.40\n[weather]\n"
        "[todo a]\nitem = T\n[values a]\nitems = V\n"
        "[widget clock]\nposition = top_left\nseconds = yes\n"
        "[widget weather]\nposition = top_right\n"
        "[widget message]\nposition = lower_third\n"
        "[widget todo]\nposition = bottom_left\n"
        "[widget value]\nposition = top_center\n"
        "[widget lights]\nposition = bottom_right\n";
    struct rig *rig = *state = calloc(1, sizeof *rig);

    log_open("test", LOG_LEVEL_NONE);
    page_rig_init(&rig->page);
    assert_true(page_rig_layout(&rig->page, config, &rig->layout));
    return frame_init(&rig->faded, rig->page.text, WIDTH, HEIGHT, DEPTH_32) &&
                   frame_init(&rig->plain, rig->page.text, WIDTH, HEIGHT,
                              DEPTH_32)
               ? 0
               : -1;
}

static int
teardown(void **state) {
    struct rig *rig = *state;

    frame_finish(&rig->faded);
    frame_finish(&rig->plain);
    layout_finish(&rig->layout);
    page_rig_finish(&rig->page);
    free(rig);
    return 0;
}

static void
put_message(struct rig *rig, const char *text) {
    struct record_message *m = calloc(1, sizeof *m);

    record_head_init(&m->head, "hub", "", PAGE_RIG_NOW_S);
    m->until_s = RECORD_NO_TIME;
    str_copy(m->text, sizeof m->text, text);
    page_rig_put(&rig->page, RECORD_MESSAGE, m);
    free(m);
}

static void
put_all(struct rig *rig, uint64_t *seed) {
    put_lights(&rig->page, seed);
    put_todo(&rig->page, seed);
    put_words(&rig->page, seed);
    put_weather(&rig->page, seed);
}

static int64_t *
clock_of(struct rig *rig) {
    return &rig->page.base.now.mono_ms;
}

/* Shows the page as it is now, at once, and keeps it as the one to give way. */
static void
show(struct rig *rig) {
    frame_draw(&rig->plain, &rig->layout, &rig->page.base, NULL);
    frame_draw(&rig->faded, &rig->layout, &rig->page.base, NULL);
    assert_false(frame_fading(&rig->faded));
    memcpy(rig->before, rig->plain.canvas.pixels, sizeof rig->before);
    frame_clean(&rig->faded);
}

/* Begins a fade to the page as it is now. */
static void
fade(struct rig *rig) {
    frame_draw(&rig->plain, &rig->layout, &rig->page.base, NULL);
    frame_fade(&rig->faded, &rig->layout, &rig->page.base, NULL);
}

static bool
step(struct rig *rig) {
    *clock_of(rig) += FADE_STEP_MS;
    assert_true(rig->steps++ < STEPS_MAX); /* rather than for ever */
    frame_clean(&rig->faded);
    frame_step(&rig->faded, *clock_of(rig));
    return frame_fading(&rig->faded);
}

static bool
is_plain(const struct rig *rig) {
    return memcmp(rig->faded.canvas.pixels, rig->plain.canvas.pixels,
                  sizeof rig->before) == 0;
}

/* As bright as it looks, 0 to 255 (ITU-R BT.601). */
static int
luma(uint32_t pixel) {
    return (int)((pixel >> 16 & 0xff) * 299 + (pixel >> 8 & 0xff) * 587 +
                 (pixel & 0xff) * 114) /
           1000;
}

/* How much brighter a pixel is than in both pictures. */
static int
excess(uint32_t pixel, uint32_t before, uint32_t after) {
    int one = luma(before), other = luma(after);

    return luma(pixel) - (one > other ? one : other);
}

/* The largest excess; counts what is black in both and not in this one. */
static int
judge(const struct rig *rig, int *ret_strange) {
    int most = 0;

    *ret_strange = 0;
    for (int i = 0; i < PIXELS; i++) {
        uint32_t pixel = rig->faded.canvas.pixels[i];
        uint32_t after = rig->plain.canvas.pixels[i];
        int over = excess(pixel, rig->before[i], after);

        most = over > most ? over : most;
        *ret_strange += (rig->before[i] & 0xffffff) == 0 &&
                        (after & 0xffffff) == 0 && (pixel & 0xffffff) != 0;
    }
    return most;
}

static void
no_step_is_brighter_than_what_goes_and_what_comes(void **state) {
    struct rig *rig = *state;
    uint64_t seed = 5;

    put_all(rig, &seed);
    for (int round = 0; round < ROUNDS; round++) {
        int steps = 1, strange;

        show(rig);
        put_all(rig, &seed);
        fade(rig);
        assert_true(frame_fading(&rig->faded));
        assert_false(is_plain(rig));
        /* Its first step is a change already. */
        assert_memory_not_equal(rig->faded.canvas.pixels, rig->before,
                                sizeof rig->before);
        do {
            /* Rounding: two blends, each off by one at most. */
            assert_in_range(judge(rig, &strange), 0, 2);
            assert_int_equal(strange, 0);
            assert_true(pixman_region32_not_empty(&rig->faded.damage));
            steps++;
        } while (step(rig));
        assert_int_equal(steps, FADE_MS / FADE_STEP_MS);
        assert_true(is_plain(rig));
        assert_false(step(rig)); /* nothing more to do */
        assert_false(pixman_region32_not_empty(&rig->faded.damage));
    }
}

static void
a_slow_machine_draws_fewer_steps(void **state) {
    struct rig *rig = *state;

    put_message(rig, "one");
    show(rig);
    put_message(rig, "two");
    fade(rig);
    *clock_of(rig) += 200;
    assert_true(step(rig));
    *clock_of(rig) += 1000;
    assert_false(step(rig));
    assert_true(is_plain(rig));
}

static void
the_first_picture_is_there_at_once(void **state) {
    struct rig *rig = *state;

    for (int i = 0; i < 2; i++) {
        put_message(rig, i == 0 ? "one" : "two");
        fade(rig);
        assert_false(frame_fading(&rig->faded));
        assert_true(is_plain(rig));
        put_message(rig, "three");
        fade(rig); /* the second is not */
        assert_true(frame_fading(&rig->faded));
        frame_forget(&rig->plain);
        frame_forget(&rig->faded); /* in the middle of it */
        assert_false(step(rig));
    }
}

/* On paper what fades goes to and comes from white. */
static void
a_light_page_stays_light(void **state) {
    struct rig *rig = *state;
    struct theme *theme = &rig->page.theme;

    for (int colour = 0; colour < COLOUR_END; colour++) {
        theme->colour[colour] ^= 0xffffff;
    }
    for (int i = 0; i < 2; i++) {
        put_message(rig, "one");
        show(rig);
        assert_int_equal(rig->before[0] & 0xffffff, 0xffffff);
        put_message(rig, "two");
        fade(rig);
        while (step(rig)) {
            assert_int_equal(rig->faded.canvas.pixels[0] & 0xffffff, 0xffffff);
        }
        assert_true(is_plain(rig));
        frame_forget(&rig->faded);
        frame_forget(&rig->plain);
    }
}

static void
a_fact_during_a_fade_ends_it(void **state) {
    struct rig *rig = *state;
    uint64_t seed = 3;
    int steps = 1, strange;

    put_message(rig, "one");
    show(rig);
    put_message(rig, "two");
    fade(rig);
    assert_true(step(rig));
    memcpy(rig->before, rig->plain.canvas.pixels, sizeof rig->before);
    put_lights(&rig->page, &seed);
    fade(rig); /* from the whole of the second message, not from its middle */
    do {
        assert_in_range(judge(rig, &strange), 0, 2);
        steps++;
    } while (step(rig));
    assert_int_equal(steps, FADE_MS / FADE_STEP_MS);
    assert_true(is_plain(rig));
}

static void
the_same_fact_again_leaves_it_alone(void **state) {
    struct rig *rig = *state;
    int steps = 1;

    put_message(rig, "one");
    show(rig);
    put_message(rig, "two");
    fade(rig);
    do {
        fade(rig);
        steps++;
    } while (step(rig));
    assert_int_equal(steps, FADE_MS / FADE_STEP_MS);
    assert_true(is_plain(rig));
}

/* The clock is elsewhere, so its seconds come and go as ever. */
static void
a_tick_elsewhere_leaves_it_alone(void **state) {
    struct rig *rig = *state;
    struct moment *now = &rig->page.base.now;
    int steps = 1;

    put_message(rig, "one");
    show(rig);
    put_message(rig, "two");
    fade(rig);
    do {
        now->wall_ms += 1000;
        frame_tick(&rig->faded, &rig->layout, &rig->page.base, NULL);
        assert_true(frame_fading(&rig->faded));
        frame_draw(&rig->plain, &rig->layout, &rig->page.base, NULL);
        for (int i = 0; i < WIDTH * HEIGHT / 4; i++) { /* the upper quarter */
            assert_int_equal(rig->faded.canvas.pixels[i] & 0xffffff,
                             rig->plain.canvas.pixels[i] & 0xffffff);
        }
        steps++;
    } while (step(rig));
    assert_int_equal(steps, FADE_MS / FADE_STEP_MS);
    assert_true(is_plain(rig));
}

static void
what_is_sudden_ends_the_fade_it_touches(void **state) {
    struct rig *rig = *state;

    put_message(rig, "one");
    show(rig);
    put_message(rig, "two");
    fade(rig);
    assert_true(step(rig));
    put_message(rig, "three");
    frame_draw(&rig->plain, &rig->layout, &rig->page.base, NULL);
    frame_draw(&rig->faded, &rig->layout, &rig->page.base, NULL);
    assert_false(frame_fading(&rig->faded));
    assert_true(is_plain(rig));
}

static void
a_step_allocates_nothing(void **state) {
    struct rig *rig = *state;
    size_t at_start;

    put_message(rig, "one");
    show(rig);
    put_message(rig, "two");
    fade(rig);
    at_start = allocations;
    while (step(rig)) {
    }
    assert_int_equal(allocations, at_start);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mix_follows_the_clock),
        cmocka_unit_test(each_step_shows_more_of_the_new_one),
        TEST(no_step_is_brighter_than_what_goes_and_what_comes),
        TEST(a_slow_machine_draws_fewer_steps),
        TEST(the_first_picture_is_there_at_once),
        TEST(a_light_page_stays_light),
        TEST(a_fact_during_a_fade_ends_it),
        TEST(the_same_fact_again_leaves_it_alone),
        TEST(a_tick_elsewhere_leaves_it_alone),
        TEST(what_is_sudden_ends_the_fade_it_touches),
        TEST(a_step_allocates_nothing),
    };

    return cmocka_run_group_tests_name("fade", tests, NULL, NULL);
}
