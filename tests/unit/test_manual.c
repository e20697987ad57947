/*
 * The manual and the example against the tables, in both directions: what the
 * tables say is written out, what the texts say is read, and the two are the
 * same line by line.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/xalloc.h"
#include "model/settings.h"
#include "render/layout.h"

#define MANUAL  "mirror/man/mirror.conf.5.scd"
#define EXAMPLE "mirror/man/mirror.conf"

enum { TEXT_MAX = 64 * 1024, HEAD_MAX = 512 };

struct text {
    char bytes[TEXT_MAX];
    size_t used;
};

static void
PRINTF_LIKE(2, 3) add(struct text *text, const char *fmt, ...) {
    size_t left = sizeof text->bytes - text->used;
    va_list args;
    int count;

    va_start(args, fmt);
    count = vsnprintf(text->bytes + text->used, left, fmt, args);
    va_end(args);
    assert_true(count >= 0 && (size_t)count < left);
    text->used += (size_t)count;
}

static void
read_file(struct text *text, const char *path) {
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    text->used = fread(text->bytes, 1, sizeof text->bytes - 1, file);
    assert_true(text->used < sizeof text->bytes - 1);
    text->bytes[text->used] = '\0';
    fclose(file);
}

static void
add_options(struct text *text, const struct option *options) {
    char accepts[HEAD_MAX];

    for (const struct option *o = options; o->type != OPTION_END; o++) {
        option_describe(o, accepts, sizeof accepts);
        add(text, "%s = %s ", o->name, accepts);
        if (*o->fallback != '\0') {
            add(text, "(default: %s)\n", o->fallback);
        } else {
            add(text, "(no default)\n");
        }
    }
}

/* What the manual has to say. */
static void
add_tables(struct text *text) {
    for (const struct settings_section *s = settings_sections; s->kind != NULL;
         s++) {
        add(text, "[%s%s]\n", s->kind, s->named ? " NAME" : "");
        add_options(text, s->options);
    }
    add(text, "[widget TYPE NAME]\n");
    add_options(text, layout_options);
    for (size_t i = 0; widget_types[i] != NULL; i++) {
        add(text, "[widget %s]\n", widget_types[i]->name);
        add_options(text, widget_types[i]->options);
    }
}

/* Adds one line of the manual without its markup. */
static void
add_plain(struct text *text, const char *line) {
    for (; *line != '\0' && *line != '\n'; line++) {
        if (*line != '*' && *line != '\\') {
            add(text, "%c", *line);
        }
    }
}

/* What the manual says: the headings of sections, and for each option the
 * lines up to its description. */
static void
add_manual(struct text *text, const char *line) {
    bool in_option = false;
    bool in_section = false;

    for (; *line != '\0'; line += strcspn(line, "\n") + 1) {
        if (line[0] == '#') {
            in_section = strncmp(line, "## [", 4) == 0;
            if (in_section) {
                add_plain(text, line + 3);
                add(text, "\n");
            }
        } else if (in_section && !in_option && line[0] == '*' &&
                   strstr(line, "* = ") != NULL &&
                   strstr(line, "* = ") < strchr(line, '\n')) {
            in_option = true;
            add_plain(text, line);
        } else if (in_option && line[0] == '\t') {
            in_option = false;
            add(text, "\n");
        } else if (in_option) {
            add(text, " ");
            add_plain(text, line);
        }
    }
}

/* Compares line by line, so that a failure shows the line. */
static void
assert_same_lines(const char *found, const char *expected) {
    while (*found != '\0' || *expected != '\0') {
        char ours[HEAD_MAX];
        char theirs[HEAD_MAX];

        snprintf(ours, sizeof ours, "%.*s", (int)strcspn(found, "\n"), found);
        snprintf(theirs, sizeof theirs, "%.*s", (int)strcspn(expected, "\n"),
                 expected);
        assert_string_equal(ours, theirs);
        found += strcspn(found, "\n");
        expected += strcspn(expected, "\n");
        found += *found == '\n';
        expected += *expected == '\n';
    }
}

