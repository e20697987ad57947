#include "model/record.h"

#include <math.h>
#include <string.h>

#include "common/str.h"
#include "model/lights.h"
#include "model/message.h"
#include "model/status.h"
#include "model/todo.h"
#include "model/values.h"
#include "model/weather.h"

static bool
heartbeat_check(const void *record) {
    (void)record;
    return true;
}

static void
heartbeat_print(const void *record, struct json_writer *json) {
    const struct record_heartbeat *heartbeat = record;

    json_write_member_int(json, "count", (int64_t)heartbeat->count);
}

static const struct record_kind_info kinds[RECORD_KIND_END] = {
    [RECORD_STATUS] = {"status", sizeof(struct record_status), status_check,
                       status_print},
    [RECORD_HEARTBEAT] = {"heartbeat", sizeof(struct record_heartbeat),
                          heartbeat_check, heartbeat_print},
    [RECORD_LIGHTS] = {"lights", sizeof(struct record_lights), lights_check,
                       lights_print},
    [RECORD_TODO] = {"todo", sizeof(struct record_todo), todo_check,
                     todo_print},
    [RECORD_WEATHER] = {"weather", sizeof(struct record_weather), weather_check,
                        weather_print},
    [RECORD_MESSAGE] = {"message", sizeof(struct record_message), message_check,
                        message_print},
    [RECORD_VALUES] = {"values", sizeof(struct record_values), values_check,
                       values_print},
};

const struct record_kind_info *
record_kind_info(unsigned kind) {
    if (kind >= RECORD_KIND_END || kinds[kind].name == NULL) {
        return NULL;
    }
    return &kinds[kind];
}

bool
record_text_ok(const char *text, size_t size) {
    size_t length = strnlen(text, size);

    if (length == size || !str_utf8_valid(text, length)) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];

        /* The last are U+0080 to U+009F. */
        if ((byte < 0x20 && byte != '\n') || byte == 0x7f ||
            (byte == 0xc2 && (unsigned char)text[i + 1] < 0xa0)) {
            return false;
        }
    }
    for (size_t i = length; i < size; i++) {
        if (text[i] != '\0') {
            return false;
        }
    }
    return true;
}

bool
record_real_ok(double value, double low, double high) {
    return isnan(value) || (value >= low && value <= high);
}

bool
record_time_ok(int64_t utc_s) {
    /* The first second of the first year, and of the one after the last. */
    static const int64_t first_s = 946684800;
    static const int64_t end_s = 4133980800;

    return utc_s == RECORD_NO_TIME || (utc_s >= first_s && utc_s < end_s);
}

static bool
head_ok(const struct record_head *head) {
    return record_text_ok(head->source, sizeof head->source) &&
           record_text_ok(head->name, sizeof head->name) &&
           head->source[0] != '\0' && head->taken_s >= 0 &&
           head->taken_s <= RECORD_WALL_MAX_S && head->age_s >= -1 &&
           head->age_s <= RECORD_AGE_MAX_S && head->live <= 1 &&
           head->recalled <= 1;
}

bool
record_check(unsigned kind, const void *record, size_t size) {
    const struct record_kind_info *info = record_kind_info(kind);

    return info != NULL && size == info->size && head_ok(record) &&
           info->check(record);
}

void
record_print(unsigned kind, const void *record, const char *status, FILE *out) {
    const struct record_kind_info *info = record_kind_info(kind);
    const struct record_head *head = record;
    struct json_writer json;

    json_write_init(&json, out);
    json_write_object(&json);
    json_write_member_text(&json, "kind", info->name);
    json_write_member_text(&json, "source", head->source);
    json_write_member_text(&json, "name", head->name);
    json_write_key(&json, "age_s");
    if (head->age_s < 0) {
        json_write_null(&json);
    } else {
        json_write_int(&json, head->age_s);
    }
    json_write_member_text(&json, "status", status);
    json_write_key(&json, "data");
    json_write_object(&json);
    info->print(record, &json);
    json_write_end(&json, '}');
    json_write_end(&json, '}');
}

void
record_head_init(struct record_head *head, const char *source, const char *name,
                 int64_t taken_s) {
    str_copy(head->source, sizeof head->source, source);
    str_copy(head->name, sizeof head->name, name);
    head->taken_s = taken_s;
}
