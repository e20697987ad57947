/* Open-Meteo's forecast reply to a weather record: a pure function. */
#ifndef MIRROR_FETCH_WEATHER_OPEN_METEO_PARSE_H
#define MIRROR_FETCH_WEATHER_OPEN_METEO_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/weather.h"

/* What was asked, and when the answer came. */
struct open_meteo_asked {
    int64_t now_s; /* wall time */
    double latitude_deg, longitude_deg;
    bool one_model; /* the config names one: quarter hours may be made up */
};

/*
 * Judges the whole reply: `text` of `size` bytes, text[size] is NUL. Returns
 * false, with the reason for people in `ret_note` and the record untouched, for
 * anything but weather: broken JSON, {"error":true}, unknown units, nothing in
 * it. What is only odd becomes missing; then `ret_note` names the first oddity
 * (else it is ""). Days are the system zone's.
 */
bool
open_meteo_parse(const struct open_meteo_asked *asked, const char *text,
                 size_t size, struct record_weather *ret_record,
                 char ret_note[RECORD_TEXT_MAX]);

/* The "reason" of an error reply, cleaned; false if there is none. */
bool
open_meteo_reason(const char *text, size_t size,
                  char ret_reason[RECORD_TEXT_MAX]);

#endif
