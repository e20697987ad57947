#include "common/option.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/option_types.h"
#include "common/str.h"

bool
option_expected(char why[OPTION_WHY_MAX], const char *value, const char *fmt,
                ...) {
    char expected[OPTION_WHY_MAX / 2];
    char found[LOG_TEXT_MAX];
    va_list args;

    va_start(args, fmt);
    vsnprintf(expected, sizeof expected, fmt, args);
    va_end(args);
    if (*value == '\0') {
        snprintf(why, OPTION_WHY_MAX, "expected %s, got nothing", expected);
    } else {
        snprintf(why, OPTION_WHY_MAX, "expected %s, got '%s'", expected,
                 log_escape(found, value));
    }
    return false;
}

static bool
parse_bool(const struct option *option, const char *value, void *member,
           char why[OPTION_WHY_MAX]) {
    static const struct {
        const char *word;
        bool is;
    } words[] = {{"yes", true}, {"no", false},  {"true", true},
                 {"on", true},  {"off", false}, {"false", false}};

    (void)option;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcasecmp(value, words[i].word) == 0) {
            *(bool *)member = words[i].is;
            return true;
        }
    }
    return option_expected(why, value, "yes or no");
}

/* "auto, always or never" */
static void
list_choices(const char *choices, char *list, size_t size) {
    char word[64];
    char next[64];
    size_t used = 0;

    list[0] = '\0';
    for (int i = 0; option_choice(choices, i, word, sizeof word); i++) {
        bool more = option_choice(choices, i + 1, next, sizeof next);
        const char *part = i == 0 ? "" : more ? ", " : " or ";
        int count = snprintf(list + used, size - used, "%s%s", part, word);

        if (count < 0 || (size_t)count >= size - used) {
            return;
        }
        used += (size_t)count;
    }
}

/* Appends " (did you mean 'always'?)" where a choice is near enough. */
static void
suggest_choice(const char *choices, const char *value,
               char why[OPTION_WHY_MAX]) {
    char word[64];
    size_t used = strlen(why);

    for (int i = 0; option_choice(choices, i, word, sizeof word); i++) {
        int away = str_distance(word, value);

        /* A number is not a word that was mistyped. */
        if (away <= 2 && away < (int)strlen(word) && !isdigit(word[0])) {
            snprintf(why + used, OPTION_WHY_MAX - used, " (did you mean '%s'?)",
                     word);
            return;
        }
    }
}

static bool
parse_choice(const struct option *option, const char *value, void *member,
             char why[OPTION_WHY_MAX]) {
    char word[64];
    char list[OPTION_WHY_MAX / 2];

    for (int i = 0; option_choice(option->choices, i, word, sizeof word); i++) {
        if (strcmp(word, value) == 0) {
            *(int *)member = i;
            return true;
        }
    }
    list_choices(option->choices, list, sizeof list);
    option_expected(why, value, "%s", list);
    suggest_choice(option->choices, value, why);
    return false;
}

static const option_parse_fn parsers[] = {
    [OPTION_BOOL] = parse_bool,
    [OPTION_INT] = option_parse_int,
    [OPTION_REAL] = option_parse_real,
    [OPTION_CHOICE] = parse_choice,
    [OPTION_TEXT] = option_parse_text,
    [OPTION_NAME] = option_parse_name,
    [OPTION_ITEM] = option_parse_item,
    [OPTION_ITEMS] = option_parse_items,
    [OPTION_WORDS] = option_parse_words,
    [OPTION_NETWORKS] = option_parse_networks,
    [OPTION_URL] = option_parse_url,
    [OPTION_PATH] = option_parse_text,
    [OPTION_ZONE] = option_parse_zone,
    [OPTION_LENGTH] = option_parse_length,
    [OPTION_DURATION] = option_parse_duration,
    [OPTION_LOCATION] = option_parse_location,
    [OPTION_HOURS] = option_parse_hours,
    [OPTION_COLOUR] = option_parse_colour,
};

/* "yes | no" from "yes|no". */
static void
print_choices(const char *choices, char *text, size_t size) {
    char word[64];
    size_t used = 0;

    text[0] = '\0';
    for (int i = 0; option_choice(choices, i, word, sizeof word); i++) {
        int count = snprintf(text + used, size - used, "%s%s",
                             i > 0 ? " | " : "", word);

        if (count < 0 || (size_t)count >= size - used) {
            return;
        }
        used += (size_t)count;
    }
}

