#include "render/layout_place.h"

#include <math.h>
#include <stdbool.h>

/* What one weight may have if those that want less leave the rest. */
static int
water_level(const struct place_part *parts, size_t count, int room,
            const bool *full) {
    int weights = 0;

    for (size_t i = 0; i < count; i++) {
        if (full[i]) {
            room -= parts[i].share;
        } else {
            weights += parts[i].weight;
        }
    }
    if (weights == 0 || room <= 0) {
        return 0;
    }
    return room / weights;
}

enum { PARTS_MAX = 64 };

void
place_share(struct place_part *parts, size_t count, int room) {
    bool full[PARTS_MAX] = {false};
    bool again = true;
    int level = 0;

    for (size_t i = 0; i < count; i++) {
        parts[i].share = 0;
        full[i] = parts[i].weight <= 0 || parts[i].want <= 0;
    }
    while (again) {
        again = false;
        level = water_level(parts, count, room, full);
        for (size_t i = 0; i < count; i++) {
            if (!full[i] && parts[i].want <= level * parts[i].weight) {
                parts[i].share = parts[i].want;
                full[i] = true;
                again = true;
            }
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (!full[i]) {
            parts[i].share = level * parts[i].weight;
        }
    }
}

void
place_stack(struct place_part *parts, size_t count, int start, int end,
            int gap) {
    int edge = start;

    /* down: no part begins before the one above it has ended */
    for (size_t i = 0; i < count; i++) {
        struct place_part *part = &parts[i];
        double middle = start + part->anchor * (end - start);

        part->at = (int)lround(middle - part->share / 2.0);
        if (part->at < edge) {
            part->at = edge;
        }
        if (part->share > 0) {
            edge = part->at + part->share + gap;
        }
    }
    /* up again: what that pushed over the end pushes back */
    edge = end;
    for (size_t i = count; i-- > 0;) {
        struct place_part *part = &parts[i];

        if (part->at + part->share > edge) {
            part->at = edge - part->share;
        }
        if (part->share > 0) {
            edge = part->at - gap;
        }
    }
}
