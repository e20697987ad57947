/* Any bytes are a theme: what comes out is always one that can be drawn. */
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "render/theme.h"

static void
check_file(const struct theme_file *file) {
    for (int role = 0; role < ROLE_END; role++) {
        assert(file->size_arcmin[role] >= 1 && file->size_arcmin[role] <= 600);
        assert(file->face[role] >= 0 && file->face[role] < TEXT_ICON);
    }
    for (int colour = 0; colour < COLOUR_END; colour++) {
        assert(file->colour[colour] <= 0xffffff);
    }
    assert(file->margin_arcmin >= 0 && file->margin_arcmin <= 600);
    assert(file->gap_arcmin >= 0 && file->gap_arcmin <= 600);
    assert(file->leading >= 0.8 && file->leading <= 3);
}

static void
check_scaled(const struct theme_file *file) {
    static const struct theme_panel panels[] = {
        {640, 480, 0, 0, 0, 300},
        {1080, 1920, 194, 345, 0, 1500},
        {8192, 8192, 1, 1, 1e-9, 1e9},
    };

    for (size_t i = 0; i < sizeof(panels) / sizeof(panels[0]); i++) {
        struct theme theme;

        theme_scale(&theme, file, &panels[i]);
        for (int role = 0; role < ROLE_END; role++) {
            assert(theme.style[role].size_px >= TEXT_SIZE_MIN);
            assert(theme.style[role].size_px <= TEXT_SIZE_MAX);
        }
        assert(theme.margin_px >= 0 && theme.gap_px >= 0);
        assert(theme.line_px >= 2);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char path[] = "/tmp/mirror-fuzz-XXXXXX";
    struct theme_file file;
    struct config errors = {0};
    int fd = mkstemp(path);
    bool good;

    if (fd < 0 || write(fd, data, size) != (ssize_t)size) {
        return 0;
    }
    close(fd);
    good = theme_load(&file, "themes", path, &errors);
    assert(good == (errors.error_count == 0));
    check_file(&file);
    check_scaled(&file);
    config_finish(&errors);
    unlink(path);
    return 0;
}
