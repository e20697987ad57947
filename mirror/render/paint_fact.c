#include "render/paint_fact.h"

#include <string.h>

enum { MINUTE_S = 60, DAY_S = 86400 };

enum freshness
paint_freshness(struct painter *p, const struct fact *fact, int64_t stale_s,
                int64_t old_s) {
    enum freshness freshness = fact_freshness(fact, stale_s, old_s);
    int64_t change_ms = fact_changes_ms(fact, stale_s, old_s, p->now.mono_ms);

    if (change_ms != CLOCK_NEVER) {
        paint_wake_at(p, p->now.wall_ms + (change_ms - p->now.mono_ms));
    }
    if (freshness == FACT_STALE && fact->age_s >= 0) {
        paint_wake_at(p, p->now.wall_ms +
                             (MINUTE_S - fact->age_s % MINUTE_S) * 1000);
    }
    return freshness;
}

enum theme_colour
paint_aged(enum freshness freshness, enum theme_colour colour) {
    if (freshness != FACT_STALE) {
        return colour;
    }
    return colour == COLOUR_FAINT ? COLOUR_FAINT : COLOUR_DIM;
}

void
paint_age(struct painter *p, const struct fact *fact,
          enum freshness freshness) {
    char age[64];

    if (freshness == FACT_STALE) {
        paint_icon_line(p, ROLE_LABEL, COLOUR_DIM, "clock-alert-outline",
                        lang_age(p->lang, fact->age_s, age, sizeof age));
    }
}

/* When a fact was true: the time, and the date if that was another day. */
static const char *
time_of(const struct painter *p, int64_t age_s, char *to, size_t size) {
    int64_t utc_s = p->now.wall_ms / 1000 - age_s;
    struct calendar at = calendar_at(utc_s, NULL);

    if (age_s >= DAY_S) {
        return lang_date(p->lang, &at, true, to, size);
    }
    return lang_time(p->lang, &at, p->clock_12, to, size);
}

void
paint_since(struct painter *p, const struct fact *fact, const char *what) {
    char when[64], words[128];
    const struct lang_arg args[] = {{"time", when}, {NULL, NULL}};

    if (what[0] != '\0') {
        paint_line(p, ROLE_LABEL, COLOUR_DIM, what);
    }
    if (p->now.wall_known && fact->age_s >= 0) {
        time_of(p, fact->age_s, when, sizeof when);
        lang_format(p->lang, LANG_SINCE, args, words, sizeof words);
    } else {
        lang_age(p->lang, fact->age_s, words, sizeof words);
    }
    paint_icon_line(p, ROLE_LABEL, COLOUR_WARNING, "lan-disconnect", words);
}

void
paint_none(struct painter *p, const char *icon, const char *what) {
    const struct source_status *hub = facts_find_source(p->facts, "hub");

    if (hub != NULL && hub->state != SOURCE_CONNECTING) {
        paint_icon_line(p, ROLE_LABEL, COLOUR_DIM, icon, what);
    }
}
