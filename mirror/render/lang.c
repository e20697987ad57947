#include "render/lang.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/str.h"
#include "common/xalloc.h"
#include "render/named_file.h"

enum { PLACE_MAX = 32 };

struct lang {
    char *words[LANG_KEY_END]; /* owned */
};

static const char *const key_names[LANG_KEY_END] = {
#define LANG_NAME(id, name) [id] = name,
    LANG_KEYS(LANG_NAME)
#undef LANG_NAME
};

static int
find_key(const char *name) {
    for (int key = 0; key < LANG_KEY_END; key++) {
        if (strcmp(key_names[key], name) == 0) {
            return key;
        }
    }
    return LANG_KEY_END;
}

static const char *
nearest_key(const char *name) {
    const char *nearest = NULL;
    int least = 3;

    for (int key = 0; key < LANG_KEY_END; key++) {
        int away = str_distance(key_names[key], name);

        if (away < least) {
            least = away;
            nearest = key_names[key];
        }
    }
    return nearest;
}

/*
 * Finds the first place in `words`: ret_before bytes stand in front of it and
 * its name is copied. Returns what is behind it, or NULL if there is none. A
 * brace that opens no place is text.
 */
static const char *
next_place(const char *words, size_t *ret_before, char name[PLACE_MAX]) {
    const char *open = words;

    while ((open = strchr(open, '{')) != NULL) {
        size_t length =
            strspn(open + 1, "abcdefghijklmnopqrstuvwxyz_0123456789");

        if (length > 0 && length < PLACE_MAX && open[1 + length] == '}') {
            memcpy(name, open + 1, length);
            name[length] = '\0';
            *ret_before = (size_t)(open - words);
            return open + length + 2;
        }
        open++;
    }
    return NULL;
}

static bool
has_place(const char *words, const char *wanted) {
    char name[PLACE_MAX];
    size_t before;

    while ((words = next_place(words, &before, name)) != NULL) {
        if (strcmp(name, wanted) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether every place of `words` is one that the English words have; `base` is
 * NULL for English itself. */
static bool
check_places(struct config *file, const struct config_section *section,
             const struct config_entry *entry, const char *base) {
    const char *rest = entry->value;
    char name[PLACE_MAX];
    size_t before;

    while (base != NULL && (rest = next_place(rest, &before, name)) != NULL) {
        if (!has_place(base, name)) {
            config_fail(file, entry->line, section, entry->key,
                        "expected the places of '%s', found {%s}", base, name);
            return false;
        }
    }
    return true;
}

static void
read_entry(struct lang *lang, const struct lang *english, struct config *file,
           const struct config_section *section,
           const struct config_entry *entry) {
    int key = find_key(entry->key);
    const char *base;

    if (key == LANG_KEY_END) {
        const char *nearest = nearest_key(entry->key);

        config_fail(file, entry->line, section, entry->key,
                    "unknown key, expected %s",
                    nearest != NULL ? nearest : "one of en.ini");
        return;
    }
    if (lang->words[key] != NULL) {
        config_fail(file, entry->line, section, entry->key, "given twice");
        return;
    }
    base = english != NULL ? english->words[key] : NULL;
    if (*entry->value == '\0') {
        config_fail(file, entry->line, section, entry->key,
                    "expected words, got nothing");
    } else if (check_places(file, section, entry, base)) {
        lang->words[key] = xstrdup(entry->value);
    }
}

/* Reads every word of a file; `english` is NULL for English itself. */
static void
read_words(struct lang *lang, const struct lang *english, struct config *file) {
    for (size_t i = 0; i < file->section_count; i++) {
        const struct config_section *section = &file->sections[i];

        if (strcmp(section->kind, "words") != 0 || *section->name != '\0') {
            config_fail(file, section->line, section, NULL,
                        "unknown section, expected [words]");
            continue;
        }
        for (size_t j = 0; j < section->entry_count; j++) {
            read_entry(lang, english, file, section, &section->entries[j]);
        }
    }
}

/* Reads one language; false if there is no such file. */
static bool
read_file(struct lang *lang, const struct lang *english, const char *lang_dir,
          const char *code, struct config *errors) {
    char path[PATHS_MAX];
    struct config file;
    bool there;

    if (!named_file_find(path, lang_dir, code, errors, "mirror", "language")) {
        return false;
    }
    there = config_load(&file, path);
    read_words(lang, english, &file);
    config_take_errors(errors, &file);
    config_finish(&file);
    return there;
}

/* Whatever has no words takes those of `base`, or its own name without one. */
static void
fill_gaps(struct lang *lang, const struct lang *base) {
    for (int key = 0; key < LANG_KEY_END; key++) {
        if (lang->words[key] == NULL) {
            lang->words[key] =
                xstrdup(base != NULL ? base->words[key] : key_names[key]);
        }
    }
}

struct lang *
lang_create(const char *lang_dir, const char *code, struct config *errors) {
    struct lang *english = xcalloc(1, sizeof *english);
    struct lang *lang;
    bool there = read_file(english, NULL, lang_dir, "en", errors);

    fill_gaps(english, NULL);
    if (!there) {
        lang_destroy(english);
        return NULL;
    }
    if (strcmp(code, "en") == 0) {
        return english;
    }
    lang = xcalloc(1, sizeof *lang);
    read_file(lang, english, lang_dir, code, errors);
    fill_gaps(lang, english);
    lang_destroy(english);
    return lang;
}

void
lang_destroy(struct lang *lang) {
    if (lang == NULL) {
        return;
    }
    for (int key = 0; key < LANG_KEY_END; key++) {
        free(lang->words[key]);
    }
    free(lang);
}

const char *
lang_text(const struct lang *lang, enum lang_key key) {
    return lang->words[key];
}

bool
lang_rtl(const struct lang *lang) {
    return strcmp(lang->words[LANG_DIRECTION], "rtl") == 0;
}

static const char *
find_value(const struct lang_arg *args, const char *name) {
    for (; args->name != NULL; args++) {
        if (strcmp(args->name, name) == 0) {
            return args->value;
        }
    }
    return NULL;
}

/* A text that grows to the size of its buffer; once something did not fit,
 * nothing more is added. */
struct builder {
    char *to;
    size_t size, used;
    bool full;
};

static void
append(struct builder *builder, const char *text, size_t length) {
    size_t left = builder->size - builder->used;

    if (builder->full) {
        return;
    }
    if (length >= left) {
        length = left - 1;
        while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80) {
            length--;
        }
        builder->full = true;
    }
    memcpy(builder->to + builder->used, text, length);
    builder->used += length;
    builder->to[builder->used] = '\0';
}

const char *
lang_format(const struct lang *lang, enum lang_key key,
            const struct lang_arg *args, char *to, size_t size) {
    struct builder builder = {.to = to, .size = size};
    const char *words = lang->words[key];
    const char *rest;
    char name[PLACE_MAX];
    size_t before;

    to[0] = '\0';
    while ((rest = next_place(words, &before, name)) != NULL) {
        const char *value = find_value(args, name);

        append(&builder, words, before);
        if (value != NULL) {
            append(&builder, value, strlen(value));
        } else {
            append(&builder, words + before, (size_t)(rest - words) - before);
        }
        words = rest;
    }
    append(&builder, words, strlen(words));
    return to;
}
