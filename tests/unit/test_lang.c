#include "lang_rig.h"

#include <dirent.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const key_names[] = {
#define LANG_NAME(id, name) [id] = name,
    LANG_KEYS(LANG_NAME)
#undef LANG_NAME
};

/* A set of the places of `words`, as one sorted text. */
static void
places_of(const char *words, char *places, size_t size) {
    char found[8][32];
    size_t count = 0;

    places[0] = '\0';
    while ((words = strchr(words, '{')) != NULL && count < COUNT(found)) {
        size_t length = strcspn(++words, "}");

        snprintf(found[count++], sizeof found[0], "%.*s", (int)length, words);
    }
    qsort(found, count, sizeof found[0],
          (int (*)(const void *, const void *))strcmp);
    for (size_t i = 0; i < count; i++) {
        size_t used = strlen(places);

        snprintf(places + used, size - used, "{%s}", found[i]);
    }
}

static const char *
value_of(const struct config_section *section, const char *key) {
    for (size_t i = 0; i < section->entry_count; i++) {
        if (strcmp(section->entries[i].key, key) == 0) {
            return section->entries[i].value;
        }
    }
    return NULL;
}

/* No key is left to English, and each has the same places. */
static void
check_complete(const char *name, const struct lang *english) {
    char path[300];
    struct config file;
    const struct config_section *section;

    snprintf(path, sizeof path, LANG_DIR "/%s", name);
    assert_true(config_load(&file, path));
    section = config_find(&file, "words", "");
    assert_non_null(section);
    for (int key = 0; key < LANG_KEY_END; key++) {
        const char *value = value_of(section, key_names[key]);
        char ours[128], theirs[128];

        if (value == NULL) {
            fail_msg("%s lacks %s", path, key_names[key]);
        }
        places_of(lang_text(english, (enum lang_key)key), ours, sizeof ours);
        places_of(value, theirs, sizeof theirs);
        if (strcmp(ours, theirs) != 0) {
            fail_msg("%s: %s has %s, not %s", path, key_names[key], theirs,
                     ours);
        }
    }
    config_finish(&file);
}

/* Every file in the directory is a whole language. */
static void
languages_are_complete(void **state) {
    struct lang *english = load_lang(LANG_DIR, "en");
    DIR *dir = opendir(LANG_DIR);
    struct dirent *entry;
    size_t count = 0;

    (void)state;
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        char code[8];
        size_t length = strcspn(entry->d_name, ".");

        if (length == 0 || length >= sizeof code) {
            assert_int_equal(entry->d_name[0], '.');
            continue;
        }
        assert_string_equal(entry->d_name + length, ".ini");
        snprintf(code, sizeof code, "%.*s", (int)length, entry->d_name);
        check_complete(entry->d_name, english);
        lang_destroy(load_lang(LANG_DIR, code));
        count++;
    }
    closedir(dir);
    assert_true(count >= 26);
    lang_destroy(english);
}

static void
key_names_are_unique(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(key_names); i++) {
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(key_names[i], key_names[j]);
        }
    }
}

