/*
 * The parsers behind option_parse(), one per type. Each reads `value` into the
 * member, or leaves it alone and fills `why`. Private to option*.c.
 */
#ifndef MIRROR_COMMON_OPTION_TYPES_H
#define MIRROR_COMMON_OPTION_TYPES_H

#include "common/log.h"
#include "common/option.h"

typedef bool (*option_parse_fn)(const struct option *option, const char *value,
                                void *member, char why[OPTION_WHY_MAX]);

/* Fills `why` with "expected <fmt>, got '<value>'" and returns false. */
bool
option_expected(char why[OPTION_WHY_MAX], const char *value, const char *fmt,
                ...) PRINTF_LIKE(3, 4);

/* Numbers and quantities: option_number.c */
bool
option_parse_int(const struct option *option, const char *value, void *member,
                 char why[OPTION_WHY_MAX]);
bool
option_parse_real(const struct option *option, const char *value, void *member,
                  char why[OPTION_WHY_MAX]);
bool
option_parse_length(const struct option *option, const char *value,
                    void *member, char why[OPTION_WHY_MAX]);
bool
option_parse_duration(const struct option *option, const char *value,
                      void *member, char why[OPTION_WHY_MAX]);
bool
option_parse_location(const struct option *option, const char *value,
                      void *member, char why[OPTION_WHY_MAX]);
bool
option_parse_hours(const struct option *option, const char *value, void *member,
                   char why[OPTION_WHY_MAX]);
bool
option_parse_colour(const struct option *option, const char *value,
                    void *member, char why[OPTION_WHY_MAX]);

/* The range of a number or quantity, in the units it is typed in; false for
 * other types and where there is no range. */
bool
option_print_range(const struct option *option, char *text, size_t size);

/* Texts and names: option_text.c */
bool
option_parse_text(const struct option *option, const char *value, void *member,
                  char why[OPTION_WHY_MAX]);
bool
option_parse_name(const struct option *option, const char *value, void *member,
                  char why[OPTION_WHY_MAX]);
bool
option_parse_item(const struct option *option, const char *value, void *member,
                  char why[OPTION_WHY_MAX]);
bool
option_parse_items(const struct option *option, const char *value, void *member,
                   char why[OPTION_WHY_MAX]);
bool
option_parse_words(const struct option *option, const char *value, void *member,
                   char why[OPTION_WHY_MAX]);
bool
option_parse_networks(const struct option *option, const char *value,
                      void *member, char why[OPTION_WHY_MAX]);
bool
option_parse_url(const struct option *option, const char *value, void *member,
                 char why[OPTION_WHY_MAX]);
bool
option_parse_zone(const struct option *option, const char *value, void *member,
                  char why[OPTION_WHY_MAX]);

#endif
