#include "lang_rig.h"

#include <math.h>
#include <string.h>

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
    struct lang *english = load_lang(LANG_DIR, "en");
    struct lang *german = load_lang(LANG_DIR, "de");

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
    struct lang *lang = load_lang(LANG_DIR, "en");

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
        struct lang *lang = load_lang(LANG_DIR, cases[i].code);
        char text[96];

        assert_string_equal(lang_date(lang, &at, false, text, sizeof text),
                            cases[i].full);
        assert_string_equal(lang_date(lang, &at, true, text, sizeof text),
                            cases[i].brief);
        lang_destroy(lang);
    }
}

/* Where a year stands, and what with. */
static void
dates_with_a_year(void **state) {
    static const struct {
        const char *code;
        int day, month;
        const char *expected;
    } cases[] = {
        {"en", 3, 3, "3 Mar 2031"},          {"de", 3, 3, "3. März 2031"},
        {"fr", 1, 8, "1er août 2031"},       {"it", 1, 3, "1º mar 2031"},
        {"da", 22, 3, "22. marts 2031"},     {"fi", 22, 11, "22. marras 2031"},
        {"hu", 22, 11, "2031. nov. 22."},    {"uk", 22, 11, "22 лист. 2031"},
        {"th", 22, 11, "22 พ.ย. ค.ศ. 2031"}, {"ja", 22, 11, "2031年11月22日"},
        {"zh", 1, 1, "2031年1月1日"},        {"ko", 22, 11, "2031년 11월 22일"},
        {"ar", 22, 3, "22 مارس 2031"},       {"he", 22, 3, "22 במרץ 2031"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct calendar at = {
            .date = {2031, cases[i].month, cases[i].day}, .weekday = 0};
        struct lang *lang = load_lang(LANG_DIR, cases[i].code);
        char text[96];

        assert_string_equal(lang_date_year(lang, &at, text, sizeof text),
                            cases[i].expected);
        lang_destroy(lang);
    }
}

static void
weekdays(void **state) {
    struct lang *english = load_lang(LANG_DIR, "en");
    struct lang *german = load_lang(LANG_DIR, "de");

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
        struct lang *lang = load_lang(LANG_DIR, cases[i].code);

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
        struct lang *lang = load_lang(LANG_DIR, cases[i].code);
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
    struct lang *lang = load_lang(LANG_DIR, "en");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[32];

        lang_age(lang, cases[i].age_s, text, sizeof text);
        assert_string_equal(text, cases[i].expected);
    }
    lang_destroy(lang);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),  cmocka_unit_test(times),
        cmocka_unit_test(dates),    cmocka_unit_test(dates_with_a_year),
        cmocka_unit_test(weekdays), cmocka_unit_test(directions),
        cmocka_unit_test(hours),    cmocka_unit_test(ages),
    };

    return cmocka_run_group_tests_name("lang_format", tests, NULL, NULL);
}
