/* A list of things to do: the next ones, when they are due, how many more. */
#include <assert.h>
#include <stdio.h>

#include "model/todo.h"
#include "render/paint_fact.h"
#include "render/paint_list.h"
#include "render/widget.h"
#include "widgets/todo_due.h"

enum { SORT_SOURCE, SORT_DUE, SORT_PRIORITY };
enum { DONE_HIDE, DONE_COUNT, DONE_SHOW };
enum {
    STALE_S = 10 * 60,
    OLD_S = 2 * 86400, /* yesterday's list is still worth a look */
    PRIORITY_HIGH = 4, /* RFC 5545, 3.8.1.9: 1 to 4 are high */
    PRIORITY_NONE = 10,
};

struct todo_options {
    char list[RECORD_NAME_MAX];
    char title[128];
    int sort;
    int max;
    bool due;
    int done;
    bool empty;
};

static const struct option options[] = {
    {.name = "list",
     .type = OPTION_NAME,
     OPTION_AT(struct todo_options, list),
     .choices = "todo",
     .fallback = "",
     .help = "the NAME of its [todo NAME]; empty: the only one there is"},
    {.name = "title",
     .type = OPTION_TEXT,
     OPTION_AT(struct todo_options, title),
     .fallback = "",
     .help = "the heading; empty: none"},
    {.name = "sort",
     .type = OPTION_CHOICE,
     OPTION_AT(struct todo_options, sort),
     .choices = "source|due|priority",
     .fallback = "due",
     .help = "the order: the source's own, by due date, or by priority"},
    {.name = "max",
     .type = OPTION_INT,
     OPTION_AT(struct todo_options, max),
     .min = 1,
     .max = TODO_MAX,
     .fallback = "10",
     .help = "at most so many items, the others are counted"},
    {.name = "due",
     .type = OPTION_BOOL,
     OPTION_AT(struct todo_options, due),
     .fallback = "yes",
     .help = "say when something is due"},
    {.name = "done",
     .type = OPTION_CHOICE,
     OPTION_AT(struct todo_options, done),
     .choices = "hide|count|show",
     .fallback = "hide",
     .help = "what was done today: hidden, counted, or shown struck through"},
    {.name = "empty",
     .type = OPTION_BOOL,
     OPTION_AT(struct todo_options, empty),
     .fallback = "no",
     .help = "say so when there is nothing to do"},
    {0},
};

/* What of a list is shown: what is open, sorted, then what was done. */
struct choice {
    const struct todo_item *items[TODO_MAX];
    size_t open, count;
};

static bool
done_today(const struct todo_item *item, int64_t now_s) {
    struct calendar_date day, today;

    if (!item->done || item->completed_s == RECORD_NO_TIME) {
        return item->done; /* a hub's switch does not say when */
    }
    day = calendar_at(item->completed_s, NULL).date;
    today = calendar_at(now_s, NULL).date;
    return calendar_compare(day, today) == 0;
}

static int
rank(const struct todo_item *item) {
    return item->priority > 0 ? item->priority : PRIORITY_NONE;
}

static int
compare(int sort, const struct todo_item *a, const struct todo_item *b) {
    if (sort == SORT_DUE) {
        return todo_due_compare(a, b);
    }
    return sort == SORT_PRIORITY ? rank(a) - rank(b) : 0;
}

/* Keeps the source's order where two are alike. */
static void
insert_sorted(struct choice *choice, const struct todo_item *item, int sort) {
    size_t at = choice->count++;

    while (at > 0 && compare(sort, choice->items[at - 1], item) > 0) {
        choice->items[at] = choice->items[at - 1];
        at--;
    }
    choice->items[at] = item;
}

static void
choose(const struct todo_options *o, const struct record_todo *record,
       int64_t now_s, struct choice *choice) {
    *choice = (struct choice){0};
    for (size_t i = 0; i < record->count; i++) {
        if (!record->items[i].done) {
            insert_sorted(choice, &record->items[i], o->sort);
        }
    }
    choice->open = choice->count;
    for (size_t i = 0; i < record->count; i++) {
        if (done_today(&record->items[i], now_s)) {
            choice->items[choice->count++] = &record->items[i];
        }
    }
}

enum { NOTE_MAX = 64 };

/* `note` is room for the words of item.note. */
static struct list_item
make_item(const struct todo_options *o, struct painter *p,
          const struct todo_item *todo, enum freshness freshness,
          char note[NOTE_MAX]) {
    struct list_item item = list_item(todo->text);

    item.mark = LIST_ICON;
    item.icon = "checkbox-blank-outline";
    item.mark_colour = COLOUR_DIM;
    if (todo->priority > 0 && todo->priority <= PRIORITY_HIGH) {
        item.text_colour = COLOUR_BRIGHT;
    }
    if (todo->done) {
        item.icon = "checkbox-marked-outline";
        item.text_colour = COLOUR_DIM;
        item.struck = true;
    } else if (o->due && p->now.wall_known) {
        int64_t now_s = p->now.wall_ms / 1000;

        item.note = todo_due_words(p, todo, note, NOTE_MAX);
        paint_wake_at(p, todo_due_change(todo, now_s) * 1000);
        if (todo_due(todo, now_s) == TODO_DUE_OVERDUE) {
            item.icon = "alert-circle-outline";
            item.mark_colour = item.note_colour = COLOUR_WARNING;
        }
    }
    item.text_colour = paint_aged(freshness, item.text_colour);
    return item;
}

/* In a list without boxes nothing else stands before the texts either: that an
 * item is overdue is said behind it, by a sign where the word has no room. */
static void
take_box(struct list_item *item) {
    item->mark = LIST_NO_MARK;
    if (item->mark_colour == COLOUR_WARNING) {
        item->note_icon = item->icon;
    }
}

