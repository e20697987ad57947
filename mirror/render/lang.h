/*
 * The words on the screen, from one INI file per language in mirror/lang/.
 * Keys are an enum here and a name there; a language that lacks one takes the
 * English. Formats use named places ("{n}", "{time}"), never printf's.
 */
#ifndef MIRROR_RENDER_LANG_H
#define MIRROR_RENDER_LANG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/calendar.h"
#include "common/config.h"
#include "render/lang_keys.h"

struct lang;

/* Reads `code` ("de") of `lang_dir`. Complaints go to errors->errors; whatever
 * is missing is English, and English itself is built from en.ini. NULL only if
 * en.ini cannot be read. */
struct lang *
lang_create(const char *lang_dir, const char *code, struct config *errors);
void
lang_destroy(struct lang *lang);

/* The words of a key. Never NULL. */
const char *
lang_text(const struct lang *lang, enum lang_key key);

/* One place of a format, by name. */
struct lang_arg {
    const char *name, *value;
};

/* Fills the places of a key's words, "{name}" by name; the list ends at a NULL
 * name. Cut at `size` on a character border. Returns `to`. */
const char *
lang_format(const struct lang *lang, enum lang_key key,
            const struct lang_arg *args, char *to, size_t size);

/* Numbers as the language writes them: true minus (U+2212), its decimal mark,
 * rounded half away from zero first, so there is no "-0". NaN is "–". */
const char *
lang_number(const struct lang *lang, double value, int decimals, char *to,
            size_t size);

/* "14:05", or "2:05 pm" with `clock_12`. */
const char *
lang_time(const struct lang *lang, const struct calendar *at, bool clock_12,
          char *to, size_t size);

/* The hour alone, for a column: "14", or "2 pm" with `clock_12`. */
const char *
lang_hour(const struct lang *lang, const struct calendar *at, bool clock_12,
          char *to, size_t size);

/* "Sunday, 22 November" in the language's own order; short: "22 Nov". */
const char *
lang_date(const struct lang *lang, const struct calendar *at, bool shortened,
          char *to, size_t size);

/* "22 Nov 2031": short, for a day that could be one of another year. */
const char *
lang_date_year(const struct lang *lang, const struct calendar *at, char *to,
               size_t size);

const char *
lang_weekday(const struct lang *lang, int weekday, bool shortened);

/* "12 min", "3 h", "2 d": how old something is. -1: "age unknown". */
const char *
lang_age(const struct lang *lang, int64_t age_s, char *to, size_t size);

/* Whether the language reads from right to left. */
bool
lang_rtl(const struct lang *lang);

#endif
