#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/json_write.h"

/* What `fill` writes, as a string to free. */
static char *
written(void (*fill)(struct json_writer *json)) {
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    struct json_writer json;

    json_write_init(&json, out);
    fill(&json);
    fclose(out);
    return text;
}

static void
fill_nested(struct json_writer *json) {
    json_write_object(json);
    json_write_member_text(json, "a", "x\"\\\n\x01");
    json_write_member_text(json, "none", NULL);
    json_write_key(json, "list");
    json_write_array(json);
    json_write_int(json, -3);
    json_write_bool(json, true);
    json_write_null(json);
    json_write_object(json);
    json_write_end(json, '}');
    json_write_end(json, ']');
    json_write_member_bool(json, "b", false);
    json_write_end(json, '}');
}

static void
fill_numbers(struct json_writer *json) {
    json_write_array(json);
    json_write_real(json, NAN);
    json_write_real(json, INFINITY);
    json_write_real(json, -0.0);
    json_write_real(json, 0.1);
    json_write_real(json, -273.15);
    json_write_real(json, 1e300);
    json_write_int(json, INT64_MIN);
    json_write_end(json, ']');
}

static void
fill_bytes(struct json_writer *json) {
    json_write_text(json, "ä\xff€");
}

static void
writes_what_json_reads(void **state) {
    static const struct {
        void (*fill)(struct json_writer *json);
        const char *expected;
    } cases[] = {
        {fill_nested, "{\"a\":\"x\\\"\\\\\\n\\u0001\",\"none\":null,"
                      "\"list\":[-3,true,null,{}],\"b\":false}"},
        {fill_numbers, "[null,null,0,0.1,-273.15,1e+300,-9223372036854775808]"},
        {fill_bytes, "\"ä\xef\xbf\xbd€\""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *text = written(cases[i].fill);

        assert_string_equal(text, cases[i].expected);
        free(text);
    }
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_what_json_reads),
    };

    return cmocka_run_group_tests_name("json_write", tests, NULL, NULL);
}
