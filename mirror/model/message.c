#include "model/message.h"

static const char *const severity_names[MESSAGE_SEVERITY_END] = {
    [MESSAGE_INFO] = "info",
    [MESSAGE_WARNING] = "warning",
    [MESSAGE_ALARM] = "alarm",
};

const char *
message_severity_name(unsigned severity) {
    return severity < MESSAGE_SEVERITY_END ? severity_names[severity] : "?";
}

bool
message_check(const void *record) {
    const struct record_message *message = record;

    return record_text_ok(message->text, sizeof message->text) &&
           message->severity < MESSAGE_SEVERITY_END &&
           record_time_ok(message->until_s);
}

void
message_print(const void *record, struct json_writer *json) {
    const struct record_message *message = record;

    json_write_member_text(json, "text", message->text);
    json_write_member_text(json, "severity",
                           message_severity_name(message->severity));
    if (message->until_s == RECORD_NO_TIME) {
        json_write_member_null(json, "until");
    } else {
        json_write_member_int(json, "until", message->until_s);
    }
}
