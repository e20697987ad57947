/* Any items of the hub, as [values NAME] lists them. */
#ifndef MIRROR_MODEL_VALUES_H
#define MIRROR_MODEL_VALUES_H

#include "model/record.h"

enum { VALUES_MAX = 64, VALUE_UNIT_MAX = 32, VALUE_ICON_MAX = 64 };

enum value_state {
    VALUE_OK,
    VALUE_MISSING, /* NULL, UNDEF, or the hub has no such item */
    VALUE_STATE_END,
};

struct value {
    char id[RECORD_ID_MAX];
    char label[RECORD_TEXT_MAX];
    char
        text[RECORD_TEXT_MAX]; /* ready to show, unit included; "" if missing */
    char unit[VALUE_UNIT_MAX]; /* "°C"; "" if it has none */
    char icon[VALUE_ICON_MAX]; /* the hub's category ("temperature"), or "" */
    double number;             /* in `unit`; NaN if it is no number */
    uint8_t state;             /* enum value_state */
};

/* In the order of the config. */
struct record_values {
    struct record_head head; /* head.name is [values NAME] */
    uint32_t count;
    uint32_t omitted;
    struct value values[VALUES_MAX];
};

/* As struct record_kind_info (record.h) says. */
bool
values_check(const void *record);
void
values_print(const void *record, struct json_writer *json);

#endif
