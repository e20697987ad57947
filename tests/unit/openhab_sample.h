/* Lists of openHAB's items for tests, written in JSON with ' for ". */
#ifndef TESTS_UNIT_OPENHAB_SAMPLE_H
#define TESTS_UNIT_OPENHAB_SAMPLE_H

#include <stdlib.h>
#include <string.h>

#include "common/xalloc.h"
#include "fetch/hubs/openhab_items.h"
#include "fetch/json.h"

struct sample {
    struct openhab_items items;
    struct openhab_wants wants;
    size_t refused;
};

static bool
sample_take(void *arg, const cJSON *element) {
    struct sample *sample = arg;

    if (!openhab_items_add(&sample->items, &sample->wants, element)) {
        sample->refused++;
    }
    return true;
}

/* Adds a list and seals the store; every call adds more. */
static void
sample_load(struct sample *sample, const char *text) {
    char *json = xstrdup(text);
    struct json_list list;

    for (char *at = json; *at != '\0'; at++) {
        *at = (char)(*at == '\'' ? '"' : *at);
    }
    json_list_init(&list, sample_take, sample);
    assert_true(json_list_feed(&list, json, strlen(json)));
    assert_true(json_list_complete(&list));
    assert_int_equal(list.skipped, 0);
    json_list_finish(&list);
    free(json);
    openhab_items_seal(&sample->items);
}

static void
sample_finish(struct sample *sample) {
    openhab_items_finish(&sample->items);
    intern_finish(&sample->wants.names);
}

#endif
