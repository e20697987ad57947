#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/config.h"
#include "fetch/cache_identity.h"

static const char house[] = "[mirror]\nlocation = 52.52, 13.40\n"
                            "[hub]\nurl = http://192.168.1.10:8080\n"
                            "[weather]\nprovider = open-meteo\n"
                            "[message]\nitem = Message\n"
                            "[todo a]\nsource = hub\nitem = A\n"
                            "[values v]\nitems = V, W\n";

static struct settings *
read_house(const char *text) {
    struct settings *settings = calloc(1, sizeof *settings);
    struct config config = {0};

    assert_non_null(settings);
    assert_true(config_load_text(&config, "test", text, strlen(text)));
    assert_true(settings_read(settings, &config));
    config_finish(&config);
    return settings;
}

static const struct {
    enum record_kind kind;
    const char *name;
} asked[] = {
    {RECORD_LIGHTS, ""}, {RECORD_WEATHER, ""}, {RECORD_MESSAGE, ""},
    {RECORD_TODO, "a"},  {RECORD_VALUES, "v"},
};

/* Which of `asked` are told anew, as a text of 0 and 1. */
static void
assert_anew(const char *text, const char *expected) {
    struct settings *before = read_house(house);
    struct settings *after = read_house(text);

    for (size_t i = 0; i < COUNT(asked); i++) {
        uint64_t one = cache_identity(before, asked[i].kind, asked[i].name);
        uint64_t other = cache_identity(after, asked[i].kind, asked[i].name);

        assert_true(one != 0);
        assert_int_equal(one != other, expected[i] == '1');
    }
    free(before);
    free(after);
}

static void
with_another_config_it_is_anothers_news(void **state) {
    static const struct {
        const char *find, *with, *expected;
    } cases[] = {
        {"13.40", "13.41", "01000"},
        {"192.168.1.10", "192.168.1.11", "10111"},
        {"open-meteo\n", "open-meteo\nurl = http://10.0.0.2:80\n", "01000"},
        {"open-meteo\n", "open-meteo\nmodels = icon_d2\n", "01000"},
        {"open-meteo\n", "open-meteo\nelevation = 100\n", "01000"},
        {"open-meteo\n", "open-meteo\npoll = 20 min\n", "00000"},
        {":8080\n", ":8080\nlights = gLights\n", "10000"},
        {":8080\n", ":8080\ntoken_file = other\n", "00000"},
        {"item = Message", "item = Other", "00100"},
        {"item = A", "item = B", "00010"},
        {"V, W", "V", "00001"},
        {"[mirror]\n", "[mirror]\nlanguage = de\n", "00000"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *at = strstr(house, cases[i].find);
        char text[1024];

        assert_non_null(at);
        snprintf(text, sizeof text, "%.*s%s%s", (int)(at - house), house,
                 cases[i].with, at + strlen(cases[i].find));
        assert_anew(text, cases[i].expected);
    }
}

static void
what_nobody_asks_for_has_none(void **state) {
    struct settings *settings = read_house(house);
    struct settings *empty = read_house("");

    (void)state;
    assert_int_equal(cache_identity(settings, RECORD_TODO, "b"), 0);
    assert_int_equal(cache_identity(settings, RECORD_VALUES, "a"), 0);
    assert_int_equal(cache_identity(settings, RECORD_STATUS, ""), 0);
    assert_int_equal(cache_identity(settings, RECORD_HEARTBEAT, ""), 0);
    for (size_t i = 0; i < COUNT(asked); i++) {
        assert_int_equal(cache_identity(empty, asked[i].kind, asked[i].name),
                         0);
    }
    free(settings);
    free(empty);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_another_config_it_is_anothers_news),
        cmocka_unit_test(what_nobody_asks_for_has_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
