#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/icon_words.h"
#include "render/text.h"

typedef void (*word_fn)(const char *word);

/* Each word of a list; returns how many there are. */
static size_t
each_word(const char *path, word_fn check) {
    FILE *list = fopen(path, "r");
    char line[128];
    size_t count = 0;

    assert_non_null(list);
    while (fgets(line, sizeof line, list) != NULL) {
        char *rest = line, *word;

        while (line[0] != '#' && (word = strsep(&rest, " \n")) != NULL) {
            if (word[0] != '\0') {
                check(word);
                count++;
            }
        }
    }
    fclose(list);
    return count;
}

static void
is_in_the_font(const char *word) {
    const char *icon = icon_for(word, "", NAN);

    if (icon == NULL || text_icon_code(icon) == 0) {
        print_message("%s: %s\n", word, icon != NULL ? icon : "no icon");
    }
    assert_non_null(icon);
    assert_true(text_icon_code(icon) != 0);
}

static void
has_an_icon(const char *word) {
    char prefixed[96];

    is_in_the_font(word);
    snprintf(prefixed, sizeof prefixed, "oh:%s", word);
    is_in_the_font(prefixed);
}

static void
every_word_of_openhab_has_an_icon(void **state) {
    (void)state;
    assert_in_range(each_word("tests/unit/icons_openhab.txt", has_an_icon), 300,
                    1000);
}

static void
is_drawn_as_it_is(const char *word) {
    is_in_the_font(word);
    assert_string_equal(icon_for(word, "", NAN), word + strlen("mdi:"));
}

static void
every_word_of_home_assistant_has_its_icon(void **state) {
    (void)state;
    assert_in_range(
        each_word("tests/unit/icons_home_assistant.txt", is_drawn_as_it_is),
        200, 1000);
}

struct word_case {
    const char *word, *state;
    double number;
    const char *icon; /* NULL: none */
};

static const struct word_case cases[] = {
    {"temperature", "", NAN, "thermometer"},
    {"Temperature", "21.5 °C", 21.5, "thermometer"},
    {"oh:temperature", "", NAN, "thermometer"},
    {"oh:classic:temperature", "", NAN, "thermometer"},
    {"OH:Temperature", "", NAN, "thermometer"},
    /* what a state makes of it */
    {"door", "CLOSED", NAN, "door-closed"},
    {"door", "OPEN", NAN, "door-open"},
    {"door", "open", NAN, "door-open"},
    {"door", "opening hours", NAN, "door-closed"},
    {"door-open", "", NAN, "door-open"},
    {"door-closed", "OPEN", NAN, "door-closed"},
    {"window", "OPEN", NAN, "window-open"},
    {"window", "", NAN, "window-closed"},
    {"light", "ON", NAN, "lightbulb-on"},
    {"light", "OFF", NAN, "lightbulb-outline"},
    {"lowbattery", "ON", NAN, "battery-alert"},
    {"lowbattery-off", "", NAN, "battery"},
    /* a battery's charge, on both sides of its steps */
    {"battery", "", NAN, "battery"},
    {"battery", "", -0.1, "battery"},
    {"battery", "", 0, "battery-alert"},
    {"battery", "", 9.9, "battery-alert"},
    {"battery", "", 10, "battery-10"},
    {"battery", "", 89.9, "battery-80"},
    {"battery", "", 99.9, "battery-90"},
    {"battery", "", 100, "battery"},
    {"battery", "", 100.1, "battery"},
    {"battery", "", INFINITY, "battery"},
    {"Battery-40", "", NAN, "battery-40"},
    {"batterylevel-0", "", 80, "battery-alert"},
    /* parts behind the word */
    {"man_3", "", NAN, "human-male"},
    {"fan_ceiling", "ON", NAN, "ceiling-fan"},
    {"rollershutter-70", "", NAN, "roller-shade"},
    {"parents_4_6", "", NAN, "account-multiple"},
    {"soundvolume_mute", "", NAN, "volume-off"},
    /* Material Design */
    {"mdi:door-open", "CLOSED", NAN, "door-open"},
    {"iconify:mdi:thermometer", "", NAN, "thermometer"},
    {"MDI:thermometer", "", NAN, "thermometer"},
    {"mdi:garage-variant-outline", "", NAN, "garage-variant"},
    {"mdi:thermometer-box", "", NAN, "thermometer"},
    {"mdi:cloud", "", NAN, "cloud-outline"},
    /* the opposite is no fallback */
    {"mdi:thermometer-off", "", NAN, NULL},
    {"mdi:lock-smart", "", NAN, NULL},
    {"mdi:battery-not-a-name", "", NAN, NULL},
    /* nothing */
    {"", "", NAN, NULL},
    {"none", "", NAN, NULL},
    {"-", "", NAN, NULL},
    {"_", "", NAN, NULL},
    {"-open", "", NAN, NULL},
    {"mdi:", "", NAN, NULL},
    {"oh:", "", NAN, NULL},
    {"mdi:-outline", "", NAN, NULL},
    {"f7:thermometer", "", NAN, NULL},
    {"material:thermometer", "", NAN, NULL},
    {"thermometer", "", NAN, NULL},
    {"temperatur", "", NAN, NULL},
    {"temperatures", "", NAN, NULL},
    {"t\xc3\xa9l\xc3\xa9", "", NAN, NULL},
};

static void
words_and_states(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct word_case *c = &cases[i];
        const char *icon = icon_for(c->word, c->state, c->number);

        if ((icon == NULL) != (c->icon == NULL) ||
            (icon != NULL && strcmp(icon, c->icon) != 0)) {
            print_message("%s: %s\n", c->word, icon != NULL ? icon : "none");
        }
        assert_int_equal(icon == NULL, c->icon == NULL);
        if (icon != NULL) {
            assert_string_equal(icon, c->icon);
        }
    }
}

/* A word as long as a hub may send, and longer ones. */
static void
long_words_have_no_icon(void **state) {
    char word[300];

    (void)state;
    for (size_t length = 1; length < sizeof word; length++) {
        memset(word, 'a', length);
        word[length] = '\0';
        assert_null(icon_for(word, "ON", 50));
        memcpy(word, "mdi:", length < 4 ? length : 4);
        assert_null(icon_for(word, "ON", 50));
    }
}

int
main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_of_openhab_has_an_icon),
        cmocka_unit_test(every_word_of_home_assistant_has_its_icon),
        cmocka_unit_test(words_and_states),
        cmocka_unit_test(long_words_have_no_icon),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
