/* Lists of openHAB's items for tests: in JSON with ' for ", or in lines. */
#ifndef TESTS_UNIT_OPENHAB_SAMPLE_H
#define TESTS_UNIT_OPENHAB_SAMPLE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/xalloc.h"
#include "fetch/hubs/openhab_items.h"
#include "fetch/json.h"

struct sample {
    struct openhab_items items;
    struct openhab_wants wants;
    size_t refused;
};

static bool
sample_take(void *arg, const cJSON *element) {
    struct sample *sample = arg;

    if (!openhab_items_add(&sample->items, &sample->wants, element)) {
        sample->refused++;
    }
    return true;
}

/* Adds a list and seals the store; every call adds more. */
static void
sample_load(struct sample *sample, const char *text) {
    char *json = xstrdup(text);
    struct json_list list;

    for (char *at = json; *at != '\0'; at++) {
        *at = (char)(*at == '\'' ? '"' : *at);
    }
    json_list_init(&list, sample_take, sample);
    assert_true(json_list_feed(&list, json, strlen(json)));
    assert_true(json_list_complete(&list));
    assert_int_equal(list.skipped, 0);
    json_list_finish(&list);
    free(json);
    openhab_items_seal(&sample->items);
}

/* One word of a line of sample_house() as a member of JSON; relations are
 * gathered, as they stand together. */
static inline void
sample_word(char *word, FILE *out, FILE *relations) {
    char *value = strchr(word, '=');

    assert_non_null(value);
    *value++ = '\0';
    if (strcmp(word, "in") == 0) {
        fprintf(out, ",'groupNames':[");
        for (const char *name; (name = strsep(&value, ",")) != NULL;) {
            fprintf(out, "'%s',", name);
        }
        fprintf(out, "'Nowhere']");
    } else if (strcmp(word, "label") == 0 || strcmp(word, "groupType") == 0) {
        fprintf(out, ",'%s':'%s'", word, value);
    } else if (strcmp(word, "is") == 0) {
        fprintf(out, ",'metadata':{'semantics':{'value':'%s','config':{",
                value);
    } else {
        fprintf(relations, "%s'%s':'%s'", ftell(relations) > 0 ? "," : "", word,
                value);
    }
}

/* "Name Type label=x groupType=x in=A,B is=Class relation=x ...": what follows
 * `is` are relations. */
static inline void
sample_line(char *line, FILE *out) {
    char *relations = NULL;
    size_t size;
    FILE *gathered = open_memstream(&relations, &size);
    const char *name = strsep(&line, " ");
    const char *type = strsep(&line, " ");
    bool semantic = line != NULL && strstr(line, "is=") != NULL;
    char *word;

    assert_non_null(gathered);
    fprintf(out, "{'name':'%s','type':'%s'", name, type);
    while ((word = strsep(&line, " ")) != NULL) {
        sample_word(word, out, gathered);
    }
    fclose(gathered);
    fprintf(out, "%s%s}", relations, semantic ? "}}}" : "");
    free(relations);
}

/* Adds a house of one item a line. */
static inline void
sample_house(struct sample *sample, const char *lines) {
    char *copy = xstrdup(lines);
    char *json = NULL;
    size_t size;
    FILE *out = open_memstream(&json, &size);
    const char *comma = "[";
    char *at = copy;
    char *line;

    assert_non_null(out);
    while ((line = strsep(&at, "\n")) != NULL) {
        if (line[0] != '\0') {
            fprintf(out, "%s", comma);
            sample_line(line, out);
            comma = ",";
        }
    }
    fprintf(out, "]");
    fclose(out);
    sample_load(sample, json);
    free(json);
    free(copy);
}

static void
sample_finish(struct sample *sample) {
    openhab_items_finish(&sample->items);
    intern_finish(&sample->wants.names);
}

#endif
