#include "fetch/hubs/lights_builder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/str.h"
#include "fetch/hubs/colour.h"

/* Lamps of no room stand behind all rooms. */
static int
compare_rooms(const char *a, const char *b) {
    if ((a[0] == '\0') != (b[0] == '\0')) {
        return a[0] == '\0' ? 1 : -1;
    }
    return strcasecmp(a, b);
}

static int
compare_lights(const void *a, const void *b) {
    const struct hub_light *one = a;
    const struct hub_light *two = b;
    int order = compare_rooms(one->room, two->room);

    order = order != 0 ? order : strcasecmp(one->name, two->name);
    return order != 0 ? order : strcmp(one->id, two->id);
}

void
lights_sort(struct hub_light *lights, size_t count) {
    if (count > 0) {
        qsort(lights, count, sizeof *lights, compare_lights);
    }
}

static enum light_state
state_of(const struct hub_light *light) {
    const struct hub_value *main = &light->main->value;
    const struct hub_value *power =
        light->power != NULL ? &light->power->value : NULL;

    /* A lamp may keep its colour while its switch is off. */
    if (power != NULL && power->type == HUB_VALUE_SWITCH && !power->on) {
        return LIGHT_OFF;
    }
    switch (main->type) {
    case HUB_VALUE_SWITCH:
    case HUB_VALUE_PERCENT:
    case HUB_VALUE_COLOUR: return main->on ? LIGHT_ON : LIGHT_OFF;
    default: break;
    }
    return power != NULL && power->type == HUB_VALUE_SWITCH ? LIGHT_ON
                                                            : LIGHT_UNKNOWN;
}

/* When the lamp's silence is too long, or INT64_MAX. */
static int64_t
silent_from(const struct hub_light *light, int limit_s) {
    if (limit_s <= 0 || light->seen == NULL ||
        light->seen->value.time_s == RECORD_NO_TIME) {
        return INT64_MAX;
    }
    return light->seen->value.time_s + limit_s + 1;
}

static bool
is_lost(const struct hub_light *light, int64_t now_s, int limit_s) {
    static const char word[] = "OFFLINE";

    if (light->lost ||
        (light->status != NULL &&
         strncasecmp(light->status->value.text, word, sizeof word - 1) == 0)) {
        return true;
    }
    return now_s != RECORD_NO_TIME && now_s >= silent_from(light, limit_s);
}

/* Kelvin of a lamp in white mode, or -1. A temperature that is UNDEF means
 * "not in white mode"; one that stays while a colour shines is a memory. */
static int32_t
kelvin_of(const struct hub_light *light) {
    const struct hub_value *main = &light->main->value;
    const struct hub_value *white;
    double kelvin;

    if (light->white == NULL) {
        return -1;
    }
    white = &light->white->value;
    if (white->type != HUB_VALUE_NUMBER ||
        (main->type == HUB_VALUE_COLOUR &&
         !colour_may_be_white(main->hue_deg, main->saturation_pct))) {
        return -1;
    }
    kelvin = white->number;
    if (strcasecmp(white->unit, "mired") == 0 ||
        strcasecmp(white->unit, "mirek") == 0) {
        kelvin = 1e6 / white->number;
    }
    return kelvin >= 1000 && kelvin <= 20000 ? (int32_t)lround(kelvin) : -1;
}

/* Also of a lamp that cannot be reached: what it was when it last spoke. */
static void
fill_shine(const struct hub_light *light, bool on, struct light *ret_light) {
    const struct hub_value *main = &light->main->value;

    ret_light->brightness_pct = -1;
    ret_light->rgb = -1;
    ret_light->kelvin = on ? kelvin_of(light) : -1;
    if (main->type == HUB_VALUE_PERCENT || main->type == HUB_VALUE_COLOUR) {
        long percent = on ? lround(main->number) : 0;

        ret_light->brightness_pct = (int8_t)(on && percent < 1 ? 1 : percent);
    }
    if (ret_light->kelvin > 0) {
        ret_light->rgb = colour_from_kelvin(ret_light->kelvin);
    } else if (on && main->type == HUB_VALUE_COLOUR) {
        ret_light->rgb = colour_from_hue(main->hue_deg, main->saturation_pct);
    }
}

static void
fill(const struct hub_light *light, int64_t now_s, int limit_s,
     struct light *ret_light) {
    enum light_state state = state_of(light);

    str_copy(ret_light->id, sizeof ret_light->id, light->id);
    str_copy(ret_light->name, sizeof ret_light->name, light->name);
    str_copy(ret_light->room, sizeof ret_light->room, light->room);
    fill_shine(light, state == LIGHT_ON, ret_light);
    ret_light->group = light->group;
    ret_light->state =
        (uint8_t)(is_lost(light, now_s, limit_s) ? LIGHT_UNREACHABLE : state);
}

static bool
is_dull(const struct hub_light *light, int64_t now_s, int limit_s) {
    return state_of(light) == LIGHT_OFF && !is_lost(light, now_s, limit_s);
}

int64_t
lights_build(const struct hub_light *lights, size_t count, int64_t now_s,
             int limit_s, struct record_lights *ret_record) {
    size_t over = count > LIGHTS_MAX ? count - LIGHTS_MAX : 0;
    int64_t next = INT64_MAX;

    ret_record->omitted = (uint32_t)over;
    for (size_t i = 0; i < count; i++) {
        int64_t from = silent_from(&lights[i], limit_s);

        if (now_s != RECORD_NO_TIME && from > now_s && from < next) {
            next = from;
        }
        if (over > 0 && is_dull(&lights[i], now_s, limit_s)) {
            over--;
        } else if (ret_record->count < LIGHTS_MAX) {
            fill(&lights[i], now_s, limit_s,
                 &ret_record->lights[ret_record->count++]);
        }
    }
    return next;
}
