#include "model/values.h"

#include <float.h>

bool
values_check(const void *record) {
    const struct record_values *values = record;

    if (values->omitted > RECORD_OMITTED_MAX || values->count > VALUES_MAX) {
        return false;
    }
    for (uint32_t i = 0; i < values->count; i++) {
        const struct value *value = &values->values[i];

        if (!record_text_ok(value->id, sizeof value->id) ||
            !record_text_ok(value->label, sizeof value->label) ||
            !record_text_ok(value->text, sizeof value->text) ||
            !record_text_ok(value->unit, sizeof value->unit) ||
            !record_text_ok(value->icon, sizeof value->icon) ||
            !record_real_ok(value->number, -DBL_MAX, DBL_MAX) ||
            value->state >= VALUE_STATE_END) {
            return false;
        }
    }
    return true;
}

void
values_print(const void *record, struct json_writer *json) {
    const struct record_values *values = record;

    json_write_key(json, "values");
    json_write_array(json);
    for (uint32_t i = 0; i < values->count; i++) {
        const struct value *value = &values->values[i];

        json_write_object(json);
        json_write_member_text(json, "id", value->id);
        json_write_member_text(json, "label", value->label);
        json_write_member_real(json, "number", value->number);
        json_write_member_text(json, "unit", value->unit);
        json_write_member_text(json, "text", value->text);
        json_write_member_text(json, "state",
                               value->state == VALUE_OK ? "ok" : "missing");
        json_write_end(json, '}');
    }
    json_write_end(json, ']');
    json_write_member_int(json, "omitted", values->omitted);
}