/* Whether the boxes to tick take the room that texts need: where one line each
 * is enough without them, or where they leave no height for second lines and
 * fewer are cut without them. Else they tell where an item begins. */
static bool
boxes_are_dear(const struct todo_options *o, struct painter *p,
               const struct choice *choice, size_t count,
               enum freshness freshness) {
    size_t cut = 0, cut_without = 0;
    char note[NOTE_MAX];
    int height = 0;

    for (size_t i = 0; i < count; i++) {
        struct list_item item =
            make_item(o, p, choice->items[i], freshness, note);

        item.lines = 2;
        height += paint_item_height(p, &item);
        cut += paint_item_is_cut(p, &item);
        take_box(&item);
        cut_without += paint_item_is_cut(p, &item);
    }
    return cut_without < cut && (cut_without == 0 || height > paint_left(p));
}

/* The height that is left when every item has one line, px: the first long
 * texts, and notes, may have a second. */
static int
spare_height(struct painter *p, size_t items, bool more) {
    int left = paint_left(p) - (more ? paint_pitch(p, ROLE_LABEL) : 0);

    return left - (int)items * paint_item_pitch(p);
}

/* Two lines where there is room for the second, or one would show next to
 * nothing. Returns the item's height, px. */
static int
choose_lines(struct painter *p, struct list_item *item, int spare) {
    int pitch = paint_item_pitch(p), height;

    item->lines = 2;
    height = paint_item_height(p, item);
    if (height - pitch > spare && !paint_item_is_crushed(p, item)) {
        item->lines = 1;
        height = pitch;
    }
    return height;
}

/* Paints up to `count` items, fewer where some need a second line to be read
 * at all; returns how many. `omitted` are counted below them. */
static size_t
draw_items(const struct todo_options *o, struct painter *p,
           const struct choice *choice, size_t count, size_t omitted,
           enum freshness freshness) {
    int spare = spare_height(p, count, omitted > 0);
    int more = paint_pitch(p, ROLE_LABEL);
    bool bare = boxes_are_dear(o, p, choice, count, freshness);
    size_t painted = 0;

    for (; painted < count; painted++) {
        const struct todo_item *todo = choice->items[painted];
        bool last = painted + 1 == count && omitted == 0;
        char note[NOTE_MAX];
        struct list_item item;
        int height;

        assert(todo != NULL);
        item = make_item(o, p, todo, freshness, note);
        if (bare) {
            take_box(&item);
        }
        height = choose_lines(p, &item, spare);
        if (paint_left(p) < height + (last ? 0 : more)) {
            break;
        }
        spare -= height - paint_item_pitch(p);
        paint_item(p, &item);
    }
    return painted;
}

static void
draw_done(struct painter *p, size_t count) {
    char number[24], words[128];
    const struct lang_arg args[] = {{"n", number}, {NULL, NULL}};

    if (count == 0) {
        return;
    }
    snprintf(number, sizeof number, "%zu", count);
    lang_format(p->lang, LANG_TODO_DONE, args, words, sizeof words);
    paint_icon_line(p, ROLE_LABEL, COLOUR_DIM, "check", words);
}

static void
draw_choice(const struct todo_options *o, struct painter *p,
            const struct choice *choice, size_t omitted,
            enum freshness freshness) {
    size_t count = o->done == DONE_SHOW ? choice->count : choice->open;
    size_t want = count < (size_t)o->max ? count : (size_t)o->max;
    size_t total = count + omitted;
    /* with more to tell of, the line for that is wanted as well */
    size_t fit = paint_items_fit(p, want < total ? want + 1 : want);

    if (fit > want) {
        fit = want;
    }
    fit = draw_items(o, p, choice, fit, total - fit, freshness);
    paint_more(p, total - fit);
    if (o->done == DONE_COUNT) {
        draw_done(p, choice->count - choice->open);
    }
}

static void
draw_list(const struct todo_options *o, struct painter *p,
          const struct fact *fact, enum freshness freshness) {
    const struct record_todo *record = fact->record;
    struct choice choice;
    bool has_open, has_done;

    choose(o, record, p->now.wall_ms / 1000, &choice);
    has_open = choice.open > 0 || record->omitted > 0;
    has_done = o->done != DONE_HIDE && choice.count > choice.open;
    if (!has_open && !has_done && !o->empty) {
        return;
    }
    if (o->title[0] != '\0') {
        paint_heading(p, o->title);
    }
    paint_age(p, fact, freshness);
    if (!has_open && o->empty) {
        paint_icon_line(p, ROLE_LABEL, COLOUR_DIM, "check",
                        lang_text(p->lang, LANG_TODO_NOTHING));
    }
    draw_choice(o, p, &choice, record->omitted, freshness);
}

static void
draw(const void *opaque, struct painter *p) {
    const struct todo_options *o = opaque;
    struct fact fact =
        facts_get(p->facts, RECORD_TODO, o->list, p->now.mono_ms);
    enum freshness freshness = paint_freshness(p, &fact, STALE_S, OLD_S);
    struct paint_row block = paint_list_begin(p);

    if (fact.record == NULL || freshness == FACT_NONE) {
        paint_none(p, "format-list-checks", lang_text(p->lang, LANG_TODO_NONE));
    } else if (freshness == FACT_OLD) {
        paint_since(p, &fact, o->title);
    } else {
        draw_list(o, p, &fact, freshness);
    }
    paint_list_end(p, &block);
}

const struct widget_type widget_todo = {
    .name = "todo",
    .summary = "a list of things to do",
    .options = options,
    .options_size = sizeof(struct todo_options),
    .draw = draw,
};
