#include <stddef.h>

#include "fetch/source.h"

const struct source_type *const source_types[] = {
    NULL,
};
