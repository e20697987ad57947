#include "model/settings.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/str.h"
#include "model/values.h"

static const struct settings_section *
find_kind(const char *kind) {
    for (const struct settings_section *s = settings_sections; s->kind != NULL;
         s++) {
        if (strcmp(s->kind, kind) == 0) {
            return s;
        }
    }
    return NULL;
}

static const char *
nearest_kind(const char *kind) {
    const char *nearest = str_distance("widget", kind) <= 2 ? "widget" : NULL;
    int least = nearest != NULL ? str_distance(nearest, kind) : 3;

    for (const struct settings_section *s = settings_sections; s->kind != NULL;
         s++) {
        int away = str_distance(s->kind, kind);

        if (away < least) {
            least = away;
            nearest = s->kind;
        }
    }
    return nearest;
}

static void
fail_unknown(struct config *config, const struct config_section *section) {
    const char *nearest = nearest_kind(section->kind);

    if (nearest != NULL) {
        config_fail(config, section->line, section, NULL,
                    "unknown section, did you mean [%s]?", nearest);
    } else {
        config_fail(config, section->line, section, NULL,
                    "unknown section, expected mirror, screen, hub, weather, "
                    "todo, message, values or widget");
    }
}

/* The name of a section, judged like any other. */
static const struct option name_option = {.name = "name",
                                          .type = OPTION_NAME,
                                          .size = RECORD_NAME_MAX,
                                          .fallback = "none"};

/* Whether the section has a name where it needs one and none where not. */
static bool
name_fits(struct config *config, const struct config_section *section,
          bool named) {
    char name[RECORD_NAME_MAX];
    char why[OPTION_WHY_MAX];

    if (!named && *section->name != '\0') {
        config_fail(config, section->line, section, NULL,
                    "expected [%s], without a name", section->kind);
        return false;
    }
    if (named && !option_parse(&name_option, section->name, name, why)) {
        config_fail(config, section->line, section, NULL, "its name: %s", why);
        return false;
    }
    return true;
}

/* Applies the one section of a kind. Returns it, or NULL if there is none. */
static const struct config_section *
apply_single(struct config *config, const char *kind, void *base) {
    const struct config_section *section = config_find(config, kind, "");

    config_apply(config, section, find_kind(kind)->options, base);
    return section;
}

static bool
was_given(const struct config_section *section, const char *key) {
    for (size_t i = 0; i < section->entry_count; i++) {
        if (strcmp(section->entries[i].key, key) == 0 &&
            *section->entries[i].value != '\0') {
            return true;
        }
    }
    return false;
}

/* Whether a key that a section cannot do without has a `value`. One that was
 * given and refused has been complained about. */
static bool
require_key(struct config *config, const struct config_section *section,
            const char *key, const char *value, const char *what) {
    if (*value == '\0' && !was_given(section, key)) {
        config_fail(config, section->line, section, key,
                    "expected %s, got nothing", what);
    }
    return *value != '\0';
}

/* Whether a section that lives on the hub has one. */
static bool
require_hub(struct config *config, const struct config_section *section,
            const struct settings *settings) {
    if (config_find(config, "hub", "") == NULL) {
        config_fail(config, section->line, section, NULL,
                    "expected a [hub] as well, found none");
    }
    return settings->hub.present;
}

static void
read_hub(struct settings *settings, struct config *config) {
    struct hub_settings *hub = &settings->hub;
    const struct config_section *section = apply_single(config, "hub", hub);

    hub->present =
        section != NULL &&
        require_key(config, section, "url", hub->url, "the hub's address");
}

static void
read_weather(struct settings *settings, struct config *config) {
    struct weather_settings *weather = &settings->weather;
    const struct config_section *section =
        apply_single(config, "weather", weather);
    const struct config_section *mirror = config_find(config, "mirror", "");
    bool located = !isnan(settings->mirror.location[0]);

    weather->present = section != NULL && located;
    if (section != NULL && !located &&
        (mirror == NULL || !was_given(mirror, "location"))) {
        config_fail(config, section->line, section, NULL,
                    "expected a location in [mirror], found none");
    }
}

static void
read_message(struct settings *settings, struct config *config) {
    struct message_settings *message = &settings->message;
    const struct config_section *section =
        apply_single(config, "message", message);
    bool complete;

    if (section == NULL) {
        return;
    }
    complete = require_key(config, section, "item", message->item,
                           "an item of the hub");
    message->present = require_hub(config, section, settings) && complete;
}

/* Whether there is room for one more section of a kind that may repeat. */
static bool
has_room(struct config *config, const struct config_section *section,
         size_t count) {
    if (count < SETTINGS_SOURCES_MAX) {
        return true;
    }
    config_fail(config, section->line, section, NULL,
                "expected at most %d sections of this kind",
                SETTINGS_SOURCES_MAX);
    return false;
}

static void
read_todo(struct settings *settings, struct config *config,
          const struct config_section *section) {
    struct todo_settings todo = {0};
    bool complete;

    config_apply(config, section, find_kind("todo")->options, &todo);
    complete =
        require_key(config, section, "item", todo.item, "an item of the hub");
    if (require_hub(config, section, settings) && complete &&
        has_room(config, section, settings->todo_count)) {
        str_copy(todo.name, sizeof todo.name, section->name);
        settings->todos[settings->todo_count++] = todo;
    }
}

static size_t
count_words(const char *list) {
    char word[OPTION_WORD_MAX];
    size_t count = 0;

    while ((list = option_next_word(list, word, sizeof word)) != NULL) {
        count++;
    }
    return count;
}

static void
read_values(struct settings *settings, struct config *config,
            const struct config_section *section) {
    struct values_settings values = {0};
    bool complete;
    size_t count;

    config_apply(config, section, find_kind("values")->options, &values);
    complete =
        require_key(config, section, "items", values.items, "items of the hub");
    count = count_words(values.items);
    if (count > VALUES_MAX) {
        config_fail(config, section->line, section, "items",
                    "expected at most %d items, got %zu", VALUES_MAX, count);
        complete = false;
    }
    if (require_hub(config, section, settings) && complete &&
        has_room(config, section, settings->values_count)) {
        str_copy(values.name, sizeof values.name, section->name);
        settings->values[settings->values_count++] = values;
    }
}

/* Judges the head of every section and reads those that have names. */
static void
read_sections(struct settings *settings, struct config *config) {
    for (size_t i = 0; i < config->section_count; i++) {
        const struct config_section *section = &config->sections[i];
        const struct settings_section *known = find_kind(section->kind);

        if (strcmp(section->kind, "widget") == 0) {
            continue; /* the layout's */
        }
        if (known == NULL) {
            fail_unknown(config, section);
        } else if (name_fits(config, section, known->named)) {
            if (strcmp(section->kind, "todo") == 0) {
                read_todo(settings, config, section);
            } else if (strcmp(section->kind, "values") == 0) {
                read_values(settings, config, section);
            }
        }
    }
}

bool
settings_read(struct settings *settings, struct config *config) {
    size_t before = config->error_count + config->errors_dropped;

    *settings = (struct settings){0};
    apply_single(config, "mirror", &settings->mirror);
    apply_single(config, "screen", &settings->screen);
    read_hub(settings, config);
    read_weather(settings, config);
    read_message(settings, config);
    read_sections(settings, config);
    return config->error_count + config->errors_dropped == before;
}

void
settings_init(struct settings *settings) {
    struct config config = {0};

    settings_read(settings, &config);
}
