#include "render/check.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "model/settings.h"
#include "render/lang.h"
#include "render/layout.h"
#include "render/theme.h"

/* The line that an error is about; those of other files (a theme, a language)
 * stand behind all lines of the config. */
static long
line_of(const struct config *config, const char *error) {
    size_t length = strlen(config->path);

    if (strncmp(error, config->path, length) != 0 || error[length] != ':') {
        return LONG_MAX;
    }
    return strtol(error + length + 1, NULL, 10);
}

/* Orders the errors as a reader of the file meets them. They are found in the
 * order of the checks, and few: at most CONFIG_ERRORS_MAX. */
static void
sort_errors(struct config *config) {
    for (size_t i = 1; i < config->error_count; i++) {
        char *error = config->errors[i];
        long line = line_of(config, error);
        size_t at = i;

        while (at > 0 && line_of(config, config->errors[at - 1]) > line) {
            config->errors[at] = config->errors[at - 1];
            at--;
        }
        config->errors[at] = error;
    }
}

void
check_print(struct config *config, FILE *out) {
    sort_errors(config);
    for (size_t i = 0; i < config->error_count; i++) {
        fprintf(out, "%s\n", config->errors[i]);
    }
    if (config->errors_dropped > 0) {
        fprintf(out, "%s: %zu problems more\n", config->path,
                config->errors_dropped);
    }
}

/* Everything that the sections name or hold. */
static void
check_content(struct config *config, const char *theme_dir,
              const char *lang_dir) {
    struct settings settings;
    struct layout layout = {0};
    struct theme_file theme;

    settings_read(&settings, config);
    layout_read(&layout, config);
    layout_finish(&layout);
    theme_load(&theme, theme_dir, settings.mirror.theme, config);
    if (settings.mirror.night_theme[0] != '\0') {
        theme_load_for(&theme, theme_dir, "night_theme",
                       settings.mirror.night_theme, config);
    }
    lang_destroy(lang_create(lang_dir, settings.mirror.language, config));
}

int
check_config(const char *path, const char *theme_dir, const char *lang_dir,
             FILE *out) {
    struct config config;
    bool good;

    if (config_load(&config, path)) {
        check_content(&config, theme_dir, lang_dir);
    }
    check_print(&config, out);
    good = config.error_count == 0;
    config_finish(&config);
    return good ? CHECK_GOOD : CHECK_BAD;
}
