#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/message.h"
#include "model/settings.h"
#include "model/values.h"

#define HUB "[hub]\nurl = http://h\n"

static bool
read_text(const char *text, struct settings *settings, struct config *config) {
    assert_true(config_load_text(config, "m", text, strlen(text)));
    return settings_read(settings, config);
}

static void
an_empty_file_has_sensible_defaults(void **state) {
    struct settings settings;

    (void)state;
    settings_init(&settings);
    assert_string_equal(settings.mirror.language, "en");
    assert_string_equal(settings.mirror.theme, "dark");
    assert_true(isnan(settings.mirror.location[0]));
    assert_int_equal(settings.mirror.clock, CLOCK_24);
    assert_int_equal(settings.screen.rotate, ROTATE_0);
    assert_true(settings.screen.diagonal_mm == 0);
    assert_true(settings.screen.distance_mm == 1500);
    assert_int_equal(settings.screen.driver, DRIVER_AUTO);
    assert_string_equal(settings.screen.output, "");
    assert_true(settings.screen.drift);
    assert_int_equal(settings.screen.on.from_min, settings.screen.on.to_min);
    assert_int_equal(settings.screen.brightness, 0);
    assert_false(settings.hub.present || settings.weather.present ||
                 settings.message.present);
    assert_int_equal(settings.hub.unreachable_after_s, 360);
    assert_int_equal(settings.weather.poll_s, 900);
    assert_true(isnan(settings.weather.elevation_m));
    assert_int_equal(settings.todo_count + settings.values_count, 0);
}

static void
every_section_is_read(void **state) {
    static const char text[] =
        "[mirror]\nlanguage = de\ntheme = ./my.ini\nlocation = 52.52, 13.40\n"
        "clock = 12\n"
        "[screen]\nrotate = 270\ndiagonal = 24 in\ndistance = 90 cm\n"
        "driver = drm\noutput = HDMI-A-1\ndrift = no\n"
        "on = 06:30-23:00\nbrightness = 60\n"
        "[hub]\ntype = openhab\nurl = https://hub.lan:8443/\n"
        "token_file = hub-token\nca_file = /etc/ca.pem\n"
        "allow_public_hub = 2001:db8::/32\nlights = L1, L2\n"
        "unreachable_after = 10 min\n"
        "[weather]\nprovider = open-meteo\nurl = http://192.168.1.2:8080\n"
        "models = icon_seamless\nelevation = -3.5\npoll = 5 min\n"
        "[todo groceries]\nsource = hub\nitem = Shopping\n"
        "[todo house]\nitem = House\n"
        "[message]\nitem = Note\nseverity = alarm\n"
        "[values outdoor]\nitems = A, B\n"
        "[widget todo]\nlist = house\nanything = goes\n"
        "[widget value]\nvalues = outdoor\n";
    struct settings s;
    struct config config;

    (void)state;
    assert_true(read_text(text, &s, &config));
    assert_int_equal(config.error_count, 0);
    assert_string_equal(s.mirror.language, "de");
    assert_string_equal(s.mirror.theme, "./my.ini");
    assert_true(s.mirror.location[0] == 52.52 && s.mirror.location[1] == 13.40);
    assert_int_equal(s.mirror.clock, CLOCK_12);
    assert_int_equal(s.screen.rotate, ROTATE_270);
    assert_true(fabs(s.screen.diagonal_mm - 609.6) < 1e-9);
    assert_true(s.screen.distance_mm == 900);
    assert_int_equal(s.screen.driver, DRIVER_DRM);
    assert_string_equal(s.screen.output, "HDMI-A-1");
    assert_false(s.screen.drift);
    assert_int_equal(s.screen.on.from_min, 390);
    assert_int_equal(s.screen.on.to_min, 1380);
    assert_int_equal(s.screen.brightness, 60);
    assert_true(s.hub.present && s.hub.type == HUB_OPENHAB);
    assert_string_equal(s.hub.url, "https://hub.lan:8443");
    assert_string_equal(s.hub.token_file, "hub-token");
    assert_string_equal(s.hub.ca_file, "/etc/ca.pem");
    assert_string_equal(s.hub.allow_public_hub, "2001:db8::/32");
    assert_string_equal(s.hub.lights, "L1,L2");
    assert_int_equal(s.hub.unreachable_after_s, 600);
    assert_true(s.weather.present && s.weather.provider == PROVIDER_OPEN_METEO);
    assert_string_equal(s.weather.url, "http://192.168.1.2:8080");
    assert_string_equal(s.weather.models, "icon_seamless");
    assert_true(s.weather.elevation_m == -3.5);
    assert_int_equal(s.weather.poll_s, 300);
    assert_int_equal(s.todo_count, 2);
    assert_string_equal(s.todos[0].name, "groceries");
    assert_string_equal(s.todos[0].item, "Shopping");
    assert_string_equal(s.todos[1].item, "House");
    assert_true(s.message.present && s.message.severity == MESSAGE_ALARM);
    assert_string_equal(s.message.item, "Note");
    assert_int_equal(s.values_count, 1);
    assert_string_equal(s.values[0].name, "outdoor");
    assert_string_equal(s.values[0].items, "A,B");
    config_finish(&config);
}