static void
manual_has_every_option_and_no_other(void **state) {
    static struct text manual;
    static struct text found;
    static struct text expected;

    (void)state;
    read_file(&manual, MANUAL);
    add_manual(&found, manual.bytes);
    add_tables(&expected);
    assert_true(found.used > 1000);
    assert_same_lines(found.bytes, expected.bytes);
}

/* Takes the "#" from every "#key = value" and "#[section]"; prose has a blank
 * behind it. */
static void
uncomment(struct text *text) {
    char *line = text->bytes;

    while (*line != '\0') {
        if (line[0] == '#' && line[1] != ' ' && line[1] != '\n') {
            line[0] = ' ';
        }
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
}

static void
load_example(struct config *config) {
    static struct text example;

    read_file(&example, EXAMPLE);
    uncomment(&example);
    assert_true(config_load_text(config, EXAMPLE, example.bytes, example.used));
}

static void
example_is_good_when_uncommented(void **state) {
    static struct settings settings;
    struct layout layout = {0};
    struct config config;

    (void)state;
    load_example(&config);
    settings_read(&settings, &config);
    layout_read(&layout, &config);
    if (config.error_count > 0) {
        fail_msg("%s", config.errors[0]);
    }
    assert_true(settings.hub.present && settings.weather.present);
    assert_true(settings.message.present);
    assert_int_equal(settings.todo_count, 1);
    assert_int_equal(settings.values_count, 1);
    layout_finish(&layout);
    config_finish(&config);
}

static void
example_is_empty_as_it_is(void **state) {
    struct config config;

    (void)state;
    assert_true(config_load(&config, EXAMPLE));
    assert_int_equal(config.error_count, 0);
    assert_int_equal(config.section_count, 0);
    config_finish(&config);
}

/* Compares the entries from `*at` on with a table, and their values with the
 * defaults. */
static void
compare_entries(const struct config_section *section, size_t *at,
                const struct option *options) {
    for (const struct option *o = options; o->type != OPTION_END; o++) {
        const struct config_entry *entry = &section->entries[*at];

        if (*at == section->entry_count) {
            fail_msg("[%s] lacks %s", section->kind, o->name);
        }
        assert_string_equal(entry->key, o->name);
        assert_string_not_equal(entry->value, "");
        if (*o->fallback != '\0' && o != layout_options) {
            assert_string_equal(entry->value, o->fallback);
        }
        (*at)++;
    }
}

static void
example_has_every_option_and_no_other(void **state) {
    struct config config;
    size_t index = 0;
    size_t at;

    (void)state;
    load_example(&config);
    for (const struct settings_section *s = settings_sections; s->kind != NULL;
         s++, index++) {
        assert_true(index < config.section_count);
        assert_string_equal(config.sections[index].kind, s->kind);
        at = 0;
        compare_entries(&config.sections[index], &at, s->options);
        assert_int_equal(at, config.sections[index].entry_count);
    }
    for (size_t i = 0; widget_types[i] != NULL; i++, index++) {
        assert_true(index < config.section_count);
        assert_string_equal(config.sections[index].name, widget_types[i]->name);
        at = 0;
        compare_entries(&config.sections[index], &at, layout_options);
        compare_entries(&config.sections[index], &at, widget_types[i]->options);
        assert_int_equal(at, config.sections[index].entry_count);
    }
    assert_int_equal(index, config.section_count);
    config_finish(&config);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(manual_has_every_option_and_no_other),
        cmocka_unit_test(example_is_good_when_uncommented),
        cmocka_unit_test(example_is_empty_as_it_is),
        cmocka_unit_test(example_has_every_option_and_no_other),
    };

    return cmocka_run_group_tests_name("manual", tests, NULL, NULL);
}
