/* The choice of what to follow: openhab_model_build(). */
#include <stdlib.h>
#include <string.h>

#include "common/option.h"
#include "common/str.h"
#include "common/xalloc.h"
#include "fetch/hubs/lights_builder.h"
#include "fetch/hubs/openhab_model.h"
#include "fetch/hubs/semantics.h"
#include "fetch/hubs/todo_builder.h"

struct selection {
    const struct openhab_items *items;
    const struct settings *settings;
    struct openhab_model *model;
    struct semantics_lights lights;
    uint32_t *uses;                    /* of each item of the list */
    const struct openhab_item **order; /* those that are used, in order */
    size_t count;
};

static void
use(struct selection *selection, const struct openhab_item *item,
    uint32_t what) {
    size_t i;

    if (item == NULL) {
        return;
    }
    i = (size_t)(item - selection->items->items);
    if (selection->uses[i] == 0) {
        selection->order[selection->count++] = item;
    }
    selection->uses[i] |= what;
}

/* The first configured item that the hub does not have, for the status. */
static void
note_missing(struct selection *selection, const char *name) {
    struct openhab_model *model = selection->model;

    if (model->missing[0] == '\0' &&
        openhab_items_find(selection->items, name) == NULL) {
        str_copy(model->missing, sizeof model->missing, name);
    }
}

static void
use_named(struct selection *selection, const char *name, uint32_t what) {
    note_missing(selection, name);
    use(selection, openhab_items_find(selection->items, name), what);
}

/* Marks for the members of one group, at any depth; free() them. */
static bool *
members_of(const struct openhab_items *items,
           const struct openhab_item *group) {
    bool *marks = xcalloc(items->count + 1, sizeof *marks);

    marks[group - items->items] = true;
    semantics_mark_members(items, marks);
    return marks;
}

static void
select_todo(struct selection *selection, size_t i) {
    const struct openhab_items *items = selection->items;
    const struct openhab_item *item =
        openhab_items_find(items, selection->settings->todos[i].item);
    bool *marks;

    if (item == NULL || item->type != OPENHAB_GROUP) {
        use_named(selection, selection->settings->todos[i].item,
                  OPENHAB_USE_TODO(i));
        return;
    }
    marks = members_of(items, item);
    for (size_t j = 0; j < items->count; j++) {
        if (marks[j] && items->items[j].type == OPENHAB_SWITCH) {
            use(selection, &items->items[j], OPENHAB_USE_TODO(i));
        }
    }
    free(marks);
}

static void
select_configured(struct selection *selection) {
    const struct settings *settings = selection->settings;
    char name[RECORD_ID_MAX];

    if (settings->message.present) {
        use_named(selection, settings->message.item, OPENHAB_USE_MESSAGE);
    }
    for (size_t i = 0; i < settings->todo_count; i++) {
        if (settings->todos[i].source == TODO_FROM_HUB) {
            select_todo(selection, i);
        }
    }
    for (size_t i = 0; i < settings->values_count; i++) {
        const char *list = settings->values[i].items;

        while ((list = option_next_word(list, name, sizeof name)) != NULL) {
            use_named(selection, name, OPENHAB_USE_VALUES(i));
        }
    }
}

static void
find_lights(struct selection *selection) {
    const char *list = selection->settings->hub.lights;
    const char *names[SETTINGS_ITEMS_MAX / 2];
    struct intern texts = {0};
    char name[RECORD_ID_MAX];
    size_t count = 0;

    while ((list = option_next_word(list, name, sizeof name)) != NULL) {
        note_missing(selection, name);
        if (count < sizeof names / sizeof names[0]) {
            names[count++] = intern_text(&texts, name);
        }
    }
    semantics_find_lights(selection->items, names, count, &selection->lights);
    intern_finish(&texts);
}

/* On or off first, for all lamps: the bound may cut the rest. */
static void
select_lights(struct selection *selection) {
    const struct semantics_lights *lights = &selection->lights;

    for (size_t i = 0; i < lights->count; i++) {
        use(selection, lights->lights[i].main, OPENHAB_USE_LIGHTS);
        use(selection, lights->lights[i].power, OPENHAB_USE_LIGHTS);
    }
    for (size_t i = 0; i < lights->count; i++) {
        use(selection, lights->lights[i].seen, OPENHAB_USE_LIGHTS);
        use(selection, lights->lights[i].status, OPENHAB_USE_LIGHTS);
        use(selection, lights->lights[i].white, OPENHAB_USE_LIGHTS);
    }
}

static int
by_name(const void *a, const void *b) {
    const struct openhab_item *one = *(const struct openhab_item *const *)a;
    const struct openhab_item *two = *(const struct openhab_item *const *)b;

    return strcmp(one->name, two->name);
}

static const char *
keep_options(struct intern *texts, const char *options) {
    const char *end = options;
    char *copy;
    size_t size;

    if (options == NULL) {
        return NULL;
    }
    while (*end != '\0') {
        end += strlen(end) + 1;
    }
    size = (size_t)(end - options) + 1;
    copy = intern_alloc(texts, size);
    memcpy(copy, options, size);
    return copy;
}

