/* Replies of Open-Meteo as the tests take them: the seeds of its fuzz target,
 * whole or with one thing changed. */
#ifndef TESTS_UNIT_WEATHER_SAMPLE_H
#define TESTS_UNIT_WEATHER_SAMPLE_H

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fetch/weather/open_meteo_parse.h"

enum { SAMPLE_MAX = 64 * 1024 };

/* The text of a seed. Free it. */
static inline char *
sample_read(const char *name) {
    char *text = calloc(1, SAMPLE_MAX);
    char path[128];
    FILE *file;

    snprintf(path, sizeof path, "tests/fuzz/seeds/open_meteo/%s.json", name);
    file = fopen(path, "rb");
    assert_non_null(file);
    assert_non_null(text);
    assert_true(fread(text, 1, SAMPLE_MAX - 1, file) > 0);
    fclose(file);
    return text;
}

/* Puts `with` where `find` first stands in `text`, which has SAMPLE_MAX. */
static inline void
sample_change(char *text, const char *find, const char *with) {
    char *at = strstr(text, find);
    size_t tail;

    assert_non_null(at);
    tail = strlen(at + strlen(find)) + 1;
    assert_true((size_t)(at - text) + strlen(with) + tail <= SAMPLE_MAX);
    memmove(at + strlen(with), at + strlen(find), tail);
    memcpy(at, with, strlen(with));
}

/* Parses as of Saturday morning in Oslo, in the system zone of the test. What
 * is taken for weather must be a good record. */
static inline bool
sample_parse(const char *text, struct record_weather *weather,
             char note[RECORD_TEXT_MAX]) {
    static const struct open_meteo_asked asked = {
        .now_s = 1792814820, .latitude_deg = 59.91, .longitude_deg = 10.75};
    bool good = open_meteo_parse(&asked, text, strlen(text), weather, note);

    assert_true(!good ||
                record_check(RECORD_WEATHER, weather, sizeof *weather));
    return good;
}

static inline void
live_in(const char *zone) {
    assert_int_equal(setenv("TZ", zone, 1), 0);
    tzset();
}

#endif
