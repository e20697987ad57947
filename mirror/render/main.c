/* mirror: draws. See mirror(1). */
#include <SDL_stdinc.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/log.h"
#include "common/paths.h"
#include "common/xalloc.h"
#include "render/app.h"
#include "render/check.h"
#include "render/demo.h"
#include "render/deny_list.h"
#include "render/doctor.h"
#include "render/snapshot.h"
#include "render/usage.h"
#include "render/widget.h"

static const char *
config_path(const struct command *command) {
    return command->config_path != NULL ? command->config_path
                                        : SETTINGS_DEFAULT_PATH;
}

static int
run(const struct command *command) {
    struct app_options options = {
        .config_path = config_path(command),
        .window = command->window,
        .width = command->width,
        .height = command->height,
        .driver = command->driver,
    };

    return app_run(&options);
}

static int
check(const struct command *command) {
    char themes[PATHS_MAX];
    char lang[PATHS_MAX];

    if (!paths_themes(themes) || !paths_lang(lang)) {
        return EXIT_INTERNAL;
    }
    return check_config(config_path(command), themes, lang, stderr);
}

static int
take_snapshot(const struct command *command) {
    struct snapshot snapshot = {
        .config_path = config_path(command),
        .picture_path = command->picture_path,
        .scene_path = command->scene_path,
        .width = command->width,
        .height = command->height,
        .has_at = command->has_at,
        .at_s = command->at_s,
        .wait_s = command->wait_s,
    };

    return snapshot_take(&snapshot);
}

static int
list_widgets(void) {
    for (size_t i = 0; widget_types[i] != NULL; i++) {
        printf("%-8s %s\n", widget_types[i]->name, widget_types[i]->summary);
    }
    return EXIT_STOPPED;
}

static int
obey(const struct command *command) {
    switch (command->mode) {
    case MODE_RUN: return run(command);
    case MODE_DEMO: return demo_run(command);
    case MODE_CHECK: return check(command);
    case MODE_SNAPSHOT: return take_snapshot(command);
    case MODE_DOCTOR: return doctor_run(config_path(command));
    case MODE_SELFTEST: return deny_list_selftest();
    case MODE_LIST_WIDGETS: return list_widgets();
    case MODE_VERSION: printf("mirror %s\n", MIRROR_VERSION); break;
    case MODE_HELP: usage_help(stdout); break;
    }
    return EXIT_STOPPED;
}

int
main(int argc, char **argv) {
    char why[USAGE_WHY_MAX];
    struct command command;

    log_open("mirror", LOG_LEVEL_INFO);
    SDL_SetMemoryFunctions(xmalloc, xcalloc, xresize, free);
    if (!usage_read(&command, argc, argv, why)) {
        usage_complain(stderr, why);
        return EXIT_USAGE;
    }
    return obey(&command);
}
