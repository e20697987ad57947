/*
 * Options as data: a widget, a source or the screen lists what its section
 * accepts in one table, and the same table parses the config, checks it,
 * writes the example and is compared with the manual. One option is one row
 * and one struct member.
 */
#ifndef MIRROR_COMMON_OPTION_H
#define MIRROR_COMMON_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum option_type {
    OPTION_END,      /* closes a table */
    OPTION_BOOL,     /* bool; yes, no, true, false, on, off */
    OPTION_INT,      /* int; min..max */
    OPTION_REAL,     /* double; min..max */
    OPTION_CHOICE,   /* int: index into `choices`, words parted by '|' */
    OPTION_TEXT,     /* char[size]; UTF-8 without control characters */
    OPTION_NAME,     /* char[size]; letters, digits, '_' and '-' */
    OPTION_ITEM,     /* char[size]; a hub's item name: [A-Za-z0-9_.]+ */
    OPTION_ITEMS,    /* char[size]; item names parted by commas, kept as typed
                        without blanks: "A,B,C" */
    OPTION_WORDS,    /* char[size]; texts parted by commas, blanks trimmed */
    OPTION_NETWORKS, /* char[size]; addresses and prefixes ("2001:db8::/32")
                        parted by commas */
    OPTION_URL,      /* char[size]; http or https, host, no user, no blanks,
                        no query, no trailing slash kept */
    OPTION_PATH,     /* char[size] */
    OPTION_ZONE,     /* char[size]; a time zone that tzdata has */
    OPTION_LENGTH,   /* double in mm; "15.6 in", "40 cm", "345 mm", "1.5 m" */
    OPTION_DURATION, /* int in s; "90 s", "5 min", "2 h", "1 d" */
    OPTION_LOCATION, /* double[2]: latitude, longitude in degrees */
    OPTION_HOURS,    /* struct option_hours; "06:00-23:30", or over midnight */
    OPTION_COLOUR,   /* uint32_t 0xrrggbb; "#rrggbb" or "#rgb" */
};

/* Local minutes of the day, the second excluded; both the same: all day. */
struct option_hours {
    int from_min, to_min;
};

struct option {
    const char *name;
    enum option_type type;
    size_t offset;        /* of the member in the options' struct */
    size_t size;          /* of the member, for the char arrays */
    double min, max;      /* OPTION_INT, OPTION_REAL, and in the member's unit
                             OPTION_LENGTH, OPTION_DURATION; both 0: any */
    const char *choices;  /* OPTION_CHOICE: "auto|always|never"; OPTION_NAME:
                             the kind of section it refers to, or NULL */
    const char *fallback; /* the default as one would type it; "" leaves the
                             member zeroed (NaN for OPTION_REAL and
                             OPTION_LOCATION), and so may be typed again */
    const char *help;     /* one line, for the manual and the example */
};

/* Fills `offset` and `size`: OPTION_AT(struct clock_options, zone). */
#define OPTION_AT(type, member)                                                \
    .offset = offsetof(type, member), .size = sizeof(((type *)0)->member)

enum {
    OPTION_WHY_MAX = 384, /* room for the longest list of choices */
    OPTION_WORD_MAX = 96, /* a word of ITEMS and WORDS, with the NUL */
};

/*
 * Reads `value` into the member of `base` that `option` names. On failure the
 * member is untouched and `why` says what was expected and what was found
 * ("expected 1..5, got '9'"), with outside text escaped.
 */
bool
option_parse(const struct option *option, const char *value, void *base,
             char why[OPTION_WHY_MAX]);

/* Gives every member its fallback. A fallback that does not parse asserts. */
void
option_set_defaults(const struct option *options, void *base);

/* What the option accepts, as the manual writes it: "yes | no", "1..9",
 * "5 min to 1 d", "time zone". Cut at `size`; returns `text`. */
const char *
option_describe(const struct option *option, char *text, size_t size);

/* NULL if the table has no such option. */
const struct option *
option_find(const struct option *options, const char *name);

/* The nearest name within two typing mistakes, or NULL. */
const char *
option_nearest(const struct option *options, const char *name);

/* The `index`-th word of a CHOICE's list, into `word`; false past the end. */
bool
option_choice(const char *choices, int index, char *word, size_t size);

/* Walks a comma-separated member (ITEMS, WORDS): copies the next word into
 * `word` and returns where to go on, or NULL when there is none left. */
const char *
option_next_word(const char *list, char *word, size_t size);

#endif
