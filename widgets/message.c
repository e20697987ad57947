/* One message for everybody in the house, as grave as it is. */
#include "model/message.h"

#include "render/paint_fact.h"
#include "render/widget.h"

enum {
    STALE_S = 10 * 60,
    OLD_S = 12 * 3600, /* after that nobody knows whether it still holds */
};

struct message_options {
    int lines;
    bool icon;
};

static const struct option options[] = {
    {.name = "lines",
     .type = OPTION_INT,
     OPTION_AT(struct message_options, lines),
     .min = 1,
     .max = PAINT_LINES_MAX,
     .fallback = "3",
     .help = "at most so many lines, then it is cut"},
    {.name = "icon",
     .type = OPTION_BOOL,
     OPTION_AT(struct message_options, icon),
     .fallback = "yes",
     .help = "show how grave it is by an icon too, not by colour alone"},
    {0},
};

struct look {
    const char *icon;
    enum theme_colour icon_colour, text_colour;
};

static struct look
look_of(const struct record_message *message) {
    switch (message->severity) {
    case MESSAGE_ALARM:
        return (struct look){"alert-octagon", COLOUR_ALARM, COLOUR_ALARM};
    case MESSAGE_WARNING:
        return (struct look){"alert", COLOUR_WARNING, COLOUR_BRIGHT};
    default:
        return (struct look){"message-text-outline", COLOUR_DIM, COLOUR_BRIGHT};
    }
}

/* Large, or smaller where large it would be cut. */
static enum theme_role
role_of(struct painter *p, const char *text, size_t most) {
    struct text_line *lines[PAINT_LINES_MAX];
    int icon = paint_icon_size(p, ROLE_TITLE);
    size_t count = text_wrap(p->text, text, p->theme->style[ROLE_TITLE],
                             p->area.w - icon - icon / 3, lines, most);
    bool cut = false;

    for (size_t i = 0; i < count; i++) {
        cut = cut || lines[i]->clipped;
        text_line_unref(p->text, lines[i]);
    }
    return cut ? ROLE_BODY : ROLE_TITLE;
}

/* The icon stands beside the first line, the lines below each other. */
static void
draw_text(const struct message_options *o, struct painter *p,
          const struct record_message *message, enum freshness freshness) {
    struct look look = look_of(message);
    enum theme_role role = role_of(p, message->text, (size_t)o->lines);
    int icon = paint_icon_size(p, role);
    struct paint_row block;
    int left;

    if (paint_left(p) < paint_pitch(p, role)) {
        return;
    }
    block = paint_row_begin(p);
    if (o->icon) {
        paint_icon_beside(p, block.x, paint_baseline(p, block.y, role), role,
                          paint_aged(freshness, look.icon_colour), look.icon);
        left = icon + icon / 3;
        p->area.x += left;
        p->area.w -= left;
    }
    p->used = (struct rect){p->area.x, block.y, 0, 0};
    paint_paragraph(p, role, paint_aged(freshness, look.text_colour),
                    message->text, (size_t)o->lines);
    paint_row_end(p, &block, 0, p->used.h);
}

static bool
is_over(const struct record_message *message, const struct moment *now) {
    return message->until_s != RECORD_NO_TIME && now->wall_known &&
           now->wall_ms / 1000 >= message->until_s;
}

static void
draw(const void *opaque, struct painter *p) {
    struct fact fact = facts_get(p->facts, RECORD_MESSAGE, "", p->now.mono_ms);
    enum freshness freshness = paint_freshness(p, &fact, STALE_S, OLD_S);
    const struct record_message *message = fact.record;

    if (message == NULL || freshness == FACT_NONE || freshness == FACT_OLD ||
        message->text[0] == '\0' || is_over(message, &p->now)) {
        return;
    }
    if (message->until_s != RECORD_NO_TIME) {
        paint_wake_at(p, message->until_s * 1000);
    }
    draw_text(opaque, p, message, freshness);
    paint_age(p, &fact, freshness);
}

const struct widget_type widget_message = {
    .name = "message",
    .summary = "one message for everybody in the house",
    .options = options,
    .options_size = sizeof(struct message_options),
    .draw = draw,
};
