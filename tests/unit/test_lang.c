#include "unit.h"

#include <dirent.h>
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
    struct lang *english = load(LANG_DIR, "en");
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
        lang_destroy(load(LANG_DIR, code));
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

/* Months in the case the date asks for, in the order of the language. */
static void
dates(void **state) {
    static const struct {
        const char *code;
        int day, month;
        const char *full, *brief;
    } cases[] = {
        {"en", 22, 3, "Sunday, 22 March", "22 Mar"},
        {"de", 22, 3, "Sonntag, 22. März", "22. März"},
        {"es", 1, 3, "domingo, 1 de marzo", "1 mar"},
        {"fr", 1, 8, "dimanche 1er août", "1er août"},
        {"fr", 2, 8, "dimanche 2 août", "2 août"},
        {"it", 1, 3, "domenica 1º marzo", "1º mar"},
        {"da", 22, 3, "søndag den 22. marts", "22. marts"},
        {"fi", 22, 11, "sunnuntai 22. marraskuuta", "22. marras"},
        {"pl", 22, 11, "niedziela, 22 listopada", "22 lis"},
        {"cs", 22, 11, "neděle 22. listopadu", "22. lis"},
        {"uk", 22, 11, "неділя, 22 листопада", "22 лист."},
        {"ru", 22, 5, "воскресенье, 22 мая", "22 мая"},
        {"tr", 22, 11, "22 Kasım Pazar", "22 Kas"},
        {"el", 22, 11, "Κυριακή 22 Νοεμβρίου", "22 Νοε"},
        {"hu", 22, 11, "november 22., vasárnap", "nov. 22."},
        {"he", 22, 3, "יום ראשון, 22 במרץ", "22 במרץ"},
        {"ar", 22, 3, "الأحد، 22 مارس", "22 مارس"},
        {"th", 22, 11, "วันอาทิตย์ที่ 22 พฤศจิกายน", "22 พ.ย."},
        {"ja", 22, 11, "11月22日 日曜日", "11月22日"},
        {"zh", 1, 1, "1月1日 星期日", "1月1日"},
        {"ko", 22, 11, "11월 22일 일요일", "11월 22일"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct calendar at = {
            .date = {2026, cases[i].month, cases[i].day}, .weekday = 6};
        struct lang *lang = load(LANG_DIR, cases[i].code);
        char text[96];

        assert_string_equal(lang_date(lang, &at, false, text, sizeof text),
                            cases[i].full);
        assert_string_equal(lang_date(lang, &at, true, text, sizeof text),
                            cases[i].brief);
        lang_destroy(lang);
    }
}

static void
weekdays(void **state) {
    struct lang *english = load(LANG_DIR, "en");
    struct lang *german = load(LANG_DIR, "de");

    (void)state;
    assert_string_equal(lang_weekday(english, 0, false), "Monday");
    assert_string_equal(lang_weekday(german, 0, true), "Mo");
    assert_string_equal(lang_weekday(german, 6, true), "So");
    lang_destroy(english);
    lang_destroy(german);
}

static void
directions(void **state) {
    static const struct {
        const char *code;
        bool rtl;
    } cases[] = {{"en", false}, {"de", false}, {"ar", true},
                 {"he", true},  {"hi", false}, {"th", false}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lang *lang = load(LANG_DIR, cases[i].code);

        assert_int_equal(lang_rtl(lang), cases[i].rtl);
        lang_destroy(lang);
    }
}

/* An hour alone, with its half where the language has it. */
static void
hours(void **state) {
    static const struct {
        const char *code;
        int hour;
        const char *full, *half;
    } cases[] = {{"en", 0, "00", "12\u202fam"},
                 {"en", 14, "14", "2\u202fpm"},
                 {"ja", 14, "14", "午後2"},
                 {"ko", 9, "09", "오전9"}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct calendar at = {.hour = cases[i].hour, .minute = 30};
        struct lang *lang = load(LANG_DIR, cases[i].code);
        char text[32];

        assert_string_equal(lang_hour(lang, &at, false, text, sizeof text),
                            cases[i].full);
        assert_string_equal(lang_hour(lang, &at, true, text, sizeof text),
                            cases[i].half);
        lang_destroy(lang);
    }
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
        cmocka_unit_test(weekdays),
        cmocka_unit_test(directions),
        cmocka_unit_test(hours),
        cmocka_unit_test(ages),
        cmocka_unit_test(bad_words_fall_back_to_english),
        cmocka_unit_test(a_missing_language_is_english),
        cmocka_unit_test(places_are_filled),
        cmocka_unit_test(a_full_buffer_cuts_between_characters),
    };

    return cmocka_run_group_tests_name("lang", tests, NULL, NULL);
}