const char *
option_describe(const struct option *option, char *text, size_t size) {
    static const char *const names[] = {
        [OPTION_BOOL] = "yes | no",
        [OPTION_INT] = "whole number",
        [OPTION_REAL] = "number",
        [OPTION_TEXT] = "text",
        [OPTION_NAME] = "name",
        [OPTION_ITEM] = "item",
        [OPTION_ITEMS] = "items",
        [OPTION_WORDS] = "words",
        [OPTION_NETWORKS] = "networks",
        [OPTION_URL] = "URL",
        [OPTION_PATH] = "file",
        [OPTION_ZONE] = "time zone",
        [OPTION_LENGTH] = "length",
        [OPTION_DURATION] = "duration",
        [OPTION_LOCATION] = "latitude, longitude",
        [OPTION_HOURS] = "hours",
        [OPTION_COLOUR] = "colour",
    };

    if (option->type == OPTION_CHOICE) {
        print_choices(option->choices, text, size);
    } else if (option->type == OPTION_NAME && option->choices != NULL) {
        snprintf(text, size, "name of a [%s]", option->choices);
    } else if (!option_print_range(option, text, size)) {
        str_copy(text, size, names[option->type]);
    }
    return text;
}

static void *
member_of(const struct option *option, void *base) {
    return (char *)base + option->offset;
}

/* What "not given" looks like. */
static void
clear_member(const struct option *option, void *base) {
    void *member = member_of(option, base);

    memset(member, 0, option->size);
    if (option->type == OPTION_REAL) {
        *(double *)member = NAN;
    } else if (option->type == OPTION_LOCATION) {
        ((double *)member)[0] = NAN;
        ((double *)member)[1] = NAN;
    }
}

bool
option_parse(const struct option *option, const char *value, void *base,
             char why[OPTION_WHY_MAX]) {
    /* "key =" takes back what has no default either. */
    if (*value == '\0' && *option->fallback == '\0') {
        clear_member(option, base);
        return true;
    }
    return parsers[option->type](option, value, member_of(option, base), why);
}

void
option_set_defaults(const struct option *options, void *base) {
    char why[OPTION_WHY_MAX];

    for (const struct option *o = options; o->type != OPTION_END; o++) {
        clear_member(o, base);
        if (!option_parse(o, o->fallback, base, why)) {
            log_error("option: the default of %s: %s", o->name, why);
            assert(!"a default that does not parse");
        }
    }
}

const struct option *
option_find(const struct option *options, const char *name) {
    for (const struct option *o = options; o->type != OPTION_END; o++) {
        if (strcmp(o->name, name) == 0) {
            return o;
        }
    }
    return NULL;
}

const char *
option_nearest(const struct option *options, const char *name) {
    const char *nearest = NULL;
    int least = 3;

    for (const struct option *o = options; o->type != OPTION_END; o++) {
        int away = str_distance(o->name, name);

        if (away < least && away < (int)strlen(o->name)) {
            least = away;
            nearest = o->name;
        }
    }
    return nearest;
}

bool
option_choice(const char *choices, int index, char *word, size_t size) {
    const char *end;
    size_t length;

    for (; index > 0; index--) {
        choices = strchr(choices, '|');
        if (choices == NULL) {
            return false;
        }
        choices++;
    }
    end = strchrnul(choices, '|');
    length = (size_t)(end - choices);
    if (index < 0 || length == 0 || length >= size) {
        return false;
    }
    memcpy(word, choices, length);
    word[length] = '\0';
    return true;
}

const char *
option_next_word(const char *list, char *word, size_t size) {
    const char *end;
    size_t length;

    list += strspn(list, " \t");
    if (*list == '\0') {
        return NULL;
    }
    end = strchrnul(list, ',');
    length = (size_t)(end - list);
    while (length > 0 &&
           (list[length - 1] == ' ' || list[length - 1] == '\t')) {
        length--;
    }
    snprintf(word, size, "%.*s", (int)length, list);
    return *end == ',' ? end + 1 : end;
}
