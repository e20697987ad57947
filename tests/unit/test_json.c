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

/* Elements joined with '|', as cJSON prints them. */
struct taken {
    char text[256];
    size_t stop_after;
    size_t count;
};

static bool
take(void *arg, const cJSON *element) {
    struct taken *taken = arg;
    size_t used = strlen(taken->text);

    assert_true(cJSON_PrintPreallocated((cJSON *)(uintptr_t)element,
                                        taken->text + used,
                                        (int)(sizeof taken->text - used), 0));
    used = strlen(taken->text);
    taken->text[used] = '|';
    taken->text[used + 1] = '\0';
    return ++taken->count != taken->stop_after;
}

static const struct {
    const char *text, *taken;
    size_t skipped;
    const char *why; /* NULL: taken to its end */
} lists[] = {
    {"[]", "", 0, NULL},
    {" \r\n\t[ ] \n", "", 0, NULL},
    {"[1]", "1|", 0, NULL},
    {"[1,2]", "1|2|", 0, NULL},
    {"[ 1 , 2 ]", "1|2|", 0, NULL},
    {"[{},[],\"\",null,true]", "{}|[]|\"\"|null|true|", 0, NULL},
    {"[{\"a\":\"]},{[\"}]", "{\"a\":\"]},{[\"}|", 0, NULL},
    {"[{\"a\":\"\\\"]\\\\\"},2]", "{\"a\":\"\\\"]\\\\\"}|2|", 0, NULL},
    {"[\"\\\\\",\"\\\"\"]", "\"\\\\\"|\"\\\"\"|", 0, NULL},
    {"[{\"a\":[1,[2]]},3]", "{\"a\":[1,[2]]}|3|", 0, NULL},
    /* a bad element is skipped, the list goes on */
    {"[{a},2]", "2|", 1, NULL},
    {"[nul,2]", "2|", 1, NULL},
    {"[{\"a\":1]},2]", "", 1, "comma missing in a JSON list"},
    {"[\"\xff\",2]", "2|", 1, NULL},
    {"[1x,2]", "2|", 1, NULL},
    /* what is no list */
    {"{}", "", 0, "no JSON list"},
    {"1", "", 0, "no JSON list"},
    {"\xef\xbb\xbf[]", "", 0, "no JSON list"},
    {"[,1]", "", 0, "element missing in a JSON list"},
    {"[1,]", "1|", 0, "element missing in a JSON list"},
    {"[1,,2]", "1|", 0, "element missing in a JSON list"},
    {"[}", "", 0, "element missing in a JSON list"},
    {"[1 2]", "1|", 0, "comma missing in a JSON list"},
    {"[{}{}]", "{}|", 0, "comma missing in a JSON list"},
    {"[\"a\"\"b\"]", "\"a\"|", 0, "comma missing in a JSON list"},
    {"[1}", "1|", 0, "comma missing in a JSON list"},
    {"[] []", "", 0, "bytes behind a JSON list"},
    {"[1],", "1|", 0, "bytes behind a JSON list"},
};

static void
check_list(size_t index, size_t split, size_t step) {
    size_t size = strlen(lists[index].text);
    struct taken taken = {0};
    struct json_list list;
    bool good = true;

    json_list_init(&list, take, &taken);
    for (size_t at = 0; at < size && good;) {
        size_t chunk = at == 0 && split > 0 ? split : step;

        if (chunk > size - at) {
            chunk = size - at;
        }
        good = json_list_feed(&list, lists[index].text + at, chunk);
        at += chunk;
    }
    if (good != (lists[index].why == NULL) ||
        strcmp(taken.text, lists[index].taken) != 0 ||
        list.skipped != lists[index].skipped) {
        fail_msg("'%s' gave '%s'", lists[index].text, taken.text);
    }
    if (good) {
        assert_true(json_list_complete(&list));
    } else {
        assert_string_equal(list.why, lists[index].why);
        assert_false(json_list_complete(&list));
        assert_false(json_list_feed(&list, " ", 1));
    }
    assert_int_equal(list.count, taken.count);
    json_list_finish(&list);
}

static void
lists_wherever_the_bytes_are_split(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(lists); i++) {
        size_t size = strlen(lists[i].text);

        for (size_t split = 0; split < size; split++) {
            check_list(i, split, size);
        }
        check_list(i, 0, 1);
    }
}

