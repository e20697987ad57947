#include "unit.h"

#include "allocations.h"

#include <limits.h>
#include <stdio.h>

#include "common/log.h"
#include "render/text.h"

static const struct text_style regular = {TEXT_REGULAR, 32};

static int
set_up(void **state) {
    *state = text_create("fonts");
    return *state == NULL;
}

static int
tear_down(void **state) {
    text_destroy(*state);
    return 0;
}

static void
a_line_serves_every_width_that_holds_it(void **state) {
    struct text *text = *state;
    struct text_line *line = text_get(text, "Küche", regular, INT_MAX);
    struct text_counters before = text_counters(text);

    assert_ptr_equal(text_get(text, "Küche", regular, 500), line);
    assert_ptr_equal(text_get(text, "Küche", regular, line->width), line);
    assert_int_equal(text_counters(text).hits, before.hits + 2);
    assert_int_equal(text_counters(text).misses, before.misses);

    assert_ptr_not_equal(text_get(text, "Küche", regular, line->width - 1),
                         line);
    assert_ptr_not_equal(
        text_get(text, "Küche", (struct text_style){TEXT_BOLD, 32}, INT_MAX),
        line);
    assert_ptr_not_equal(
        text_get(text, "Küche", (struct text_style){TEXT_REGULAR, 33}, INT_MAX),
        line);
    assert_int_equal(text_counters(text).misses, before.misses + 3);
}

/* By itself or in a paragraph that runs as it does itself, whichever is first. */
static void
a_text_is_drawn_once_for_a_direction(void **state) {
    static const struct {
        const char *first, *paragraph;
        bool one;
    } cases[] = {
        {"Milk", "Milk", true},      {"שלום", "שלום", true},
        {NULL, "Bread", true},       {NULL, "עולם", true},
        {"abc", "שלום\nabc", false}, {NULL, "שלום\nabc", false},
    };
    struct text *text = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text_line *lines[2], *alone = NULL;
        size_t count;

        if (cases[i].first != NULL) {
            alone = text_get(text, cases[i].first, regular, 500);
        }
        count = text_wrap(text, cases[i].paragraph, regular, 500, lines, 2);
        alone = text_get(text, lines[count - 1]->text, regular, 500);
        assert_int_equal(alone == lines[count - 1], cases[i].one);
        assert_ptr_equal(text_get(text, lines[count - 1]->text, regular, 500),
                         alone);
        while (count > 0) {
            text_line_unref(text, lines[--count]);
        }
    }
}

/* What is measured has no masks; they come, and count, when they are wanted. */
static void
masks_come_when_they_are_shown(void **state) {
    static const char *const texts[] = {"Schränke", "Licht אור \U0001f389 an",
                                        "אור", "a", ""};
    struct text *text = *state;

    for (size_t i = 0; i < COUNT(texts); i++) {
        size_t before = text_counters(text).bytes, bare, inked;
        struct text_line *line = text_measure(text, texts[i], regular, 700);
        int width = line->width;

        bare = text_counters(text).bytes;
        assert_true(bare - before < 1000);
        assert_int_equal(line->piece_count, 0);
        assert_true(rect_empty(line->ink));
        assert_ptr_equal(text_get(text, texts[i], regular, 700), line);
        assert_int_equal(line->width, width);
        assert_int_equal(line->piece_count == 0, texts[i][0] == '\0');
        inked = text_counters(text).bytes;
        assert_int_equal(inked - before, line->bytes);
        text_ink(line);
        assert_int_equal(text_counters(text).bytes, inked);
    }
}

