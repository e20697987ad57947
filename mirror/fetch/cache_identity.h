/* From what a record was asked: with another config it is another's news. */
#ifndef MIRROR_FETCH_CACHE_IDENTITY_H
#define MIRROR_FETCH_CACHE_IDENTITY_H

#include "model/settings.h"

/*
 * A number for the settings that decide what this kind and name tells: the
 * hub's address and its items, the place and the provider of the weather. 0
 * if the settings ask for no such record.
 */
uint64_t
cache_identity(const struct settings *settings, enum record_kind kind,
               const char *name);

#endif
