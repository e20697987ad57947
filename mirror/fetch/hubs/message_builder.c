#include "fetch/hubs/message_builder.h"

#include <string.h>
#include <strings.h>

#include "common/calendar.h"
#include "common/str.h"
#include "fetch/json.h"

/* Untouched where `word` names none. */
static void
read_severity(const char *word, uint8_t *severity) {
    for (unsigned i = 0; word != NULL && i < MESSAGE_SEVERITY_END; i++) {
        if (strcasecmp(word, message_severity_name(i)) == 0) {
            *severity = (uint8_t)i;
        }
    }
}

static void
fill_text(const char *text, struct record_message *record) {
    char clean[RECORD_TEXT_MAX] = "";

    str_clean(clean, sizeof clean, text, strlen(text));
    str_copy(record->text, sizeof record->text, str_trim(clean));
}

static int64_t
read_until(const cJSON *object) {
    const char *text = json_text(object, "until");
    int64_t until_s = json_int(object, "until", 0, INT64_MAX / 2, -1);

    if (text != NULL) {
        return calendar_parse_time(text, &until_s) ? until_s : RECORD_NO_TIME;
    }
    return until_s >= 0 && record_time_ok(until_s) ? until_s : RECORD_NO_TIME;
}

/* False where `text` is no object with a text in it: then it is the message. */
static bool
fill_object(const char *text, struct record_message *record) {
    const char *start = text + strspn(text, " \t\r\n");
    const char *why;
    cJSON *object;
    const char *inner;

    if (*start != '{') {
        return false;
    }
    object = json_parse(start, strlen(start), &why);
    inner = json_text(object, "text");
    if (inner != NULL) {
        fill_text(inner, record);
        read_severity(json_text(object, "severity"), &record->severity);
        record->until_s = read_until(object);
    }
    cJSON_Delete(object);
    return inner != NULL;
}

void
message_build(const struct hub_item *item, int severity,
              struct record_message *ret_record) {
    ret_record->severity = (uint8_t)severity;
    ret_record->until_s = RECORD_NO_TIME;
    if (item == NULL || item->value.type == HUB_VALUE_NONE) {
        return;
    }
    read_severity(item->severity, &ret_record->severity);
    if (!fill_object(item->value.text, ret_record)) {
        fill_text(item->value.type == HUB_VALUE_TEXT ? item->value.text
                                                     : item->shown,
                  ret_record);
    }
}
