#include "fetch/cache_identity.h"

#include <stdio.h>
#include <string.h>

/* FNV-1a, 64 bits (draft-eastlake-fnv): nobody gains by a collision, as who
 * can write the file can write any record. The NUL ends each field. */
static void
mix(uint64_t *hash, const char *text) {
    for (size_t i = 0; i <= strlen(text); i++) {
        *hash = (*hash ^ (uint8_t)text[i]) * UINT64_C(1099511628211);
    }
}

static void
mix_int(uint64_t *hash, int number) {
    char text[16];

    snprintf(text, sizeof text, "%d", number);
    mix(hash, text);
}

static void
mix_degrees(uint64_t *hash, double degrees) {
    char text[48];

    snprintf(text, sizeof text, "%.6f", degrees);
    mix(hash, text);
}

static bool
mix_weather(uint64_t *hash, const struct settings *settings) {
    const struct weather_settings *weather = &settings->weather;

    mix_int(hash, weather->provider);
    mix(hash, weather->url);
    mix(hash, weather->models);
    mix_degrees(hash, settings->mirror.location[0]);
    mix_degrees(hash, settings->mirror.location[1]);
    mix_degrees(hash, weather->elevation_m);
    return weather->present;
}

static bool
mix_todo(uint64_t *hash, const struct settings *settings, const char *name) {
    for (size_t i = 0; i < settings->todo_count; i++) {
        if (strcmp(settings->todos[i].name, name) == 0) {
            mix_int(hash, settings->todos[i].source);
            mix(hash, settings->todos[i].item);
            return true;
        }
    }
    return false;
}

static bool
mix_values(uint64_t *hash, const struct settings *settings, const char *name) {
    for (size_t i = 0; i < settings->values_count; i++) {
        if (strcmp(settings->values[i].name, name) == 0) {
            mix(hash, settings->values[i].items);
            return true;
        }
    }
    return false;
}

static bool
mix_hub(uint64_t *hash, const struct settings *settings, enum record_kind kind,
        const char *name) {
    mix_int(hash, settings->hub.type);
    mix(hash, settings->hub.url);
    switch (kind) {
    case RECORD_LIGHTS:
        mix(hash, settings->hub.lights);
        return settings->hub.present;
    case RECORD_MESSAGE:
        mix(hash, settings->message.item);
        return settings->message.present;
    case RECORD_TODO: return mix_todo(hash, settings, name);
    case RECORD_VALUES: return mix_values(hash, settings, name);
    default: return false;
    }
}

uint64_t
cache_identity(const struct settings *settings, enum record_kind kind,
               const char *name) {
    uint64_t hash = UINT64_C(14695981039346656037);
    bool asked;

    mix_int(&hash, (int)kind);
    mix(&hash, name);
    asked = kind == RECORD_WEATHER ? mix_weather(&hash, settings)
                                   : mix_hub(&hash, settings, kind, name);
    return asked ? hash : 0;
}
