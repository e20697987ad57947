/* Any bytes are taken or refused as a list, in the same way wherever they are
 * split. The first byte says where. */
#include <assert.h>
#include <string.h>

#include "fetch/json.h"
#include "fuzz.h"

struct outcome {
    bool good, complete;
    size_t count, skipped;
};

static bool
take(void *arg, const cJSON *element) {
    size_t *taken = arg;

    assert(element != NULL && element->next == NULL);
    return ++*taken < 1000;
}

static struct outcome
cut_in_steps(const char *bytes, size_t size, size_t step) {
    struct outcome outcome = {.good = true};
    struct json_list list;
    size_t taken = 0;

    json_list_init(&list, take, &taken);
    for (size_t at = 0; at < size && outcome.good; at += step) {
        size_t chunk = step < size - at ? step : size - at;

        outcome.good = json_list_feed(&list, bytes + at, chunk);
        assert(outcome.good == (list.why == NULL));
    }
    assert(list.count == taken);
    outcome.complete = json_list_complete(&list);
    outcome.count = list.count;
    outcome.skipped = list.skipped;
    json_list_finish(&list);
    return outcome;
}

/* What the whole parser takes as a list, the splitter takes too; but cJSON
 * skips any control character as white space, and we do not. */
static void
compare_with_whole(const char *bytes, size_t size,
                   const struct outcome *outcome) {
    static char text[1 << 16];
    const char *why;
    cJSON *json;

    if (size >= sizeof text) {
        return;
    }
    for (size_t i = 0; i < size; i++) {
        if ((uint8_t)bytes[i] < 0x20 && strchr("\t\n\r", bytes[i]) == NULL) {
            return;
        }
        text[i] = bytes[i];
    }
    text[size] = '\0';
    json = json_parse(text, size, &why);
    if (cJSON_IsArray(json) && text[0] == '[' && outcome->count < 1000) {
        assert(outcome->good && outcome->complete);
        assert(outcome->skipped == 0);
        assert(outcome->count == (size_t)cJSON_GetArraySize(json));
    }
    cJSON_Delete(json);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *bytes = (const char *)data + 1;
    struct outcome whole, parts;

    if (size < 2) {
        return 0;
    }
    whole = cut_in_steps(bytes, size - 1, size);
    parts = cut_in_steps(bytes, size - 1, data[0] + 1u);
    assert(whole.good == parts.good && whole.complete == parts.complete);
    assert(whole.count == parts.count && whole.skipped == parts.skipped);
    compare_with_whole(bytes, size - 1, &whole);
    return 0;
}
