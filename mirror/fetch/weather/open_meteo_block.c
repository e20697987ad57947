#include "fetch/weather/open_meteo_block.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/log.h"
#include "fetch/json.h"
#include "fetch/weather/wmo_codes.h"

/* How a unit's name in the reply leads to ours: value * factor + offset. The
 * spellings are the server's, "mp/h" too. */
struct conversion {
    const char *name;
    enum open_meteo_unit unit;
    double factor, offset;
};

static const struct conversion conversions[] = {
    {"\xc2\xb0\x43", OPEN_METEO_TEMPERATURE, 1, 0},
    {"\xc2\xb0\x46", OPEN_METEO_TEMPERATURE, 5.0 / 9, -160.0 / 9},
    {"m/s", OPEN_METEO_WIND, 1, 0},
    {"km/h", OPEN_METEO_WIND, 1 / 3.6, 0},
    {"mp/h", OPEN_METEO_WIND, 0.44704, 0},
    {"kn", OPEN_METEO_WIND, 1852.0 / 3600, 0},
    {"mm", OPEN_METEO_PRECIPITATION, 1, 0},
    {"inch", OPEN_METEO_PRECIPITATION, 25.4, 0},
    {"%", OPEN_METEO_PERCENT, 1, 0},
    {"%", OPEN_METEO_SHARE, 0.01, 0},
};

static const struct conversion plain = {"", OPEN_METEO_PLAIN, 1, 0};

/* A column that the model does not have: all of it is null. */
static const struct conversion absent = {"undefined", OPEN_METEO_PLAIN, NAN, 0};

struct open_meteo_block
open_meteo_block(const struct open_meteo_reader *reader, const char *name,
                 const char *units_name) {
    return (struct open_meteo_block){
        .name = name,
        .values = json_member(reader->root, name),
        .units = json_member(reader->root, units_name),
    };
}

void
open_meteo_odd(struct open_meteo_reader *reader, const char *block,
               const char *name, const char *what) {
    if (reader->odd[0] == '\0') {
        snprintf(reader->odd, sizeof reader->odd, "%s.%s: %s", block, name,
                 what);
    }
}

/* NULL, with the reason noted, for a unit that is not known: a number is never
 * taken for what it may not be. */
static const struct conversion *
find_conversion(struct open_meteo_reader *reader,
                const struct open_meteo_block *block,
                const struct open_meteo_field *field) {
    const char *name = json_text(block->units, field->name);
    char escaped[LOG_TEXT_MAX];

    if (field->unit == OPEN_METEO_PLAIN) {
        return &plain;
    }
    if (name != NULL && strcmp(name, absent.name) == 0) {
        return &absent;
    }
    for (size_t i = 0; i < sizeof conversions / sizeof conversions[0]; i++) {
        if (name != NULL && conversions[i].unit == field->unit &&
            strcmp(conversions[i].name, name) == 0) {
            return &conversions[i];
        }
    }
    snprintf(reader->why, sizeof reader->why, "%s.%s is in an unknown unit, %s",
             block->name, field->name,
             log_escape(escaped, name != NULL ? name : "none"));
    return NULL;
}

/* One value as it is kept. `item` may be NULL. */
static double
read_value(struct open_meteo_reader *reader,
           const struct open_meteo_block *block,
           const struct open_meteo_field *field,
           const struct conversion *conversion, const cJSON *item) {
    double value;

    if (item == NULL || cJSON_IsNull(item)) {
        return NAN;
    }
    if (!cJSON_IsNumber(item)) {
        open_meteo_odd(reader, block->name, field->name, "no number");
        return NAN;
    }
    value = item->valuedouble * conversion->factor + conversion->offset;
    if (isnan(value)) {
        return NAN;
    }
    if (value < field->low || value > field->high) {
        open_meteo_odd(reader, block->name, field->name, "out of range");
        return NAN;
    }
    return value + 0.0; /* the server does send -0.0 */
}

static void
store(void *row, const struct open_meteo_field *field, double value) {
    memcpy((char *)row + field->offset, &value, sizeof value);
}

bool
open_meteo_row(struct open_meteo_reader *reader,
               const struct open_meteo_block *block,
               const struct open_meteo_field *fields, void *row) {
    for (; fields->name != NULL; fields++) {
        const cJSON *item = json_member(block->values, fields->name);
        const struct conversion *conversion = &absent;

        if (item != NULL) {
            conversion = find_conversion(reader, block, fields);
        }
        if (conversion == NULL) {
            return false;
        }
        store(row, fields, read_value(reader, block, fields, conversion, item));
    }
    return true;
}

/* The first element of an array; NULL for what is none. */
static const cJSON *
first_element(const cJSON *array) {
    return cJSON_IsArray(array) ? array->child : NULL;
}

bool
open_meteo_rows(struct open_meteo_reader *reader,
                const struct open_meteo_block *block,
                const struct open_meteo_field *fields, void *rows,
                size_t row_size, size_t count) {
    for (; fields->name != NULL; fields++) {
        const cJSON *item =
            first_element(json_member(block->values, fields->name));
        const struct conversion *conversion = &absent;

        if (item != NULL) {
            conversion = find_conversion(reader, block, fields);
        }
        if (conversion == NULL) {
            return false;
        }
        for (size_t i = 0; i < count; i++) {
            store((char *)rows + i * row_size, fields,
                  read_value(reader, block, fields, conversion, item));
            item = item != NULL ? item->next : NULL;
        }
    }
    return true;
}

/* Doubles hold every whole number that matters here. */
static bool
read_whole(const cJSON *item, double low, double high, int64_t *ret_value) {
    double value;

    if (item == NULL || !cJSON_IsNumber(item)) {
        return false;
    }
    value = item->valuedouble;
    if (!(value >= low && value <= high) || value != floor(value)) {
        return false;
    }
    *ret_value = (int64_t)value;
    return true;
}

size_t
open_meteo_times(const struct open_meteo_block *block, const char *name,
                 int64_t *times, size_t most) {
    const cJSON *item = first_element(json_member(block->values, name));
    size_t count = 0;

    for (; item != NULL && count < most; item = item->next) {
        int64_t time_s = RECORD_NO_TIME;

        if (!read_whole(item, 0, 1e11, &time_s) || !record_time_ok(time_s)) {
            time_s = RECORD_NO_TIME;
        }
        times[count++] = time_s;
    }
    return count;
}

void
open_meteo_codes(const struct open_meteo_block *block, const char *name,
                 int64_t *codes, size_t count) {
    const cJSON *item = first_element(json_member(block->values, name));

    for (size_t i = 0; i < count; i++) {
        if (!read_whole(item, 0, 1e6, &codes[i])) {
            codes[i] = -1;
        }
        item = item != NULL ? item->next : NULL;
    }
}

struct weather_sky
open_meteo_sky(struct open_meteo_reader *reader, const char *block,
               int64_t code, int64_t is_day) {
    struct weather_sky sky;

    if (!wmo_sky(code, &sky) && code >= 0) {
        char what[48];

        snprintf(what, sizeof what, "unknown code %d", (int)code);
        open_meteo_odd(reader, block, "weather_code", what);
    }
    if (is_day == 0 || is_day == 1) {
        sky.is_day = (uint8_t)is_day;
    }
    return sky;
}
