#include "render/usage.h"

#include <stdarg.h>
#include <string.h>

#include "common/calendar.h"
#include "common/log.h"
#include "common/str.h"
#include "model/settings.h"
#include "render/canvas.h"

enum { WAIT_DEFAULT_S = 10, WAIT_MAX_S = 3600 };

enum value_rule { VALUE_NONE, VALUE_MAY, VALUE_MUST };

#define IN(mode) (1u << (mode))

struct flag {
    const char *name;
    enum value_rule rule;
    const char *value; /* its form */
    unsigned modes;    /* it may be used with; 0: it is a mode itself */
    enum usage_mode mode;
    bool (*take)(struct command *command, const char *value);
    const char *help;
};

static bool
take_config(struct command *command, const char *value) {
    command->config_path = value;
    return value[0] != '\0';
}

static bool
take_picture(struct command *command, const char *value) {
    command->picture_path = value;
    return value[0] != '\0';
}

static bool
take_scene(struct command *command, const char *value) {
    command->scene_path = value;
    return value[0] != '\0';
}

static bool
take_at(struct command *command, const char *value) {
    command->has_at = true;
    return calendar_parse_local(value, &command->at_s);
}

static bool
take_wait(struct command *command, const char *value) {
    long seconds;

    if (!str_to_long(value, &seconds) || seconds < 0 || seconds > WAIT_MAX_S) {
        return false;
    }
    command->wait_s = (int)seconds;
    return true;
}

static bool
read_side(const char *text, size_t length, int *ret_px) {
    char digits[8];
    long px;

    if (length >= sizeof digits) {
        return false;
    }
    memcpy(digits, text, length);
    digits[length] = '\0';
    if (!str_to_long(digits, &px) || px < CANVAS_SIZE_MIN ||
        px > CANVAS_SIZE_MAX) {
        return false;
    }
    *ret_px = (int)px;
    return true;
}

static bool
take_size(struct command *command, const char *value) {
    const char *cross = strchr(value, 'x');

    return cross != NULL &&
           read_side(value, (size_t)(cross - value), &command->width) &&
           read_side(cross + 1, strlen(cross + 1), &command->height);
}

static bool
take_window(struct command *command, const char *value) {
    command->window = true;
    return value == NULL || take_size(command, value);
}

static bool
take_screen(struct command *command, const char *value) {
    static const struct {
        const char *name;
        enum settings_driver driver;
    } drivers[] = {
        {"drm", DRIVER_DRM}, {"sdl", DRIVER_SDL}, {"fbdev", DRIVER_FBDEV}};

    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++) {
        if (strcmp(value, drivers[i].name) == 0) {
            command->driver = drivers[i].driver;
            return true;
        }
    }
    return false;
}

static const struct flag flags[] = {
    {"-c", VALUE_MUST, "FILE",
     IN(MODE_RUN) | IN(MODE_CHECK) | IN(MODE_SNAPSHOT) | IN(MODE_DOCTOR),
     MODE_RUN, take_config, "the config (" SETTINGS_DEFAULT_PATH ")"},
    {"--window", VALUE_MAY, "WxH", IN(MODE_RUN) | IN(MODE_DEMO), MODE_RUN,
     take_window, "show it in a window (1280x720)"},
    {"--screen", VALUE_MUST, "drm|sdl|fbdev", IN(MODE_RUN), MODE_RUN,
     take_screen, "where to show it, whatever the config says"},
    {"--demo", VALUE_NONE, NULL, 0, MODE_DEMO, NULL,
     "run against the bundled demo hub"},
    {"--check", VALUE_NONE, NULL, 0, MODE_CHECK, NULL,
     "name every problem of the config; exit 0 or 78"},
    {"--snapshot", VALUE_MUST, "FILE.png", 0, MODE_SNAPSHOT, take_picture,
     "draw once into a file, without a display"},
    {"--size", VALUE_MUST, "WxH", IN(MODE_SNAPSHOT), MODE_RUN, take_size,
     "  its size in pixels (1920x1080)"},
    {"--at", VALUE_MUST, "2026-01-31T07:12", IN(MODE_SNAPSHOT), MODE_RUN,
     take_at, "  as of this local time"},
    {"--wait", VALUE_MUST, "SECONDS", IN(MODE_SNAPSHOT), MODE_RUN, take_wait,
     "  for sources that have not delivered (10)"},
    {"--scene", VALUE_MUST, "FILE.json", IN(MODE_SNAPSHOT), MODE_RUN,
     take_scene, "  and write what is on it as JSON"},
    {"--doctor", VALUE_NONE, NULL, 0, MODE_DOCTOR, NULL,
     "say what works and what does not, with the remedy"},
    {"--selftest", VALUE_NONE, NULL, 0, MODE_SELFTEST, NULL,
     "try what the sandbox forbids; exit 0 if all was denied"},
    {"--list-widgets", VALUE_NONE, NULL, 0, MODE_LIST_WIDGETS, NULL,
     "every widget in one line"},
    {"--version", VALUE_NONE, NULL, 0, MODE_VERSION, NULL, "the version"},
    {"--help", VALUE_NONE, NULL, 0, MODE_HELP, NULL, "this text"},
};

