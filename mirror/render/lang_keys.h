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
    X(LANG_HOUR_12, "hour_12")                                                 \
    X(LANG_AM, "am")                                                           \
    X(LANG_PM, "pm")                                                           \
    X(LANG_DAY_ONE, "day_one")                                                 \
    X(LANG_DATE_LONG, "date_long")                                             \
    X(LANG_DATE_SHORT, "date_short")                                           \
    X(LANG_DATE_YEAR, "date_year")                                             \
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
    X(LANG_NOTICE_CONFIG, "notice_config")                                     \
    X(LANG_NOTICE_CONFIG_LINE, "notice_config_line")                           \
    X(LANG_NOTICE_NO_CONFIG, "notice_no_config")                               \
    X(LANG_NOTICE_FETCHER, "notice_fetcher")                                   \
    X(LANG_NOTICE_OFFLINE, "notice_offline")                                   \
    X(LANG_NOTICE_REFUSED, "notice_refused")                                   \
    X(LANG_NOTICE_CERTIFICATE, "notice_certificate")                           \
    X(LANG_NOTICE_NO_CLOCK, "notice_no_clock")                                 \
    X(LANG_NOTICE_BAD_REPLY, "notice_bad_reply")                               \
    X(LANG_NOTICE_TOO_BIG, "notice_too_big")                                   \
    X(LANG_NOTICE_LIMIT, "notice_limit")                                       \
    X(LANG_NOTICE_SOURCE_CONFIG, "notice_source_config")                       \
    X(LANG_NOTICE_LOW_POWER, "notice_low_power")                               \
    X(LANG_NOTICE_HOT, "notice_hot")                                           \
    X(LANG_NOTICE_FONTS, "notice_fonts")                                       \
    X(LANG_SOURCE_HUB, "source_hub")                                           \
    X(LANG_SOURCE_WEATHER, "source_weather")                                   \
    X(LANG_TODAY, "today")                                                     \
    X(LANG_TOMORROW, "tomorrow")                                               \
    X(LANG_DAY_TODAY, "day_today")                                             \
    X(LANG_MORE, "more")                                                       \
    X(LANG_SINCE, "since")                                                     \
    X(LANG_CLOCK_NOT_SET, "clock_not_set")                                     \
    X(LANG_WEEK, "week")                                                       \
    X(LANG_OVERDUE, "overdue")                                                 \
    X(LANG_TODO_DONE, "todo_done")                                             \
    X(LANG_TODO_NOTHING, "todo_nothing")                                       \
    X(LANG_TODO_NONE, "todo_none")                                             \
    X(LANG_LIGHTS, "lights")                                                   \
    X(LANG_LIGHTS_NONE, "lights_none")                                         \
    X(LANG_LIGHTS_ALL_OFF, "lights_all_off")                                   \
    X(LANG_LIGHTS_ELSEWHERE, "lights_elsewhere")                               \
    X(LANG_LIGHT_UNKNOWN, "light_unknown")                                     \
    X(LANG_LIGHT_UNREACHABLE, "light_unreachable")                             \
    X(LANG_VALUES_NONE, "values_none")                                         \
    X(LANG_WEATHER_NONE, "weather_none")                                       \
    X(LANG_WEATHER_SINCE, "weather_since")                                     \
    X(LANG_WEATHER_FROM, "weather_from")                                       \
    X(LANG_FEELS_LIKE, "feels_like")                                           \
    X(LANG_TONIGHT, "tonight")                                                 \
    X(LANG_PRECIP_RAIN, "precip_rain")                                         \
    X(LANG_PRECIP_SNOW, "precip_snow")                                         \
    X(LANG_PRECIP_SLEET, "precip_sleet")                                       \
    X(LANG_PRECIP_FREEZING, "precip_freezing")                                 \
    X(LANG_PRECIP_HAIL, "precip_hail")                                         \
    X(LANG_PRECIP_THUNDER, "precip_thunder")                                   \
    X(LANG_PRECIP_IN, "precip_in")                                             \
    X(LANG_PRECIP_NOW, "precip_now")                                           \
    X(LANG_PRECIP_UNTIL, "precip_until")                                       \
    X(LANG_PRECIP_UNTIL_ABOUT, "precip_until_about")                           \
    X(LANG_PRECIP_AT, "precip_at")                                             \
    X(LANG_PRECIP_ABOUT, "precip_about")                                       \
    X(LANG_DRY_UNTIL, "dry_until")                                             \
    X(LANG_DRY_UNTIL_ABOUT, "dry_until_about")                                 \
    X(LANG_SUN_STAYS_DOWN, "sun_stays_down")                                   \
    X(LANG_SUN_STAYS_UP, "sun_stays_up")                                       \
    X(LANG_GUSTS, "gusts")                                                     \
    X(LANG_UV, "uv")                                                           \
    X(LANG_ICE, "ice")                                                         \
    X(LANG_ALERT_UNTIL, "alert_until")                                         \
    X(LANG_ALERT_FROM, "alert_from")                                           \
    X(LANG_WIND_N, "wind_n")                                                   \
    X(LANG_WIND_NE, "wind_ne")                                                 \
    X(LANG_WIND_E, "wind_e")                                                   \
    X(LANG_WIND_SE, "wind_se")                                                 \
    X(LANG_WIND_S, "wind_s")                                                   \
    X(LANG_WIND_SW, "wind_sw")                                                 \
    X(LANG_WIND_W, "wind_w")                                                   \
    X(LANG_WIND_NW, "wind_nw")                                                 \
    X(LANG_STATE_OFFLINE, "state_offline")                                     \
    X(LANG_STATE_REFUSED, "state_refused")                                     \
    X(LANG_STATE_CERTIFICATE, "state_certificate")                             \
    X(LANG_STATE_NO_CLOCK, "state_no_clock")                                   \
    X(LANG_STATE_BAD_REPLY, "state_bad_reply")                                 \
    X(LANG_STATE_TOO_BIG, "state_too_big")                                     \
    X(LANG_STATE_LIMIT, "state_limit")                                         \
    X(LANG_STATE_CONFIG, "state_config")

enum lang_key {
#define LANG_ENUM(id, name) id,
    LANG_KEYS(LANG_ENUM)
#undef LANG_ENUM
        LANG_KEY_END,
};

#endif
