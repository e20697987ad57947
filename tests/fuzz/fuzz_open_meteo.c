/* Whatever Open-Meteo's host sends is weather or is not: a record that is taken
 * passes its own check, and the reason of an error is clean text. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "fetch/weather/open_meteo_parse.h"

static void
require(int truth) {
    if (!truth) {
        abort();
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct open_meteo_asked asked = {
        .now_s = 1792814820, .latitude_deg = 59.91, .longitude_deg = 10.75};
    static struct record_weather weather;
    char note[RECORD_TEXT_MAX] = {0};
    char reason[RECORD_TEXT_MAX] = {0};
    char *text = malloc(size + 1);

    require(text != NULL);
    if (size > 0) {
        memcpy(text, data, size);
    }
    text[size] = '\0';
    if (open_meteo_parse(&asked, text, size, &weather, note)) {
        require(record_check(RECORD_WEATHER, &weather, sizeof weather));
    } else {
        require(note[0] != '\0');
    }
    if (open_meteo_reason(text, size, reason)) {
        require(record_text_ok(reason, strlen(reason) + 1));
    }
    free(text);
    return 0;
}
