#include "render/widget.h"

extern const struct widget_type widget_clock, widget_lights;

const struct widget_type *const widget_types[] = {
    &widget_clock,
    &widget_lights,
    NULL,
};
