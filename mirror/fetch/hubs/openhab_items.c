#include "fetch/hubs/openhab_items.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/str.h"
#include "common/xalloc.h"
#include "fetch/hubs/semantics_points.h"
#include "fetch/json.h"

/* An item's name: [a-zA-Z_0-9]+ (ItemUtil.isValidItemName). */
static bool
name_ok(const char *name) {
    return name != NULL && name[0] != '\0' && strlen(name) < RECORD_ID_MAX &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        "0123456789_") == strlen(name);
}

/* Labels of older files may still carry their pattern: "Aussen [%.1f °C]". */
static void
strip_pattern(char *label) {
    char *open = strrchr(label, '[');

    if (open != NULL && open > label && open[-1] == ' ' &&
        str_ends_with(label, "]")) {
        const char *trimmed;

        *open = '\0';
        trimmed = str_trim(label);
        memmove(label, trimmed, strlen(trimmed) + 1);
    }
}

static const char *
read_label(struct intern *texts, const cJSON *element, const char *name) {
    const char *label = json_text(element, "label");
    char clean[RECORD_TEXT_MAX];

    if (label == NULL) {
        return name;
    }
    str_clean(clean, sizeof clean, label, strlen(label));
    strip_pattern(clean);
    return clean[0] == '\0' ? name : intern_text(texts, clean);
}

/* A text that only machines read; too long a one counts as missing. */
static const char *
read_word(struct intern *texts, const cJSON *object, const char *key) {
    const char *text = json_text(object, key);

    return text == NULL || strlen(text) >= RECORD_TEXT_MAX
               ? ""
               : intern_text(texts, text);
}

static void
read_groups(struct intern *texts, const cJSON *element,
            struct openhab_item *item) {
    const cJSON *list = json_member(element, "groupNames");
    const char *names[OPENHAB_GROUPS_MAX];
    const cJSON *name;
    const char **kept;

    cJSON_ArrayForEach(name, list) {
        if (cJSON_IsString(name) && name_ok(name->valuestring) &&
            item->group_count < OPENHAB_GROUPS_MAX) {
            names[item->group_count++] = intern_text(texts, name->valuestring);
        }
    }
    if (item->group_count > 0) {
        kept = intern_alloc(texts, item->group_count * sizeof names[0]);
        memcpy(kept, names, item->group_count * sizeof names[0]);
        item->groups = kept;
    }
}

/* The bytes of all options together; writes them where `to` is not NULL. */
static size_t
pack_options(const cJSON *options, char *to) {
    const cJSON *option;
    size_t used = 0;
    int count = 0;

    cJSON_ArrayForEach(option, options) {
        const char *value = json_text(option, "value");
        const char *label = json_text(option, "label");

        if (value == NULL || value[0] == '\0' || label == NULL ||
            strlen(value) + strlen(label) >= OPENHAB_OPTION_MAX ||
            count++ >= OPENHAB_OPTIONS_MAX) {
            continue;
        }
        if (to != NULL) {
            memcpy(to + used, value, strlen(value) + 1);
            memcpy(to + used + strlen(value) + 1, label, strlen(label) + 1);
        }
        used += strlen(value) + strlen(label) + 2;
    }
    return used;
}

static void
read_description(struct intern *texts, const cJSON *element,
                 struct openhab_item *item) {
    const cJSON *description = json_member(element, "stateDescription");
    const cJSON *options = json_member(description, "options");
    size_t size = pack_options(options, NULL);
    char *packed;

    item->pattern = read_word(texts, description, "pattern");
    if (size > 0) {
        packed = intern_alloc(texts, size + 1);
        pack_options(options, packed);
        item->options = packed;
    }
}

static void
read_metadata(struct intern *texts, const cJSON *element,
              struct openhab_item *item) {
    const cJSON *metadata = json_member(element, "metadata");
    const cJSON *semantics = json_member(metadata, "semantics");
    const cJSON *relations = json_member(semantics, "config");
    const cJSON *mirror = json_member(metadata, "mirror");
    const cJSON *config = json_member(mirror, "config");

    item->class = read_word(texts, semantics, "value");
    item->property = read_word(texts, relations, "relatesTo");
    item->location = read_word(texts, relations, "hasLocation");
    item->part_of = read_word(texts, relations, "isPartOf");
    item->point_of = read_word(texts, relations, "isPointOf");
    item->thing = read_word(texts, config, "thing");
    item->severity = read_word(texts, config, "severity");
    item->order = json_real(config, "order", -DBL_MAX, DBL_MAX);
    if (isnan(item->order) &&
        !str_to_double(read_word(texts, config, "order"), &item->order)) {
        item->order = NAN;
    }
}

