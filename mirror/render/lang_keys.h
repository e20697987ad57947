/*
 * Every word on the screen: one line here, one line in each file of
 * mirror/lang/. The name in the files is the second column. Months and days
 * stand in their order: code counts on from the first.
 */
#ifndef MIRROR_RENDER_LANG_KEYS_H
#define MIRROR_RENDER_LANG_KEYS_H

/* X(enum, name in the file) */
#define LANG_KEYS(X)                                                           \
    X(LANG_DIRECTION, "direction")                                             \
    X(LANG_DECIMAL_MARK, "decimal_mark")                                       \
    X(LANG_TIME_24, "time_24")                                                 \
    X(LANG_TIME_12, "time_12")                                                 \
    X(LANG_AM, "am")                                                           \
    X(LANG_PM, "pm")                                                           \
    X(LANG_DATE_LONG, "date_long")                                             \
    X(LANG_DATE_SHORT, "date_short")                                           \
    X(LANG_JANUARY, "january")                                                 \
    X(LANG_FEBRUARY, "february")                                               \
    X(LANG_MARCH, "march")                                                     \
    X(LANG_APRIL, "april")                                                     \
    X(LANG_MAY, "may")                                                         \
    X(LANG_JUNE, "june")                                                       \
    X(LANG_JULY, "july")                                                       \
    X(LANG_AUGUST, "august")                                                   \
    X(LANG_SEPTEMBER, "september")                                             \
    X(LANG_OCTOBER, "october")                                                 \
    X(LANG_NOVEMBER, "november")                                               \
    X(LANG_DECEMBER, "december")                                               \
    X(LANG_JANUARY_SHORT, "january_short")                                     \
    X(LANG_FEBRUARY_SHORT, "february_short")                                   \
    X(LANG_MARCH_SHORT, "march_short")                                         \
    X(LANG_APRIL_SHORT, "april_short")                                         \
    X(LANG_MAY_SHORT, "may_short")                                             \
    X(LANG_JUNE_SHORT, "june_short")                                           \
    X(LANG_JULY_SHORT, "july_short")                                           \
    X(LANG_AUGUST_SHORT, "august_short")                                       \
    X(LANG_SEPTEMBER_SHORT, "september_short")                                 \
    X(LANG_OCTOBER_SHORT, "october_short")                                     \
    X(LANG_NOVEMBER_SHORT, "november_short")                                   \
    X(LANG_DECEMBER_SHORT, "december_short")                                   \
    X(LANG_MONDAY, "monday")                                                   \
    X(LANG_TUESDAY, "tuesday")                                                 \
    X(LANG_WEDNESDAY, "wednesday")                                             \
    X(LANG_THURSDAY, "thursday")                                               \
    X(LANG_FRIDAY, "friday")                                                   \
    X(LANG_SATURDAY, "saturday")                                               \
    X(LANG_SUNDAY, "sunday")                                                   \
    X(LANG_MONDAY_SHORT, "monday_short")                                       \
    X(LANG_TUESDAY_SHORT, "tuesday_short")                                     \
    X(LANG_WEDNESDAY_SHORT, "wednesday_short")                                 \
    X(LANG_THURSDAY_SHORT, "thursday_short")                                   \
    X(LANG_FRIDAY_SHORT, "friday_short")                                       \
    X(LANG_SATURDAY_SHORT, "saturday_short")                                   \
    X(LANG_SUNDAY_SHORT, "sunday_short")                                       \
    X(LANG_AGE_UNDER_MINUTE, "age_under_minute")                               \
    X(LANG_AGE_MINUTES, "age_minutes")                                         \
    X(LANG_AGE_HOURS, "age_hours")                                             \
    X(LANG_AGE_DAYS, "age_days")                                               \
    X(LANG_AGE_UNKNOWN, "age_unknown")                                         \
    X(LANG_TODAY, "today")                                                     \
    X(LANG_TOMORROW, "tomorrow")

enum lang_key {
#define LANG_ENUM(id, name) id,
    LANG_KEYS(LANG_ENUM)
#undef LANG_ENUM
        LANG_KEY_END,
};

#endif
