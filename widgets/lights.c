/* The lamps, room by room. Off, on, unknown and unreachable differ in shape:
 * a ring, a disc, a question mark, a crossed lamp with the word for it. */
#include <string.h>

#include "model/lights.h"
#include "render/paint_fact.h"
#include "render/paint_list.h"
#include "render/widget.h"

enum { SHOW_ON, SHOW_ALL, SHOW_PROBLEMS };
enum {
    STALE_S = 60, /* a hub that restarts takes about so long */
    OLD_S = 30 * 60,
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
     .help = "at most so many lamps, the others are counted"},
    {0},
};

/* The lamps to show, in the order to show them. */
struct choice {
    const struct light *lights[LIGHTS_MAX];
    size_t count;
    size_t judged; /* lamps of the rooms that were asked for */
};

static bool
is_problem(const struct light *light) {
    return light->state == LIGHT_UNKNOWN || light->state == LIGHT_UNREACHABLE;
}

static bool
is_shown(const struct lights_options *o, const struct light *light) {
    return is_problem(light) || o->show == SHOW_ALL ||
           (o->show == SHOW_ON && light->state == LIGHT_ON);
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

static void
choose(const struct lights_options *o, const struct record_lights *record,
       struct choice *choice) {
    char room[LIGHT_ROOM_MAX];
    const char *rest = o->rooms;

    *choice = (struct choice){0};
    if (strcmp(o->rooms, "all") == 0) {
        choose_room(o, record, NULL, choice);
        return;
    }
    while ((rest = option_next_word(rest, room, sizeof room)) != NULL) {
        choose_room(o, record, room, choice);
    }
}

/* Black body colours, CIE 1964 10 degree observer, from Mitchell Charity,
 * "What color is a blackbody?" (2001). */
static const struct {
    int32_t kelvin, rgb;
} white_points[] = {
    {1000, 0xff3800},  {2000, 0xff8912},  {2700, 0xffa757}, {3000, 0xffb46b},
    {4000, 0xffd1a3},  {5000, 0xffe4ce},  {6500, 0xfff9fd}, {8000, 0xe3e9ff},
    {10000, 0xccdbff}, {20000, 0xa8c5ff},
};
enum { WHITE_POINTS = sizeof white_points / sizeof *white_points };

static int32_t
mix(int32_t from, int32_t to, int32_t part, int32_t whole) {
    int32_t rgb = 0;

    for (int shift = 16; shift >= 0; shift -= 8) {
        int32_t a = from >> shift & 0xff, b = to >> shift & 0xff;

        rgb |= (a + (b - a) * part / whole) << shift;
    }
    return rgb;
}

static int32_t
white_rgb(int32_t kelvin) {
    for (size_t i = 1; i < WHITE_POINTS; i++) {
        if (kelvin <= white_points[i].kelvin) {
            return mix(white_points[i - 1].rgb, white_points[i].rgb,
                       kelvin - white_points[i - 1].kelvin,
                       white_points[i].kelvin - white_points[i - 1].kelvin);
        }
    }
    return white_points[WHITE_POINTS - 1].rgb;
}

/* The hue at full strength: how bright the lamp is says the bar. */
static int32_t
full_strength(int32_t rgb) {
    int32_t most = 0;
    int32_t full = 0;

    for (int shift = 16; shift >= 0; shift -= 8) {
        int32_t part = rgb >> shift & 0xff;

        most = part > most ? part : most;
    }
    if (most == 0) {
        return -1;
    }
    for (int shift = 16; shift >= 0; shift -= 8) {
        full |= ((rgb >> shift & 0xff) * 255 / most) << shift;
    }
    return full;
}

static int32_t
swatch(const struct light *light) {
    if (light->kelvin > 0) {
        return white_rgb(light->kelvin);
    }
    return light->rgb >= 0 ? full_strength(light->rgb) : -1;
}

static void
describe_on(const struct lights_options *o, const struct painter *p,
            const struct light *light, struct list_item *item) {
    item->mark = LIST_DISC;
    item->mark_colour = COLOUR_BRIGHT;
    item->text_colour = COLOUR_BRIGHT;
    if (p->theme->lamp_colours) {
        item->mark_rgb = swatch(light);
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

static bool
new_room(const struct choice *choice, size_t i) {
    return i == 0 ||
           strcmp(choice->lights[i]->room, choice->lights[i - 1]->room) != 0;
}

static int
heading_height(struct painter *p, size_t i) {
    int pitch = paint_pitch(p, ROLE_LABEL);

    return i == 0 ? pitch : pitch + pitch / 3;
}

/* How many lamps fit with their rooms' headings, and with the line that counts
 * the others. */
static size_t
fitting(const struct lights_options *o, struct painter *p,
        const struct choice *choice, size_t omitted) {
    int more = paint_pitch(p, ROLE_LABEL), left = paint_left(p);
    int height = 0;
    size_t fit = 0;

    for (size_t i = 0; i < choice->count && i < (size_t)o->max; i++) {
        bool last = i + 1 == choice->count && omitted == 0;

        height += new_room(choice, i) ? heading_height(p, i) : 0;
        height += paint_item_pitch(p);
        if (height + (last ? 0 : more) <= left) {
            fit = i + 1;
        }
    }
    return fit;
}

static void
draw_choice(const struct lights_options *o, struct painter *p,
            const struct choice *choice, enum freshness freshness,
            size_t omitted) {
    size_t fit = fitting(o, p, choice, omitted);

    for (size_t i = 0; i < fit; i++) {
        struct list_item item = describe(o, p, choice->lights[i], freshness);
        const char *room = choice->lights[i]->room;

        if (new_room(choice, i)) {
            paint_gap(p, i > 0 ? heading_height(p, 0) / 3 : 0);
            paint_heading(p, room[0] != '\0'
                                 ? room
                                 : lang_text(p->lang, LANG_LIGHTS_ELSEWHERE));
        }
        paint_item(p, &item);
    }
    paint_more(p, choice->count - fit + omitted);
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
