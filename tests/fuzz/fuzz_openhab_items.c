/* Any list of items makes a model: records from it pass their own checks, and
 * nothing of the list is needed afterwards. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/xalloc.h"
#include "fetch/hubs/lights_builder.h"
#include "fetch/hubs/openhab_hub.h"
#include "fetch/hubs/todo_builder.h"
#include "fuzz.h"

struct taker {
    struct openhab_items items;
    struct openhab_wants wants;
};

static bool
take(void *arg, const cJSON *element) {
    struct taker *taker = arg;

    openhab_items_add(&taker->items, &taker->wants, element);
    return true;
}

/* The first byte decides what the config asks for. */
static struct settings *
make_settings(uint8_t choice) {
    struct settings *settings = xcalloc(1, sizeof *settings);

    settings->hub.present = true;
    if ((choice & 1) != 0) {
        memcpy(settings->hub.lights, "A,B", sizeof "A,B");
    }
    if ((choice & 2) != 0) {
        settings->todo_count = 1;
        memcpy(settings->todos[0].item, "G", sizeof "G");
    }
    settings->values_count = 1;
    memcpy(settings->values[0].items, "A,C", sizeof "A,C");
    settings->message.present = true;
    memcpy(settings->message.item, "M", sizeof "M");
    return settings;
}

static void
check_records(const struct openhab_model *model) {
    struct record_lights *lights = xcalloc(1, sizeof *lights);
    struct record_todo *todo = xcalloc(1, sizeof *todo);

    lights_build(model->lights, model->light_count, 0, 1, lights);
    assert(lights_check(lights));
    todo_from_switches(model->todos[0].switches, model->todos[0].switch_count,
                       todo);
    assert(todo_check(todo));
    free(lights);
    free(todo);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct settings *settings = make_settings(size > 0 ? data[0] : 0);
    struct taker taker = {0};
    struct openhab_model model;
    struct json_list list;

    openhab_wants_init(&taker.wants, settings);
    json_list_init(&list, take, &taker);
    if (size > 1) {
        json_list_feed(&list, (const char *)data + 1, size - 1);
    }
    json_list_finish(&list);
    openhab_items_seal(&taker.items);
    openhab_model_build(&model, &taker.items, settings);
    openhab_items_finish(&taker.items);
    openhab_wants_finish(&taker.wants);
    assert(model.count <= OPENHAB_TRACKED_MAX && model.count <= model.wished);
    free(openhab_model_names(&model));
    check_records(&model);
    openhab_model_finish(&model);
    free(settings);
    return 0;
}
