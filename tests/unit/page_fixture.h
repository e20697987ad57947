/* One page_rig for all tests of a program, as fonts are slow to read: setup()
 * and teardown() are those of the group. Include in one file, after unit.h. */
#ifndef TESTS_UNIT_PAGE_FIXTURE_H
#define TESTS_UNIT_PAGE_FIXTURE_H

#include "page_rig.h"

static struct page_rig rig;

static int
setup(void **state) {
    (void)state;
    page_rig_init(&rig);
    return 0;
}

static int
teardown(void **state) {
    (void)state;
    page_rig_finish(&rig);
    return 0;
}

/* A painter over an empty scene. */
static inline struct painter
fresh(enum align align) {
    scene_clear(&rig.scene);
    return page_rig_painter(&rig, align);
}

#endif
