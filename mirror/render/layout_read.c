#include <stdlib.h>
#include <string.h>

#include "common/str.h"
#include "common/xalloc.h"
#include "render/layout.h"

static const char *const region_names[] = {
    "top_bar",          "top_left",      "top_center",  "top_right",
    "upper_third",      "middle_center", "lower_third", "bottom_left",
    "bottom_center",    "bottom_right",  "bottom_bar",  "fullscreen_below",
    "fullscreen_above",
};

/* What stands in front of a type's own options while they are read. The
 * alignment is any option's, so that they can follow at once. */
struct common_options {
    _Alignas(max_align_t) int position;
};

const struct option layout_options[] = {
    {.name = "position",
     .type = OPTION_CHOICE,
     OPTION_AT(struct common_options, position),
     .choices = "top_bar|top_left|top_center|top_right|upper_third|"
                "middle_center|lower_third|bottom_left|bottom_center|"
                "bottom_right|bottom_bar|fullscreen_below|fullscreen_above",
     .fallback = "top_left",
     .help = "the region of the panel"},
    {0},
};

const char *
region_name(unsigned region) {
    return region < REGION_END ? region_names[region] : NULL;
}

const struct widget_type *
widget_type_find(const char *name) {
    for (size_t i = 0; widget_types[i] != NULL; i++) {
        if (strcmp(widget_types[i]->name, name) == 0) {
            return widget_types[i];
        }
    }
    return NULL;
}

static const char *
nearest_type(const char *name) {
    const char *nearest = NULL;
    int best = 3; /* two typing mistakes, as for keys */

    for (size_t i = 0; widget_types[i] != NULL; i++) {
        int distance = str_distance(name, widget_types[i]->name);

        if (distance < best) {
            best = distance;
            nearest = widget_types[i]->name;
        }
    }
    return nearest;
}

static void
fail_unknown_type(struct config *config, const struct config_section *section,
                  const char *name) {
    const char *nearest = nearest_type(name);
    char safe[LOG_TEXT_MAX];

    log_escape(safe, name);
    if (nearest != NULL) {
        config_fail(config, section->line, section, NULL,
                    "there is no widget '%s'; did you mean '%s'?", safe,
                    nearest);
    } else {
        config_fail(config, section->line, section, NULL,
                    "there is no widget '%s'; mirror --list-widgets names them",
                    safe);
    }
}

/* The common options and the type's in one table, over one buffer, so that
 * config_apply() knows every key. The caller frees it. */
static struct option *
joined_options(const struct option *own) {
    struct option *all;
    size_t count = 0;

    while (own[count].type != OPTION_END) {
        count++;
    }
    all = xcalloc(count + 2, sizeof *all);
    all[0] = layout_options[0];
    for (size_t i = 0; i < count; i++) {
        all[i + 1] = own[i];
        all[i + 1].offset += sizeof(struct common_options);
    }
    return all;
}

/* The only section of `kind`; NULL if there are none or several. */
static const struct config_section *
only_section(const struct config *config, const char *kind) {
    const struct config_section *found = NULL;

    for (size_t i = 0; i < config->section_count; i++) {
        if (strcmp(config->sections[i].kind, kind) == 0) {
            if (found != NULL) {
                return NULL;
            }
            found = &config->sections[i];
        }
    }
    return found;
}

/* Judges an option that refers to a section, and fills it where there is but
 * one to refer to. */
static bool
resolve_reference(struct config *config, const struct config_section *section,
                  const struct option *option, char *value) {
    const struct config_section *only = only_section(config, option->choices);
    char safe[LOG_TEXT_MAX];

    if (value[0] == '\0' && only != NULL && only->name[0] != '\0') {
        return str_copy(value, option->size, only->name);
    }
    if (value[0] == '\0') {
        config_fail(config, section->line, section, option->name,
                    "expected the NAME of one [%s NAME] section, got none",
                    option->choices);
        return false;
    }
    if (config_find(config, option->choices, value) == NULL) {
        config_fail(config, section->line, section, option->name,
                    "there is no section [%s %s]", option->choices,
                    log_escape(safe, value));
        return false;
    }
    return true;
}

static bool
resolve_references(struct config *config, const struct config_section *section,
                   const struct option *options, char *base) {
    bool good = true;

    for (; options->type != OPTION_END; options++) {
        if (options->type == OPTION_NAME && options->choices != NULL) {
            good = resolve_reference(config, section, options,
                                     base + options->offset) &&
                   good;
        }
    }
    return good;
}

