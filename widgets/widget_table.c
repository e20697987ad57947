#include "render/widget.h"

extern const struct widget_type widget_clock, widget_lights, widget_message,
    widget_todo, widget_value, widget_weather;

const struct widget_type *const widget_types[] = {
    &widget_clock, &widget_lights, &widget_message,
    &widget_todo,  &widget_value,  &widget_weather,
    NULL,
};
