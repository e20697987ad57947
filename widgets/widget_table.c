#include "render/widget.h"

/* X(name): every widget in one line, by the alphabet. */
#define WIDGETS(X)                                                             \
    X(clock)                                                                   \
    X(lights)                                                                  \
    X(message)                                                                 \
    X(todo)                                                                    \
    X(value)                                                                   \
    X(weather)

#define WIDGET_TYPE(name) extern const struct widget_type widget_##name;
#define WIDGET_ROW(name)  &widget_##name,

WIDGETS(WIDGET_TYPE)

const struct widget_type *const widget_types[] = {WIDGETS(WIDGET_ROW) NULL};