static bool
read_options(struct config *config, const struct config_section *section,
             struct placed_widget *widget) {
    const struct widget_type *type = widget->type;
    char *buffer =
        xcalloc(1, sizeof(struct common_options) + type->options_size);
    char *own = buffer + sizeof(struct common_options);
    struct option *options = joined_options(type->options);
    char why[OPTION_WHY_MAX] = "";
    bool good = config_apply(config, section, options, buffer);

    if (section != NULL) {
        good = resolve_references(config, section, type->options, own) && good;
    }
    if (type->check != NULL && !type->check(own, why)) {
        config_fail(config, section != NULL ? section->line : 0, section, NULL,
                    "%s", why);
        option_set_defaults(type->options, own);
        good = false;
    }
    widget->region =
        (enum region)((struct common_options *)(void *)buffer)->position;
    widget->options = xcalloc(1, type->options_size);
    memcpy(widget->options, own, type->options_size);
    free(options);
    free(buffer);
    return good;
}

/* "todo groceries": the type and the name behind it. */
static void
split_name(const char *words, char *type, size_t type_size, const char **name) {
    size_t length = strcspn(words, " \t");

    *name = words + length + strspn(words + length, " \t");
    if (length >= type_size) {
        length = type_size - 1;
    }
    memcpy(type, words, length);
    type[length] = '\0';
}

static bool
read_widget(struct layout *layout, struct config *config,
            const struct config_section *section) {
    struct placed_widget *widget = &layout->widgets[layout->count];
    char type[RECORD_NAME_MAX];
    const char *name;

    split_name(section->name, type, sizeof type, &name);
    if (layout->count >= LAYOUT_WIDGETS_MAX) {
        config_fail(config, section->line, section, NULL,
                    "more than %d widgets", LAYOUT_WIDGETS_MAX);
        return false;
    }
    *widget = (struct placed_widget){.type = widget_type_find(type)};
    if (widget->type == NULL) {
        fail_unknown_type(config, section, type);
        return false;
    }
    str_copy(widget->name, sizeof widget->name, name[0] != '\0' ? name : type);
    layout->count++;
    return read_options(config, section, widget);
}

/* What is shown without a [widget ...]: the time, and whatever the config has
 * a source for. */
static const struct {
    const char *source; /* the kind of section; NULL: always */
    const char *type;
    enum region region;
} default_page[] = {
    {NULL, "clock", REGION_TOP_LEFT},
    {"weather", "weather", REGION_TOP_RIGHT},
    {"message", "message", REGION_UPPER_THIRD},
    {"values", "value", REGION_LOWER_THIRD},
    {"todo", "todo", REGION_BOTTOM_LEFT},
    {"hub", "lights", REGION_BOTTOM_RIGHT},
};

/* Points the options that name a section of `kind` at `name`. */
static void
refer_to(struct placed_widget *widget, const char *kind, const char *name) {
    for (const struct option *o = widget->type->options; o->type != OPTION_END;
         o++) {
        if (o->type == OPTION_NAME && o->choices != NULL &&
            strcmp(o->choices, kind) == 0) {
            str_copy((char *)widget->options + o->offset, o->size, name);
        }
    }
}

static void
add_default(struct layout *layout, struct config *config, const char *type,
            enum region region, const struct config_section *source) {
    struct placed_widget *widget = &layout->widgets[layout->count];

    if (layout->count == LAYOUT_WIDGETS_MAX) {
        return;
    }
    *widget = (struct placed_widget){.type = widget_type_find(type)};
    str_copy(widget->name, sizeof widget->name, type);
    read_options(config, NULL, widget);
    widget->region = region;
    if (source != NULL && source->name[0] != '\0') {
        str_copy(widget->name, sizeof widget->name, source->name);
        refer_to(widget, source->kind, source->name);
    }
    layout->count++;
}

static void
add_default_page(struct layout *layout, struct config *config) {
    for (size_t i = 0; i < sizeof default_page / sizeof *default_page; i++) {
        const char *source = default_page[i].source;

        if (source == NULL) {
            add_default(layout, config, default_page[i].type,
                        default_page[i].region, NULL);
            continue;
        }
        for (size_t j = 0; j < config->section_count; j++) {
            if (strcmp(config->sections[j].kind, source) == 0) {
                add_default(layout, config, default_page[i].type,
                            default_page[i].region, &config->sections[j]);
            }
        }
    }
}

bool
layout_read(struct layout *layout, struct config *config) {
    bool good = true;

    *layout = (struct layout){0};
    for (size_t i = 0; i < config->section_count; i++) {
        if (strcmp(config->sections[i].kind, "widget") == 0) {
            good = read_widget(layout, config, &config->sections[i]) && good;
        }
    }
    if (layout->count == 0) {
        add_default_page(layout, config);
    }
    return good;
}

void
layout_finish(struct layout *layout) {
    for (size_t i = 0; i < layout->count; i++) {
        free(layout->widgets[i].options);
    }
    *layout = (struct layout){0};
}
