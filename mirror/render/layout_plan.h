/* Where the widgets of a layout stand: fills their areas. Private to the
 * layout. */
#ifndef MIRROR_RENDER_LAYOUT_PLAN_H
#define MIRROR_RENDER_LAYOUT_PLAN_H

#include "render/layout.h"

/* Gives every widget that has something to say an area inside `room` (px),
 * the others an empty one. Leaves the scene as it was. */
void
layout_plan(struct layout *layout, const struct painter *base,
            struct rect room);

/* Draws one widget into `area`; keeps what it used and when it changes. */
void
layout_draw_widget(struct placed_widget *widget, const struct painter *base,
                   struct rect area);

#endif
