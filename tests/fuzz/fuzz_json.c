/* Any bytes are JSON or are refused with a reason; what is taken is no deeper
 * than allowed, and the getters cope with whatever it is. */
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/str.h"
#include "fetch/json.h"
#include "fuzz.h"

static void
check(const cJSON *json, int depth) {
    const cJSON *child;

    assert(depth <= JSON_DEPTH_MAX);
    cJSON_ArrayForEach(child, json) {
        const char *name = child->string;

        if (name != NULL && cJSON_IsObject(json)) {
            const char *text = json_text(json, name);
            double real = json_real(json, name, -10, 10);

            assert(str_utf8_valid(name, strlen(name)));
            assert(text == NULL || str_utf8_valid(text, strlen(text)));
            assert(isnan(real) || (real >= -10 && real <= 10));
            assert(json_int(json, name, 0, 5, 7) <= 7);
            (void)json_bool(json, name, false);
        }
        if (child->child != NULL) {
            check(child, depth + 1);
        }
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = malloc(size + 1);
    const char *why = NULL;
    cJSON *json;

    assert(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    json = json_parse(text, size, &why);
    assert((json == NULL) == (why != NULL));
    if (json != NULL) {
        check(json, 1);
    }
    cJSON_Delete(json);
    free(text);
    return 0;
}