static void
list_that_breaks_off_is_not_complete(void **state) {
    static const char text[] = "[{\"a\":1},{\"b\":[2]}]";

    (void)state;
    for (size_t size = 0; size < sizeof text - 1; size++) {
        struct taken taken = {0};
        struct json_list list;

        json_list_init(&list, take, &taken);
        assert_true(json_list_feed(&list, text, size));
        assert_false(json_list_complete(&list));
        json_list_finish(&list);
    }
}

static void
callback_ends_the_list(void **state) {
    struct taken taken = {.stop_after = 2};
    struct json_list list;

    (void)state;
    json_list_init(&list, take, &taken);
    assert_false(json_list_feed(&list, "[1,2,3]", 7));
    assert_string_equal(taken.text, "1|2|");
    json_list_finish(&list);
}

static void
list_depth_has_two_sides(void **state) {
    char *fits = nested(JSON_DEPTH_MAX, false);
    char *deep = nested(JSON_DEPTH_MAX + 1, false);
    struct taken taken = {0};
    struct json_list list;

    (void)state;
    json_list_init(&list, take, &taken);
    assert_true(json_list_feed(&list, fits, strlen(fits)));
    assert_int_equal(list.count, 1);
    json_list_finish(&list);
    json_list_init(&list, take, &taken);
    assert_false(json_list_feed(&list, deep, strlen(deep)));
    assert_string_equal(list.why, "JSON nested too deep");
    json_list_finish(&list);
    free(fits);
    free(deep);
}

static bool
count_text(void *arg, const cJSON *element) {
    size_t *size = arg;

    *size = cJSON_IsString(element) ? strlen(element->valuestring) : 0;
    return true;
}

/* Feeds "x...x", a string element of `size` bytes with its quotes. */
static void
feed_text(struct json_list *list, size_t size) {
    char chunk[1000];

    memset(chunk, 'x', sizeof chunk);
    assert_true(json_list_feed(list, "\"", 1));
    for (size_t left = size - 2; left > 0;) {
        size_t now = left < sizeof chunk ? left : sizeof chunk;

        assert_true(json_list_feed(list, chunk, now));
        left -= now;
    }
    assert_true(json_list_feed(list, "\"", 1));
}

static void
element_bound_has_two_sides(void **state) {
    size_t size = 0;
    struct json_list list;

    (void)state;
    json_list_init(&list, count_text, &size);
    assert_true(json_list_feed(&list, "[", 1));
    feed_text(&list, JSON_ELEMENT_MAX);
    assert_int_equal(size, JSON_ELEMENT_MAX - 2);
    assert_int_equal(list.skipped, 0);
    assert_true(json_list_feed(&list, ",", 1));
    feed_text(&list, JSON_ELEMENT_MAX + 1);
    assert_int_equal(list.skipped, 1);
    assert_true(json_list_feed(&list, ",", 1));
    feed_text(&list, 10 * JSON_ELEMENT_MAX);
    assert_int_equal(list.skipped, 2);
    assert_true(list.room <= 2 * JSON_ELEMENT_MAX);
    assert_true(json_list_feed(&list, ",\"abc\"]", 7));
    assert_int_equal(size, 3);
    assert_int_equal(list.count, 2);
    assert_true(json_list_complete(&list));
    json_list_finish(&list);
}

static bool
ignore(void *arg, const cJSON *element) {
    (void)arg;
    (void)element;
    return true;
}

/* Last, as the budget stays. */
static void
heap_has_a_budget(void **state) {
    static const char element[] = "{\"name\":\"Lamp\",\"tags\":[\"a\",\"b\"]}";
    const char *why = NULL;
    struct json_list list;
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

    assert_null(json_parse("[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,"
                           "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,"
                           "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]",
                           146, &why));
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
        cmocka_unit_test(lists_wherever_the_bytes_are_split),
        cmocka_unit_test(list_that_breaks_off_is_not_complete),
        cmocka_unit_test(callback_ends_the_list),
        cmocka_unit_test(list_depth_has_two_sides),
        cmocka_unit_test(element_bound_has_two_sides),
        cmocka_unit_test(heap_has_a_budget),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
