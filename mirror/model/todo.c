#include "model/todo.h"

#include <stdio.h>

static bool
date_ok(struct calendar_date date) {
    if (date.year == 0) {
        return date.month == 0 && date.day == 0;
    }
    return date.year >= RECORD_YEAR_MIN && date.year <= RECORD_YEAR_MAX &&
           date.month >= 1 && date.month <= 12 && date.day >= 1 &&
           date.day <= 31;
}

bool
todo_check(const void *record) {
    const struct record_todo *todo = record;

    if (todo->omitted > RECORD_OMITTED_MAX || todo->count > TODO_MAX) {
        return false;
    }
    for (uint32_t i = 0; i < todo->count; i++) {
        const struct todo_item *item = &todo->items[i];

        if (!record_text_ok(item->text, sizeof item->text) || item->done > 1 ||
            item->priority > 9 || !date_ok(item->due_date) ||
            !record_time_ok(item->due_s) ||
            !record_time_ok(item->completed_s)) {
            return false;
        }
    }
    return true;
}

static void
print_time(struct json_writer *json, const char *key, int64_t utc_s) {
    if (utc_s == RECORD_NO_TIME) {
        json_write_member_null(json, key);
    } else {
        json_write_member_int(json, key, utc_s);
    }
}

static void
item_print(const struct todo_item *item, struct json_writer *json) {
    char date[16];

    json_write_object(json);
    json_write_member_text(json, "text", item->text);
    json_write_member_bool(json, "done", item->done != 0);
    if (item->due_date.year != 0) {
        snprintf(date, sizeof date, "%04d-%02d-%02d", item->due_date.year,
                 item->due_date.month, item->due_date.day);
        json_write_member_text(json, "due", date);
    } else {
        print_time(json, "due", item->due_s);
    }
    if (item->priority != 0) {
        json_write_member_int(json, "priority", item->priority);
    } else {
        json_write_member_null(json, "priority");
    }
    print_time(json, "completed", item->completed_s);
    json_write_end(json, '}');
}

void
todo_print(const void *record, struct json_writer *json) {
    const struct record_todo *todo = record;

    json_write_member_text(json, "list", todo->head.name);
    json_write_key(json, "items");
    json_write_array(json);
    for (uint32_t i = 0; i < todo->count; i++) {
        item_print(&todo->items[i], json);
    }
    json_write_end(json, ']');
    json_write_member_int(json, "omitted", todo->omitted);
}
