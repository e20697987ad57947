#include "widgets/todo_due.h"

#include "common/str.h"

enum {
    WEEKDAYS_AHEAD = 6,
    DATES_AHEAD = 334, /* eleven months: none of them comes twice */
};

static bool
has_time(const struct todo_item *item) {
    return item->due_date.year == 0 && item->due_s != RECORD_NO_TIME;
}

static struct calendar_date
due_day(const struct todo_item *item) {
    return has_time(item) ? calendar_at(item->due_s, NULL).date
                          : item->due_date;
}

enum todo_due
todo_due(const struct todo_item *item, int64_t now_s) {
    struct calendar_date today = calendar_at(now_s, NULL).date;
    struct calendar_date day = due_day(item);
    int64_t days;

    if (item->done || day.year == 0) {
        return TODO_DUE_NONE;
    }
    if (has_time(item) && item->due_s <= now_s) {
        return TODO_DUE_OVERDUE;
    }
    days = calendar_days(day) - calendar_days(today);
    if (days < 0) {
        return TODO_DUE_OVERDUE;
    }
    if (days <= 1) {
        return days == 0 ? TODO_DUE_TODAY : TODO_DUE_TOMORROW;
    }
    if (days > DATES_AHEAD && day.year != today.year) {
        return TODO_DUE_YEAR;
    }
    return days <= WEEKDAYS_AHEAD ? TODO_DUE_WEEKDAY : TODO_DUE_DATE;
}

const char *
todo_due_words(const struct painter *p, const struct todo_item *item, char *to,
               size_t size) {
    enum todo_due due = todo_due(item, p->now.wall_ms / 1000);
    struct calendar_date day = due_day(item);
    struct calendar at = {.date = day};

    if (has_time(item)) {
        at = calendar_at(item->due_s, NULL);
    } else if (day.year != 0) {
        at.weekday = calendar_weekday(day);
    }
    switch (due) {
    case TODO_DUE_NONE: str_copy(to, size, ""); break;
    case TODO_DUE_OVERDUE:
        str_copy(to, size, lang_text(p->lang, LANG_OVERDUE));
        break;
    case TODO_DUE_TODAY:
        if (has_time(item)) {
            lang_time(p->lang, &at, p->clock_12, to, size);
        } else {
            str_copy(to, size, lang_text(p->lang, LANG_TODAY));
        }
        break;
    case TODO_DUE_TOMORROW:
        str_copy(to, size, lang_text(p->lang, LANG_TOMORROW));
        break;
    case TODO_DUE_WEEKDAY:
        str_copy(to, size, lang_weekday(p->lang, at.weekday, true));
        break;
    case TODO_DUE_DATE: lang_date(p->lang, &at, true, to, size); break;
    case TODO_DUE_YEAR: lang_date_year(p->lang, &at, to, size); break;
    }
    return to;
}

static int
sign(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

/* A day stands for its end: what is due at a time of that day comes first. A
 * list is sorted in each measure of a page, so no midnight is searched. */
int
todo_due_compare(const struct todo_item *a, const struct todo_item *b) {
    struct calendar_date day_a, day_b;
    int order;

    if (has_time(a) && has_time(b)) {
        return sign(a->due_s, b->due_s);
    }
    day_a = due_day(a);
    day_b = due_day(b);
    if (day_a.year == 0 || day_b.year == 0) {
        return (day_a.year == 0) - (day_b.year == 0);
    }
    order = calendar_compare(day_a, day_b);
    return order != 0 ? order : has_time(b) - has_time(a);
}

int64_t
todo_due_change(const struct todo_item *item, int64_t now_s) {
    int64_t today = calendar_days(calendar_at(now_s, NULL).date);
    int64_t midnight = calendar_midnight(calendar_from_days(today + 1));

    if (has_time(item) && item->due_s > now_s && item->due_s < midnight) {
        return item->due_s;
    }
    return midnight;
}
