/* Two scenes side by side. Private to them. */
#ifndef MIRROR_RENDER_SCENE_PRIVATE_H
#define MIRROR_RENDER_SCENE_PRIVATE_H

#include "render/scene.h"

/* One step through two lists: a node that both have, or what only one of them
 * has until they agree again. */
struct scene_stretch {
    size_t i, j; /* of before and after, where it begins */
    size_t i_end, j_end;
    bool same;
};

/* The next one, the first from zeroes; false at the end of both. */
bool
scene_next_stretch(const struct scene *before, const struct scene *after,
                   struct scene_stretch *s);

#endif
