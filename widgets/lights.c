/* The lamps, room by room. Off, on, unknown and unreachable differ in shape:
 * a ring, a disc, a question mark, a crossed lamp with the word for it. */
#include <stdio.h>
#include <string.h>

#include "model/lights.h"
#include "render/lamp_colour.h"
#include "render/paint_fact.h"
#include "render/paint_list.h"
#include "render/widget.h"

enum { SHOW_ON, SHOW_ALL, SHOW_PROBLEMS };
enum {
    STALE_S = 60, /* a hub that restarts takes about so long */
    OLD_S = 30 * 60,
    ROOM_MARKS_MAX = 3,
};

struct lights_options {
    char rooms[1024];
    int show;
    bool brightness;
    bool all_off;
    int max;
};

static const struct option options[] = {
    {.name = "rooms",
     .type = OPTION_WORDS,
     OPTION_AT(struct lights_options, rooms),
     .fallback = "all",
     .help = "all, or the names of rooms parted by commas, in that order"},
    {.name = "show",
     .type = OPTION_CHOICE,
     OPTION_AT(struct lights_options, show),
     .choices = "on|all|problems",
     .fallback = "on",
     .help = "which lamps; those unknown or not reachable are always shown"},
    {.name = "brightness",
     .type = OPTION_BOOL,
     OPTION_AT(struct lights_options, brightness),
     .fallback = "yes",
     .help = "a small bar for lamps that are dimmed"},
    {.name = "all_off",
     .type = OPTION_BOOL,
     OPTION_AT(struct lights_options, all_off),
     .fallback = "yes",
     .help = "one quiet line while every lamp is off; no: nothing at all"},
    {.name = "max",
     .type = OPTION_INT,
     OPTION_AT(struct lights_options, max),
     .min = 1,
     .max = LIGHTS_MAX,
     .fallback = "24",
     .help = "lamps by name up to so many; more are a row for each room"},
    {0},
};

/* How much a lamp matters: a lit one wants to be switched off. */
enum rank { RANK_ON, RANK_PROBLEM, RANK_OFF, RANK_END };

/* The lamps to show, room by room: rooms with a lit lamp come first, and so do
 * lit lamps in a room. */
struct choice {
    const struct light *lights[LIGHTS_MAX];
    size_t count;
    size_t judged; /* lamps of the rooms that were asked for */
};

static enum rank
rank_of(const struct light *light) {
    if (light->state == LIGHT_ON) {
        return RANK_ON;
    }
    return light->state == LIGHT_OFF ? RANK_OFF : RANK_PROBLEM;
}

static bool
is_shown(const struct lights_options *o, const struct light *light) {
    switch (rank_of(light)) {
    case RANK_ON: return o->show != SHOW_PROBLEMS;
    case RANK_OFF: return o->show == SHOW_ALL;
    default: return true;
    }
}

/* Adds the lamps of `room`, or of every room for NULL. */
static void
choose_room(const struct lights_options *o, const struct record_lights *record,
            const char *room, struct choice *choice) {
    for (size_t i = 0; i < record->count; i++) {
        const struct light *light = &record->lights[i];

        if (room != NULL && strcmp(room, light->room) != 0) {
            continue;
        }
        choice->judged++;
        if (is_shown(o, light) && choice->count < LIGHTS_MAX) {
            choice->lights[choice->count++] = light;
        }
    }
}

static bool
new_room(const struct choice *choice, size_t i) {
    return i == 0 ||
           strcmp(choice->lights[i]->room, choice->lights[i - 1]->room) != 0;
}

/* The end of the room that begins at `first`, and the best rank in it. */
static size_t
room_end(const struct choice *choice, size_t first, enum rank *ret_best) {
    size_t end = first;

    *ret_best = RANK_END;
    do {
        enum rank rank = rank_of(choice->lights[end]);

        *ret_best = rank < *ret_best ? rank : *ret_best;
        end++;
    } while (end < choice->count && !new_room(choice, end));
    return end;
}

static void
add_by_rank(const struct choice *from, size_t first, size_t end,
            struct choice *to) {
    for (enum rank rank = 0; rank < RANK_END; rank++) {
        for (size_t i = first; i < end; i++) {
            if (rank_of(from->lights[i]) == rank) {
                to->lights[to->count++] = from->lights[i];
            }
        }
    }
}

