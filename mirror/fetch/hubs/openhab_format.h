/*
 * A value as its item's pattern wants it shown. Patterns are Java formats from
 * outside: they are read here, never handed to printf().
 */
#ifndef MIRROR_FETCH_HUBS_OPENHAB_FORMAT_H
#define MIRROR_FETCH_HUBS_OPENHAB_FORMAT_H

#include "fetch/hubs/hub_item.h"

enum {
    OPENHAB_PATTERN_MAX = 128, /* bytes; a longer pattern is not followed */
    OPENHAB_WIDTH_MAX = 32,    /* of one conversion */
    OPENHAB_DECIMALS_MAX = 9,
};

/*
 * Writes `value` by `pattern` into `text`: %d %.Nf %s %S %unit% %% %n and the
 * usual %1$tX of dates in the system's zone, with Java's flags 0 + - , and a
 * width. Returns false, with `text` untouched, for a pattern that cannot be
 * followed (a transformation "MAP(x):%s", an unknown conversion, a number
 * asked of a text) and for one whose result does not fit.
 */
bool
openhab_format(const char *pattern, const struct hub_value *value, char *text,
               size_t size);

/*
 * What to show of a state: the server's own `display` if it sent one, else the
 * label of the matching option ("value\0label\0value\0label\0\0", or NULL),
 * else the pattern's result ("" for none), else the state as it is.
 * Cleaned and trimmed. NULL and UNDEF show as "" unless the server transforms
 * them.
 */
void
openhab_show(const struct hub_value *value, const char *display,
             const char *options, const char *pattern, char *text, size_t size);

#endif
