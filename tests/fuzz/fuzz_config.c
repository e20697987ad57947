/* Any bytes are a config: read, judged against every table, never trusted. */
#include <assert.h>
#include <string.h>

#include "common/str.h"
#include "fuzz.h"
#include "model/settings.h"
#include "render/layout.h"

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

static void
check_layout(struct config *config) {
    struct layout layout;

    layout_read(&layout, config);
    assert(layout.count >= 1 && layout.count <= LAYOUT_WIDGETS_MAX);
    for (size_t i = 0; i < layout.count; i++) {
        assert(layout.widgets[i].type != NULL);
        assert(layout.widgets[i].options != NULL);
        assert((unsigned)layout.widgets[i].region < REGION_END);
    }
    layout_finish(&layout);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct config config;
    struct settings settings;

    if (config_load_text(&config, "m", (const char *)data, size)) {
        bool good = settings_read(&settings, &config);

        assert(!good || config.errors_dropped == 0);
        check_settings(&settings);
        check_layout(&config);
    }
    check_errors(&config);
    config_finish(&config);
    return 0;
}
