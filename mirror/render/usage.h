/*
 * The command line, which users and tests rely on: every option is a row of
 * one table with the modes it goes with, so that a line either means exactly
 * one thing or is refused.
 */
#ifndef MIRROR_RENDER_USAGE_H
#define MIRROR_RENDER_USAGE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* How the program ends (sysexits.h has the same numbers). */
enum {
    EXIT_STOPPED = 0,
    EXIT_USAGE = 64,
    EXIT_INTERNAL = 70,
    EXIT_SYSTEM = 71, /* a system call at the start */
    EXIT_NO_DISPLAY = 75,
    EXIT_CONFIG = 78, /* --check only: a mirror shows what it can */
};

enum usage_mode {
    MODE_RUN,
    MODE_DEMO,
    MODE_CHECK,
    MODE_SNAPSHOT,
    MODE_DOCTOR,
    MODE_SELFTEST,
    MODE_LIST_WIDGETS,
    MODE_VERSION,
    MODE_HELP,
};

enum { USAGE_WHY_MAX = 128 };

/* All strings are borrowed from the arguments. */
struct command {
    enum usage_mode mode;
    const char *config_path; /* NULL: SETTINGS_DEFAULT_PATH */
    bool window;
    int driver;               /* enum settings_driver; DRIVER_AUTO: not said */
    int width, height;        /* of --window or --size, px; 0: not said */
    const char *picture_path; /* --snapshot */
    const char *scene_path;   /* --scene; NULL: none */
    bool has_at;
    int64_t at_s; /* --at, UTC seconds */
    int wait_s;
};

/* Reads the whole line or fails, with the reason (outside text escaped) in
 * `why`. */
bool
usage_read(struct command *command, int argc, char *const *argv,
           char why[USAGE_WHY_MAX]);

/* The one line that a bad command line is answered with. */
void
usage_complain(FILE *out, const char *why);

/* --help. */
void
usage_help(FILE *out);

#endif
