/* One line that somebody in the house wants everybody to read. */
#ifndef MIRROR_MODEL_MESSAGE_H
#define MIRROR_MODEL_MESSAGE_H

#include "model/record.h"

enum message_severity {
    MESSAGE_INFO,
    MESSAGE_WARNING,
    MESSAGE_ALARM,
    MESSAGE_SEVERITY_END,
};

struct record_message {
    struct record_head head;
    char text[RECORD_TEXT_MAX]; /* "": there is no message */
    uint8_t severity;           /* enum message_severity */
    int64_t until_s;            /* hidden from then on; RECORD_NO_TIME: never */
};

/* "info", "warning", "alarm"; "?" for what is none. */
const char *
message_severity_name(unsigned severity);

/* As struct record_kind_info (record.h) says. */
bool
message_check(const void *record);
void
message_print(const void *record, struct json_writer *json);

#endif
