/*
 * Wall time to what a calendar shows. Time zones are the system's (tzdata);
 * arithmetic is on UTC seconds, never on local fields, so that a day may have
 * 23 or 25 hours.
 */
#ifndef MIRROR_COMMON_CALENDAR_H
#define MIRROR_COMMON_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

struct calendar_date {
    int16_t year;  /* 0: no date */
    uint8_t month; /* 1..12 */
    uint8_t day;   /* 1..31 */
};

struct calendar {
    struct calendar_date date;
    int hour, minute, second;
    int weekday;    /* 0 Monday .. 6 Sunday (ISO 8601 order) */
    int utc_offset; /* seconds east of Greenwich */
};

/* The local fields of `utc_s`. `zone` is a tzdata name ("Europe/Oslo") or NULL
 * for the system's own zone. An unknown zone reads as UTC: judge it with
 * calendar_zone_known() where it enters. */
struct calendar
calendar_at(int64_t utc_s, const char *zone);

/* Whether tzdata has `zone`; letters, digits and "/_+-" only. */
bool
calendar_zone_known(const char *zone);

/* UTC seconds of the first second of `date` in the system's zone, also where
 * that day does not begin at 00:00. */
int64_t
calendar_midnight(struct calendar_date date);

/* The UTC seconds of a local time as it is typed ("2026-01-31T07:12"); of two
 * that read alike in autumn, the first. Returns false for no such date. */
bool
calendar_parse_local(const char *text, int64_t *ret_utc_s);

/*
 * RFC 3339 and what hubs make of it: "2026-01-31T07:12:00.123456789+0100",
 * offset with or without colon or "Z", seconds and fraction optional. Without
 * an offset the time is local. Years outside 2000..2100 are refused, as it is
 * written and in UTC.
 */
bool
calendar_parse_time(const char *text, int64_t *ret_utc_s);

/* "2026-01-31"; the day has to exist. Years outside 2000..2100 are refused. */
bool
calendar_parse_date(const char *text, struct calendar_date *ret_date);

/* Days since 1970-01-01, and back (proleptic Gregorian). */
int64_t
calendar_days(struct calendar_date date);
struct calendar_date
calendar_from_days(int64_t days);

/* Below, at or above 0 as `a` is before, the same as or after `b`. */
int
calendar_compare(struct calendar_date a, struct calendar_date b);
int
calendar_weekday(struct calendar_date date); /* 0 Monday .. 6 Sunday */
int
calendar_iso_week(struct calendar_date date); /* ISO 8601, 1..53 */

#endif