static void
order(const struct choice *from, struct choice *to) {
    to->count = 0;
    to->judged = from->judged;
    for (enum rank rank = 0; rank < RANK_END; rank++) {
        size_t first = 0;

        while (first < from->count) {
            enum rank best;
            size_t end = room_end(from, first, &best);

            if (best == rank) {
                add_by_rank(from, first, end, to);
            }
            first = end;
        }
    }
}

static void
choose(const struct lights_options *o, const struct record_lights *record,
       struct choice *ret_choice) {
    char room[LIGHT_ROOM_MAX];
    const char *rest = o->rooms;
    struct choice choice = {.count = 0};

    if (strcmp(o->rooms, "all") == 0) {
        choose_room(o, record, NULL, &choice);
    } else {
        while ((rest = option_next_word(rest, room, sizeof room)) != NULL) {
            choose_room(o, record, room, &choice);
        }
    }
    order(&choice, ret_choice);
}

/* Leaves out the lamps that are off. */
static void
drop_off(struct choice *choice) {
    size_t kept = 0;

    for (size_t i = 0; i < choice->count; i++) {
        if (rank_of(choice->lights[i]) != RANK_OFF) {
            choice->lights[kept++] = choice->lights[i];
        }
    }
    choice->count = kept;
}

static void
describe_on(const struct lights_options *o, const struct painter *p,
            const struct light *light, struct list_item *item) {
    item->mark = LIST_DISC;
    item->mark_colour = COLOUR_BRIGHT;
    item->text_colour = COLOUR_BRIGHT;
    if (p->theme->lamp_colours) {
        item->mark_rgb = lamp_colour(light->kelvin, light->rgb);
    }
    if (o->brightness && light->brightness_pct >= 0 &&
        light->brightness_pct < 100) {
        item->bar_pct = light->brightness_pct;
    }
}

static struct list_item
describe(const struct lights_options *o, struct painter *p,
         const struct light *light, enum freshness freshness) {
    struct list_item item = list_item(light->name);

    item.note_yields = true; /* the mark says the most of it */
    switch (light->state) {
    case LIGHT_ON: describe_on(o, p, light, &item); break;
    case LIGHT_OFF:
        item.mark = LIST_RING;
        item.mark_colour = COLOUR_DIM;
        item.text_colour = COLOUR_DIM;
        break;
    case LIGHT_UNREACHABLE:
        item.mark = LIST_ICON;
        item.icon = "lightbulb-off-outline";
        item.mark_colour = COLOUR_WARNING;
        item.note = lang_text(p->lang, LANG_LIGHT_UNREACHABLE);
        break;
    default:
        item.mark = LIST_ICON;
        item.icon = "help-circle-outline";
        item.mark_colour = COLOUR_DIM;
        item.note = lang_text(p->lang, LANG_LIGHT_UNKNOWN);
        break;
    }
    if (freshness == FACT_STALE) {
        item.mark_rgb = -1;
        item.mark_colour = paint_aged(freshness, item.mark_colour);
        item.text_colour = paint_aged(freshness, item.text_colour);
    }
    return item;
}

static const char *
room_name(const struct painter *p, const struct light *light) {
    return light->room[0] != '\0' ? light->room
                                  : lang_text(p->lang, LANG_LIGHTS_ELSEWHERE);
}

/* Above the heading of every room but the first. */
static int
gap_above(struct painter *p, size_t i) {
    return i == 0 ? 0 : paint_on_grid(p, paint_pitch(p, ROLE_LABEL) / 3);
}

/* Whether all of it fits with the rooms' headings, and with the line that
 * counts the others. */
static bool
fits(const struct lights_options *o, struct painter *p,
     const struct choice *choice, size_t omitted) {
    int label = paint_pitch(p, ROLE_LABEL), height = omitted > 0 ? label : 0;

    for (size_t i = 0; i < choice->count; i++) {
        height += new_room(choice, i) ? gap_above(p, i) + label : 0;
        height += paint_item_pitch(p);
    }
    return choice->count <= (size_t)o->max && height <= paint_left(p);
}

/* Every lamp by its name, under its room. */
static void
draw_lamps(const struct lights_options *o, struct painter *p,
           const struct choice *choice, enum freshness freshness) {
    for (size_t i = 0; i < choice->count; i++) {
        struct list_item item = describe(o, p, choice->lights[i], freshness);

        if (new_room(choice, i)) {
            paint_gap(p, gap_above(p, i));
            paint_heading(p, room_name(p, choice->lights[i]));
        }
        paint_item(p, &item);
    }
}

