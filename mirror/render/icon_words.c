#include "render/icon_words.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/str.h"
#include "render/icon_table.h"
#include "render/text.h"

struct word_row {
    const char *word;
    const char *icon;    /* at rest, or whatever it reads */
    const char *open_on; /* NULL: it looks no different */
};

enum { WORD_MAX = 64 };

/* openHAB's categories (its documentation, "Categories") and classic icon set
 * ("Classic Icon Set"), in lower case and without their states; sorted. */
static const struct word_row rows[] = {
    {"alarm", "alarm-light", NULL},
    {"attic", "home-roof", NULL},
    {"baby", "baby-face-outline", NULL},
    {"bath", "bathtub", NULL},
    {"battery", "battery", NULL},
    {"batterylevel", "battery", NULL},
    {"bedroom", "bed", NULL},
    {"blinds", "blinds", NULL},
    {"bluetooth", "bluetooth", NULL},
    {"boy", "human-child", NULL},
    {"calendar", "calendar", NULL},
    {"camera", "cctv", NULL},
    {"car", "car", NULL},
    {"carbondioxide", "molecule-co2", NULL},
    {"cellar", "home-floor-b", NULL},
    {"chart", "chart-line", NULL},
    {"cinema", "theater", NULL},
    {"cinemascreen", "projector-screen", NULL},
    {"cistern", "storage-tank", NULL},
    {"cleaningrobot", "robot-vacuum", NULL},
    {"climate", "air-conditioner", NULL},
    {"co2", "molecule-co2", NULL},
    {"colorlight", "palette", NULL},
    {"colorpicker", "palette", NULL},
    {"colorwheel", "palette", NULL},
    {"contact", "door-closed", "door-open"},
    {"corridor", "coat-rack", NULL},
    {"dimmablelight", "lightbulb-outline", "lightbulb-on"},
    {"door", "door-closed", "door-open"},
    {"dryer", "tumble-dryer", NULL},
    {"energy", "flash", NULL},
    {"error", "alert-circle", NULL},
    {"fan", "fan", NULL},
    {"fan_box", "fan", NULL},
    {"fan_ceiling", "ceiling-fan", NULL},
    {"faucet", "faucet", NULL},
    {"fire", "fire", NULL},
    {"firstfloor", "home-floor-1", NULL},
    {"flow", "gauge", NULL},
    {"flowpipe", "pipe-valve", NULL},
    {"frontdoor", "door-closed", "door-open"},
    {"garage", "garage", NULL},
    {"garage_detached", "garage-variant", NULL},
    {"garagedoor", "garage", "garage-open"},
    {"garden", "flower", NULL},
    {"gas", "meter-gas", NULL},
    {"girl", "human-child", NULL},
    {"greenhouse", "greenhouse", NULL},
    {"groundfloor", "home-floor-g", NULL},
    {"group", "format-list-checks", NULL},
    {"heating", "radiator", NULL},
    {"house", "home", NULL},
    {"humidity", "water-percent", NULL},
    {"hvac", "hvac", NULL},
    {"illuminance", "brightness-5", NULL},
    {"incline", "trending-up", NULL},
    {"inverter", "solar-power", NULL},
    {"keyring", "key-chain", NULL},
    {"kitchen", "silverware-fork-knife", NULL},
    {"lawnmower", "robot-mower", NULL},
    {"light", "lightbulb-outline", "lightbulb-on"},
    {"lightbulb", "lightbulb-outline", "lightbulb-on"},
    {"line", "trending-neutral", NULL},
    {"lock", "lock-outline", "lock-open"},
    {"lowbattery", "battery", "battery-alert"},
    {"man", "human-male", NULL},
    {"mediacontrol", "play", NULL},
    {"microphone", "microphone", NULL},
    {"moisture", "water-percent", NULL},
    {"moon", "weather-night", NULL},
    {"motion", "motion-sensor", NULL},
    {"motiondetector", "motion-sensor", NULL},
    {"movecontrol", "arrow-left-right", NULL},
    {"network", "lan", NULL},
    {"networkappliance", "router-wireless", NULL},
    {"niveau", "gauge", NULL},
    {"noise", "ear-hearing", NULL},
    {"office", "desk", NULL},
    {"oil", "storage-tank", NULL},
    {"outdoorlight", "outdoor-lamp", NULL},
    {"pantry", "food-apple", NULL},
    {"parents", "account-multiple", NULL},
    {"party", "party-popper", NULL},
    {"pie", "chart-pie", NULL},
    {"piggybank", "piggy-bank-outline", NULL},
    {"player", "play", NULL},
    {"power", "flash", NULL},
    {"poweroutlet", "power-socket-de", NULL},
    {"presence", "home", NULL},
    {"pressure", "gauge", NULL},
    {"price", "cash", NULL},
    {"projector", "projector", NULL},
    {"pump", "water-pump", NULL},
    {"qualityofservice", "wifi", NULL},
    {"radiator", "radiator", NULL},
    {"radiatorcontrol", "radiator", NULL},
    {"rain", "weather-rainy", NULL},
    {"receiver", "audio-video", NULL},
    {"recorder", "record-rec", NULL},
    {"remotecontrol", "remote", NULL},
    {"returnpipe", "pipe-valve", NULL},
    {"rgb", "palette", NULL},
    {"rollershutter", "roller-shade", NULL},
    {"screen", "television", NULL},
    {"sensor", "eye", NULL},
    {"settings", "cog", NULL},
    {"sewerage", "pipe", NULL},
    {"shield", "shield-home", NULL},
    {"siren", "alarm-light", NULL},
    {"slider", "tune", NULL},
    {"smiley", "emoticon-happy-outline", NULL},
    {"smoke", "smoke-detector", NULL},
    {"smokedetector", "smoke-detector", NULL},
    {"snow", "snowflake", NULL},
    {"sofa", "sofa", NULL},
    {"softener", "water-sync", NULL},
    {"solarplant", "solar-power", NULL},
    {"soundvolume", "volume-high", NULL},
    {"soundvolume_mute", "volume-off", NULL},
    {"speaker", "speaker", NULL},
    {"status", "information-outline", NULL},
    {"suitcase", "bag-suitcase", NULL},
    {"sun", "weather-sunny", NULL},
    {"sun_clouds", "weather-partly-cloudy", NULL},
    {"sunrise", "weather-sunset-up", NULL},
    {"sunset", "weather-sunset-down", NULL},
    {"switch", "toggle-switch-outline", "toggle-switch"},
    {"tamper", "shield-alert", NULL},
    {"temperature", "thermometer", NULL},
    {"temperature_cold", "snowflake-thermometer", NULL},
    {"temperature_hot", "thermometer-high", NULL},
    {"terrace", "balcony", NULL},
    {"text", "message-text-outline", NULL},
    {"time", "clock-outline", NULL},
    {"toilet", "toilet", NULL},
    {"ultraviolet", "sun-wireless", NULL},
    {"vacation", "palm-tree", NULL},
    {"valve", "valve", NULL},
    {"vehicle", "car", NULL},
    {"vibration", "vibrate", NULL},
    {"video", "cctv", NULL},
    {"wallswitch", "light-switch", NULL},
    {"wardrobe", "hanger", NULL},
    {"washingmachine", "washing-machine", NULL},
    {"water", "water", NULL},
    {"webservice", "web", NULL},
    {"whitegood", "dishwasher", NULL},
    {"wind", "weather-windy", NULL},
    {"window", "window-closed", "window-open"},
    {"woman", "human-female", NULL},
    {"zoom", "eye", NULL},
};

