/* Any events of the bus, one a line, are read within the bounds of what is
 * remembered of things. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/xalloc.h"
#include "fetch/hubs/openhab_hub.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = xstrndup((const char *)data, size);
    struct openhab_things things = {0};
    char *line = text;

    while (line != NULL) {
        char *end = strchr(line, '\n');
        size_t length = end != NULL ? (size_t)(end - line) : strlen(line);

        line[length] = '\0';
        openhab_events_read(&things, line, length);
        line = end != NULL ? end + 1 : NULL;
    }
    assert(things.offline_count <= THINGS_MAX);
    assert(things.link_count <= THINGS_MAX);
    openhab_things_finish(&things);
    assert(things.offline_count == 0 && things.link_count == 0);
    free(text);
    return 0;
}
