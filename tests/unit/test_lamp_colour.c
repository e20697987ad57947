#include "unit.h"

#include "render/lamp_colour.h"

static void
lamps_are_shown_at_full_strength(void **state) {
    static const struct {
        int32_t kelvin, rgb, shown;
    } cases[] = {
        {-1, -1, -1},
        {0, -1, -1},
        {-1, 0x000000, -1},
        {-1, 0x010000, 0xff0000},
        {-1, 0x3050ff, 0x3050ff},
        {-1, 0x182880, 0x2f4fff},
        {2700, -1, 0xffa757},
        {2700, 0x0000ff, 0xffa757},
        {1000, -1, 0xff3800},
        {1, -1, 0xff3800},
        {20000, -1, 0xa8c5ff},
        {30000, -1, 0xa8c5ff},
        {2850, -1, 0xffad61},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(lamp_colour(cases[i].kelvin, cases[i].rgb),
                         cases[i].shown);
    }
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(lamps_are_shown_at_full_strength),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
