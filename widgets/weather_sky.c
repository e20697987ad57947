/* From what the sky does to one icon of Material Design Icons. */
#include <math.h>

#include "common/sun.h"
#include "widgets/weather.h"

/* Day and night; `shower` for showers of levels 1 and 2, `heavy` for 3. */
struct icon_row {
    const char *day, *night;
    const char *shower_day, *shower_night;
    const char *heavy;
};

static const struct icon_row icon_rows[WEATHER_KIND_END] = {
    [WEATHER_UNKNOWN] = {.day = "help-circle-outline"},
    [WEATHER_CLEAR] = {.day = "weather-sunny", .night = "weather-night"},
    [WEATHER_MOSTLY] = {.day = "weather-sunny", .night = "weather-night"},
    [WEATHER_PARTLY] = {.day = "weather-partly-cloudy",
                        .night = "weather-night-partly-cloudy"},
    [WEATHER_OVERCAST] = {.day = "weather-cloudy"},
    [WEATHER_HAZE] = {.day = "weather-hazy", .night = "weather-fog"},
    [WEATHER_FOG] = {.day = "weather-fog"},
    [WEATHER_DUST] = {.day = "weather-dust"},
    [WEATHER_DRIZZLE] = {.day = "weather-rainy",
                         .shower_day = "weather-partly-rainy",
                         .shower_night = "weather-rainy",
                         .heavy = "weather-pouring"},
    [WEATHER_FREEZING_DRIZZLE] = {.day = "weather-snowy-rainy"},
    [WEATHER_RAIN] = {.day = "weather-rainy",
                      .shower_day = "weather-partly-rainy",
                      .shower_night = "weather-rainy",
                      .heavy = "weather-pouring"},
    [WEATHER_FREEZING_RAIN] = {.day = "weather-snowy-rainy"},
    [WEATHER_SLEET] = {.day = "weather-snowy-rainy",
                       .shower_day = "weather-partly-snowy-rainy",
                       .shower_night = "weather-snowy-rainy"},
    [WEATHER_SNOW] = {.day = "weather-snowy",
                      .shower_day = "weather-partly-snowy",
                      .shower_night = "weather-snowy",
                      .heavy = "weather-snowy-heavy"},
    [WEATHER_HAIL] = {.day = "weather-hail"},
    [WEATHER_THUNDER] = {.day = "weather-lightning-rainy"},
    [WEATHER_SQUALL] = {.day = "weather-windy"},
    [WEATHER_TORNADO] = {.day = "weather-tornado"},
};

static const char *
thunder_icon(struct weather_sky sky, bool is_day) {
    if ((sky.flags & WEATHER_DRY) != 0) {
        return "weather-lightning";
    }
    if ((sky.flags & WEATHER_SHOWER) != 0 && sky.level <= 1) {
        return is_day ? "weather-partly-lightning" : "weather-lightning";
    }
    return "weather-lightning-rainy";
}

const char *
weather_icon(struct weather_sky sky, bool is_day) {
    const struct icon_row *row;

    if (sky.kind >= WEATHER_KIND_END) {
        sky.kind = WEATHER_UNKNOWN;
    }
    row = &icon_rows[sky.kind];
    if (sky.kind == WEATHER_THUNDER) {
        return thunder_icon(sky, is_day);
    }
    if (sky.level >= 3 && row->heavy != NULL) {
        return row->heavy;
    }
    if ((sky.flags & WEATHER_SHOWER) != 0 && row->shower_day != NULL) {
        return is_day ? row->shower_day : row->shower_night;
    }
    return is_day || row->night == NULL ? row->day : row->night;
}

bool
weather_is_day(const struct weather_view *v, struct weather_sky sky,
               int64_t utc_s) {
    double latitude = v->p->latitude_deg, longitude = v->p->longitude_deg;

    if (sky.is_day != WEATHER_DAY_UNKNOWN) {
        return sky.is_day != 0;
    }
    if (isnan(latitude) || isnan(longitude)) {
        latitude = v->record->latitude_deg;
        longitude = v->record->longitude_deg;
    }
    if (isnan(latitude) || isnan(longitude)) {
        return true;
    }
    return sun_altitude_deg(utc_s, latitude, longitude) > SUN_HORIZON_DEG;
}
