/* The icons of fonts/mirror-icons.ttf: generated, see fonts/make_icons.py. */
#ifndef MIRROR_RENDER_ICON_TABLE_H
#define MIRROR_RENDER_ICON_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* The name stands in the row: a pointer to it costs the program a relocation,
 * three times as large. Longer names are an error of the compiler. */
struct icon_row {
    char name[32];
    uint32_t code;
};

/* Sorted by name as strcmp() sorts. */
extern const struct icon_row icon_table[];
extern const size_t icon_table_count;

#endif
