#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "fetch/hubs/message_builder.h"
#include "fetch/hubs/openhab_value.h"

static void
states_become_messages(void **state) {
    static const struct {
        enum openhab_type type;
        const char *value, *shown, *severity;
        int fallback;
        const char *text;
        int expected;
        int64_t until_s;
    } cases[] = {
        {OPENHAB_STRING, "Essen um 18:30", "x", "", MESSAGE_INFO,
         "Essen um 18:30", MESSAGE_INFO, RECORD_NO_TIME},
        {OPENHAB_STRING, "Essen", "x", "", MESSAGE_ALARM, "Essen",
         MESSAGE_ALARM, RECORD_NO_TIME},
        {OPENHAB_STRING, "Essen", "x", "Warning", MESSAGE_ALARM, "Essen",
         MESSAGE_WARNING, RECORD_NO_TIME},
        {OPENHAB_STRING, "Essen", "x", "loud", MESSAGE_WARNING, "Essen",
         MESSAGE_WARNING, RECORD_NO_TIME},
        {OPENHAB_STRING, "  two\nlines \n", "x", "", MESSAGE_INFO, "two\nlines",
         MESSAGE_INFO, RECORD_NO_TIME},
        {OPENHAB_STRING, "NULL", "", "alarm", MESSAGE_INFO, "", MESSAGE_INFO,
         RECORD_NO_TIME},
        {OPENHAB_STRING, "UNDEF", "", "", MESSAGE_INFO, "", MESSAGE_INFO,
         RECORD_NO_TIME},
        {OPENHAB_STRING, "", "", "", MESSAGE_INFO, "", MESSAGE_INFO,
         RECORD_NO_TIME},
        {OPENHAB_STRING, " \n\t ", "", "", MESSAGE_INFO, "", MESSAGE_INFO,
         RECORD_NO_TIME},
        {OPENHAB_STRING,
         "{\"text\":\"Rauch!\",\"severity\":\"alarm\",\"until\":"
         "\"2026-02-01T12:00:00Z\"}",
         "x", "warning", MESSAGE_INFO, "Rauch!", MESSAGE_ALARM, 1769947200},
        {OPENHAB_STRING, " {\"text\":\"a\",\"until\":1769947200}", "x",
         "warning", MESSAGE_INFO, "a", MESSAGE_WARNING, 1769947200},
        {OPENHAB_STRING, "{\"text\":\"a\",\"until\":5,\"severity\":3}", "x", "",
         MESSAGE_INFO, "a", MESSAGE_INFO, RECORD_NO_TIME},
        {OPENHAB_STRING, "{\"text\":\"a\",\"until\":\"soon\"}", "x", "",
         MESSAGE_INFO, "a", MESSAGE_INFO, RECORD_NO_TIME},
        {OPENHAB_STRING, "{\"text\":\"\"}", "x", "", MESSAGE_INFO, "",
         MESSAGE_INFO, RECORD_NO_TIME},
        /* No such object: then it is what somebody wrote. */
        {OPENHAB_STRING, "{\"texts\":\"a\"}", "x", "", MESSAGE_INFO,
         "{\"texts\":\"a\"}", MESSAGE_INFO, RECORD_NO_TIME},
        {OPENHAB_STRING, "{text}", "x", "", MESSAGE_INFO, "{text}",
         MESSAGE_INFO, RECORD_NO_TIME},
        /* Items of other types as they are shown. */
        {OPENHAB_NUMBER, "21.54 °C", "21.5 °C", "", MESSAGE_INFO, "21.5 °C",
         MESSAGE_INFO, RECORD_NO_TIME},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct hub_item item = {.severity = cases[i].severity,
                                .shown = cases[i].shown};
        struct record_message record = {0};

        openhab_value_parse(cases[i].type, cases[i].value, &item.value);
        message_build(&item, cases[i].fallback, &record);
        assert_true(message_check(&record));
        assert_string_equal(record.text, cases[i].text);
        assert_true(record.until_s == cases[i].until_s);
        if (record.text[0] != '\0') {
            assert_int_equal(record.severity, cases[i].expected);
        }
    }
}

static void
no_item_is_no_message(void **state) {
    struct record_message record = {0};

    (void)state;
    message_build(NULL, MESSAGE_WARNING, &record);
    assert_true(message_check(&record));
    assert_string_equal(record.text, "");
}

/* 256 bytes of text; what is longer is cut, also between characters. */
static void
messages_are_bounded(void **state) {
    (void)state;
    for (size_t size = RECORD_TEXT_MAX - 2; size <= RECORD_TEXT_MAX; size++) {
        struct hub_item item = {.severity = "", .shown = ""};
        struct record_message record = {0};
        char text[RECORD_TEXT_MAX + 1] = "";

        memset(text, 'x', size);
        openhab_value_parse(OPENHAB_STRING, text, &item.value);
        message_build(&item, MESSAGE_INFO, &record);
        assert_true(message_check(&record));
        assert_int_equal(strcmp(record.text, text) == 0,
                         size < RECORD_TEXT_MAX);
    }
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_become_messages),
        cmocka_unit_test(no_item_is_no_message),
        cmocka_unit_test(messages_are_bounded),
    };

    return cmocka_run_group_tests_name("message_builder", tests, NULL, NULL);
}
