/* The model's states as records. */
#include <stdio.h>
#include <stdlib.h>

#include "common/clock.h"
#include "common/xalloc.h"
#include "fetch/hubs/lights_builder.h"
#include "fetch/hubs/message_builder.h"
#include "fetch/hubs/openhab_hub.h"
#include "fetch/hubs/todo_builder.h"
#include "fetch/hubs/values_builder.h"

static void
start_head(struct record_head *head, const char *name) {
    record_head_init(head, "hub", name, clock_now().wall_ms / 1000);
    head->live = 1;
}

/* Our clock, or the hub's while ours was never set; else RECORD_NO_TIME. */
static int64_t
now_s(const struct openhab *hub) {
    struct moment now = clock_now();

    if (now.wall_known) {
        return now.wall_ms / 1000;
    }
    if (hub->date_s == RECORD_NO_TIME) {
        return RECORD_NO_TIME;
    }
    return hub->date_s + (now.mono_ms - hub->date_ms) / 1000;
}

/* The thing that the user named, else one that a link event told. */
static bool
thing_offline(const struct openhab *hub, const struct hub_light *light) {
    const char *thing = light->thing;

    if (thing[0] == '\0') {
        thing = openhab_things_of(&hub->things, light->main->id);
    }
    return openhab_things_offline(&hub->things, thing);
}

/* Of a hub that is away nobody knows whether its lamps still speak. */
static void
judge_again(void *arg) {
    struct openhab *hub = arg;

    if (openhab_states_hold(hub)) {
        openhab_publish(hub, OPENHAB_USE_LIGHTS);
    }
}

static void
set_silent_timer(struct openhab *hub, int64_t next_s, int64_t at_s) {
    hub->silent.fn = judge_again;
    hub->silent.arg = hub;
    loop_set_timer(hub->env.loop, &hub->silent,
                   next_s == INT64_MAX
                       ? CLOCK_NEVER
                       : clock_monotonic_ms() + (next_s - at_s) * 1000);
}

static void
publish_lights(struct openhab *hub) {
    struct record_lights *record = xcalloc(1, sizeof *record);
    struct openhab_model *model = &hub->model;
    int64_t at_s = now_s(hub);
    int64_t next_s;

    for (size_t i = 0; i < model->light_count; i++) {
        model->lights[i].lost = thing_offline(hub, &model->lights[i]);
    }
    start_head(&record->head, "");
    next_s = lights_build(model->lights, model->light_count, at_s,
                          hub->env.settings->hub.unreachable_after_s, record);
    set_silent_timer(hub, next_s, at_s);
    outbox_put(hub->env.outbox, RECORD_LIGHTS, record);
    free(record);
}

static void
publish_todo(struct openhab *hub, size_t i) {
    struct record_todo *record = xcalloc(1, sizeof *record);
    const struct openhab_todo *todo = &hub->model.todos[i];

    start_head(&record->head, hub->env.settings->todos[i].name);
    if (todo->text != NULL && todo->text->value.type != HUB_VALUE_NONE) {
        todo_from_text(todo->text->value.text, record);
    }
    todo_from_switches(todo->switches, todo->switch_count, record);
    outbox_put(hub->env.outbox, RECORD_TODO, record);
    free(record);
}

static void
publish_message(struct openhab *hub) {
    struct record_message record = {0};

    start_head(&record.head, "");
    message_build(hub->model.message, hub->env.settings->message.severity,
                  &record);
    outbox_put(hub->env.outbox, RECORD_MESSAGE, &record);
}

static void
publish_values(struct openhab *hub, size_t i) {
    struct record_values *record = xcalloc(1, sizeof *record);
    const struct values_settings *settings = &hub->env.settings->values[i];

    start_head(&record->head, settings->name);
    values_build(settings->items, openhab_model_find, &hub->model, record);
    outbox_put(hub->env.outbox, RECORD_VALUES, record);
    free(record);
}

void
openhab_publish(struct openhab *hub, uint32_t uses) {
    const struct settings *settings = hub->env.settings;

    if ((uses & OPENHAB_USE_LIGHTS) != 0) {
        publish_lights(hub);
    }
    if ((uses & OPENHAB_USE_MESSAGE) != 0 && settings->message.present) {
        publish_message(hub);
    }
    for (size_t i = 0; i < settings->todo_count; i++) {
        if ((uses & OPENHAB_USE_TODO(i)) != 0 &&
            settings->todos[i].source == TODO_FROM_HUB) {
            publish_todo(hub, i);
        }
    }
    for (size_t i = 0; i < settings->values_count; i++) {
        if ((uses & OPENHAB_USE_VALUES(i)) != 0) {
            publish_values(hub, i);
        }
    }
}

void
openhab_publish_detail(const struct openhab *hub, char *text, size_t size) {
    const struct openhab_model *model = &hub->model;

    text[0] = '\0';
    if (model->wished > model->count) {
        snprintf(text, size, "%s: the first %zu of %zu items",
                 source_state_name(SOURCE_LIMIT), model->count, model->wished);
    } else if (model->dropped > 0) {
        snprintf(text, size, "%s: no room for %zu items of the list",
                 source_state_name(SOURCE_LIMIT), model->dropped);
    } else if (model->missing[0] != '\0') {
        snprintf(text, size, "the hub has no item %s", model->missing);
    }
}
