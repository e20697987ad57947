#include "unit.h"

#include <string.h>

#include "common/crc32c.h"

/* RFC 3720, appendix B.4, and the usual check value. */
static void
known_sums(void **state) {
    uint8_t bytes[32];

    (void)state;
    assert_int_equal(crc32c(0, "", 0), 0);
    assert_int_equal(crc32c(0, "123456789", 9), 0xe3069283);
    memset(bytes, 0, sizeof bytes);
    assert_int_equal(crc32c(0, bytes, sizeof bytes), 0x8a9136aa);
    memset(bytes, 0xff, sizeof bytes);
    assert_int_equal(crc32c(0, bytes, sizeof bytes), 0x62a8ab43);
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)i;
    }
    assert_int_equal(crc32c(0, bytes, sizeof bytes), 0x46dd794e);
}

static void
parts_make_the_sum_of_the_whole(void **state) {
    static const char text[] = "123456789";

    (void)state;
    for (size_t i = 0; i <= 9; i++) {
        assert_int_equal(crc32c(crc32c(0, text, i), text + i, 9 - i),
                         0xe3069283);
    }
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_sums),
        cmocka_unit_test(parts_make_the_sum_of_the_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
