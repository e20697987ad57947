#include "model/lights.h"

static const char *const state_names[LIGHT_STATE_END] = {
    [LIGHT_OFF] = "off",
    [LIGHT_ON] = "on",
    [LIGHT_UNKNOWN] = "unknown",
    [LIGHT_UNREACHABLE] = "unreachable",
};

const char *
light_state_name(unsigned state) {
    return state < LIGHT_STATE_END ? state_names[state] : "?";
}

static bool
light_ok(const struct light *light) {
    return record_text_ok(light->id, sizeof light->id) &&
           record_text_ok(light->name, sizeof light->name) &&
           record_text_ok(light->room, sizeof light->room) &&
           light->state < LIGHT_STATE_END && light->group <= 1 &&
           light->brightness_pct >= -1 && light->brightness_pct <= 100 &&
           light->rgb >= -1 && light->rgb <= 0xffffff &&
           (light->kelvin == -1 ||
            (light->kelvin >= 1000 && light->kelvin <= 20000));
}

bool
lights_check(const void *record) {
    const struct record_lights *lights = record;

    if (lights->omitted > RECORD_OMITTED_MAX || lights->count > LIGHTS_MAX) {
        return false;
    }
    for (uint32_t i = 0; i < lights->count; i++) {
        if (!light_ok(&lights->lights[i])) {
            return false;
        }
    }
    return true;
}

static void
light_print(const struct light *light, struct json_writer *json) {
    char rgb[16];

    json_write_object(json);
    json_write_member_text(json, "id", light->id);
    json_write_member_text(json, "name", light->name);
    json_write_member_text(json, "room", light->room);
    json_write_member_text(json, "state", light_state_name(light->state));
    if (light->brightness_pct >= 0) {
        json_write_member_int(json, "brightness", light->brightness_pct);
    } else {
        json_write_member_null(json, "brightness");
    }
    snprintf(rgb, sizeof rgb, "#%06x", (unsigned)light->rgb & 0xffffff);
    json_write_member_text(json, "rgb", light->rgb >= 0 ? rgb : NULL);
    if (light->kelvin >= 0) {
        json_write_member_int(json, "kelvin", light->kelvin);
    } else {
        json_write_member_null(json, "kelvin");
    }
    json_write_member_bool(json, "group", light->group != 0);
    json_write_end(json, '}');
}

void
lights_print(const void *record, struct json_writer *json) {
    const struct record_lights *lights = record;

    json_write_key(json, "lights");
    json_write_array(json);
    for (uint32_t i = 0; i < lights->count; i++) {
        light_print(&lights->lights[i], json);
    }
    json_write_end(json, ']');
    json_write_member_int(json, "omitted", lights->omitted);
}
