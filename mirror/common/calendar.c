#include "common/calendar.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/str.h"
#include "common/xalloc.h"

#define ZONE_FOLDER "/usr/share/zoneinfo"

enum {
    DAY_S = 86400,
    ZONE_MAX = 64,
    YEAR_MIN = 2000,
    YEAR_MAX = 2100,
};

/* The time zone of the process, put aside while another one is asked. */
struct zone_switch {
    bool had_zone;
    char zone[256];
};

static void
zone_enter(struct zone_switch *aside, const char *zone) {
    const char *own = getenv("TZ");

    aside->had_zone = own != NULL;
    str_copy(aside->zone, sizeof aside->zone, own != NULL ? own : "");
    setenv("TZ", zone, 1);
    tzset();
}

static void
zone_leave(const struct zone_switch *aside) {
    if (aside->had_zone) {
        setenv("TZ", aside->zone, 1);
    } else {
        unsetenv("TZ");
    }
    tzset();
}

static struct calendar
calendar_from_tm(const struct tm *tm) {
    return (struct calendar){
        .date = {.year = (int16_t)(tm->tm_year + 1900),
                 .month = (uint8_t)(tm->tm_mon + 1),
                 .day = (uint8_t)tm->tm_mday},
        .hour = tm->tm_hour,
        .minute = tm->tm_min,
        .second = tm->tm_sec,
        .weekday = (tm->tm_wday + 6) % 7,
        .utc_offset = (int)tm->tm_gmtoff,
    };
}

/* Years that a calendar_date can hold, with a day to spare at both ends. */
static time_t
clamp_time(int64_t utc_s) {
    static const int64_t first_s = -62135510400; /* 0001-01-02 */
    static const int64_t last_s = 253402214400;  /* 9999-12-31 */

    if (utc_s < first_s) {
        return (time_t)first_s;
    }
    return (time_t)(utc_s > last_s ? last_s : utc_s);
}

static struct calendar
calendar_here(int64_t utc_s) {
    time_t time = clamp_time(utc_s);
    struct tm tm = {0};

    localtime_r(&time, &tm);
    return calendar_from_tm(&tm);
}

struct calendar
calendar_at(int64_t utc_s, const char *zone) {
    struct zone_switch aside;
    struct calendar calendar;

    errno = 0;
    if (zone == NULL) {
        calendar = calendar_here(utc_s);
    } else {
        /* Or "Abc5" would be taken for a rule of POSIX. */
        zone_enter(&aside, calendar_zone_known(zone) ? zone : "UTC0");
        calendar = calendar_here(utc_s);
        zone_leave(&aside);
    }
    xalloc_check(); /* a zone that was not read is UTC, and stays so */
    return calendar;
}

/* A name that stays inside tzdata's folder. */
static bool
zone_name_ok(const char *zone) {
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789/_+-";
    size_t length = strlen(zone);

    return length > 0 && length < ZONE_MAX && zone[0] != '/' &&
           strspn(zone, allowed) == length;
}

bool
calendar_zone_known(const char *zone) {
    const char *folder = getenv("TZDIR");
    char magic[4] = {0}; /* RFC 8536, 3.1 */
    char path[512];
    FILE *file;
    bool known;

    if (!zone_name_ok(zone)) {
        return false;
    }
    snprintf(path, sizeof path, "%s/%s", folder != NULL ? folder : ZONE_FOLDER,
             zone);
    file = fopen(path, "rbe");
    if (file == NULL) {
        return false;
    }
    known = fread(magic, sizeof magic, 1, file) == 1 &&
            memcmp(magic, "TZif", sizeof magic) == 0;
    fclose(file);
    return known;
}

static bool
begun(int64_t utc_s, struct calendar_date date) {
    return calendar_compare(calendar_here(utc_s).date, date) >= 0;
}

int64_t
calendar_midnight(struct calendar_date date) {
    /* No zone was ever more than 16 hours from Greenwich. Where the clocks go
     * forward at midnight the day begins at 01:00, and then the border is
     * searched rather than computed. */
    int64_t as_utc_s = calendar_days(date) * DAY_S;
    int64_t before_s = as_utc_s - 16 * 3600;
    int64_t within_s = as_utc_s + 16 * 3600;
    int64_t guess_s = as_utc_s - calendar_here(as_utc_s).utc_offset;

    if (begun(guess_s, date) && !begun(guess_s - 1, date)) {
        return guess_s;
    }
    while (within_s - before_s > 1) {
        int64_t middle_s = before_s + (within_s - before_s) / 2;

        if (begun(middle_s, date)) {
            within_s = middle_s;
        } else {
            before_s = middle_s;
        }
    }
    return within_s;
}

/* Takes exactly `count` digits off `*text`. */
static bool
take_digits(const char **text, int count, int *ret_value) {
    int value = 0;

    for (int i = 0; i < count; i++) {
        char c = (*text)[i];

        if (c < '0' || c > '9') {
            return false;
        }
        value = value * 10 + (c - '0');
    }
    *text += count;
    *ret_value = value;
    return true;
}

