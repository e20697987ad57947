/*
 * One kind of widget: const data, one file in widgets/. A widget is a pure
 * function from its options, the facts and the time to a few nodes of the
 * scene; it keeps nothing between two calls, opens nothing and never waits.
 */
#ifndef MIRROR_RENDER_WIDGET_H
#define MIRROR_RENDER_WIDGET_H

#include "common/option.h"
#include "render/painter.h"

struct widget_type {
    const char *name;    /* of its section: [widget NAME] */
    const char *summary; /* one line, for --list-widgets and the manual */
    const struct option *options; /* ends at {0}; "position" is the layout's */
    size_t options_size;

    /* Judges what a table cannot (two options that exclude each other). The
     * complaint goes to `why`. May be NULL. */
    bool (*check)(const void *options, char why[OPTION_WHY_MAX]);

    /*
     * Draws into p->area as of p->now. What does not fit is left out from the
     * end and counted on screen ("+3 more"); nothing outside the area. A
     * widget with nothing to say paints nothing. Says with paint_wake_at()
     * when its picture changes by itself.
     */
    void (*draw)(const void *options, struct painter *p);
};

/* Every widget there is, ending at NULL. Defined in widgets/widget_table.c. */
extern const struct widget_type *const widget_types[];

#endif
