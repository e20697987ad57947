#include <SDL.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/paths.h"
#include "common/str.h"
#include "render/backlight.h"
#include "render/doctor_private.h"
#include "render/drm_card.h"
#include "render/fb_format.h"
#include "render/machine.h"
#include "render/screen_choice.h"

static void
judge_desktop(struct doctor *doctor) {
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) {
        doctor_blame(doctor, "display", "no window (%s); is the desktop yours?",
                     SDL_GetError());
        return;
    }
    doctor_praise(doctor, "display", "a window on %s",
                  SDL_GetCurrentVideoDriver());
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

static void
judge_panel(struct doctor *doctor, const struct screen_settings *settings) {
    struct drm_output output;
    const char *why;

    if (!drm_find_output(&drm_system_ops, settings->output, 0, &output, &why)) {
        doctor_blame(doctor, "display", "%s", why);
        return;
    }
    doctor_praise(doctor, "display", "%s, %u x %u, %.0f x %.0f mm%s",
                  output.name, output.mode.hdisplay, output.mode.vdisplay,
                  output.width_mm, output.height_mm,
                  output.width_mm > 0 || settings->diagonal_mm > 0
                      ? ""
                      : "; set diagonal in [screen]");
    drm_system_ops.close(output.fd);
}

static void
judge_framebuffer(struct doctor *doctor) {
    struct fb_var_screeninfo var;
    struct fb_fix_screeninfo fix;
    struct fb_format format;
    const char *why = "it does not say what it is";
    int fd = fb_system_ops.open();

    if (fd < 0) {
        doctor_blame(doctor, "display",
                     "/dev/fb0: %s; is the user in group video?",
                     strerror(-fd));
        return;
    }
    if (fb_system_ops.get_var(fd, &var) == 0 &&
        fb_system_ops.get_fix(fd, &fix) == 0 &&
        fb_format_read(&format, &var, &fix, &why)) {
        doctor_praise(doctor, "display", "/dev/fb0, %d x %d, %d bit",
                      format.width, format.height, format.bytes * 8);
    } else {
        doctor_blame(doctor, "display", "/dev/fb0: %s", why);
    }
    fb_system_ops.close(fd);
}

/* Only where the config wants it switched. */
static void
judge_backlights(struct doctor *doctor,
                 const struct screen_settings *settings) {
    glob_t lamps;

    if ((settings->brightness == 0 &&
         settings->on.from_min == settings->on.to_min) ||
        glob(BACKLIGHT_FOLDER "/*/bl_power", 0, NULL, &lamps) != 0) {
        return;
    }
    for (size_t i = 0; i < lamps.gl_pathc; i++) {
        const char *path = lamps.gl_pathv[i];

        if (access(path, W_OK) == 0) {
            doctor_praise(doctor, "backlight", "%s", path);
        } else {
            doctor_blame(doctor, "backlight",
                         "%s: %s; is the user in group video?", path,
                         strerror(errno));
        }
    }
    globfree(&lamps);
}

void
doctor_judge_display(struct doctor *doctor,
                     const struct screen_settings *settings) {
    const struct screen_type *type = screen_choose(settings->driver);

    if (type == &screen_sdl) {
        judge_desktop(doctor);
    } else if (type == &screen_fbdev) {
        judge_framebuffer(doctor);
    } else {
        judge_panel(doctor, settings);
    }
    if (type != &screen_sdl) {
        judge_backlights(doctor, settings);
    }
}

void
doctor_judge_machine(struct doctor *doctor, const char *folder) {
    struct machine_reading reading = machine_read(folder);

    if (reading.has_power && reading.low_power) {
        doctor_blame(doctor, "power",
                     "too low; take the supply made for this Pi, and a short "
                     "cable");
    } else if (reading.has_power) {
        doctor_praise(doctor, "power", "enough");
    }
    if (reading.has_heat && reading.heat_c >= MACHINE_HOT_C) {
        doctor_blame(doctor, "heat", "%d degrees; give it air, or a heat sink",
                     reading.heat_c);
    } else if (reading.has_heat) {
        doctor_praise(doctor, "heat", "%d degrees", reading.heat_c);
    }
}

/* As mirror-fetch looks for it: a path, a systemd credential, or a file beside
 * the config. */
static bool
find_token(const struct doctor *doctor, const char *name,
           char path[PATHS_MAX]) {
    const char *credentials = getenv("CREDENTIALS_DIRECTORY");
    const char *slash = strrchr(doctor->config_path, '/');
    int length;

    if (strchr(name, '/') != NULL) {
        return str_copy(path, PATHS_MAX, name);
    }
    if (credentials != NULL && *credentials != '\0') {
        length = snprintf(path, PATHS_MAX, "%s/%s", credentials, name);
    } else {
        int folder = slash != NULL ? (int)(slash + 1 - doctor->config_path) : 0;

        length = snprintf(path, PATHS_MAX, "%.*s%s", folder,
                          doctor->config_path, name);
    }
    return length > 0 && length < PATHS_MAX;
}

/* Only its mode: reading it is mirror-fetch's alone. */
void
doctor_judge_token(struct doctor *doctor, const struct hub_settings *hub) {
    char path[PATHS_MAX];
    struct stat info;

    if (!hub->present || hub->token_file[0] == '\0') {
        return;
    }
    if (!find_token(doctor, hub->token_file, path) || stat(path, &info) != 0) {
        doctor_blame(doctor, "token", "%s: %s; write the token there",
                     hub->token_file, strerror(errno));
    } else if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        doctor_blame(doctor, "token", "%s can be read by others; chmod 600 %s",
                     path, path);
    } else {
        doctor_praise(doctor, "token", "%s", path);
    }
}
