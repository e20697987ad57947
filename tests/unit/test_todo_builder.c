#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/xalloc.h"
#include "fetch/hubs/openhab_value.h"
#include "fetch/hubs/todo_builder.h"

enum { TEXT_MAX = 1024 };

/* "x text" or "o text" for each item, parted by '|', with "(due)" and "!n". */
static void
describe(const struct record_todo *record, char text[TEXT_MAX]) {
    size_t used = 0;

    text[0] = '\0';
    assert_true(todo_check(record));
    for (size_t i = 0; i < record->count; i++) {
        const struct todo_item *item = &record->items[i];
        char due[48] = "";
        char priority[8] = "";

        if (item->due_date.year != 0) {
            snprintf(due, sizeof due, "(%d-%d-%d)", item->due_date.year,
                     item->due_date.month, item->due_date.day);
        } else if (item->due_s != RECORD_NO_TIME) {
            snprintf(due, sizeof due, "(%lld)", (long long)item->due_s);
        }
        if (item->priority != 0) {
            snprintf(priority, sizeof priority, "!%d", item->priority);
        }
        used += (size_t)snprintf(text + used, TEXT_MAX - used, "%s%s %s%s%s",
                                 i > 0 ? "|" : "", item->done ? "x" : "o",
                                 item->text, due, priority);
    }
}

static void
texts_become_lists(void **state) {
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"", ""},
        {" \n \n", ""},
        {"- [ ] Brot & Milch\n- [x] Oma anrufen\nRohrreiniger",
         "o Brot & Milch|x Oma anrufen|o Rohrreiniger"},
        {"* [X] a\r\n[ ] b\n[x] c\n-d\n- e\n  - [ ] f\n- [ ]\n- [y] g",
         "x a|o b|x c|o -d|o e|o f|o [y] g"},
        {"[]", ""},
        {" \n[{\"text\": \"Brot & Milch\", \"done\": false, \"due\": "
         "\"2026-02-01\"}, {\"text\": \"Oma anrufen\", \"done\": true}]",
         "o Brot & Milch(2026-2-1)|x Oma anrufen"},
        {"[\"a\", \"b\"]", "o a|o b"},
        {"[{\"text\":\"a\",\"due\":\"2026-02-01T12:00:00Z\",\"priority\":1}]",
         "o a(1769947200)!1"},
        {"[{\"text\":\"a\",\"due\":\"2026-02-30\",\"priority\":10}]", "o a"},
        /* "Never" as some write it, at home: in UTC it is of another year. */
        {"[{\"text\":\"a\",\"due\":\"2000-01-01T00:00:00+0100\",\"completed\":"
         "\"2100-12-31T23:59:59-0500\"}]",
         "x a"},
        {"[{\"text\":\"a\",\"due\":7,\"priority\":0}]", "o a"},
        {"[{\"text\":\"a\",\"priority\":9}]", "o a!9"},
        {"[{\"text\":\"a\",\"completed\":\"2026-02-01T12:00:00Z\"}]", "x a"},
        {"[{\"text\":\"\"},{\"text\":\"  \"},{\"done\":true},7,null,{}]", ""},
        {"[{\"text\":\" two\\nlines \"}]", "o two lines"},
        {"[{\"text\":\"a\\u0001b\"}]", "o ab"},
        /* Not JSON after all. */
        {"[1] call\n[2] write", "o [1] call|o [2] write"},
        {"[not json\n- [ ] but lines", "o [not json|o but lines"},
        {"[{\"text\":\"a\"}] x", "o [{\"text\":\"a\"}] x"},
        /* Cut at the bound of a state: what came is kept. */
        {"[{\"text\":\"a\"},{\"text\":\"b", "o a"},
        {"[{\"text\":\"a", "o [{\"text\":\"a"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct record_todo *record = xcalloc(1, sizeof *record);
        char text[TEXT_MAX];

        todo_from_text(cases[i].text, record);
        describe(record, text);
        assert_string_equal(text, cases[i].expected);
        free(record);
    }
}

static void
lists_are_bounded(void **state) {
    static const struct {
        const char *before, *each, *after;
    } forms[] = {{"", "line\n", ""}, {"[\"a\"", ",\"a\"", "]"}};

    (void)state;
    for (size_t i = 0; i < COUNT(forms); i++) {
        for (int count = TODO_MAX; count <= TODO_MAX + 2; count++) {
            struct record_todo *record = xcalloc(1, sizeof *record);
            char text[TEXT_MAX * 2] = "";
            size_t used =
                (size_t)snprintf(text, sizeof text, "%s", forms[i].before);

            for (int j = forms[i].before[0] == '\0' ? 0 : 1; j < count; j++) {
                used += (size_t)snprintf(text + used, sizeof text - used, "%s",
                                         forms[i].each);
            }
            snprintf(text + used, sizeof text - used, "%s", forms[i].after);
            todo_from_text(text, record);
            assert_int_equal(record->count, TODO_MAX);
            assert_int_equal(record->omitted, count - TODO_MAX);
            assert_true(todo_check(record));
            free(record);
        }
    }
}

static void
texts_are_bounded(void **state) {
    struct record_todo *record = xcalloc(1, sizeof *record);
    char text[RECORD_TEXT_MAX + 1];

    (void)state;
    memset(text, 'x', sizeof text);
    text[RECORD_TEXT_MAX - 1] = '\0';
    todo_from_text(text, record);
    assert_string_equal(record->items[0].text, text);
    text[RECORD_TEXT_MAX - 1] = 'x';
    text[RECORD_TEXT_MAX] = '\0';
    todo_from_text(text, record);
    assert_true(todo_check(record));
    assert_string_equal(
        record->items[1].text + strlen(record->items[1].text) - 3, "…");
    free(record);
}

static void
switches_become_lists(void **state) {
    static const struct {
        const char *id, *label, *value;
        double order;
    } cases[] = {
        {"D", "last", "ON", NAN},   {"A", "Zebra", "ON", 1},
        {"B", "never", "NULL", 2},  {"C", "done", "OFF", 3},
        {"F", "apple", "OFF", NAN}, {"E", "Apple", "ON", NAN},
        {"G", "first", "ON", -5},   {"H", "undef", "UNDEF", 0},
    };
    struct hub_item items[COUNT(cases)] = {0};
    const struct hub_item *list[COUNT(cases)];
    struct record_todo *record = xcalloc(1, sizeof *record);
    char text[TEXT_MAX];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        items[i].id = cases[i].id;
        items[i].label = cases[i].label;
        items[i].order = cases[i].order;
        openhab_value_parse(OPENHAB_SWITCH, cases[i].value, &items[i].value);
        list[i] = &items[i];
    }
    todo_sort(list, COUNT(list));
    todo_from_switches(list, COUNT(list), record);
    describe(record, text);
    assert_string_equal(text, "o first|o Zebra|x done|o Apple|x apple|o last");
    todo_sort(NULL, 0);
    free(record);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_become_lists),
        cmocka_unit_test(lists_are_bounded),
        cmocka_unit_test(texts_are_bounded),
        cmocka_unit_test(switches_become_lists),
    };

    setenv("TZ", "UTC", 1);
    tzset();
    return cmocka_run_group_tests_name("todo_builder", tests, NULL, NULL);
}
