#include "fetch/hubs/values_builder.h"

#include <math.h>
#include <string.h>

#include "common/option.h"
#include "common/str.h"

static void
fill(const struct hub_item *item, struct value *value) {
    char icon[VALUE_ICON_MAX];

    str_clean(icon, sizeof icon, item->icon, strlen(item->icon));
    str_copy(value->icon, sizeof value->icon, icon);
    if (item->value.type == HUB_VALUE_NONE && item->shown[0] == '\0') {
        return;
    }
    value->state = VALUE_OK;
    value->number = item->value.number;
    str_copy(value->unit, sizeof value->unit, item->value.unit);
    str_copy(value->text, sizeof value->text, item->shown);
}

void
values_build(const char *list, values_find_fn find, const void *arg,
             struct record_values *ret_record) {
    char id[RECORD_ID_MAX];

    while ((list = option_next_word(list, id, sizeof id)) != NULL) {
        const struct hub_item *item = find(arg, id);
        struct value *value;

        if (ret_record->count >= VALUES_MAX) {
            ret_record->omitted++;
            continue;
        }
        value = &ret_record->values[ret_record->count++];
        value->number = NAN;
        value->state = VALUE_MISSING;
        str_copy(value->id, sizeof value->id, id);
        str_copy(value->label, sizeof value->label,
                 item != NULL ? item->label : id);
        if (item != NULL) {
            fill(item, value);
        }
    }
}
