/*
 * How widgets say how old their facts are, in the same four steps everywhere:
 * fresh (no mark), stale (dim, with its age), old (no values, "since 14:05"),
 * none.
 */
#ifndef MIRROR_RENDER_PAINT_FACT_H
#define MIRROR_RENDER_PAINT_FACT_H

#include "render/painter.h"

/* fact_freshness() as of now, having asked to be woken when it changes, and
 * each minute while an age is on screen. */
enum freshness
paint_freshness(struct painter *p, const struct fact *fact, int64_t stale_s,
                int64_t old_s);

/* `colour`, or the dimmer one a stale fact is shown in. */
enum theme_colour
paint_aged(enum freshness freshness, enum theme_colour colour);

/* A line with the age of a stale fact; nothing for a fresh one. */
void
paint_age(struct painter *p, const struct fact *fact, enum freshness freshness);

/* A line for a fact that is too old to be shown: `what` and "since 14:05". */
void
paint_since(struct painter *p, const struct fact *fact, const char *what);

/* A line for a fact that never came, `what` saying so; nothing while the hub
 * has not had time to answer. */
void
paint_none(struct painter *p, const char *icon, const char *what);

#endif