static void
old_lines_go_and_held_ones_stay(void **state) {
    struct text *text = *state;
    struct text_style large = {TEXT_BOLD, 400};
    struct text_line *held =
        text_line_ref(text_get(text, "held", large, INT_MAX));
    char number[16];
    size_t most = 0;

    for (int i = 0; i < 200; i++) {
        snprintf(number, sizeof(number), "W%dW", i);
        text_get(text, number, large, INT_MAX);
        most =
            text_counters(text).bytes > most ? text_counters(text).bytes : most;
    }
    assert_true(text_counters(text).evictions > 100);
    assert_true(most > TEXT_CACHE_BYTES / 2);
    assert_true(most <= TEXT_CACHE_BYTES + held->bytes + 2 * 1024 * 1024);
    assert_string_equal(held->text, "held");
    assert_ptr_equal(text_get(text, "held", large, INT_MAX), held);

    /* The newest are still there, the oldest are not. */
    uint64_t misses = text_counters(text).misses;

    text_get(text, "W199W", large, INT_MAX);
    assert_int_equal(text_counters(text).misses, misses);
    text_get(text, "W0W", large, INT_MAX);
    assert_int_equal(text_counters(text).misses, misses + 1);

    /* Given back, it is as old as it was last used, and goes in its turn. */
    text_line_unref(text, held);
    text_line_unref(text, NULL);
    for (int i = 300; i < 400; i++) {
        snprintf(number, sizeof(number), "W%dW", i);
        text_get(text, number, large, INT_MAX);
    }
    misses = text_counters(text).misses;
    text_get(text, "held", large, INT_MAX);
    assert_int_equal(text_counters(text).misses, misses + 1);
    assert_true(text_counters(text).bytes <= TEXT_CACHE_BYTES);
}

static void
drawing_twice_gives_the_same_bytes(void **state) {
    static const char line_text[] = "Mixed שלום 東京 \U0001f389 12:30";
    struct text *other = text_create("fonts");
    struct canvas a, b;
    const struct text_line *here =
        text_get(*state, line_text, regular, INT_MAX);

    assert_non_null(other);
    assert_true(canvas_init(&a, 600, 160, DEPTH_32) &&
                canvas_init(&b, 600, 160, DEPTH_32));
    text_draw(here, &a, 10, 80, 0xffaabbcc);
    text_draw(text_get(other, line_text, regular, INT_MAX), &b, 10, 80,
              0xffaabbcc);
    assert_memory_equal(a.pixels, b.pixels, 600 * 160 * 4);
    /* Nothing outside of what the line says it touches. */
    for (int y = 0; y < 160; y++) {
        for (int x = 0; x < 600; x++) {
            bool inside = x >= 10 + here->ink.x && y >= 80 + here->ink.y &&
                          x < 10 + here->ink.x + here->ink.w &&
                          y < 80 + here->ink.y + here->ink.h;

            assert_true(inside || (a.pixels[y * 600 + x] & 0xffffff) == 0);
        }
    }
    canvas_finish(&a);
    canvas_finish(&b);
    text_destroy(other);
}

static void
what_is_there_costs_no_memory(void **state) {
    struct text *text = *state;
    struct text_line *lines[8];
    struct canvas canvas;
    size_t before = 0;

    assert_true(canvas_init(&canvas, 600, 160, DEPTH_32));
    for (int frame = 0; frame < 4; frame++) {
        size_t count = text_wrap(text, "a few words to wrap \U0001f389",
                                 regular, 150, lines, COUNT(lines));

        for (size_t i = 0; i < count; i++) {
            text_ink(lines[i]);
            text_draw(lines[i], &canvas, 5, 40 * (int)i, 0xffffffff);
            text_line_unref(text, lines[i]);
        }
        text_draw(text_get(text, "Wohnzimmer שלום", regular, 200), &canvas, 3,
                  90, 0x80ffffff);
        text_metrics(text, regular);
        /* The second frame finds everything; from then on nothing moves. */
        if (frame == 1) {
            before = allocations;
        }
    }
    assert_int_equal(allocations, before);
    canvas_finish(&canvas);
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_serves_every_width_that_holds_it),
        cmocka_unit_test(a_text_is_drawn_once_for_a_direction),
        cmocka_unit_test(masks_come_when_they_are_shown),
        cmocka_unit_test(old_lines_go_and_held_ones_stay),
        cmocka_unit_test(drawing_twice_gives_the_same_bytes),
        cmocka_unit_test(what_is_there_costs_no_memory),
    };

    log_open("test_text_cache", LOG_LEVEL_ERROR);
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
