/* One list of things to do, in the order of its source. */
#ifndef MIRROR_MODEL_TODO_H
#define MIRROR_MODEL_TODO_H

#include "common/calendar.h"
#include "model/record.h"

enum { TODO_MAX = 128 };

struct todo_item {
    char text[RECORD_TEXT_MAX];
    uint8_t done;                  /* 1: completed */
    uint8_t priority;              /* 1 (highest) .. 9; 0: none (RFC 5545) */
    struct calendar_date due_date; /* a day; year 0: none */
    int64_t due_s;                 /* a time; RECORD_NO_TIME: none */
    int64_t completed_s;           /* RECORD_NO_TIME: unknown */
};

struct record_todo {
    struct record_head head; /* head.name is the list: [todo NAME] */
    uint32_t count;
    uint32_t omitted; /* items beyond TODO_MAX */
    struct todo_item items[TODO_MAX];
};

/* As struct record_kind_info (record.h) says. */
bool
todo_check(const void *record);
void
todo_print(const void *record, struct json_writer *json);

#endif
