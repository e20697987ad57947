/* The arithmetic of the layout: shares and places on one axis, in px. */
#ifndef MIRROR_RENDER_LAYOUT_PLACE_H
#define MIRROR_RENDER_LAYOUT_PLACE_H

#include <stddef.h>

/* One party to a division, or one block of a column. */
struct place_part {
    int want;      /* its natural size */
    int weight;    /* how many shares it has; 0 wants nothing */
    double anchor; /* where its middle would like to be: 0 the start of the
                      column, 1 its end */
    int share;     /* what it gets: at most what it wants */
    int at;        /* where it begins */
};

/* Gives `room` to the parts so that nobody gets more than it wants and nobody
 * who is short has less, per weight, than anybody else (water-filling). */
void
place_share(struct place_part *parts, size_t count, int room);

/*
 * Sets `at` of parts that follow each other in [start, end) with `gap` between
 * them: each as near to its anchor as its neighbours let it. Parts of share 0
 * take no room and no gap. The shares and gaps have to fit.
 */
void
place_stack(struct place_part *parts, size_t count, int start, int end,
            int gap);

#endif