/* How many marks a room's row has: one will do where all are off. */
static size_t
room_marks(const struct choice *choice, size_t first, size_t end) {
    if (rank_of(choice->lights[first]) == RANK_OFF) {
        return 1;
    }
    return end - first < ROOM_MARKS_MAX ? end - first : ROOM_MARKS_MAX;
}

/* A row for a whole room: its name, and a mark for each lamp that it is about
 * (a lit one, one with a problem, or else that all are off). */
static void
draw_room(const struct lights_options *o, struct painter *p,
          const struct choice *choice, size_t first, size_t end, size_t slots,
          enum freshness freshness) {
    struct list_item items[ROOM_MARKS_MAX];
    size_t count = room_marks(choice, first, end);
    char number[24];

    for (size_t i = 0; i < count; i++) {
        items[i] = describe(o, p, choice->lights[first + i], freshness);
    }
    items[0].text = room_name(p, choice->lights[first]);
    items[0].beside = items + 1;
    items[0].beside_count = count - 1;
    items[0].mark_slots = slots;
    items[0].note = "";
    items[0].bar_pct = -1;
    if (end - first > ROOM_MARKS_MAX) {
        snprintf(number, sizeof number, "%zu", end - first);
        items[0].note = number;
    }
    paint_item(p, &items[0]);
}

/* Where names have no room: room by room, as many as fit; what is off only
 * where nothing else is. */
static void
draw_rooms(const struct lights_options *o, struct painter *p,
           const struct choice *choice, enum freshness freshness,
           size_t omitted) {
    size_t rooms = 0, first, end, shown = 0, slots = 1;
    enum rank best;

    for (first = 0; first < choice->count; first = end) {
        size_t marks;

        end = room_end(choice, first, &best);
        marks = room_marks(choice, first, end);
        slots = marks > slots ? marks : slots;
        rooms++;
    }
    rooms = paint_items_fit(p, omitted > 0 ? rooms + 1 : rooms);
    for (first = 0; first < choice->count && rooms > 0; first = end, rooms--) {
        end = room_end(choice, first, &best);
        draw_room(o, p, choice, first, end, slots, freshness);
        shown += end - first;
    }
    paint_more(p, choice->count - shown + omitted);
}

static void
draw_choice(const struct lights_options *o, struct painter *p,
            struct choice *choice, enum freshness freshness, size_t omitted) {
    size_t all = choice->count;

    if (!fits(o, p, choice, omitted) &&
        rank_of(choice->lights[0]) != RANK_OFF) {
        drop_off(choice);
    }
    omitted += all - choice->count;
    if (fits(o, p, choice, omitted)) {
        draw_lamps(o, p, choice, freshness);
        paint_more(p, omitted);
    } else {
        draw_rooms(o, p, choice, freshness, omitted);
    }
}

static void
draw_lights(const struct lights_options *o, struct painter *p,
            const struct record_lights *record, enum freshness freshness) {
    struct choice choice;

    choose(o, record, &choice);
    if (choice.count > 0) {
        draw_choice(o, p, &choice, freshness,
                    o->show == SHOW_ALL ? record->omitted : 0);
    } else if (choice.judged > 0 && o->all_off && o->show != SHOW_PROBLEMS) {
        paint_icon_line(p, ROLE_LABEL, COLOUR_DIM, "lightbulb-outline",
                        lang_text(p->lang, LANG_LIGHTS_ALL_OFF));
    }
}

static void
draw(const void *opaque, struct painter *p) {
    const struct lights_options *o = opaque;
    struct fact fact = facts_get(p->facts, RECORD_LIGHTS, "", p->now.mono_ms);
    enum freshness freshness = paint_freshness(p, &fact, STALE_S, OLD_S);
    struct paint_row block = paint_list_begin(p);

    if (fact.record == NULL || freshness == FACT_NONE) {
        paint_none(p, "lightbulb-question-outline",
                   lang_text(p->lang, LANG_LIGHTS_NONE));
    } else if (freshness == FACT_OLD) {
        paint_since(p, &fact, lang_text(p->lang, LANG_LIGHTS));
    } else {
        const struct record_lights *record = fact.record;

        if (record->count > 0 && freshness == FACT_STALE) {
            paint_age(p, &fact, freshness);
        }
        draw_lights(o, p, record, freshness);
    }
    paint_list_end(p, &block);
}

const struct widget_type widget_lights = {
    .name = "lights",
    .summary = "the lamps that are on, room by room",
    .options = options,
    .options_size = sizeof(struct lights_options),
    .draw = draw,
};
