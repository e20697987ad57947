#include "unit.h"

#include <string.h>

#include "fetch/json.h"

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

/* "[[[...1...]]]" */
static void
nest(char *text, size_t depth) {
    memset(text, '[', depth);
    text[depth] = '1';
    memset(text + depth + 1, ']', depth);
}

static void
list_depth_has_two_sides(void **state) {
    char fits[2 * JSON_DEPTH_MAX + 2] = "";
    char deep[2 * JSON_DEPTH_MAX + 4] = "";
    struct taken taken = {0};
    struct json_list list;

    (void)state;
    nest(fits, JSON_DEPTH_MAX);
    nest(deep, JSON_DEPTH_MAX + 1);
    json_list_init(&list, take, &taken);
    assert_true(json_list_feed(&list, fits, strlen(fits)));
    assert_int_equal(list.count, 1);
    json_list_finish(&list);
    json_list_init(&list, take, &taken);
    assert_false(json_list_feed(&list, deep, strlen(deep)));
    assert_string_equal(list.why, "JSON nested too deep");
    json_list_finish(&list);
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

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_wherever_the_bytes_are_split),
        cmocka_unit_test(list_that_breaks_off_is_not_complete),
        cmocka_unit_test(callback_ends_the_list),
        cmocka_unit_test(list_depth_has_two_sides),
        cmocka_unit_test(element_bound_has_two_sides),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
