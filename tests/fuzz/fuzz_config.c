/* Any bytes are a config: read, judged against every table, never trusted. */
#include <assert.h>
#include <string.h>

#include "common/str.h"
#include "fuzz.h"
#include "model/settings.h"

static void
check_errors(const struct config *config) {
    assert(config->error_count <= CONFIG_ERRORS_MAX);
    for (size_t i = 0; i < config->error_count; i++) {
        const char *error = config->errors[i];

        assert(str_starts_with(error, "m:"));
        assert(strchr(error, '\n') == NULL && strchr(error, '\x1b') == NULL);
        assert(str_utf8_valid(error, strlen(error)));
    }
}

static void
check_settings(const struct settings *settings) {
    assert(settings->todo_count <= SETTINGS_SOURCES_MAX);
    assert(settings->values_count <= SETTINGS_SOURCES_MAX);
    assert(!settings->hub.present || settings->hub.url[0] != '\0');
    assert(!settings->message.present || settings->hub.present);
    assert(settings->weather.poll_s >= 300);
    assert(strchr(settings->mirror.language, '/') == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct config config;
    struct settings settings;

    if (config_load_text(&config, "m", (const char *)data, size)) {
        bool good = settings_read(&settings, &config);

        assert(!good || config.errors_dropped == 0);
        check_settings(&settings);
    }
    check_errors(&config);
    config_finish(&config);
    return 0;
}
