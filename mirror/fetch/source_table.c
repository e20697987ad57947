#include <stddef.h>

#include "fetch/hubs/openhab.h"
#include "fetch/source.h"
#include "fetch/weather/open_meteo.h"

const struct source_type *const source_types[] = {
    &openhab_source,
    &open_meteo_source,
    NULL,
};