static const struct {
    const char *text, *expected;
} mistakes[] = {
    {"[hub]\n", "m:1: [hub] url: expected the hub's address, got nothing"},
    {"[hub]\nurl =\n[message]\nitem = M\n",
     "m:1: [hub] url: expected the hub's address, got nothing"},
    {"[hub]\nurl = hub\n[message]\nitem = M\n",
     "m:2: [hub] url: expected http:// or https://, a host, and neither "
     "blanks nor a query, got 'hub'"},
    {"[hub main]\nurl = http://h\n",
     "m:1: [hub main]: expected [hub], without a name"},
    {"[wether]\n", "m:1: [wether]: unknown section, did you mean [weather]?"},
    {"[widgt clock]\n",
     "m:1: [widgt clock]: unknown section, did you mean [widget]?"},
    {"[camera]\n",
     "m:1: [camera]: unknown section, expected mirror, screen, hub, "
     "weather, todo, message, values or widget"},
    {"[weather]\n",
     "m:1: [weather]: expected a location in [mirror], found none"},
    {"[mirror]\nclock = 12\n[weather]\n",
     "m:3: [weather]: expected a location in [mirror], found none"},
    {"[mirror]\nlocation = here\n[weather]\n",
     "m:2: [mirror] location: expected latitude and longitude such as "
     "\"52.52, 13.40\", got 'here'"},
    {"[mirror]\nlocation = 1, 1\n[weather]\npoll = 299 s\n",
     "m:4: [weather] poll: expected 5 min to 1 d, got '299 s'"},
    {"[todo a]\nitem = A\n",
     "m:1: [todo a]: expected a [hub] as well, found none"},
    {"[message]\nitem = A\n",
     "m:1: [message]: expected a [hub] as well, found none"},
    {"[values a]\nitems = A\n",
     "m:1: [values a]: expected a [hub] as well, found none"},
    {HUB "[todo a]\n",
     "m:3: [todo a] item: expected an item of the hub, got nothing"},
    {HUB "[todo a]\nitem = a b\n",
     "m:4: [todo a] item: expected an item name of letters, digits, '_' "
     "and '.', got 'a b'"},
    {HUB "[message]\n",
     "m:3: [message] item: expected an item of the hub, got nothing"},
    {HUB "[values a]\n",
     "m:3: [values a] items: expected items of the hub, got nothing"},
    {HUB "[todo]\nitem = A\n",
     "m:3: [todo]: its name: expected a name of letters, digits, '_' and "
     "'-', got nothing"},
    {HUB "[todo a b]\nitem = A\n",
     "m:3: [todo a b]: its name: expected a name of letters, digits, '_' "
     "and '-', got 'a b'"},
};

/* One mistake, one complaint: what follows from it is not repeated. */
static void
mistakes_are_complained_of_once(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(mistakes); i++) {
        struct settings settings;
        struct config config;

        assert_false(read_text(mistakes[i].text, &settings, &config));
        assert_string_equal(config.errors[0], mistakes[i].expected);
        assert_int_equal(config.error_count, 1);
        assert_int_equal(settings.todo_count + settings.values_count, 0);
        assert_false(settings.message.present);
        config_finish(&config);
    }
}

