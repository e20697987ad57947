#include "fetch/hubs/openhab_model.h"

#include <stdlib.h>
#include <string.h>

#include "common/option.h"
#include "common/str.h"
#include "common/xalloc.h"
#include "fetch/hubs/openhab_format.h"

static void
want_list(struct openhab_wants *wants, const char *list) {
    char name[RECORD_ID_MAX];

    while ((list = option_next_word(list, name, sizeof name)) != NULL) {
        intern_text(&wants->names, name);
    }
}

void
openhab_wants_init(struct openhab_wants *wants,
                   const struct settings *settings) {
    *wants = (struct openhab_wants){0};
    want_list(wants, settings->hub.lights);
    if (settings->message.present) {
        want_list(wants, settings->message.item);
    }
    for (size_t i = 0; i < settings->values_count; i++) {
        want_list(wants, settings->values[i].items);
    }
    for (size_t i = 0; i < settings->todo_count; i++) {
        if (settings->todos[i].source == TODO_FROM_HUB) {
            want_list(wants, settings->todos[i].item);
            wants->members = true;
        }
    }
    wants->members = wants->members || settings->hub.lights[0] != '\0';
}

void
openhab_wants_finish(struct openhab_wants *wants) {
    intern_finish(&wants->names);
}

static struct openhab_follow *
find(const struct openhab_model *model, const char *name) {
    size_t low = 0;
    size_t high = model->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(model->items[middle].item.id, name);

        if (order == 0) {
            return &model->items[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

const struct hub_item *
openhab_model_find(const void *model, const char *name) {
    const struct openhab_follow *follow = find(model, name);

    return follow == NULL ? NULL : &follow->item;
}

static void
replace(char **old, char *text) {
    free(*old);
    *old = text;
}

/* Cut at a character border, so that what is left is still text. */
static char *
cut_copy(const char *text, size_t max) {
    size_t size = strlen(text);
    char *copy;

    if (size <= max) {
        return xstrdup(text);
    }
    copy = xcalloc(1, max + 1);
    str_copy(copy, max + 1, text);
    return copy;
}

static void
take_state(struct openhab_follow *follow, const char *state,
           const char *display) {
    bool list = (follow->uses & OPENHAB_USE_TODOS) != 0 &&
                follow->type == OPENHAB_STRING;
    char shown[RECORD_TEXT_MAX];
    struct hub_value *value = &follow->item.value;

    replace(&follow->raw,
            cut_copy(state, list ? OPENHAB_LIST_MAX : OPENHAB_STATE_MAX));
    openhab_value_parse(follow->type, follow->raw, value);
    openhab_show(value, display, follow->options, follow->pattern, shown,
                 sizeof shown);
    replace(&follow->shown, xstrdup(shown));
    follow->item.shown = follow->shown;
    follow->known = true;
}

uint32_t
openhab_model_state(struct openhab_model *model, const char *name,
                    const char *state, const char *display) {
    struct openhab_follow *follow = find(model, name);

    if (follow == NULL) {
        return 0;
    }
    take_state(follow, state, display);
    follow->fresh = true;
    return follow->uses;
}

void
openhab_model_carry(struct openhab_model *model,
                    const struct openhab_model *old) {
    for (size_t i = 0; i < model->count; i++) {
        struct openhab_follow *follow = &model->items[i];
        const struct openhab_follow *before = find(old, follow->item.id);

        if (before != NULL && before->known && before->type == follow->type) {
            take_state(follow, before->raw, before->shown);
            follow->fresh = before->fresh;
        }
    }
}

void
openhab_model_age(struct openhab_model *model) {
    for (size_t i = 0; i < model->count; i++) {
        model->items[i].fresh = false;
    }
}

bool
openhab_model_fresh(const struct openhab_model *model) {
    for (size_t i = 0; i < model->count; i++) {
        if (!model->items[i].fresh) {
            return false;
        }
    }
    return true;
}

char *
openhab_model_names(const struct openhab_model *model) {
    size_t size = sizeof "[]";
    char *text;
    char *at;

    for (size_t i = 0; i < model->count; i++) {
        size += strlen(model->items[i].item.id) + sizeof "\"\"," - 1;
    }
    text = xcalloc(1, size);
    at = text;
    *at++ = '[';
    for (size_t i = 0; i < model->count; i++) {
        const char *id = model->items[i].item.id;

        if (i > 0) {
            *at++ = ',';
        }
        *at++ = '"'; /* names are letters, digits and '_': nothing to escape */
        memcpy(at, id, strlen(id));
        at += strlen(id);
        *at++ = '"';
    }
    *at = ']';
    return text;
}

void
openhab_model_finish(struct openhab_model *model) {
    for (size_t i = 0; i < model->count; i++) {
        free(model->items[i].raw);
        free(model->items[i].shown);
    }
    for (size_t i = 0; i < SETTINGS_SOURCES_MAX; i++) {
        free(model->todos[i].switches);
    }
    free(model->items);
    free(model->lights);
    intern_finish(&model->texts);
    *model = (struct openhab_model){0};
}
