#include "unit.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "render/lang.h"

#define LANG_DIR "mirror/lang"

static const char *const key_names[] = {
#define LANG_NAME(id, name) [id] = name,
    LANG_KEYS(LANG_NAME)
#undef LANG_NAME
};

static struct lang *
load(const char *dir, const char *code) {
    struct config errors = {0};
    struct lang *lang = lang_create(dir, code, &errors);

    if (errors.error_count > 0) {
        fail_msg("%s", errors.errors[0]);
    }
    assert_non_null(lang);
    config_finish(&errors);
    return lang;
}

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

/* A language of ours is whole: no key is left to English, and each has the
 * same places. */
static void
languages_are_complete(void **state) {
    static const char *const codes[] = {"en", "de"};
    struct lang *english = load(LANG_DIR, "en");

    (void)state;
    for (size_t i = 0; i < COUNT(codes); i++) {
        char path[64];
        struct config file;
        const struct config_section *section;

        snprintf(path, sizeof path, LANG_DIR "/%s.ini", codes[i]);
        assert_true(config_load(&file, path));
        section = config_find(&file, "words", "");
        assert_non_null(section);
        for (int key = 0; key < LANG_KEY_END; key++) {
            const char *value = NULL;
            char ours[128];
            char theirs[128];

            for (size_t j = 0; j < section->entry_count; j++) {
                if (strcmp(section->entries[j].key, key_names[key]) == 0) {
                    value = section->entries[j].value;
                }
            }
            if (value == NULL) {
                fail_msg("%s lacks %s", path, key_names[key]);
            }
            places_of(lang_text(english, (enum lang_key)key), ours,
                      sizeof ours);
            places_of(value, theirs, sizeof theirs);
            assert_string_equal(ours, theirs);
        }
        config_finish(&file);
        lang_destroy(load(LANG_DIR, codes[i]));
    }
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

static void
numbers(void **state) {
    static const struct {
        double value;
        int decimals;
        const char *english, *german;
    } cases[] = {
        {0, 0, "0", "0"},
        {-0.0, 0, "0", "0"},
        {-0.4, 0, "0", "0"},
        {-0.5, 0, "−1", "−1"},
        {0.5, 0, "1", "1"},
        {1.5, 0, "2", "2"},
        {2.5, 0, "3", "3"},
        {-2.5, 0, "−3", "−3"},
        {21.45, 1, "21.5", "21,5"},
        {1.005, 2, "1.01", "1,01"},
        {-0.04, 1, "0.0", "0,0"},
        {-0.05, 1, "−0.1", "−0,1"},
        {1013.25, 1, "1013.3", "1013,3"},
        {3, 2, "3.00", "3,00"},
        {7, -1, "7", "7"},
        {1.0 / 3, 12, "0.333333333", "0,333333333"},
        {NAN, 1, "–", "–"},
        {INFINITY, 0, "–", "–"},
        {999999999999, 0, "999999999999", "999999999999"},
        {-1e12, 0, "–", "–"},
    };
    struct lang *english = load(LANG_DIR, "en");
    struct lang *german = load(LANG_DIR, "de");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[64];

        lang_number(english, cases[i].value, cases[i].decimals, text,
                    sizeof text);
        assert_string_equal(text, cases[i].english);
        lang_number(german, cases[i].value, cases[i].decimals, text,
                    sizeof text);
        assert_string_equal(text, cases[i].german);
    }
    lang_destroy(english);
    lang_destroy(german);
}

static void
times(void **state) {
    static const struct {
        int hour, minute;
        const char *full, *half;
    } cases[] = {{0, 0, "00:00", "12:00 am"},   {7, 5, "07:05", "7:05 am"},
                 {11, 59, "11:59", "11:59 am"}, {12, 0, "12:00", "12:00 pm"},
                 {14, 5, "14:05", "2:05 pm"},   {23, 59, "23:59", "11:59 pm"}};
    struct lang *lang = load(LANG_DIR, "en");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct calendar at = {.hour = cases[i].hour, .minute = cases[i].minute};
        char text[32];

        assert_string_equal(lang_time(lang, &at, false, text, sizeof text),
                            cases[i].full);
        assert_string_equal(lang_time(lang, &at, true, text, sizeof text),
                            cases[i].half);
    }
    lang_destroy(lang);
}

static void
dates(void **state) {
    const struct calendar at = {.date = {2026, 3, 22}, .weekday = 6};
    struct lang *english = load(LANG_DIR, "en");
    struct lang *german = load(LANG_DIR, "de");
    char text[64];

    (void)state;
    assert_string_equal(lang_date(english, &at, false, text, sizeof text),
                        "Sunday, 22 March");
    assert_string_equal(lang_date(english, &at, true, text, sizeof text),
                        "22 Mar");
    assert_string_equal(lang_date(german, &at, false, text, sizeof text),
                        "Sonntag, 22. März");
    assert_string_equal(lang_date(german, &at, true, text, sizeof text),
                        "22. März");
    assert_string_equal(lang_weekday(english, 0, false), "Monday");
    assert_string_equal(lang_weekday(german, 0, true), "Mo");
    assert_string_equal(lang_weekday(german, 6, true), "So");
    assert_false(lang_rtl(german));
    lang_destroy(english);
    lang_destroy(german);
}

static void
ages(void **state) {
    static const struct {
        int64_t age_s;
        const char *expected;
    } cases[] = {{-1, "age unknown"}, {0, "under 1 min"}, {59, "under 1 min"},
                 {60, "1 min"},       {3599, "59 min"},   {3600, "1 h"},
                 {47 * 3600, "47 h"}, {172799, "47 h"},   {172800, "2 d"},
                 {864000, "10 d"}};
    struct lang *lang = load(LANG_DIR, "en");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[32];

        lang_age(lang, cases[i].age_s, text, sizeof text);
        assert_string_equal(text, cases[i].expected);
    }
    lang_destroy(lang);
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
        lang = load(dir, "en");
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
    lang = load(dir, "en");
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
        cmocka_unit_test(numbers),
        cmocka_unit_test(times),
        cmocka_unit_test(dates),
        cmocka_unit_test(ages),
        cmocka_unit_test(bad_words_fall_back_to_english),
        cmocka_unit_test(a_missing_language_is_english),
        cmocka_unit_test(places_are_filled),
        cmocka_unit_test(a_full_buffer_cuts_between_characters),
    };

    return cmocka_run_group_tests_name("lang", tests, NULL, NULL);
}
