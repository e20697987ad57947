/* Numbers, times, dates and ages in the words of a language. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/str.h"
#include "render/lang.h"

enum {
    NUMBER_MAX = 64,
    DECIMALS_MAX = 9,
    AGE_AS_HOURS_S = 3600,
    AGE_AS_DAYS_S = 48 * 3600,
};

/* Nothing that a home measures is larger; up to here the rounding below has
 * digits to spare. */
static const double number_limit = 1e12;

const char *
lang_number(const struct lang *lang, double value, int decimals, char *to,
            size_t size) {
    double scale;
    double rounded;
    char digits[NUMBER_MAX];
    const char *minus;
    char *point;

    if (!(fabs(value) < number_limit)) { /* NaN too */
        str_copy(to, size, "–");
        return to;
    }
    decimals = decimals < 0              ? 0
               : decimals > DECIMALS_MAX ? DECIMALS_MAX
                                         : decimals;
    /* Half away from zero, also where the half has no exact binary form. */
    scale = pow(10, decimals);
    rounded = floor(fabs(value) * scale * (1 + 4 * DBL_EPSILON) + 0.5) / scale;
    minus = value < 0 && rounded > 0 ? "−" : "";
    if (decimals == 0) { /* nearly all, and a double takes long to print */
        snprintf(to, size, "%s%lld", minus, (long long)rounded);
        return to;
    }
    snprintf(digits, sizeof digits, "%.*f", decimals, rounded);
    point = strchr(digits, '.');
    *point = '\0';
    snprintf(to, size, "%s%s%s%s", minus, digits,
             lang_text(lang, LANG_DECIMAL_MARK), point + 1);
    return to;
}

static const char *
format_time(const struct lang *lang, enum lang_key key, bool clock_12,
            const struct calendar *at, char *to, size_t size) {
    char hour[16];
    char minute[16];
    const struct lang_arg args[] = {
        {"hour", hour},
        {"minute", minute},
        {"half", lang_text(lang, at->hour < 12 ? LANG_AM : LANG_PM)},
        {NULL, NULL},
    };

    if (clock_12) {
        snprintf(hour, sizeof hour, "%d", (at->hour + 11) % 12 + 1);
    } else {
        snprintf(hour, sizeof hour, "%02d", at->hour);
    }
    snprintf(minute, sizeof minute, "%02d", at->minute);
    return lang_format(lang, key, args, to, size);
}

const char *
lang_time(const struct lang *lang, const struct calendar *at, bool clock_12,
          char *to, size_t size) {
    return format_time(lang, clock_12 ? LANG_TIME_12 : LANG_TIME_24, clock_12,
                       at, to, size);
}

const char *
lang_hour(const struct lang *lang, const struct calendar *at, bool clock_12,
          char *to, size_t size) {
    if (!clock_12) {
        snprintf(to, size, "%02d", at->hour);
        return to;
    }
    return format_time(lang, LANG_HOUR_12, true, at, to, size);
}

const char *
lang_weekday(const struct lang *lang, int weekday, bool shortened) {
    int first = shortened ? LANG_MONDAY_SHORT : LANG_MONDAY;

    return lang_text(lang, (enum lang_key)(first + weekday));
}

static const char *
format_date(const struct lang *lang, enum lang_key key,
            const struct calendar *at, char *to, size_t size) {
    bool shortened = key != LANG_DATE_LONG;
    int first = shortened ? LANG_JANUARY_SHORT : LANG_JANUARY;
    int month = first + at->date.month - 1;
    char day[16], year[16];
    const struct lang_arg args[] = {
        {"weekday", lang_weekday(lang, at->weekday, shortened)},
        {"day", day},
        {"month", lang_text(lang, (enum lang_key)month)},
        {"year", year},
        {NULL, NULL},
    };

    if (at->date.day == 1) { /* "1er" in French */
        str_copy(day, sizeof day, lang_text(lang, LANG_DAY_ONE));
    } else {
        snprintf(day, sizeof day, "%d", at->date.day);
    }
    snprintf(year, sizeof year, "%d", at->date.year);
    return lang_format(lang, key, args, to, size);
}

const char *
lang_date(const struct lang *lang, const struct calendar *at, bool shortened,
          char *to, size_t size) {
    return format_date(lang, shortened ? LANG_DATE_SHORT : LANG_DATE_LONG, at,
                       to, size);
}

const char *
lang_date_year(const struct lang *lang, const struct calendar *at, char *to,
               size_t size) {
    return format_date(lang, LANG_DATE_YEAR, at, to, size);
}

const char *
lang_age(const struct lang *lang, int64_t age_s, char *to, size_t size) {
    enum lang_key key = LANG_AGE_MINUTES;
    int64_t count = age_s / 60;
    char number[NUMBER_MAX];
    const struct lang_arg args[] = {{"n", number}, {NULL, NULL}};

    if (age_s < 0 || count == 0) {
        str_copy(to, size,
                 lang_text(lang, age_s < 0 ? LANG_AGE_UNKNOWN
                                           : LANG_AGE_UNDER_MINUTE));
        return to;
    }
    if (age_s >= AGE_AS_DAYS_S) {
        key = LANG_AGE_DAYS;
        count = age_s / 86400;
    } else if (age_s >= AGE_AS_HOURS_S) {
        key = LANG_AGE_HOURS;
        count = age_s / 3600;
    }
    snprintf(number, sizeof number, "%lld", (long long)count);
    return lang_format(lang, key, args, to, size);
}
