/*
 * Every section of mirror.conf but the widgets: what the two programs both
 * know. Each program acts on its own part; both reject what is wrong with any
 * of it, in the same words.
 */
#ifndef MIRROR_MODEL_SETTINGS_H
#define MIRROR_MODEL_SETTINGS_H

#include "common/config.h"
#include "model/record.h"

enum {
    SETTINGS_URL_MAX = 256,
    SETTINGS_PATH_MAX = 256,
    SETTINGS_ITEMS_MAX = 4096,
    SETTINGS_SOURCES_MAX = 8, /* of [todo NAME], and of [values NAME] */
};

#define SETTINGS_DEFAULT_PATH "/etc/mirror/mirror.conf"

/* [mirror] */
struct mirror_settings {
    char language[16];           /* "en", "de": a file of mirror/lang/ */
    char theme[RECORD_NAME_MAX]; /* a file of themes/, or a path with '/' */
    char night_theme[RECORD_NAME_MAX]; /* "": by night as by day */
    struct option_hours night;         /* equal: from sunset to sunrise */
    double location[2]; /* latitude, longitude in degrees; NaN: none */
    int clock;          /* enum settings_clock */
};
enum settings_clock { CLOCK_24, CLOCK_12 };

/* [screen] */
struct screen_settings {
    int rotate;         /* enum settings_rotate: clockwise, in steps of 90 */
    double diagonal_mm; /* 0: ask the panel (EDID), else 15.6 in */
    double distance_mm; /* of the eye */
    int driver;         /* enum settings_driver */
    char output[32]; /* connector name, "HDMI-A-1"; "": the first connected */
    bool drift;      /* a few pixels, against burn-in */
    bool motion;     /* what changes fades */
    struct option_hours on; /* when the display is on */
    int brightness;         /* of the backlight, percent; 0: as it is */
    int depth;              /* enum settings_depth: bits of a pixel */
};
enum settings_depth { DEPTH_32, DEPTH_16 };
enum settings_rotate { ROTATE_0, ROTATE_90, ROTATE_180, ROTATE_270 };
enum settings_driver {
    DRIVER_AUTO,
    DRIVER_DRM,
    DRIVER_SDL,
    DRIVER_FBDEV,
};

/* [hub] */
struct hub_settings {
    bool present;                       /* the section is in the file */
    int type;                           /* enum settings_hub */
    char url[SETTINGS_URL_MAX];         /* "http://192.168.1.10:8080" */
    char token_file[SETTINGS_PATH_MAX]; /* a name: in $CREDENTIALS_DIRECTORY
                                           or beside the config; a path with
                                           '/': itself; "": no token */
    char ca_file[SETTINGS_PATH_MAX];    /* the hub's own certificate; "" */
    char allow_public_hub[SETTINGS_URL_MAX]; /* addresses or prefixes, commas */
    char lights[SETTINGS_ITEMS_MAX]; /* items or groups; "": by semantics */
    int unreachable_after_s;         /* a lamp's last-update older: lost */
};
enum settings_hub { HUB_OPENHAB };

/* [weather] */
struct weather_settings {
    bool present;
    int provider;               /* enum settings_provider */
    char url[SETTINGS_URL_MAX]; /* "": the provider's own */
    char models[64];            /* Open-Meteo: one model; "": best match */
    double elevation_m;         /* NaN: the provider's terrain model */
    int poll_s;                 /* at least 300 */
};
enum settings_provider { PROVIDER_OPEN_METEO };

/* [todo NAME] */
struct todo_settings {
    char name[RECORD_NAME_MAX];
    int source; /* enum settings_todo */
    char item[RECORD_ID_MAX];
};
enum settings_todo { TODO_FROM_HUB };

/* [message] */
struct message_settings {
    bool present;
    char item[RECORD_ID_MAX];
    int severity; /* enum message_severity: of a text that names none */
};

/* [values NAME] */
struct values_settings {
    char name[RECORD_NAME_MAX];
    char items[SETTINGS_ITEMS_MAX]; /* "A,B,C" */
};

struct settings {
    struct mirror_settings mirror;
    struct screen_settings screen;
    struct hub_settings hub;
    struct weather_settings weather;
    struct todo_settings todos[SETTINGS_SOURCES_MAX];
    size_t todo_count;
    struct message_settings message;
    struct values_settings values[SETTINGS_SOURCES_MAX];
    size_t values_count;
};

/* One kind of section. A table of these is also what the manual is compared
 * with. */
struct settings_section {
    const char *kind;
    bool named; /* [kind NAME], several of them */
    const struct option *options;
    const char *help;
};

/* All sections but the widgets, ending at a NULL kind. */
extern const struct settings_section settings_sections[];

/*
 * Reads every section but [widget ...] from `config`; complaints go to its
 * errors. Whatever is wrong keeps its default, a source that cannot work
 * (a [todo] without item, a [weather] without location) is left out, so that
 * the mirror still starts. Returns true if nothing was wrong. Unknown kinds of
 * sections are complaints; [widget ...] is skipped.
 */
bool
settings_read(struct settings *settings, struct config *config);

/* As settings_read() of an empty file. */
void
settings_init(struct settings *settings);

#endif
