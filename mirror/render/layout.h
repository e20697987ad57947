/*
 * Where widgets stand: the regions that mirror owners know. Three columns (and
 * in portrait three bands) share the panel; top regions grow down, bottom
 * regions grow up, and where the room is short every widget of the column gets
 * its fair share, so nothing overlaps and nothing leaves the panel.
 */
#ifndef MIRROR_RENDER_LAYOUT_H
#define MIRROR_RENDER_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/config.h"
#include "render/painter.h"
#include "render/widget.h"

enum region {
    REGION_TOP_BAR,
    REGION_TOP_LEFT,
    REGION_TOP_CENTER,
    REGION_TOP_RIGHT,
    REGION_UPPER_THIRD,
    REGION_MIDDLE_CENTER,
    REGION_LOWER_THIRD,
    REGION_BOTTOM_LEFT,
    REGION_BOTTOM_CENTER,
    REGION_BOTTOM_RIGHT,
    REGION_BOTTOM_BAR,
    REGION_FULLSCREEN_BELOW,
    REGION_FULLSCREEN_ABOVE,
    REGION_END,
};

enum { LAYOUT_WIDGETS_MAX = 32 };

struct placed_widget {
    const struct widget_type *type;
    char name[RECORD_NAME_MAX]; /* [widget TYPE NAME]; the type's without */
    void *options;              /* owned */
    enum region region;
    struct rect area; /* what it was given; private from here on */
    struct rect used;
    int64_t next_ms; /* wall time */
};

struct layout {
    struct placed_widget widgets[LAYOUT_WIDGETS_MAX]; /* in the file's order */
    size_t count;
};

/* What every [widget ...] section accepts besides its type's own options:
 * "position". */
extern const struct option layout_options[];

/*
 * Reads every [widget ...] section; complaints go to config->errors. A widget
 * with a wrong option keeps its defaults, one of an unknown type is left out;
 * with none left the layout is a clock, and a widget for each source that the
 * config has. An OPTION_NAME with `choices` refers to a section of that kind:
 * it has to exist, and an empty one stands for the only one there is. Returns
 * whether all were good.
 */
bool
layout_read(struct layout *layout, struct config *config);
void
layout_finish(struct layout *layout);

/* NULL if there is no such type. */
const struct widget_type *
widget_type_find(const char *name);

/* The name of a region as the config has it; NULL past the end. */
const char *
region_name(unsigned region);

/* Places and draws all of it into an empty scene. `base` has everything of a
 * painter but its area. `notice` is one sentence for the bottom of the panel
 * ("config line 12"), NULL for none. Returns the wall time of the next change
 * by itself, or CLOCK_NEVER. */
int64_t
layout_draw(struct layout *layout, const struct painter *base,
            const char *notice);

/* Draws only the widgets whose time has come, in the place they have, the
 * others' nodes copied from `before` into the empty base->scene. Returns false
 * if one of them changed its size: then call layout_draw(). */
bool
layout_tick(struct layout *layout, const struct painter *base,
            const struct scene *before, int64_t *ret_next_ms);

#endif
