/*
 * The weather source for Open-Meteo's forecast interface: the free service,
 * or a server of one's own on the LAN. Asks every quarter of an hour or so,
 * backs off where it has to, and never takes back what it once gave.
 */
#ifndef MIRROR_FETCH_WEATHER_OPEN_METEO_H
#define MIRROR_FETCH_WEATHER_OPEN_METEO_H

#include <stdbool.h>
#include <stddef.h>

#include "fetch/source.h"

extern const struct source_type open_meteo_source;

enum { OPEN_METEO_URL_MAX = 2048 };

/* The request for the settings' place, model and server. Returns false if it
 * does not fit. */
bool
open_meteo_url(const struct settings *settings, char *url, size_t size);

#endif
