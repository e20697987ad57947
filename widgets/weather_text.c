/* The weather's numbers in the units somebody chose. */
#include <math.h>
#include <stdio.h>

#include "common/str.h"
#include "widgets/weather.h"

/* a narrow no-break space, between a number and its unit */
#define NARROW "\u202f"

const char *
weather_temp(const struct weather_view *v, double temp_c, char *to,
             size_t size) {
    char number[32];
    double shown = v->o->temperature == TEMP_F ? temp_c * 9 / 5 + 32 : temp_c;

    lang_number(v->p->lang, shown, 0, number, sizeof number);
    snprintf(to, size, "%s%s", number, isnan(shown) ? "" : "°");
    return to;
}

/* Lower bounds of 1 to 12, m/s: WMO, Manual on Codes, table 1100. */
int
weather_beaufort(double wind_ms) {
    static const double bounds[] = {0.3,  1.6,  3.4,  5.5,  8.0,  10.8,
                                    13.9, 17.2, 20.8, 24.5, 28.5, 32.7};
    int force = 0;

    while (force < 12 && wind_ms >= bounds[force]) {
        force++;
    }
    return force;
}

const char *
weather_wind(const struct weather_view *v, double wind_ms, char *to,
             size_t size) {
    static const struct {
        double factor;
        const char *unit;
    } units[] = {
        [WIND_MS] = {1.0, "m/s"},       [WIND_KMH] = {3.6, "km/h"},
        [WIND_MPH] = {2.236936, "mph"}, [WIND_KN] = {1.943844, "kn"},
        [WIND_BFT] = {1.0, "Bft"},
    };
    int unit = v->o->wind_unit;
    double shown = wind_ms * units[unit].factor;
    char number[32];

    if (unit == WIND_BFT && !isnan(wind_ms)) {
        shown = weather_beaufort(wind_ms);
    }
    lang_number(v->p->lang, shown, 0, number, sizeof number);
    snprintf(to, size, "%s" NARROW "%s", number, units[unit].unit);
    return to;
}

const char *
weather_amount(const struct weather_view *v, double precip_mm, char *to,
               size_t size) {
    bool inches = v->o->precipitation == PRECIP_IN;
    double shown = inches ? precip_mm / 25.4 : precip_mm;
    int decimals = inches ? 2 : (precip_mm < 1.0 ? 1 : 0);
    char number[32];

    lang_number(v->p->lang, shown, decimals, number, sizeof number);
    snprintf(to, size, "%s" NARROW "%s", number, inches ? "in" : "mm");
    return to;
}

const char *
weather_hour_label(const struct weather_view *v, int64_t utc_s, char *to,
                   size_t size) {
    struct calendar at = calendar_at(utc_s, NULL);

    return lang_hour(v->p->lang, &at, v->p->clock_12, to, size);
}

const char *
weather_when(const struct weather_view *v, int64_t utc_s, char *to,
             size_t size) {
    struct calendar at = calendar_at(utc_s, NULL);
    char time[WEATHER_TEXT_MAX];

    lang_time(v->p->lang, &at, v->p->clock_12, time, sizeof time);
    if (calendar_compare(at.date, v->now.date) == 0) {
        str_copy(to, size, time);
    } else {
        snprintf(to, size, "%s %s", lang_weekday(v->p->lang, at.weekday, true),
                 time);
    }
    return to;
}

int
weather_sector(double from_deg) {
    if (isnan(from_deg)) {
        return -1;
    }
    return (int)floor((from_deg + 22.5) / 45.0) % 8;
}