static void
a_wrong_value_keeps_its_default(void **state) {
    struct settings settings;
    struct config config;

    (void)state;
    assert_false(read_text("[mirror]\nclock = 13\nlanguage = de\n"
                           "[screen]\nrotate = 45\ndistance = 1 in\n" HUB,
                           &settings, &config));
    assert_int_equal(config.error_count, 3);
    assert_int_equal(settings.mirror.clock, CLOCK_24);
    assert_string_equal(settings.mirror.language, "de");
    assert_int_equal(settings.screen.rotate, ROTATE_0);
    assert_true(settings.screen.distance_mm == 1500);
    assert_true(settings.hub.present);
    config_finish(&config);
}

/* `count` sections of a kind, each good for itself. */
static void
sections_of(const char *kind, const char *key, int count, bool good) {
    char text[4096] = HUB;
    size_t used = strlen(text);
    struct settings settings;
    struct config config;

    for (int i = 0; i < count; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "[%s n%d]\n%s = I%d\n", kind, i, key, i);
    }
    assert_int_equal(read_text(text, &settings, &config), good);
    assert_int_equal(settings.todo_count + settings.values_count,
                     SETTINGS_SOURCES_MAX);
    if (!good) {
        char expected[128];

        snprintf(expected, sizeof expected,
                 "m:%d: [%s n8]: expected at most 8 sections of this kind",
                 3 + 2 * SETTINGS_SOURCES_MAX, kind);
        assert_string_equal(config.errors[0], expected);
    }
    config_finish(&config);
}

static void
sections_of_a_kind_have_a_bound(void **state) {
    (void)state;
    sections_of("todo", "item", SETTINGS_SOURCES_MAX, true);
    sections_of("todo", "item", SETTINGS_SOURCES_MAX + 1, false);
    sections_of("values", "items", SETTINGS_SOURCES_MAX, true);
    sections_of("values", "items", SETTINGS_SOURCES_MAX + 1, false);
}

static void
values_of(size_t count, bool good) {
    char text[4096] = HUB "[values a]\nitems = I";
    size_t used = strlen(text);
    struct settings settings;
    struct config config;

    for (size_t i = 1; i < count; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, ", I%zu", i);
    }
    assert_int_equal(read_text(text, &settings, &config), good);
    assert_int_equal(settings.values_count, good ? 1 : 0);
    config_finish(&config);
}

static void
values_have_a_bound(void **state) {
    (void)state;
    values_of(VALUES_MAX, true);
    values_of(VALUES_MAX + 1, false);
}

static void
names_have_a_bound(void **state) {
    char text[256];
    struct settings settings;
    struct config config;

    (void)state;
    for (int length = RECORD_NAME_MAX - 1; length <= RECORD_NAME_MAX;
         length++) {
        snprintf(text, sizeof text, HUB "[todo %0*d]\nitem = A\n", length, 7);
        assert_int_equal(read_text(text, &settings, &config),
                         length < RECORD_NAME_MAX);
        assert_int_equal(settings.todo_count, length < RECORD_NAME_MAX);
        config_finish(&config);
    }
}

/* The table is what the manual is made from: every row has its words. */
static void
every_option_is_described(void **state) {
    (void)state;
    for (const struct settings_section *s = settings_sections; s->kind != NULL;
         s++) {
        assert_true(strlen(s->help) > 0);
        for (const struct option *o = s->options; o->type != OPTION_END; o++) {
            assert_non_null(o->fallback);
            assert_true(strlen(o->help) > 0 && strlen(o->help) < 72);
            assert_ptr_equal(option_find(s->options, o->name), o);
        }
    }
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_file_has_sensible_defaults),
        cmocka_unit_test(every_section_is_read),
        cmocka_unit_test(mistakes_are_complained_of_once),
        cmocka_unit_test(a_wrong_value_keeps_its_default),
        cmocka_unit_test(sections_of_a_kind_have_a_bound),
        cmocka_unit_test(values_have_a_bound),
        cmocka_unit_test(names_have_a_bound),
        cmocka_unit_test(every_option_is_described),
    };

    return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