/* A directory with an en.ini and an xx.ini of the test's own. */
static void
write_file(const char *dir, const char *name, const char *text) {
    char path[128];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", dir, name);
    file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void
remove_files(const char *dir) {
    char path[128];

    snprintf(path, sizeof path, "%s/en.ini", dir);
    unlink(path);
    snprintf(path, sizeof path, "%s/xx.ini", dir);
    unlink(path);
    rmdir(dir);
}

static void
bad_words_fall_back_to_english(void **state) {
    static const char *const expected[] = {
        "xx.ini:2: [words] today: expected words, got nothing",
        "xx.ini:3: [words] tomorow: unknown key, expected tomorrow",
        "xx.ini:4: [words] age_hours: expected the places of '{n} h', found "
        "{count}",
        "xx.ini:6: [words] pm: given twice",
        "xx.ini:7: [weather]: unknown section, expected [words]",
    };
    char dir[] = "/tmp/mirror-lang-XXXXXX";
    struct config errors = {0};
    struct lang *lang;

    (void)state;
    assert_non_null(mkdtemp(dir));
    write_file(dir, "en.ini", "[words]\ntoday = today\nage_hours = {n} h\n");
    write_file(dir, "xx.ini",
               "[words]\ntoday =\ntomorow = x\nage_hours = {count} h\n"
               "pm = nm\npm = mn\n[weather]\nrain = y\n");
    lang = lang_create(dir, "xx", &errors);
    assert_non_null(lang);
    assert_int_equal(errors.error_count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        const char *name = strstr(errors.errors[i], "xx.ini");

        assert_non_null(name);
        assert_string_equal(name, expected[i]);
    }
    assert_string_equal(lang_text(lang, LANG_TODAY), "today");
    assert_string_equal(lang_text(lang, LANG_AGE_HOURS), "{n} h");
    assert_string_equal(lang_text(lang, LANG_PM), "nm");
    assert_string_equal(lang_text(lang, LANG_AM), "am");
    lang_destroy(lang);
    config_finish(&errors);
    remove_files(dir);
}

static void
a_missing_language_is_english(void **state) {
    static const char text[] = "[mirror]\ntheme = dark\nlanguage = enn\n";
    struct config errors;
    struct lang *lang;

    (void)state;
    assert_true(config_load_text(&errors, "m.conf", text, strlen(text)));
    lang = lang_create(LANG_DIR, "enn", &errors);
    assert_non_null(lang);
    assert_int_equal(errors.error_count, 1);
    assert_string_equal(errors.errors[0],
                        "m.conf:3: [mirror] language: there is no 'enn'; "
                        "did you mean 'en'?");
    assert_string_equal(lang_text(lang, LANG_TODAY), "today");
    lang_destroy(lang);
    assert_null(lang_create("/nonexistent", "en", &errors));
    assert_int_equal(errors.error_count, 2);
    config_finish(&errors);
    lang_destroy(NULL);
}

static void
places_are_filled(void **state) {
    static const struct {
        const char *words, *expected;
    } cases[] = {
        {"{b}, {a}!", "2, one!"},
        {"{a}{a}", "oneone"},
        {"plain", "plain"},
        {"{c} left", "{c} left"},
        {"{", "{"},
        {"{a", "{a"},
        {"{} {A} {a b}", "{} {A} {a b}"},
        {"{{a}}", "{one}"},
    };
    const struct lang_arg args[] = {{"a", "one"}, {"b", "2"}, {NULL, NULL}};
    char dir[] = "/tmp/mirror-lang-XXXXXX";

    (void)state;
    assert_non_null(mkdtemp(dir));
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[64];
        struct lang *lang;

        snprintf(text, sizeof text, "[words]\ntoday = %s\n", cases[i].words);
        write_file(dir, "en.ini", text);
        lang = load_lang(dir, "en");
        assert_string_equal(
            lang_format(lang, LANG_TODAY, args, text, sizeof text),
            cases[i].expected);
        lang_destroy(lang);
    }
    remove_files(dir);
}

static void
a_full_buffer_cuts_between_characters(void **state) {
    static const struct {
        size_t size;
        const char *expected;
    } cases[] = {{1, ""},   {2, ""},   {3, "ä"},
                 {4, "ä "}, {5, "ä "}, {32, "ä ß ü"}};
    const struct lang_arg args[] = {{"n", "ß"}, {NULL, NULL}};
    char dir[] = "/tmp/mirror-lang-XXXXXX";
    struct lang *lang;

    (void)state;
    assert_non_null(mkdtemp(dir));
    write_file(dir, "en.ini", "[words]\nage_days = ä {n} ü\n");
    lang = load_lang(dir, "en");
    for (size_t i = 0; i < COUNT(cases); i++) {
        char to[32];

        memset(to, 'x', sizeof to);
        lang_format(lang, LANG_AGE_DAYS, args, to, cases[i].size);
        assert_string_equal(to, cases[i].expected);
    }
    lang_destroy(lang);
    remove_files(dir);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(languages_are_complete),
        cmocka_unit_test(key_names_are_unique),
        cmocka_unit_test(bad_words_fall_back_to_english),
        cmocka_unit_test(a_missing_language_is_english),
        cmocka_unit_test(places_are_filled),
        cmocka_unit_test(a_full_buffer_cuts_between_characters),
    };

    return cmocka_run_group_tests_name("lang", tests, NULL, NULL);
}
