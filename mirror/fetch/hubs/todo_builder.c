#include "fetch/hubs/todo_builder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/str.h"
#include "fetch/json.h"

static int
compare_orders(double a, double b) {
    if (isnan(a) || isnan(b)) {
        return isnan(a) - isnan(b);
    }
    return (a > b) - (a < b);
}

static int
compare_items(const void *a, const void *b) {
    const struct hub_item *one = *(const struct hub_item *const *)a;
    const struct hub_item *two = *(const struct hub_item *const *)b;
    int order = compare_orders(one->order, two->order);

    order = order != 0 ? order : strcasecmp(one->label, two->label);
    return order != 0 ? order : strcmp(one->id, two->id);
}

void
todo_sort(const struct hub_item **items, size_t count) {
    if (count > 0) {
        qsort(items, count, sizeof(const struct hub_item *), compare_items);
    }
}

/* Adds a task; NULL if it has no text or there is no room. `text` has `size`
 * bytes and is cleaned; a task is one line. */
static struct todo_item *
add_task(struct record_todo *record, const char *text, size_t size) {
    char clean[RECORD_TEXT_MAX] = "";
    struct todo_item *item;
    const char *trimmed;

    str_clean(clean, sizeof clean, text, size);
    for (char *at = clean; *at != '\0'; at++) {
        *at = (char)(*at == '\n' ? ' ' : *at);
    }
    trimmed = str_trim(clean);
    if (trimmed[0] == '\0') {
        return NULL;
    }
    if (record->count >= TODO_MAX) {
        record->omitted++;
        return NULL;
    }
    item = &record->items[record->count++];
    item->due_s = RECORD_NO_TIME;
    item->completed_s = RECORD_NO_TIME;
    str_copy(item->text, sizeof item->text, trimmed);
    return item;
}

void
todo_from_switches(const struct hub_item *const *items, size_t count,
                   struct record_todo *ret_record) {
    for (size_t i = 0; i < count; i++) {
        const struct hub_item *item = items[i];
        struct todo_item *task;

        if (item->value.type != HUB_VALUE_SWITCH) {
            continue;
        }
        task = add_task(ret_record, item->label, strlen(item->label));
        if (task != NULL) {
            task->done = !item->value.on;
        }
    }
}

/* A day stays a day: "2026-02-01" is due all day wherever the mirror hangs. */
static void
read_due(const cJSON *element, struct todo_item *task) {
    const char *due = json_text(element, "due");

    if (due != NULL && !calendar_parse_date(due, &task->due_date)) {
        task->due_date = (struct calendar_date){0};
        if (!calendar_parse_time(due, &task->due_s)) {
            task->due_s = RECORD_NO_TIME;
        }
    }
}

static bool
add_element(void *arg, const cJSON *element) {
    struct record_todo *record = arg;
    const char *text = cJSON_IsString(element) ? element->valuestring
                                               : json_text(element, "text");
    const char *completed = json_text(element, "completed");
    struct todo_item *task;

    if (text == NULL) {
        return true;
    }
    task = add_task(record, text, strlen(text));
    if (task != NULL) {
        task->done = json_bool(element, "done", completed != NULL);
        task->priority = (uint8_t)json_int(element, "priority", 1, 9, 0);
        read_due(element, task);
        if (completed != NULL &&
            !calendar_parse_time(completed, &task->completed_s)) {
            task->completed_s = RECORD_NO_TIME;
        }
    }
    return true;
}

/* False, with the record empty again, where `text` is no JSON array. One that
 * was cut at the bound of a state gives what came of it. */
static bool
from_json(const char *text, struct record_todo *record) {
    struct json_list list;
    bool good;

    json_list_init(&list, add_element, record);
    good = json_list_feed(&list, text, strlen(text)) &&
           (json_list_complete(&list) || list.count > 0) &&
           (list.skipped == 0 || list.count > 0);
    json_list_finish(&list);
    if (!good) {
        memset(record->items, 0, record->count * sizeof record->items[0]);
        record->count = 0;
        record->omitted = 0;
    }
    return good;
}

/* Takes "- ", "* " and a box "[ ]", "[x]" off the front of a line. */
static const char *
read_box(const char *line, const char *end, bool *ret_done) {
    *ret_done = false;
    if (end - line >= 2 && (line[0] == '-' || line[0] == '*') &&
        line[1] == ' ') {
        line += 2;
    }
    while (line < end && (*line == ' ' || *line == '\t')) {
        line++;
    }
    if (end - line >= 3 && line[0] == '[' && line[2] == ']' &&
        strchr(" xX", line[1]) != NULL) {
        *ret_done = line[1] != ' ';
        line += 3;
    }
    return line;
}

static void
from_lines(const char *text, struct record_todo *record) {
    while (*text != '\0') {
        const char *end = text + strcspn(text, "\n");
        const char *start = text + strspn(text, " \t");
        bool done = false;

        if (start < end) {
            struct todo_item *task;

            start = read_box(start, end, &done);
            task = add_task(record, start, (size_t)(end - start));
            if (task != NULL) {
                task->done = done;
            }
        }
        text = *end == '\0' ? end : end + 1;
    }
}

void
todo_from_text(const char *text, struct record_todo *ret_record) {
    const char *start = text + strspn(text, " \t\r\n");

    if (*start != '[' || !from_json(start, ret_record)) {
        from_lines(text, ret_record);
    }
}
