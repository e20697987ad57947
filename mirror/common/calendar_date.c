/* Dates without a clock: days, weekdays and weeks. */
#include "common/calendar.h"

/* Both ways after Howard Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms": years begin in March, so that the leap day is the last. */
int64_t
calendar_days(struct calendar_date date) {
    int64_t year = date.year - (date.month <= 2 ? 1 : 0);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t month = (date.month + 9) % 12;
    int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

struct calendar_date
calendar_from_days(int64_t days) {
    int64_t shifted = days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                           day_of_era / 146096) /
                          365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;

    return (struct calendar_date){
        .year = (int16_t)(year_of_era + era * 400 + (month >= 10 ? 1 : 0)),
        .month = (uint8_t)(month < 10 ? month + 3 : month - 9),
        .day = (uint8_t)(day_of_year - (153 * month + 2) / 5 + 1),
    };
}

int
calendar_compare(struct calendar_date a, struct calendar_date b) {
    if (a.year != b.year) {
        return a.year < b.year ? -1 : 1;
    }
    if (a.month != b.month) {
        return a.month < b.month ? -1 : 1;
    }
    return (a.day > b.day) - (a.day < b.day);
}

int
calendar_weekday(struct calendar_date date) {
    /* 1970-01-01 was a Thursday. */
    int64_t weekday = (calendar_days(date) + 3) % 7;

    return (int)(weekday < 0 ? weekday + 7 : weekday);
}

int
calendar_iso_week(struct calendar_date date) {
    /* A week belongs to the year of its Thursday. */
    int64_t thursday = calendar_days(date) - calendar_weekday(date) + 3;
    struct calendar_date first = {calendar_from_days(thursday).year, 1, 1};

    return (int)((thursday - calendar_days(first)) / 7) + 1;
}
