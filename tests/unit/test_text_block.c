/* The letters of a mirror without fonts. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "render/text_block.h"

enum { UNIT_PX = 3, SIZE_PX = 10 * UNIT_PX, ROWS = 7, COLUMNS = 5 };

/* A letter as its rows of dots, parted by blanks. */
static void
rows_of(uint32_t code, char rows[ROWS * (COLUMNS + 1) + 1]) {
    struct text_piece piece;
    char *to = rows;

    assert_true(text_block_draw(SIZE_PX, &code, 1, &piece));
    assert_int_equal(piece.h, ROWS * UNIT_PX);
    assert_int_equal(piece.y, -piece.h);
    for (int y = 0; y < ROWS; y++) {
        const uint8_t *row = (uint8_t *)pixman_image_get_data(piece.image) +
                             y * UNIT_PX * pixman_image_get_stride(piece.image);

        for (int x = 0; x < COLUMNS; x++) {
            const uint8_t *dot = row + x * UNIT_PX;

            assert_int_equal(dot[0], dot[UNIT_PX - 1]);
            *to++ = dot[0] == 0xff ? '#' : '.';
        }
        *to++ = ' ';
    }
    to[-1] = '\0';
    pixman_image_unref(piece.image);
}

static void
letters_look_like_themselves(void **state) {
    static const char box[] = "##### #...# #...# #...# #...# #...# #####";
    static const char letter_a[] = ".###. #...# #...# ##### #...# #...# #...#";
    static const struct {
        uint32_t code;
        const char *rows;
    } cases[] = {
        {' ', "..... ..... ..... ..... ..... ..... ....."},
        {'7', "##### ....# ...#. ..#.. .#... .#... .#..."},
        {'A', letter_a},
        {'a', letter_a},
        {0xe4, letter_a},   /* ä */
        {0x1ea4, letter_a}, /* Ấ */
        {'Z', "##### ....# ...#. ..#.. .#... #.... #####"},
        {0xb0, ".##.. #..#. #..#. .##.. ..... ..... ....."},
        {0x2013, "..... ..... ..... ##### ..... ..... ....."},
        {'~', box},
        {'\n', box},
        {0x4e2d, box},
        {0xf0599, box}, /* an icon */
        {0x10ffff, box},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char rows[ROWS * (COLUMNS + 1) + 1];

        rows_of(cases[i].code, rows);
        assert_string_equal(rows, cases[i].rows);
    }
}

static void
sizes_have_bounds(void **state) {
    static const uint32_t code[] = {'1', ':', '2'};
    static const int sizes[] = {TEXT_SIZE_MIN, 19, 20, TEXT_SIZE_MAX};
    static const int units[] = {1, 1, 2, TEXT_SIZE_MAX / 10};

    (void)state;
    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct text_metrics metrics = text_block_metrics(sizes[i]);
        struct text_piece piece;

        assert_int_equal(metrics.cap_height, 7 * units[i]);
        assert_true(metrics.ascent > metrics.cap_height);
        assert_int_equal(text_block_width(sizes[i], 3), 18 * units[i]);
        assert_true(text_block_draw(sizes[i], code, 3, &piece));
        assert_int_equal(piece.w, 18 * units[i]);
        pixman_image_unref(piece.image);
    }
    assert_int_equal(text_block_width(TEXT_SIZE_MAX, 0), 0);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_look_like_themselves),
        cmocka_unit_test(sizes_have_bounds),
    };

    return cmocka_run_group_tests_name("text block", tests, NULL, NULL);
}
