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

/* Large; smaller where it would be cut even without its icon. Good news does
 * without one, a warning has it above the text. */
static void
draw_text(const struct message_options *o, struct painter *p,
          const struct record_message *message, enum freshness freshness) {
    struct look look = look_of(message);
    const char *icon = o->icon ? look.icon : NULL;
    enum theme_colour icon_colour = paint_aged(freshness, look.icon_colour);
    enum theme_role role = ROLE_TITLE;
    size_t lines = (size_t)o->lines;

    if (!paint_text_fits(p, role, NULL, message->text, lines)) {
        role = ROLE_BODY;
    } else if (icon != NULL &&
               !paint_text_fits(p, role, icon, message->text, lines)) {
        if (message->severity != MESSAGE_INFO) {
            paint_icon_line(p, role, icon_colour, icon, "");
        }
        icon = NULL;
    }
    paint_icon_paragraph(p, role, icon_colour,
                         paint_aged(freshness, look.text_colour), icon,
                         message->text, lines);
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