enum { FLAG_COUNT = sizeof flags / sizeof *flags };

static bool
fail(char why[USAGE_WHY_MAX], const char *fmt, ...) PRINTF_LIKE(2, 3);

static bool
fail(char why[USAGE_WHY_MAX], const char *fmt, ...) {
    va_list args;

    va_start(args, fmt);
    vsnprintf(why, USAGE_WHY_MAX, fmt, args);
    va_end(args);
    return false;
}

/* FLAG_COUNT if there is none; *ret_value is what stands behind its '='. */
static size_t
find_flag(const char *argument, const char **ret_value) {
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        size_t length = strlen(flags[i].name);

        if (strncmp(argument, flags[i].name, length) != 0) {
            continue;
        }
        if (argument[length] == '\0') {
            *ret_value = NULL;
            return i;
        }
        if (argument[length] == '=' && flags[i].rule != VALUE_NONE &&
            length > 2) {
            *ret_value = argument + length + 1;
            return i;
        }
    }
    return FLAG_COUNT;
}

/* Which flags were seen, and the one that set the mode. */
struct reading {
    unsigned seen;
    size_t mode_flag;
};

static bool
take_flag(struct command *command, struct reading *reading, size_t at,
          const char *value, char why[USAGE_WHY_MAX]) {
    const struct flag *flag = &flags[at];
    char shown[LOG_TEXT_MAX];

    if ((reading->seen & (1u << at)) != 0) {
        return fail(why, "%s is given twice", flag->name);
    }
    reading->seen |= 1u << at;
    if (flag->modes == 0) {
        if (reading->mode_flag != FLAG_COUNT) {
            return fail(why, "%s and %s exclude each other",
                        flags[reading->mode_flag].name, flag->name);
        }
        reading->mode_flag = at;
        command->mode = flag->mode;
    }
    if (flag->rule == VALUE_MUST && value == NULL) {
        return fail(why, "%s needs %s", flag->name, flag->value);
    }
    if (flag->take != NULL && !flag->take(command, value)) {
        return fail(why, "%s: expected %s, got '%s'", flag->name, flag->value,
                    log_escape(shown, value));
    }
    return true;
}

static bool
fits_together(const struct command *command, const struct reading *reading,
              char why[USAGE_WHY_MAX]) {
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        if ((reading->seen & (1u << i)) != 0 && flags[i].modes != 0 &&
            (flags[i].modes & IN(command->mode)) == 0) {
            if (reading->mode_flag == FLAG_COUNT) {
                return fail(why, "%s goes with --snapshot", flags[i].name);
            }
            return fail(why, "%s does not go with %s", flags[i].name,
                        flags[reading->mode_flag].name);
        }
    }
    if (command->window && command->driver != DRIVER_AUTO &&
        command->driver != DRIVER_SDL) {
        return fail(why, "--window needs --screen=sdl");
    }
    return true;
}

bool
usage_read(struct command *command, int argc, char *const *argv,
           char why[USAGE_WHY_MAX]) {
    struct reading reading = {.mode_flag = FLAG_COUNT};

    *command = (struct command){.mode = MODE_RUN, .wait_s = WAIT_DEFAULT_S};
    for (int i = 1; i < argc; i++) {
        const char *value = NULL;
        char shown[LOG_TEXT_MAX];
        size_t at = find_flag(argv[i], &value);

        if (at == FLAG_COUNT) {
            return fail(why, "unknown argument '%s'",
                        log_escape(shown, argv[i]));
        }
        if (flags[at].rule == VALUE_MUST && value == NULL && i + 1 < argc) {
            value = argv[++i];
        }
        if (!take_flag(command, &reading, at, value, why)) {
            return false;
        }
    }
    return fits_together(command, &reading, why);
}

void
usage_complain(FILE *out, const char *why) {
    fprintf(out,
            "mirror: %s; usage: mirror [-c FILE] [--window[=WxH]] "
            "[--screen=drm|sdl|fbdev] | --demo | --check | "
            "--snapshot FILE.png | --doctor | --selftest | --list-widgets | "
            "--version | --help\n",
            why);
}

void
usage_help(FILE *out) {
    fprintf(out, "Usage: mirror [OPTION]...\n"
                 "Shows the clock, the weather and the house.\n\n");
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        const struct flag *flag = &flags[i];
        bool brief = strlen(flag->name) == 2;
        char form[48];

        snprintf(form, sizeof form, "%s%s%s%s", flag->name,
                 flag->rule == VALUE_MAY    ? "[="
                 : flag->rule == VALUE_NONE ? ""
                 : brief                    ? " "
                                            : "=",
                 flag->value != NULL ? flag->value : "",
                 flag->rule == VALUE_MAY ? "]" : "");
        fprintf(out, "  %-24s %s\n", form, flag->help);
    }
    fprintf(out, "\nExit status: 0 stopped, 64 usage, 70 internal, 71 system, "
                 "75 no display,\n78 config (--check). Manual: mirror(1), "
                 "mirror.conf(5).\n");
}
