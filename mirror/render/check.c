#include "render/check.h"

#include "model/settings.h"
#include "render/lang.h"
#include "render/layout.h"
#include "render/theme.h"

void
check_print(const struct config *config, FILE *out) {
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
