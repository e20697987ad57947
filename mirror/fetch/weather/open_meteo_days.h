/* The days of an Open-Meteo reply: their dates, their pictures, their sun. */
#ifndef MIRROR_FETCH_WEATHER_OPEN_METEO_DAYS_H
#define MIRROR_FETCH_WEATHER_OPEN_METEO_DAYS_H

#include <stdbool.h>

#include "fetch/weather/open_meteo_block.h"
#include "model/weather.h"

/* Fills the zeroed days of `weather`, whose hours are read. Returns false, with
 * the reason in reader->why, for an unknown unit. */
bool
open_meteo_read_days(struct open_meteo_reader *reader,
                     struct record_weather *weather);

#endif