static bool
take_char(const char **text, char wanted) {
    if (**text != wanted) {
        return false;
    }
    (*text)++;
    return true;
}

static bool
take_date(const char **text, struct calendar_date *ret_date) {
    struct calendar_date date;
    int year, month, day;

    if (!take_digits(text, 4, &year) || !take_char(text, '-') ||
        !take_digits(text, 2, &month) || !take_char(text, '-') ||
        !take_digits(text, 2, &day) || year < YEAR_MIN || year > YEAR_MAX ||
        month < 1 || month > 12 || day < 1 || day > 31) {
        return false;
    }
    date = (struct calendar_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    if (calendar_compare(calendar_from_days(calendar_days(date)), date) != 0) {
        return false; /* 31 April */
    }
    *ret_date = date;
    return true;
}

/* "07:12", "07:12:30", "07:12:30.5": seconds of the day. A leap second
 * (RFC 3339, 5.7) reads as the second after it. */
static bool
take_time(const char **text, int64_t *ret_s) {
    int hour, minute;
    int second = 0;

    if (!take_digits(text, 2, &hour) || !take_char(text, ':') ||
        !take_digits(text, 2, &minute) || hour > 23 || minute > 59) {
        return false;
    }
    if (take_char(text, ':')) {
        if (!take_digits(text, 2, &second) || second > 60) {
            return false;
        }
        if (take_char(text, '.')) {
            size_t digits = strspn(*text, "0123456789");

            *text += digits;
            if (digits == 0) {
                return false;
            }
        }
    }
    *ret_s = (int64_t)hour * 3600 + minute * 60 + second;
    return true;
}

/* "2026-01-31T07:12:00" as if it were UTC. */
static bool
take_date_time(const char **text, int64_t *ret_s) {
    struct calendar_date date;
    int64_t time_s;

    if (!take_date(text, &date) ||
        (!take_char(text, 'T') && !take_char(text, 't') &&
         !take_char(text, ' ')) ||
        !take_time(text, &time_s)) {
        return false;
    }
    *ret_s = calendar_days(date) * DAY_S + time_s;
    return true;
}

/* "Z", "+01:00", "-0330": seconds east of Greenwich. */
static bool
take_offset(const char **text, int64_t *ret_s) {
    int sign = 1;
    int hours, minutes;

    if (take_char(text, 'Z') || take_char(text, 'z')) {
        *ret_s = 0;
        return true;
    }
    if (take_char(text, '-')) {
        sign = -1;
    } else if (!take_char(text, '+')) {
        return false;
    }
    if (!take_digits(text, 2, &hours)) {
        return false;
    }
    take_char(text, ':');
    if (!take_digits(text, 2, &minutes) || hours > 23 || minutes > 59) {
        return false;
    }
    *ret_s = (int64_t)sign * (hours * 3600 + minutes * 60);
    return true;
}

/* What a clock on the wall means by `local_s`. The offset a day before and a
 * day after are the only two it can have; a time that the clocks skip moves
 * on with them. */
static int64_t
local_to_utc(int64_t local_s) {
    int64_t early_s = local_s - calendar_here(local_s - DAY_S).utc_offset;
    int64_t late_s = local_s - calendar_here(local_s + DAY_S).utc_offset;

    if (early_s + calendar_here(early_s).utc_offset != local_s &&
        late_s + calendar_here(late_s).utc_offset == local_s) {
        return late_s;
    }
    return early_s;
}

bool
calendar_parse_local(const char *text, int64_t *ret_utc_s) {
    int64_t local_s;

    if (!take_date_time(&text, &local_s) || *text != '\0') {
        return false;
    }
    *ret_utc_s = local_to_utc(local_s);
    return true;
}

/* New Year elsewhere may be another year in UTC. */
static bool
year_ok(int64_t utc_s) {
    int year = calendar_from_days(utc_s / DAY_S).year;

    return year >= YEAR_MIN && year <= YEAR_MAX;
}

bool
calendar_parse_time(const char *text, int64_t *ret_utc_s) {
    int64_t local_s, offset_s, utc_s;

    if (!take_date_time(&text, &local_s)) {
        return false;
    }
    if (*text == '\0') {
        utc_s = local_to_utc(local_s);
    } else if (take_offset(&text, &offset_s) && *text == '\0') {
        utc_s = local_s - offset_s;
    } else {
        return false;
    }
    if (!year_ok(utc_s)) {
        return false;
    }
    *ret_utc_s = utc_s;
    return true;
}

bool
calendar_parse_date(const char *text, struct calendar_date *ret_date) {
    struct calendar_date date;

    if (!take_date(&text, &date) || *text != '\0') {
        return false;
    }
    *ret_date = date;
    return true;
}