static const char *
text_or_empty(const cJSON *object, const char *key) {
    const char *text = json_text(object, key);

    return text == NULL ? "" : text;
}

/* Of what has semantics, a temperature in a room is not worth a byte: only
 * rooms, equipment, and what could be a point of a lamp. */
static bool
semantics_matter(const cJSON *element, const struct openhab_item *types) {
    const cJSON *metadata = json_member(element, "metadata");
    const cJSON *semantics = json_member(metadata, "semantics");
    const cJSON *config = json_member(semantics, "config");
    struct openhab_item probe = *types;

    probe.class = text_or_empty(semantics, "value");
    probe.property = text_or_empty(config, "relatesTo");
    if (semantics_has_segment(probe.class, "Location") ||
        semantics_has_segment(probe.class, "Equipment")) {
        return true;
    }
    for (int i = 0; i < PLACE_END && probe.class[0] != '\0'; i++) {
        if (semantics_rank(&probe, (enum semantics_place)i) > 0) {
            return true;
        }
    }
    return false;
}

static bool
may_matter(const cJSON *element, const struct openhab_wants *wants,
           const struct openhab_item *types) {
    bool grouped = cJSON_GetArraySize(json_member(element, "groupNames")) > 0;

    return types->type == OPENHAB_GROUP ||
           intern_find(&wants->names, text_or_empty(element, "name")) != NULL ||
           (grouped && (wants->members || openhab_type_lights(types->type))) ||
           semantics_matter(element, types);
}

static struct openhab_item *
next_item(struct openhab_items *items, const struct openhab_item *types) {
    if (items->count == items->room) {
        items->room = items->room == 0 ? 64 : items->room * 2;
        items->items =
            xrealloc(items->items, items->room, sizeof *items->items);
    }
    items->items[items->count] = *types;
    return &items->items[items->count++];
}

static bool
is_full(const struct openhab_items *items) {
    return items->count >= OPENHAB_ITEMS_MAX ||
           openhab_items_bytes(items) >= OPENHAB_ITEMS_BYTES_MAX;
}

bool
openhab_items_add(struct openhab_items *items,
                  const struct openhab_wants *wants, const cJSON *element) {
    const char *name = json_text(element, "name");
    struct openhab_item types = {
        .type = (unsigned char)openhab_type_of(json_text(element, "type")),
        .group_type =
            (unsigned char)openhab_type_of(json_text(element, "groupType")),
    };
    struct openhab_item *item;

    if (!name_ok(name)) {
        return false;
    }
    items->seen++;
    if (!may_matter(element, wants, &types)) {
        return true;
    }
    if (is_full(items)) {
        items->dropped++;
        return true;
    }
    item = next_item(items, &types);
    item->name = intern_text(&items->texts, name);
    item->label = read_label(&items->texts, element, item->name);
    item->category = read_word(&items->texts, element, "category");
    read_groups(&items->texts, element, item);
    read_description(&items->texts, element, item);
    read_metadata(&items->texts, element, item);
    return true;
}

static int
by_name(const void *a, const void *b) {
    const struct openhab_item *one = a;
    const struct openhab_item *two = b;

    return strcmp(one->name, two->name);
}

void
openhab_items_seal(struct openhab_items *items) {
    size_t kept = 0;

    if (items->count > 0) {
        qsort(items->items, items->count, sizeof *items->items, by_name);
    }
    for (size_t i = 0; i < items->count; i++) {
        if (kept == 0 || items->items[kept - 1].name != items->items[i].name) {
            items->items[kept++] = items->items[i];
        }
    }
    items->count = kept;
}

const struct openhab_item *
openhab_items_find(const struct openhab_items *items, const char *name) {
    struct openhab_item key = {.name = name};

    if (items->count == 0 || name[0] == '\0') {
        return NULL;
    }
    return bsearch(&key, items->items, items->count, sizeof key, by_name);
}

enum openhab_type
openhab_item_state_type(const struct openhab_item *item) {
    return item->type == OPENHAB_GROUP ? item->group_type : item->type;
}

size_t
openhab_items_bytes(const struct openhab_items *items) {
    return items->room * sizeof *items->items + items->texts.bytes +
           items->texts.slot_count * sizeof *items->texts.slots;
}

void
openhab_items_finish(struct openhab_items *items) {
    intern_finish(&items->texts);
    free(items->items);
    *items = (struct openhab_items){0};
}
