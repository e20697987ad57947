#include "unit.h"

#include "render/rect.h"

struct rect_case {
    struct rect a, b, common, both;
};

static const struct rect_case cases[] = {
    /* overlapping at a corner */
    {{0, 0, 10, 10}, {5, 6, 10, 10}, {5, 6, 5, 4}, {0, 0, 15, 16}},
    /* one in the other */
    {{0, 0, 10, 10}, {2, 3, 4, 5}, {2, 3, 4, 5}, {0, 0, 10, 10}},
    /* side by side: half open, so they share nothing */
    {{0, 0, 10, 10}, {10, 0, 5, 10}, {0, 0, 0, 0}, {0, 0, 15, 10}},
    /* one pixel in common */
    {{0, 0, 10, 10}, {9, 9, 5, 5}, {9, 9, 1, 1}, {0, 0, 14, 14}},
    /* far apart, left of the origin */
    {{-8, -8, 2, 2}, {4, 4, 2, 2}, {0, 0, 0, 0}, {-8, -8, 14, 14}},
    /* an empty one adds nothing */
    {{3, 4, 0, 9}, {5, 6, 7, 8}, {0, 0, 0, 0}, {5, 6, 7, 8}},
    {{5, 6, 7, 8}, {100, 100, -3, 5}, {0, 0, 0, 0}, {5, 6, 7, 8}},
    {{1, 1, 0, 0}, {2, 2, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}},
};

static void
two_have_a_common_part_and_a_hull(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct rect_case *c = &cases[i];

        assert_true(rect_equal(rect_intersect(c->a, c->b), c->common));
        assert_true(rect_equal(rect_intersect(c->b, c->a), c->common));
        assert_true(rect_equal(rect_union(c->a, c->b), c->both));
        assert_true(rect_equal(rect_union(c->b, c->a), c->both));
        assert_int_equal(rect_overlap(c->a, c->b), c->common.w > 0);
    }
}

static void
emptiness_and_equality(void **state) {
    static const struct rect one = {1, 2, 3, 4};

    (void)state;
    assert_false(rect_empty((struct rect){-5, -5, 1, 1}));
    assert_true(rect_empty((struct rect){0, 0, 0, 1}));
    assert_true(rect_empty((struct rect){0, 0, 1, 0}));
    assert_true(rect_empty((struct rect){0, 0, -1, 5}));
    assert_true(rect_equal(one, (struct rect){1, 2, 3, 4}));
    assert_false(rect_equal(one, (struct rect){0, 2, 3, 4}));
    assert_false(rect_equal(one, (struct rect){1, 0, 3, 4}));
    assert_false(rect_equal(one, (struct rect){1, 2, 0, 4}));
    assert_false(rect_equal(one, (struct rect){1, 2, 3, 0}));
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_have_a_common_part_and_a_hull),
        cmocka_unit_test(emptiness_and_equality),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
