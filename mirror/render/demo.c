#include "render/demo.h"

#include <stdio.h>

#include "common/log.h"
#include "common/paths.h"
#include "common/str.h"
#include "render/app.h"
#include "render/demo_hub.h"
#include "render/screen_choice.h"
#include "render/snapshot.h"

static bool
from_source_tree(const char *demo_dir) {
    return str_ends_with(demo_dir, "/tests/hub");
}

static int
draw_picture(const struct command *command, const char *demo_dir,
             const char *config_path) {
    char picture[PATHS_MAX];
    struct snapshot snapshot = {
        .config_path = config_path,
        .picture_path = picture,
        .width = command->width,
        .height = command->height,
        .wait_s = command->wait_s,
    };
    int exit_code;

    if (!from_source_tree(demo_dir) || !paths_program(picture, "demo.png")) {
        str_copy(picture, sizeof picture, "demo.png");
    }
    exit_code = snapshot_take(&snapshot);
    if (exit_code == EXIT_STOPPED) {
        printf("mirror: no display to open; the picture is in %s\n", picture);
    }
    return exit_code;
}

static int
show(const struct command *command, const char *demo_dir,
     const char *config_path) {
    struct app_options options = {
        .config_path = config_path,
        .window = command->window || screen_has_desktop(),
        .width = command->width,
        .height = command->height,
        .driver = DRIVER_AUTO,
        .one_try = true,
    };
    int exit_code = app_run(&options);

    if (exit_code == EXIT_NO_DISPLAY) {
        exit_code = draw_picture(command, demo_dir, config_path);
    }
    return exit_code;
}

int
demo_run(const struct command *command) {
    char demo_dir[PATHS_MAX];
    struct demo_hub hub;
    int exit_code = EXIT_SYSTEM;

    if (!paths_demo(demo_dir)) {
        return EXIT_SYSTEM;
    }
    if (demo_hub_start(&hub, demo_dir)) {
        log_info("demo: the config is %s", hub.config_path);
        exit_code = show(command, demo_dir, hub.config_path);
    }
    demo_hub_stop(&hub);
    return exit_code;
}
