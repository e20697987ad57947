/* Any event of the tracker, and any state and pattern, give records that pass
 * their own checks. The input is an event; if it is none, its first line is a
 * pattern and the rest a state. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/xalloc.h"
#include "fetch/hubs/lights_builder.h"
#include "fetch/hubs/message_builder.h"
#include "fetch/hubs/openhab_format.h"
#include "fetch/hubs/openhab_hub.h"
#include "fetch/hubs/todo_builder.h"
#include "fetch/hubs/values_builder.h"
#include "fuzz.h"

enum { TYPES = OPENHAB_TEXT + 1 };

/* One item for each type, named by a letter. */
static struct openhab_model
make_model(void) {
    static const char names[TYPES][2] = {"A", "B", "C", "D", "E", "F",
                                         "G", "H", "I", "J", "K"};
    struct openhab_model model = {.count = TYPES};

    model.items = xcalloc(TYPES, sizeof *model.items);
    for (int i = 0; i < TYPES; i++) {
        struct openhab_follow *follow = &model.items[i];

        follow->type = (enum openhab_type)i;
        follow->uses = OPENHAB_USE_ALL;
        follow->pattern = "%.1f %unit%";
        follow->item = (struct hub_item){.id = names[i],
                                         .label = names[i],
                                         .icon = names[i],
                                         .severity = "",
                                         .shown = ""};
        openhab_value_parse(follow->type, "NULL", &follow->item.value);
    }
    return model;
}

static void
check_item(const struct openhab_model *model, const struct hub_item *item) {
    struct record_values *values = xcalloc(1, sizeof *values);
    struct record_lights *lights = xcalloc(1, sizeof *lights);
    struct record_todo *todo = xcalloc(1, sizeof *todo);
    struct record_message message = {0};
    struct hub_light light = {.id = "L",
                              .name = "L",
                              .room = "",
                              .main = item,
                              .power = item,
                              .white = &model->items[OPENHAB_NUMBER].item,
                              .seen = &model->items[OPENHAB_DATETIME].item,
                              .status = &model->items[OPENHAB_STRING].item,
                              .thing = ""};

    values_build(item->id, openhab_model_find, model, values);
    assert(values_check(values));
    lights_build(&light, 1, 1769842800, 360, lights);
    assert(lights_check(lights));
    todo_from_text(item->value.text, todo);
    assert(todo_check(todo));
    message_build(item, MESSAGE_INFO, &message);
    assert(message_check(&message));
    free(values);
    free(lights);
    free(todo);
}

static void
try_pattern(char *text) {
    char *state = strchr(text, '\n');
    char shown[RECORD_TEXT_MAX];

    if (state == NULL) {
        return;
    }
    *state++ = '\0';
    for (int i = 0; i < TYPES; i++) {
        struct hub_value value;

        openhab_value_parse((enum openhab_type)i, state, &value);
        openhab_show(&value, NULL, NULL, text, shown, sizeof shown);
        assert(strlen(shown) < sizeof shown);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = xstrndup((const char *)data, size);
    struct openhab_model model = make_model();
    uint32_t uses;

    if (openhab_states_read(&model, text, size, &uses)) {
        for (size_t i = 0; i < model.count; i++) {
            check_item(&model, &model.items[i].item);
        }
    } else {
        try_pattern(text);
    }
    openhab_model_finish(&model);
    free(text);
    return 0;
}
