#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/option_types.h"
#include "common/str.h"

/* How a quantity may be written; the first that divides it is how ranges are
 * shown. Ends at a NULL name. */
struct unit {
    const char *name;
    double scale;
};

static const struct unit length_units[] = {
    {"m", 1000}, {"in", 25.4}, {"cm", 10}, {"mm", 1}, {NULL, 0}};

static const struct unit duration_units[] = {
    {"d", 86400}, {"h", 3600}, {"min", 60}, {"s", 1}, {NULL, 0}};

static bool
in_range(const struct option *option, double value) {
    return (option->min == 0 && option->max == 0) ||
           (value >= option->min && value <= option->max);
}

/* Splits "15.6 in" into its number and its unit, with or without a blank. */
static bool
parse_quantity(const struct unit *units, const char *value, double *ret_value) {
    char digits[32];
    size_t length = strspn(value, "0123456789.");
    const char *name = value + length + strspn(value + length, " \t");
    double number;

    if (length == 0 || length >= sizeof digits) {
        return false;
    }
    memcpy(digits, value, length);
    digits[length] = '\0';
    if (!str_to_double(digits, &number)) {
        return false;
    }
    for (const struct unit *u = units; u->name != NULL; u++) {
        if (strcmp(u->name, name) == 0) {
            *ret_value = number * u->scale;
            return true;
        }
    }
    return false;
}

/* "5 min": in the largest unit that leaves a whole number. */
static const char *
print_quantity(const struct unit *units, double value, char *text,
               size_t size) {
    for (const struct unit *u = units; u->name != NULL; u++) {
        double count = value / u->scale;

        if ((count >= 1 && count == floor(count)) || u[1].name == NULL) {
            snprintf(text, size, "%g %s", count, u->name);
            break;
        }
    }
    return text;
}

bool
option_print_range(const struct option *option, char *text, size_t size) {
    const struct unit *units =
        option->type == OPTION_LENGTH ? length_units : duration_units;
    char low[32];
    char high[32];

    if (option->min == 0 && option->max == 0) {
        return false;
    }
    switch (option->type) {
    case OPTION_INT:
    case OPTION_REAL:
        snprintf(text, size, "%.10g..%.10g", option->min, option->max);
        return true;
    case OPTION_LENGTH:
    case OPTION_DURATION:
        snprintf(text, size, "%s to %s",
                 print_quantity(units, option->min, low, sizeof low),
                 print_quantity(units, option->max, high, sizeof high));
        return true;
    default: return false;
    }
}

/* Complains of a number that is out of range, or none at all where there is
 * no range: `what` then says what was expected. */
static bool
expected_number(const struct option *option, const char *value,
                const char *what, char why[OPTION_WHY_MAX]) {
    char range[80];

    if (option_print_range(option, range, sizeof range)) {
        what = range;
    }
    return option_expected(why, value, "%s", what);
}

bool
option_parse_int(const struct option *option, const char *value, void *member,
                 char why[OPTION_WHY_MAX]) {
    long number;

    if (!str_to_long(value, &number) || number < INT_MIN || number > INT_MAX ||
        !in_range(option, (double)number)) {
        return expected_number(option, value, "a whole number", why);
    }
    *(int *)member = (int)number;
    return true;
}

bool
option_parse_real(const struct option *option, const char *value, void *member,
                  char why[OPTION_WHY_MAX]) {
    double number;

    if (!str_to_double(value, &number) || !in_range(option, number)) {
        return expected_number(option, value, "a number such as 2.5", why);
    }
    *(double *)member = number;
    return true;
}

bool
option_parse_length(const struct option *option, const char *value,
                    void *member, char why[OPTION_WHY_MAX]) {
    double mm;

    if (!parse_quantity(length_units, value, &mm)) {
        return option_expected(
            why, value, "a length in mm, cm, m or in, such as \"15.6 in\"");
    }
    if (!in_range(option, mm)) {
        return expected_number(option, value, "a length", why);
    }
    *(double *)member = mm;
    return true;
}

bool
option_parse_duration(const struct option *option, const char *value,
                      void *member, char why[OPTION_WHY_MAX]) {
    double seconds;

    if (!parse_quantity(duration_units, value, &seconds)) {
        return option_expected(
            why, value, "a duration in s, min, h or d, such as \"90 s\"");
    }
    if (seconds != floor(seconds) || seconds > INT_MAX) {
        return option_expected(why, value, "whole seconds, up to 24855 d");
    }
    if (!in_range(option, seconds)) {
        return expected_number(option, value, "a duration", why);
    }
    *(int *)member = (int)seconds;
    return true;
}

bool
option_parse_location(const struct option *option, const char *value,
                      void *member, char why[OPTION_WHY_MAX]) {
    char part[32];
    const char *next = value;
    double degrees[2];

    (void)option;
    for (size_t i = 0; i < 2; i++) {
        next = option_next_word(next, part, sizeof part);
        if (next == NULL || !str_to_double(part, &degrees[i])) {
            goto fail;
        }
    }
    if (*next != '\0' || next[-1] == ',') {
        goto fail;
    }
    if (fabs(degrees[0]) > 90 || fabs(degrees[1]) > 180) {
        return option_expected(why, value,
                               "a latitude of -90..90 and a longitude of "
                               "-180..180");
    }
    memcpy(member, degrees, sizeof degrees);
    return true;

fail:
    return option_expected(why, value,
                           "latitude and longitude such as \"52.52, 13.40\"");
}

/* "06:30", with both digits of each. Returns what follows, or NULL. */
static const char *
read_time(const char *text, int *ret_min) {
    static const char digits[] = "0123456789";
    int hour, minute;

    if (strspn(text, digits) != 2 || text[2] != ':' ||
        strspn(text + 3, digits) != 2) {
        return NULL;
    }
    hour = (text[0] - '0') * 10 + text[1] - '0';
    minute = (text[3] - '0') * 10 + text[4] - '0';
    if (hour > 23 || minute > 59) {
        return NULL;
    }
    *ret_min = hour * 60 + minute;
    return text + 5;
}

bool
option_parse_hours(const struct option *option, const char *value, void *member,
                   char why[OPTION_WHY_MAX]) {
    struct option_hours hours;
    const char *next = read_time(value, &hours.from_min);

    (void)option;
    if (next == NULL || *next != '-') {
        goto fail;
    }
    next = read_time(next + 1, &hours.to_min);
    if (next == NULL || *next != '\0' || hours.from_min == hours.to_min) {
        goto fail;
    }
    memcpy(member, &hours, sizeof hours);
    return true;

fail:
    return option_expected(why, value, "two times of day such as 06:00-23:00");
}

bool
option_parse_colour(const struct option *option, const char *value,
                    void *member, char why[OPTION_WHY_MAX]) {
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    size_t length = strlen(value);
    uint32_t colour = 0;

    (void)option;
    if (value[0] != '#' || (length != 4 && length != 7) ||
        strspn(value + 1, digits) != length - 1) {
        return option_expected(why, value, "a colour such as #ff8800");
    }
    for (const char *p = value + 1; *p != '\0'; p++) {
        uint32_t digit = (uint32_t)(strchr(digits, *p) - digits) & 15;

        colour = colour << 4 | digit;
        if (length == 4) {
            colour = colour << 4 | digit;
        }
    }
    *(uint32_t *)member = colour;
    return true;
}