static void
fill_follow(struct intern *texts, const struct openhab_item *from,
            uint32_t uses, struct openhab_follow *follow) {
    bool shown = uses >= OPENHAB_USE_VALUES(0);

    follow->type = openhab_item_state_type(from);
    follow->uses = uses;
    follow->pattern = intern_text(texts, from->pattern);
    follow->options = shown ? keep_options(texts, from->options) : NULL;
    follow->item.id = intern_text(texts, from->name);
    follow->item.label = intern_text(texts, from->label);
    follow->item.icon = intern_text(texts, from->category);
    follow->item.severity = intern_text(texts, from->severity);
    follow->item.order = from->order;
    follow->item.shown = "";
    openhab_value_parse(follow->type, "NULL", &follow->item.value);
}

/* The first of the selection, sorted by name. */
static void
fill_items(struct selection *selection) {
    struct openhab_model *model = selection->model;

    model->wished = selection->count;
    model->count = selection->count < OPENHAB_TRACKED_MAX ? selection->count
                                                          : OPENHAB_TRACKED_MAX;
    model->items = xcalloc(model->count + 1, sizeof *model->items);
    if (model->count > 0) {
        qsort(selection->order, model->count,
              sizeof(const struct openhab_item *), by_name);
    }
    for (size_t i = 0; i < model->count; i++) {
        const struct openhab_item *from = selection->order[i];

        fill_follow(&model->texts, from,
                    selection->uses[from - selection->items->items],
                    &model->items[i]);
    }
}

static const struct hub_item *
followed(const struct openhab_model *model, const struct openhab_item *item) {
    return item == NULL ? NULL : openhab_model_find(model, item->name);
}

/* The thing that the user named at the lamp or at one of its points. */
static const char *
thing_of(const struct semantics_light *light) {
    if (light->self->thing[0] != '\0') {
        return light->self->thing;
    }
    if (light->seen != NULL && light->seen->thing[0] != '\0') {
        return light->seen->thing;
    }
    return light->main->thing;
}

static void
fill_light(struct selection *selection, const struct semantics_light *from) {
    struct openhab_model *model = selection->model;
    struct hub_light light = {
        .id = intern_text(&model->texts, from->named->name),
        .name = intern_text(&model->texts, from->named->label),
        .main = followed(model, from->main),
        .power = followed(model, from->power),
        .white = followed(model, from->white),
        .seen = followed(model, from->seen),
        .status = followed(model, from->status),
        .group = from->group,
    };

    if (light.main == NULL) {
        return; /* beyond the bound: nothing would ever be known of it */
    }
    light.room = intern_text(&model->texts,
                             semantics_room(selection->items, from->self));
    if (light.room[0] == '\0') {
        light.room = intern_text(&model->texts,
                                 semantics_room(selection->items, from->main));
    }
    light.thing = intern_text(&model->texts, thing_of(from));
    model->lights[model->light_count++] = light;
}

static void
fill_todo(struct selection *selection, size_t i) {
    struct openhab_model *model = selection->model;
    struct openhab_todo *todo = &model->todos[i];
    const char *name = selection->settings->todos[i].item;
    const struct openhab_item *item =
        openhab_items_find(selection->items, name);

    if (item == NULL || item->type != OPENHAB_GROUP) {
        todo->text = openhab_model_find(model, name);
        return;
    }
    todo->switches = xcalloc(model->count + 1, sizeof(struct hub_item *));
    for (size_t j = 0; j < model->count; j++) {
        if ((model->items[j].uses & OPENHAB_USE_TODO(i)) != 0) {
            todo->switches[todo->switch_count++] = &model->items[j].item;
        }
    }
    todo_sort(todo->switches, todo->switch_count);
}

static void
fill_uses(struct selection *selection) {
    const struct settings *settings = selection->settings;
    struct openhab_model *model = selection->model;

    model->lights = xcalloc(selection->lights.count + 1, sizeof *model->lights);
    for (size_t i = 0; i < selection->lights.count; i++) {
        fill_light(selection, &selection->lights.lights[i]);
    }
    lights_sort(model->lights, model->light_count);
    for (size_t i = 0; i < settings->todo_count; i++) {
        if (settings->todos[i].source == TODO_FROM_HUB) {
            fill_todo(selection, i);
        }
    }
    if (settings->message.present) {
        model->message = openhab_model_find(model, settings->message.item);
    }
}

void
openhab_model_build(struct openhab_model *model,
                    const struct openhab_items *items,
                    const struct settings *settings) {
    struct selection selection = {
        .items = items,
        .settings = settings,
        .model = model,
    };

    *model = (struct openhab_model){.dropped = items->dropped};
    selection.uses = xcalloc(items->count + 1, sizeof *selection.uses);
    selection.order =
        xcalloc(items->count + 1, sizeof(const struct openhab_item *));
    select_configured(&selection);
    find_lights(&selection);
    select_lights(&selection);
    fill_items(&selection);
    fill_uses(&selection);
    semantics_lights_finish(&selection.lights);
    free(selection.uses);
    free(selection.order);
}
