/* One option of each type, for the tests of options. */
#ifndef TESTS_UNIT_OPTION_SAMPLE_H
#define TESTS_UNIT_OPTION_SAMPLE_H

#include "unit.h"

#include "common/option.h"

struct all {
    bool flag;
    int number, any, choice, duration;
    double real, length, location[2];
    char text[8], name[8], item[8], items[16], words[16], nets[64], url[32],
        path[8];
    char zone[32];
    struct option_hours hours;
    uint32_t colour;
};

static const struct option table[] = {
    {.name = "flag",
     .type = OPTION_BOOL,
     OPTION_AT(struct all, flag),
     .fallback = "yes"},
    {.name = "number",
     .type = OPTION_INT,
     OPTION_AT(struct all, number),
     .min = -2,
     .max = 5,
     .fallback = "3"},
    {.name = "any",
     .type = OPTION_INT,
     OPTION_AT(struct all, any),
     .fallback = "0"},
    {.name = "choice",
     .type = OPTION_CHOICE,
     OPTION_AT(struct all, choice),
     .choices = "auto|always|never",
     .fallback = "always"},
    {.name = "duration",
     .type = OPTION_DURATION,
     OPTION_AT(struct all, duration),
     .min = 60,
     .max = 7200,
     .fallback = "5 min"},
    {.name = "real",
     .type = OPTION_REAL,
     OPTION_AT(struct all, real),
     .min = -0.5,
     .max = 1.5,
     .fallback = ""},
    {.name = "length",
     .type = OPTION_LENGTH,
     OPTION_AT(struct all, length),
     .min = 100,
     .max = 2000,
     .fallback = "15.6 in"},
    {.name = "location",
     .type = OPTION_LOCATION,
     OPTION_AT(struct all, location),
     .fallback = ""},
    {.name = "text",
     .type = OPTION_TEXT,
     OPTION_AT(struct all, text),
     .fallback = ""},
    {.name = "name",
     .type = OPTION_NAME,
     OPTION_AT(struct all, name),
     .fallback = "n"},
    {.name = "item",
     .type = OPTION_ITEM,
     OPTION_AT(struct all, item),
     .fallback = ""},
    {.name = "items",
     .type = OPTION_ITEMS,
     OPTION_AT(struct all, items),
     .fallback = ""},
    {.name = "words",
     .type = OPTION_WORDS,
     OPTION_AT(struct all, words),
     .fallback = "a, b"},
    {.name = "nets",
     .type = OPTION_NETWORKS,
     OPTION_AT(struct all, nets),
     .fallback = ""},
    {.name = "url",
     .type = OPTION_URL,
     OPTION_AT(struct all, url),
     .fallback = ""},
    {.name = "path",
     .type = OPTION_PATH,
     OPTION_AT(struct all, path),
     .fallback = ""},
    {.name = "zone",
     .type = OPTION_ZONE,
     OPTION_AT(struct all, zone),
     .fallback = ""},
    {.name = "hours",
     .type = OPTION_HOURS,
     OPTION_AT(struct all, hours),
     .fallback = ""},
    {.name = "colour",
     .type = OPTION_COLOUR,
     OPTION_AT(struct all, colour),
     .fallback = "#abc"},
    {0},
};

static bool
parse(struct all *all, const char *name, const char *value, char *why) {
    const struct option *option = option_find(table, name);

    assert_non_null(option);
    return option_parse(option, value, all, why);
}

#endif
