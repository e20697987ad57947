/* Any hub's way of keeping a list of things to do, to a todo record. */
#ifndef MIRROR_FETCH_HUBS_TODO_BUILDER_H
#define MIRROR_FETCH_HUBS_TODO_BUILDER_H

#include <stddef.h>

#include "fetch/hubs/hub_item.h"
#include "model/todo.h"

/* Into the order of a list of switches: by `order`, those without behind the
 * others, then by label, then by id. */
void
todo_sort(const struct hub_item **items, size_t count);

/* Fills a zeroed record, all but its head, from sorted switches: label is the
 * task, ON open, OFF done; one that was never set is no task. */
void
todo_from_switches(const struct hub_item *const *items, size_t count,
                   struct record_todo *ret_record);

/*
 * The same from one text: a JSON array of {"text","done","due","priority",
 * "completed"} or of strings, else lines, "- [ ] task" and "- [x] task" or bare.
 * Elements and lines without a text are skipped.
 */
void
todo_from_text(const char *text, struct record_todo *ret_record);

#endif
