/* The words of every language, drawn: no letter of them is a box, and the short
 * ones are short. */
#include "unit.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "render/lang.h"
#include "render/text.h"

#define LANG_DIR "mirror/lang"

static const struct text_style body = {TEXT_REGULAR, 32};

/* Wider than these, columns and notes of a page have no room left; px at an em
 * of 32. */
static const struct {
    enum lang_key first, last;
    int widest;
} limits[] = {
    {LANG_JANUARY_SHORT, LANG_DECEMBER_SHORT, 120},
    {LANG_MONDAY_SHORT, LANG_SUNDAY_SHORT, 90},
    {LANG_TODAY, LANG_TOMORROW, 160},
    {LANG_DAY_TODAY, LANG_DAY_TODAY, 140},
    {LANG_OVERDUE, LANG_OVERDUE, 200},
    {LANG_LIGHT_UNKNOWN, LANG_LIGHT_UNREACHABLE, 260},
    {LANG_WIND_N, LANG_WIND_NW, 150},
    {LANG_AM, LANG_PM, 110},
};

static void
check_width(struct text *text, const struct lang *lang, const char *code,
            size_t i) {
    for (int key = (int)limits[i].first; key <= (int)limits[i].last; key++) {
        const char *words = lang_text(lang, (enum lang_key)key);
        int width = text_get(text, words, body, INT_MAX)->width;

        if (width > limits[i].widest) {
            fail_msg("%s: '%s' is %d px wide, %d at most", code, words, width,
                     limits[i].widest);
        }
    }
}

static void
check_glyphs(struct text *text, const char *code, const char *words) {
    size_t before = text_counters(text).missing_glyphs;

    text_get(text, words, body, INT_MAX);
    if (text_counters(text).missing_glyphs > before) {
        fail_msg("%s: no font has all of '%s'", code, words);
    }
}

static void
check_language(struct text *text, const char *code) {
    const struct calendar at = {.date = {2026, 3, 22}, .weekday = 6};
    struct config errors = {0};
    struct lang *lang = lang_create(LANG_DIR, code, &errors);
    char date[128];

    assert_non_null(lang);
    for (int key = 0; key < LANG_KEY_END; key++) {
        if (key != LANG_DATE_LONG) { /* its comma may be that of its words */
            check_glyphs(text, code, lang_text(lang, (enum lang_key)key));
        }
    }
    check_glyphs(text, code, lang_date(lang, &at, false, date, sizeof date));
    for (size_t i = 0; i < COUNT(limits); i++) {
        check_width(text, lang, code, i);
    }
    lang_destroy(lang);
    config_finish(&errors);
}

static void
words_can_be_drawn(void **state) {
    struct text *text = text_create("fonts");
    DIR *dir = opendir(LANG_DIR);
    struct dirent *entry;

    (void)state;
    assert_non_null(text);
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        char code[8];

        if (entry->d_name[0] != '.') {
            snprintf(code, sizeof code, "%.*s",
                     (int)strcspn(entry->d_name, "."), entry->d_name);
            check_language(text, code);
        }
    }
    closedir(dir);
    text_destroy(text);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_can_be_drawn),
    };

    return cmocka_run_group_tests_name("lang_text", tests, NULL, NULL);
}
