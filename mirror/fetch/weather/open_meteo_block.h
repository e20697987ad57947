/*
 * One block of an Open-Meteo reply: "current" with single values, or "hourly",
 * "minutely_15" and "daily" with one array per variable beside the array of
 * their times; the units stand in a sibling, "hourly_units".
 */
#ifndef MIRROR_FETCH_WEATHER_OPEN_METEO_BLOCK_H
#define MIRROR_FETCH_WEATHER_OPEN_METEO_BLOCK_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/weather.h"

enum open_meteo_unit {
    OPEN_METEO_PLAIN, /* no unit, or one that is not looked at */
    OPEN_METEO_TEMPERATURE,
    OPEN_METEO_WIND,
    OPEN_METEO_PRECIPITATION,
    OPEN_METEO_PERCENT,
    OPEN_METEO_SHARE, /* sent in percent, kept as 0..1 */
};

/* One variable and where it goes: a double at `offset` of a row. */
struct open_meteo_field {
    const char *name; /* as the request asks for it; NULL ends a table */
    enum open_meteo_unit unit;
    double low, high; /* of what is kept; outside is missing */
    size_t offset;
};

/* The unit, and the bounds that a record's check has. */
#define OPEN_METEO_TEMP_RANGE                                                  \
    OPEN_METEO_TEMPERATURE, WEATHER_TEMP_MIN_C, WEATHER_TEMP_MAX_C
#define OPEN_METEO_WIND_RANGE OPEN_METEO_WIND, 0, WEATHER_WIND_MAX_MS
#define OPEN_METEO_UV_RANGE   OPEN_METEO_PLAIN, 0, WEATHER_UV_MAX

/* What a reply is read with. */
struct open_meteo_reader {
    const cJSON *root;         /* borrowed */
    char why[RECORD_TEXT_MAX]; /* what made the reply unfit; "" if nothing */
    char odd[RECORD_TEXT_MAX]; /* the first oddity that was read as missing */
};

struct open_meteo_block {
    const char *name;
    const cJSON *values; /* NULL: the reply has no such block */
    const cJSON *units;
};

/* The block `name` and its units, both borrowed from the reply; one that the
 * reply does not have reads as all missing. */
struct open_meteo_block
open_meteo_block(const struct open_meteo_reader *reader, const char *name,
                 const char *units_name);

/* Notes an oddity, unless there is one already. */
void
open_meteo_odd(struct open_meteo_reader *reader, const char *block,
               const char *name, const char *what);

/* The times of an array block, at most `most`: what is no whole number of UTC
 * seconds within the years of a record is RECORD_NO_TIME. Returns how many. */
size_t
open_meteo_times(const struct open_meteo_block *block, const char *name,
                 int64_t *times, size_t most);

/* Whole numbers (codes, flags) of an array, `count` of them; -1 for what is
 * missing, negative, no whole number, or beyond the array's end. */
void
open_meteo_codes(const struct open_meteo_block *block, const char *name,
                 int64_t *codes, size_t count);

/*
 * Reads every field of the table into `count` rows of `row_size` bytes: NaN for
 * null, for what is missing, no number or out of range, and beyond the end of a
 * short array. Returns false, with the reason in reader->why, if a variable
 * comes in a unit that is not known.
 */
bool
open_meteo_rows(struct open_meteo_reader *reader,
                const struct open_meteo_block *block,
                const struct open_meteo_field *fields, void *rows,
                size_t row_size, size_t count);

/* The same for "current": single values into one row. */
bool
open_meteo_row(struct open_meteo_reader *reader,
               const struct open_meteo_block *block,
               const struct open_meteo_field *fields, void *row);

/* The sky of a weather code and a day flag, both as open_meteo_codes() gives
 * them; an unknown code is odd. */
struct weather_sky
open_meteo_sky(struct open_meteo_reader *reader, const char *block,
               int64_t code, int64_t is_day);

#endif
