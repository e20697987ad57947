/*
 * Weather codes as numbers of WMO table 4677 ("ww", present weather), as
 * Open-Meteo computes them and as a station behind a hub may send them.
 */
#ifndef MIRROR_FETCH_WEATHER_WMO_CODES_H
#define MIRROR_FETCH_WEATHER_WMO_CODES_H

#include <stdbool.h>
#include <stdint.h>

#include "model/weather.h"

/*
 * What `code` means; whether it is day is left open. Codes 0 to 3 are read as
 * Open-Meteo reads them, as cloud cover. Returns false, with an unknown sky,
 * for what is no code.
 */
bool
wmo_sky(int64_t code, struct weather_sky *ret_sky);

#endif
