#include "fetch/http_date.h"

#include <stddef.h>
#include <time.h>

#include "common/calendar.h"

/* The programs keep the locale "C", so that the names are English. */
static const char *const forms[] = {
    "%a, %d %b %Y %H:%M:%S GMT", /* IMF-fixdate */
    "%A, %d-%b-%y %H:%M:%S GMT", /* RFC 850 */
    "%a %b %e %H:%M:%S %Y",      /* asctime() */
};

static bool
read_fields(const char *text, struct tm *ret_tm) {
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct tm tm = {0};
        const char *end = strptime(text, forms[i], &tm);

        if (end != NULL && *end == '\0') {
            *ret_tm = tm;
            return true;
        }
    }
    return false;
}

bool
http_date_parse(const char *text, int64_t *ret_utc_s) {
    struct calendar_date date;
    struct tm tm;

    if (!read_fields(text, &tm) || tm.tm_year > 9999 - 1900) {
        return false;
    }
    date =
        (struct calendar_date){(int16_t)(tm.tm_year + 1900),
                               (uint8_t)(tm.tm_mon + 1), (uint8_t)tm.tm_mday};
    if (calendar_compare(calendar_from_days(calendar_days(date)), date) != 0) {
        return false; /* 31 April */
    }
    *ret_utc_s = calendar_days(date) * 86400 + tm.tm_hour * 3600 +
                 tm.tm_min * 60 + tm.tm_sec;
    return true;
}
