#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fetch/json.h"

static cJSON *
parse(const char *text) {
    const char *why = NULL;

    return json_parse(text, strlen(text), &why);
}

static void
texts_that_are_json(void **state) {
    static const char *const good[] = {
        "{}",
        "[]",
        " [1] ",
        "null",
        "0",
        "-0",
        "\"\"",
        "1e5",
        "true",
        "[[]]",
        "\"[{\"",
        "\"\\\"[\"",
        "{\"a\":{\"b\":[1,2,{\"c\":null}]}}",
        "\"\xc3\xa4\"",
        "[1e999]",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        cJSON *json = parse(good[i]);

        if (json == NULL) {
            fail_msg("refused: %s", good[i]);
        }
        cJSON_Delete(json);
    }
}

static void
texts_that_are_not(void **state) {
    static const struct {
        const char *text;
        size_t size; /* 0: all of it */
        const char *why;
    } bad[] = {
        {"", 0, "broken JSON"},
        {" ", 0, "broken JSON"},
        {"{", 0, "broken JSON"},
        {"[1,]", 0, "broken JSON"},
        {"[1] x", 0, "broken JSON"},
        {"[1][2]", 0, "broken JSON"},
        {"NaN", 0, "broken JSON"},
        {"'a'", 0, "broken JSON"},
        {"\"\\ud800\"", 0, "broken JSON"},
        {"[1\0]", 4, "NUL byte in JSON"},
        {"[]\0", 3, "NUL byte in JSON"},
        {"\"\xff\"", 0, "JSON is not UTF-8"},
        {"\"\xc0\x80\"", 0, "JSON is not UTF-8"},
        {"\"\xed\xa0\x80\"", 0, "JSON is not UTF-8"},
        {"\"\xc3", 0, "JSON is not UTF-8"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        size_t size = bad[i].size > 0 ? bad[i].size : strlen(bad[i].text);
        const char *why = NULL;

        assert_null(json_parse(bad[i].text, size, &why));
        assert_string_equal(why, bad[i].why);
    }
}

/* "[[[...]]]", or "{"a":{"a":...1}}" */
static char *
nested(int depth, bool objects) {
    const char *open = objects ? "{\"a\":" : "[";
    size_t step = strlen(open);
    char *text = calloc((size_t)depth * (step + 1) + 2, 1);

    assert_non_null(text);
    for (int i = 0; i < depth; i++) {
        memcpy(text + (size_t)i * step, open, step);
    }
    text[(size_t)depth * step] = '1';
    memset(text + (size_t)depth * step + 1, objects ? '}' : ']', (size_t)depth);
    return text;
}

static void
depth_has_two_sides(void **state) {
    (void)state;
    for (int objects = 0; objects < 2; objects++) {
        char *fits = nested(JSON_DEPTH_MAX, objects);
        char *deep = nested(JSON_DEPTH_MAX + 1, objects);
        char *abyss = nested(100000, objects);
        cJSON *json = parse(fits);
        const char *why = NULL;

        assert_non_null(json);
        cJSON_Delete(json);
        assert_null(json_parse(deep, strlen(deep), &why));
        assert_string_equal(why, "JSON nested too deep");
        assert_null(parse(abyss));
        free(fits);
        free(deep);
        free(abyss);
    }
}

static void
getters_do_not_guess(void **state) {
    cJSON *json = parse("{\"n\":1.5,\"i\":-3,\"s\":\"x\",\"t\":true,\"z\":null,"
                        "\"big\":1e999,\"N\":7,\"n\":2,\"q\":\"5\","
                        "\"w\":9007199254740992,\"o\":{}}");

    (void)state;
    assert_non_null(json);
    assert_true(json_real(json, "n", 0, 10) == 1.5);
    assert_true(json_real(json, "N", 0, 10) == 7);
    assert_true(json_real(json, "n", 1.5, 1.5) == 1.5);
    assert_true(isnan(json_real(json, "n", 1.6, 10)));
    assert_true(isnan(json_real(json, "n", 0, 1.4)));
    assert_true(isnan(json_real(json, "big", -INFINITY, INFINITY)));
    assert_true(isnan(json_real(json, "q", 0, 10)));
    assert_true(isnan(json_real(json, "z", 0, 10)));
    assert_true(isnan(json_real(json, "missing", 0, 10)));
    assert_true(isnan(json_real(NULL, "n", 0, 10)));
    assert_int_equal(json_int(json, "i", -3, 5, 99), -3);
    assert_int_equal(json_int(json, "i", -2, 5, 99), 99);
    assert_int_equal(json_int(json, "N", -2, 6, 99), 99);
    assert_int_equal(json_int(json, "n", -2, 6, 99), 99);
    assert_int_equal(json_int(json, "big", INT64_MIN, INT64_MAX, 99), 99);
    assert_int_equal(json_int(json, "w", INT64_MIN, INT64_MAX, 99),
                     INT64_C(9007199254740992));
    assert_string_equal(json_text(json, "s"), "x");
    assert_null(json_text(json, "n"));
    assert_null(json_text(json, "z"));
    assert_null(json_text(json, "S"));
    assert_true(json_bool(json, "t", false));
    assert_true(json_bool(json, "s", true));
    assert_false(json_bool(json, "z", false));
    assert_null(json_member(json_member(json, "s"), "x"));
    assert_true(cJSON_IsObject(json_member(json, "o")));
    cJSON_Delete(json);
}

static bool
ignore(void *arg, const cJSON *element) {
    (void)arg;
    (void)element;
    return true;
}

/* A list of that many numbers. */
static void
write_ones(char *text, int count) {
    *text++ = '[';
    for (int i = 0; i < count; i++) {
        *text++ = '1';
        *text++ = i < count - 1 ? ',' : ']';
    }
    *text = '\0';
}

/* Last, as the budget stays. */
static void
heap_has_a_budget(void **state) {
    static const char element[] = "{\"name\":\"Lamp\",\"tags\":[\"a\",\"b\"]}";
    const char *why = NULL;
    struct json_list list;
    char text[402];
    cJSON *json;
    size_t peak;

    (void)state;
    json_limit_heap(4096);
    json_list_init(&list, ignore, NULL);
    assert_true(json_list_feed(&list, "[", 1));
    for (int i = 0; i < 10000; i++) {
        assert_true(json_list_feed(&list, element, sizeof element - 1));
        assert_true(json_list_feed(&list, i < 9999 ? "," : "]", 1));
    }
    assert_int_equal(list.count, 10000);
    json_list_finish(&list);
    assert_int_equal(json_heap_now(), 0);
    peak = json_heap_peak();
    assert_in_range(peak, 1, 4096);

    /* A node of cJSON has 40 bytes or 64. */
    write_ones(text, 40);
    json = json_parse(text, strlen(text), &why);
    assert_non_null(json);
    cJSON_Delete(json);
    write_ones(text, 200);
    assert_null(json_parse(text, strlen(text), &why));
    assert_string_equal(why, "JSON over its memory bound");
    assert_int_equal(json_heap_now(), 0);
    assert_in_range(json_heap_peak(), peak, 4096 + 128);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_that_are_json),
        cmocka_unit_test(texts_that_are_not),
        cmocka_unit_test(depth_has_two_sides),
        cmocka_unit_test(getters_do_not_guess),
        cmocka_unit_test(heap_has_a_budget),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
