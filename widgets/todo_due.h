/* When a thing is due, in the words of somebody looking at a mirror. Private
 * to the to-do widget. */
#ifndef WIDGETS_TODO_DUE_H
#define WIDGETS_TODO_DUE_H

#include "model/todo.h"
#include "render/painter.h"

enum todo_due {
    TODO_DUE_NONE,
    TODO_DUE_OVERDUE,
    TODO_DUE_TODAY,
    TODO_DUE_TOMORROW,
    TODO_DUE_WEEKDAY, /* within six days: its name says which */
    TODO_DUE_DATE,
    TODO_DUE_YEAR, /* of another year, and so far that its day could be taken
                      for one of this year's */
};

/* How far away the item's due day or time is from `now_s` (UTC). A day is
 * overdue when it is over, a time when it has come. Done is never due. */
enum todo_due
todo_due(const struct todo_item *item, int64_t now_s);

/* The words: "today", "14:30", "Tue", "24 Dec", "24 Dec 2031"; "" for none. */
const char *
todo_due_words(const struct painter *p, const struct todo_item *item, char *to,
               size_t size);

/* Orders by due, the undated last: negative, 0 or positive as for qsort(). */
int
todo_due_compare(const struct todo_item *a, const struct todo_item *b);

/* UTC seconds at which todo_due() of the item next gives something else. */
int64_t
todo_due_change(const struct todo_item *item, int64_t now_s);

#endif
