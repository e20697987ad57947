#include "model/status.h"

static const char *const state_names[SOURCE_STATE_END] = {
    [SOURCE_OK] = "ok",
    [SOURCE_CONNECTING] = "connecting",
    [SOURCE_OFFLINE] = "offline",
    [SOURCE_REFUSED] = "refused",
    [SOURCE_CERTIFICATE] = "certificate",
    [SOURCE_NO_CLOCK] = "no-clock",
    [SOURCE_BAD_REPLY] = "bad-reply",
    [SOURCE_TOO_BIG] = "too-big",
    [SOURCE_LIMIT] = "limit",
    [SOURCE_CONFIG] = "config",
};

const char *
source_state_name(unsigned state) {
    return state < SOURCE_STATE_END ? state_names[state] : "?";
}

static bool
source_ok(const struct source_status *source) {
    return record_text_ok(source->source, sizeof source->source) &&
           record_text_ok(source->detail, sizeof source->detail) &&
           source->source[0] != '\0' && source->state < SOURCE_STATE_END &&
           source->since_s >= 0 && source->since_s <= RECORD_WALL_MAX_S &&
           source->since_age_s >= 0 &&
           source->since_age_s <= RECORD_AGE_MAX_S &&
           source->good_age_s >= -1 && source->good_age_s <= RECORD_AGE_MAX_S;
}

bool
status_check(const void *record) {
    const struct record_status *status = record;

    if (status->count > STATUS_SOURCES_MAX) {
        return false;
    }
    for (uint32_t i = 0; i < status->count; i++) {
        if (!source_ok(&status->sources[i])) {
            return false;
        }
    }
    return true;
}

void
status_print(const void *record, struct json_writer *json) {
    const struct record_status *status = record;

    json_write_key(json, "sources");
    json_write_array(json);
    for (uint32_t i = 0; i < status->count; i++) {
        const struct source_status *source = &status->sources[i];

        json_write_object(json);
        json_write_member_text(json, "source", source->source);
        json_write_member_text(json, "state", source_state_name(source->state));
        json_write_member_int(json, "since", source->since_s);
        json_write_member_text(json, "detail", source->detail);
        json_write_end(json, '}');
    }
    json_write_end(json, ']');
}
