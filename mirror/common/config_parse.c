#include "common/config_parse.h"

#include <stdlib.h>
#include <string.h>

#include "common/str.h"
#include "common/xalloc.h"

struct parser {
    struct config *config;
    int line;
    /* The section and entry that are being filled, as indices: the arrays
     * move while they grow. */
    size_t section;
    bool in_section;
    bool skipping;  /* behind a bad header: its keys belong nowhere */
    bool continued; /* the last value ended in a comma */
};

/* What is wrong with the bytes of a line, or NULL. */
static const char *
line_fault(const char *line, size_t length) {
    if (length >= CONFIG_LINE_MAX) {
        return "the line is too long";
    }
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)line[i];

        if ((byte < 0x20 && byte != '\t') || byte == 0x7f) {
            return "expected text, found a control character";
        }
    }
    if (!str_utf8_valid(line, length)) {
        return "expected UTF-8, found other bytes";
    }
    return NULL;
}

static bool
is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* Cuts a comment behind a blank; the first character of a value is none, so
 * that a colour needs no quotes. */
static void
cut_comment(char *value) {
    for (char *p = value; *p != '\0'; p++) {
        if ((*p == '#' || *p == ';') && p > value && is_blank(p[-1])) {
            *p = '\0';
            return;
        }
    }
}

/* Makes room for one more: arrays double, from 8. */
static void *
grow(void *array, size_t count, size_t size) {
    if (count < 8 ? count == 0 : (count & (count - 1)) == 0) {
        return xrealloc(array, count < 8 ? 8 : count * 2, size);
    }
    return array;
}

/* The index of [kind name]; config->section_count if it is a new one. */
static size_t
find_section(const struct config *config, const char *kind, const char *name) {
    size_t i;

    for (i = 0; i < config->section_count; i++) {
        if (strcmp(config->sections[i].kind, kind) == 0 &&
            strcmp(config->sections[i].name, name) == 0) {
            break;
        }
    }
    return i;
}

/* Opens [kind name], anew or once more. */
static void
open_section(struct parser *parser, const char *kind, const char *name) {
    struct config *config = parser->config;
    size_t index = find_section(config, kind, name);

    if (index == CONFIG_SECTIONS_MAX) {
        config_fail(config, parser->line, NULL, NULL,
                    "expected at most %d sections", CONFIG_SECTIONS_MAX);
        return;
    }
    if (index == config->section_count) {
        config->sections = grow(config->sections, config->section_count,
                                sizeof *config->sections);
        config->sections[config->section_count++] = (struct config_section){
            .line = parser->line, .kind = xstrdup(kind), .name = xstrdup(name)};
    }
    parser->section = index;
    parser->in_section = true;
    parser->skipping = false;
}

/* `text` begins at "[". */
static void
parse_header(struct parser *parser, char *text) {
    char *end = strchr(text, ']');
    char *kind;
    char *name;

    parser->in_section = false;
    parser->skipping = true;
    if (end == NULL) {
        config_fail(parser->config, parser->line, NULL, NULL,
                    "expected [section], found no ']'");
        return;
    }
    cut_comment(end);
    if (*str_trim(end + 1) != '\0') {
        config_fail(parser->config, parser->line, NULL, NULL,
                    "expected nothing behind [section]");
        return;
    }
    *end = '\0';
    kind = str_trim(text + 1);
    name = kind + strcspn(kind, " \t");
    if (name == kind) {
        config_fail(parser->config, parser->line, NULL, NULL,
                    "expected the name of a section between [ and ]");
        return;
    }
    if (*name != '\0') {
        *name++ = '\0';
    }
    open_section(parser, kind, str_trim(name));
}

static void
add_entry(struct parser *parser, const char *key, const char *value) {
    struct config_section *section = &parser->config->sections[parser->section];

    section->entries =
        grow(section->entries, section->entry_count, sizeof *section->entries);
    section->entries[section->entry_count++] = (struct config_entry){
        .line = parser->line, .key = xstrdup(key), .value = xstrdup(value)};
}

/* Appends a line to the value before it. */
static void
continue_entry(struct parser *parser, const char *text) {
    struct config_section *section = &parser->config->sections[parser->section];
    struct config_entry *entry = &section->entries[section->entry_count - 1];
    size_t head = strlen(entry->value);
    size_t tail = strlen(text);
    char *value = xcalloc(head + tail + 2, 1);

    memcpy(value, entry->value, head);
    value[head] = ' ';
    memcpy(value + head + 1, text, tail);
    free((char *)entry->value);
    entry->value = value;
}

static void
parse_entry(struct parser *parser, char *text) {
    char *equals = strchr(text, '=');
    char *value;
    char found[LOG_TEXT_MAX];

    if (equals == NULL) {
        config_fail(parser->config, parser->line, NULL, NULL,
                    "expected 'key = value', found '%s'",
                    log_escape(found, text));
        return;
    }
    *equals = '\0';
    text = str_trim(text);
    if (*text == '\0') {
        config_fail(parser->config, parser->line, NULL, NULL,
                    "expected a key before '='");
        return;
    }
    if (!parser->in_section) {
        config_fail(parser->config, parser->line, NULL, text,
                    "expected a [section] before the first key");
        return;
    }
    value = str_trim(equals + 1);
    cut_comment(value);
    value = str_trim(value);
    add_entry(parser, text, value);
    parser->continued = str_ends_with(value, ",");
}

/* One line, without its end, in memory of ours. */
static void
parse_line(struct parser *parser, char *text) {
    bool continued = parser->continued;

    text = str_trim(text);
    if (*text == '\0' || *text == '#' || *text == ';') {
        return; /* also between the lines of a list */
    }
    parser->continued = false;
    if (*text == '[') {
        parse_header(parser, text);
    } else if (continued && strchr(text, '=') == NULL) {
        cut_comment(text);
        text = str_trim(text);
        continue_entry(parser, text);
        parser->continued = str_ends_with(text, ",");
    } else if (!parser->skipping) {
        parse_entry(parser, text);
    }
}

void
config_parse(struct config *config, const char *text, size_t size) {
    static const char bom[] = "\xef\xbb\xbf";
    struct parser parser = {.config = config};
    size_t at = 0;

    if (size >= 3 && memcmp(text, bom, 3) == 0) {
        at = 3;
    }
    while (at < size) {
        const char *line = text + at;
        const char *end = memchr(line, '\n', size - at);
        size_t length = end != NULL ? (size_t)(end - line) : size - at;
        const char *fault;
        char *copy;

        at += length + 1;
        parser.line++;
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        fault = line_fault(line, length);
        if (fault != NULL) {
            config_fail(config, parser.line, NULL, NULL, "%s", fault);
            continue;
        }
        copy = xstrndup(line, length);
        parse_line(&parser, copy);
        free(copy);
    }
}