static int
compare_row(const void *word, const void *row) {
    return strcmp(word, ((const struct word_row *)row)->word);
}

static const struct word_row *
find_row(const char *word) {
    return bsearch(word, rows, sizeof rows / sizeof *rows, sizeof *rows,
                   compare_row);
}

/* The font's own copy of a name, or NULL. */
static const char *
font_name(const char *name) {
    for (size_t low = 0, high = icon_table_count; low < high;) {
        size_t middle = (low + high) / 2;
        int order = strcmp(name, icon_table[middle].name);

        if (order == 0) {
            return icon_table[middle].name;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

/* Takes away a last part that only says how a thing is drawn. */
static bool
drop_style(char *name) {
    static const char *const styles[] = {"-outline", "-variant", "-box",
                                         "-circle",  "-modern",  "-simple"};
    size_t length = strlen(name);

    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
        size_t style = strlen(styles[i]);

        if (length > style && strcmp(name + length - style, styles[i]) == 0) {
            name[length - style] = '\0';
            return true;
        }
    }
    return false;
}

static const char *
material_icon(const char *word) {
    char name[WORD_MAX], outline[WORD_MAX + sizeof "-outline"];

    if (strlen(word) >= sizeof name) {
        return NULL;
    }
    str_copy(name, sizeof name, word);
    do {
        const char *icon = font_name(name);

        if (icon == NULL) {
            snprintf(outline, sizeof outline, "%s-outline", name);
            icon = font_name(outline);
        }
        if (icon != NULL) {
            return icon;
        }
    } while (drop_style(name));
    return NULL;
}

/* A battery by its charge, as Home Assistant's sensors have it. */
static const char *
battery_icon(double percent) {
    static const char *const tens[] = {
        "battery-alert", "battery-10", "battery-20", "battery-30",
        "battery-40",    "battery-50", "battery-60", "battery-70",
        "battery-80",    "battery-90", "battery"};

    /* false for NaN too */
    if (!(percent >= 0 && percent <= 100)) {
        return "battery";
    }
    return tens[(int)(percent / 10)];
}

static bool
is_open_or_on(const char *state) {
    return strcasecmp(state, "OPEN") == 0 || strcasecmp(state, "ON") == 0;
}

/* "window-open" and "man_3" by what stands before the state or the number;
 * "fan_box" is found as it is. */
static const struct word_row *
classic_row(char *word) {
    const struct word_row *row = find_row(word);

    for (size_t at = strlen(word); row == NULL && at > 0; at--) {
        if (word[at] == '-' || word[at] == '_') {
            word[at] = '\0';
            row = find_row(word);
        }
    }
    return row;
}

static const char *
classic_icon(const char *word, const char *state, double number) {
    char name[WORD_MAX];
    const char *dash = strrchr(word, '-');
    const struct word_row *row;
    long stated;

    if (strlen(word) >= sizeof name) {
        return NULL;
    }
    for (size_t i = 0; i <= strlen(word); i++) {
        name[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] + 'a' - 'A')
                                                   : word[i];
    }
    row = classic_row(name);
    if (row == NULL) {
        return NULL;
    }
    if (strcmp(row->icon, "battery") == 0 && row->open_on == NULL) {
        return battery_icon(dash != NULL && str_to_long(dash + 1, &stated)
                                ? (double)stated
                                : number);
    }
    if (dash != NULL) {
        state = dash + 1;
    }
    return row->open_on != NULL && is_open_or_on(state) ? row->open_on
                                                        : row->icon;
}

/* The rest of `word` behind `prefix`, or NULL if it begins otherwise. */
static const char *
behind(const char *word, const char *prefix) {
    size_t length = strlen(prefix);

    return strncasecmp(word, prefix, length) == 0 ? word + length : NULL;
}

const char *
icon_for(const char *word, const char *state, double number) {
    static const char *const material[] = {"mdi:", "iconify:mdi:"};
    static const char *const classic[] = {"oh:classic:", "oh:"};
    const char *rest;

    for (size_t i = 0; i < sizeof material / sizeof *material; i++) {
        if ((rest = behind(word, material[i])) != NULL) {
            return material_icon(rest);
        }
    }
    for (size_t i = 0; i < sizeof classic / sizeof *classic; i++) {
        if ((rest = behind(word, classic[i])) != NULL) {
            return classic_icon(rest, state, number);
        }
    }
    return classic_icon(word, state, number);
}
