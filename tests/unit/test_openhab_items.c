#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "openhab_sample.h"

static void
an_element_becomes_an_item(void **state) {
    struct sample sample = {0};
    const struct openhab_item *item;

    (void)state;
    sample_load(
        &sample,
        "[{'link':'http://hub/rest/items/Lamp_Temp','stateDescription':"
        "{'minimum':2200,'pattern':'%.0f K','options':[{'value':'1','label':"
        "'Warm'},{'value':'2'},{'value':'','label':'x'},{'label':'y'}]},"
        "'metadata':{'semantics':{'value':'Point_Control','config':"
        "{'isPointOf':'Lamp','relatesTo':'Property_ColorTemperature',"
        "'hasLocation':'gHall'}},'mirror':{'value':'x','config':{'order':2,"
        "'thing':'wiz:bulb:1','severity':'alarm'}}},'type':"
        "'Number:Temperature','name':'Lamp_Temp','label':'Ton [%.0f K]',"
        "'category':'light','groupNames':['Lamp','Lights'],'future':[1]}]");
    assert_int_equal(sample.items.count, 1);
    item = openhab_items_find(&sample.items, "Lamp_Temp");
    assert_non_null(item);
    assert_string_equal(item->label, "Ton");
    assert_string_equal(item->category, "light");
    assert_string_equal(item->pattern, "%.0f K");
    assert_memory_equal(item->options, "1\0Warm\0", 8);
    assert_string_equal(item->class, "Point_Control");
    assert_string_equal(item->property, "Property_ColorTemperature");
    assert_string_equal(item->point_of, "Lamp");
    assert_string_equal(item->part_of, "");
    assert_string_equal(item->location, "gHall");
    assert_string_equal(item->thing, "wiz:bulb:1");
    assert_string_equal(item->severity, "alarm");
    assert_true(item->order == 2);
    assert_int_equal(item->type, OPENHAB_NUMBER);
    assert_int_equal(item->group_count, 2);
    assert_ptr_equal(item->groups[1],
                     intern_find(&sample.items.texts, "Lights"));
    assert_null(openhab_items_find(&sample.items, "Lamp"));
    assert_null(openhab_items_find(&sample.items, ""));
    sample_finish(&sample);
}

static void
labels_lose_their_pattern(void **state) {
    static const struct {
        const char *label, *expected;
    } cases[] = {
        {"Temp [%.1f °C]", "Temp"},
        {"Temp", "Temp"},
        {"Temp  [x] ", "Temp  [x] "},
        {"Temp[x]", "Temp[x]"},
        {"A [b] c", "A [b] c"},
        {"A [b] [c]", "A [b]"},
        {" [%d]", "G"},
        {"", "G"},
        {"a\\tb\\u0001", "a b"},
        {"\\u003c3 \\u0026", "<3 &"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sample sample = {0};
        char text[256];

        snprintf(text, sizeof text,
                 "[{'name':'G','type':'Group','label':'%s'}]", cases[i].label);
        sample_load(&sample, text);
        assert_string_equal(openhab_items_find(&sample.items, "G")->label,
                            cases[i].expected);
        sample_finish(&sample);
    }
}

static void
what_is_no_item_is_refused(void **state) {
    struct sample sample = {0};

    (void)state;
    sample_load(&sample, "[1,'x',null,[],{},{'name':7},{'name':''},"
                         "{'name':'a-b','type':'Group'},"
                         "{'name':'a/b','type':'Group'},"
                         "{'name':'\\u00e4','type':'Group'}]");
    assert_int_equal(sample.refused, 10);
    assert_int_equal(sample.items.seen, 0);
    assert_int_equal(sample.items.count, 0);
    sample_finish(&sample);
}

static void
wrong_types_of_members_count_as_missing(void **state) {
    struct sample sample = {0};
    const struct openhab_item *item;

    (void)state;
    sample_load(&sample, "[{'name':'G','type':'Group','label':7,'category':[],"
                         "'groupNames':'x','metadata':[1],'groupType':{},"
                         "'stateDescription':{'options':3,'pattern':null}},"
                         "{'name':'H','type':'Group','groupNames':[1,null,"
                         "'ok','not ok'],'metadata':{'mirror':{'config':"
                         "{'order':'3'}},'semantics':{'value':1}}}]");
    item = openhab_items_find(&sample.items, "G");
    assert_string_equal(item->label, "G");
    assert_string_equal(item->category, "");
    assert_string_equal(item->pattern, "");
    assert_null(item->options);
    assert_int_equal(item->group_count, 0);
    assert_true(isnan(item->order));
    item = openhab_items_find(&sample.items, "H");
    assert_int_equal(item->group_count, 1);
    assert_string_equal(item->class, "");
    assert_true(item->order == 3);
    sample_finish(&sample);
}

/* What is kept of a large house, and what is not. */
static void
only_what_may_matter_is_kept(void **state) {
    static const struct {
        const char *item;
        bool members, kept;
    } cases[] = {
        {"{'name':'A','type':'Group'}", false, true},
        {"{'name':'A','type':'Number'}", false, false},
        {"{'name':'Wanted','type':'Number'}", false, true},
        {"{'name':'A','type':'Switch'}", false, false},
        {"{'name':'A','type':'Switch','groupNames':['G']}", false, true},
        {"{'name':'A','type':'Number','groupNames':['G']}", false, false},
        {"{'name':'A','type':'Number','groupNames':['G']}", true, true},
        {"{'name':'A','type':'Number','groupNames':[]}", true, false},
        {"{'name':'A','type':'Number','metadata':{'semantics':{'value':"
         "'Point_Measurement','config':{'relatesTo':'Property_Temperature'}}}}",
         false, false},
        {"{'name':'A','type':'DateTime','metadata':{'semantics':{'value':"
         "'Point_Status','config':{'relatesTo':'Property_Timestamp'}}}}",
         false, true},
        {"{'name':'A','type':'Location','metadata':{'semantics':{'value':"
         "'Location_Indoor'}}}",
         false, true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sample sample = {0};
        char text[512];

        intern_text(&sample.wants.names, "Wanted");
        sample.wants.members = cases[i].members;
        snprintf(text, sizeof text, "[%s]", cases[i].item);
        sample_load(&sample, text);
        assert_int_equal(sample.items.seen, 1);
        assert_int_equal(sample.items.count, cases[i].kept);
        sample_finish(&sample);
    }
}

static void
names_come_once(void **state) {
    struct sample sample = {0};

    (void)state;
    sample_load(&sample, "[{'name':'B','type':'Group'},"
                         "{'name':'A','type':'Group'},"
                         "{'name':'B','type':'Group'}]");
    assert_int_equal(sample.items.count, 2);
    assert_int_equal(sample.items.seen, 3);
    assert_string_equal(sample.items.items[0].name, "A");
    sample_finish(&sample);
}

/* Writes a list of `count` group names, and as many options, for one item. */
static char *
crowded_item(int count) {
    size_t size = 256 + (size_t)count * 64;
    char *text = xcalloc(1, size);
    size_t used = (size_t)snprintf(
        text, size, "[{'name':'A','type':'Group','groupNames':['G'");

    for (int i = 1; i < count; i++) {
        used += (size_t)snprintf(text + used, size - used, ",'G%d'", i);
    }
    used += (size_t)snprintf(text + used, size - used,
                             "],'stateDescription':{'options':[{'value':'v',"
                             "'label':'l'}");
    for (int i = 1; i < count; i++) {
        used += (size_t)snprintf(text + used, size - used,
                                 ",{'value':'v','label':'l'}");
    }
    snprintf(text + used, size - used, "]}}]");
    return text;
}

static size_t
option_count(const char *options) {
    size_t count = 0;

    while (*options != '\0') {
        options += strlen(options) + 1;
        options += strlen(options) + 1;
        count++;
    }
    return count;
}

static void
crowds_are_bounded(void **state) {
    static const int counts[] = {OPENHAB_GROUPS_MAX, OPENHAB_GROUPS_MAX + 1,
                                 OPENHAB_OPTIONS_MAX, OPENHAB_OPTIONS_MAX + 1};

    (void)state;
    for (size_t i = 0; i < COUNT(counts); i++) {
        struct sample sample = {0};
        char *text = crowded_item(counts[i]);
        int groups =
            counts[i] < OPENHAB_GROUPS_MAX ? counts[i] : OPENHAB_GROUPS_MAX;
        int options =
            counts[i] < OPENHAB_OPTIONS_MAX ? counts[i] : OPENHAB_OPTIONS_MAX;

        sample_load(&sample, text);
        assert_int_equal(sample.items.items[0].group_count, groups);
        assert_int_equal(option_count(sample.items.items[0].options), options);
        sample_finish(&sample);
        free(text);
    }
}

/* A name of `length` characters, and an option whose value has so many. */
static void
load_long(struct sample *sample, int length) {
    char text[2048];
    char word[1024];

    memset(word, 'x', sizeof word);
    word[length] = '\0';
    snprintf(text, sizeof text,
             "[{'name':'%.*s','type':'Group','stateDescription':{'options':"
             "[{'value':'%s','label':''}]}}]",
             length < RECORD_ID_MAX ? length : 1, word, word);
    sample_load(sample, text);
}

static void
long_texts_are_bounded(void **state) {
    static const char text[] = "[{'name':'%s','type':'Group'}]";
    char name[RECORD_ID_MAX + 1];
    char json[256];

    (void)state;
    memset(name, 'x', sizeof name);
    for (size_t size = RECORD_ID_MAX - 1; size <= RECORD_ID_MAX; size++) {
        struct sample sample = {0};

        name[size] = '\0';
        snprintf(json, sizeof json, text, name);
        name[size] = 'x';
        sample_load(&sample, json);
        assert_int_equal(sample.items.count, size < RECORD_ID_MAX);
        sample_finish(&sample);
    }
    for (int size = OPENHAB_OPTION_MAX - 1; size <= OPENHAB_OPTION_MAX;
         size++) {
        struct sample sample = {0};

        load_long(&sample, size);
        assert_int_equal(sample.items.items[0].options != NULL,
                         size < OPENHAB_OPTION_MAX);
        sample_finish(&sample);
    }
}

/* 10,000 items, most of them no business of a mirror. */
static void
a_large_house_costs_little(void **state) {
    struct sample sample = {0};
    size_t size = 10000 * 256;
    char *text = xcalloc(1, size);
    size_t used = (size_t)snprintf(text, size, "[{'name':'G','type':'Group'}");

    (void)state;
    for (int i = 0; i < 9999; i++) {
        used += (size_t)snprintf(
            text + used, size - used,
            ",{'name':'Sensor_With_A_Long_Name_%d','type':'Number:Temperature',"
            "'label':'Temperature of sensor %d','groupNames':['G'],'metadata':"
            "{'semantics':{'value':'Point_Measurement','config':{'relatesTo':"
            "'Property_Temperature'}}}}",
            i, i);
    }
    snprintf(text + used, size - used, "]");
    sample_load(&sample, text);
    assert_int_equal(sample.items.seen, 10000);
    assert_true(openhab_items_bytes(&sample.items) < 64 * 1024);
    sample_finish(&sample);

    /* With a list to do any of them could be in its group. */
    sample.wants.members = true;
    sample_load(&sample, text);
    assert_int_equal(sample.items.count, 10000);
    assert_true(openhab_items_bytes(&sample.items) < 5 * 1024 * 1024);
    sample_finish(&sample);
    free(text);
}

/* Adds `count` groups whose texts, half a kilobyte each, are all different. */
static void
add_wordy(struct openhab_items *items, int count) {
    static const struct openhab_wants wants;
    char word[RECORD_TEXT_MAX - 16];
    char text[32];

    memset(word, 'x', sizeof word);
    word[sizeof word - 1] = '\0';
    for (int i = 0; i < count; i++) {
        cJSON *element = cJSON_CreateObject();

        for (int j = 0; j < 3; j++) {
            static const char *const keys[] = {"label", "category", "name"};

            snprintf(text, sizeof text, "%c%zu", 'a' + j, items->seen);
            memcpy(word, text, strlen(text));
            cJSON_AddStringToObject(element, keys[j], j < 2 ? word : text);
        }
        cJSON_AddStringToObject(element, "type", "Group");
        assert_true(openhab_items_add(items, &wants, element));
        cJSON_Delete(element);
    }
}

static void
what_is_kept_of_a_list_is_bounded(void **state) {
    size_t most = (size_t)OPENHAB_ITEMS_BYTES_MAX;
    struct openhab_items items = {0};
    size_t kept;

    (void)state;
    while (openhab_items_bytes(&items) < most) {
        assert_true(items.count < OPENHAB_ITEMS_MAX);
        add_wordy(&items, 1);
        assert_int_equal(items.dropped, 0);
    }
    kept = items.count;
    add_wordy(&items, 3);
    assert_int_equal(items.count, kept);
    assert_int_equal(items.dropped, 3);
    assert_int_equal(items.seen, kept + 3);
    assert_true(openhab_items_bytes(&items) < most + most / 2);
    openhab_items_finish(&items);
}

static void
equal_texts_have_equal_addresses(void **state) {
    struct intern texts = {0};
    char name[16];

    (void)state;
    assert_string_equal(intern_text(&texts, NULL), "");
    assert_null(intern_find(&texts, "a"));
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 5000; i++) {
            snprintf(name, sizeof name, "name%d", i);
            assert_string_equal(intern_text(&texts, name), name);
            assert_ptr_equal(intern_text(&texts, name),
                             intern_find(&texts, name));
        }
    }
    assert_int_equal(texts.text_count, 5000);
    assert_int_equal((uintptr_t)intern_alloc(&texts, 3) % sizeof(void *), 0);
    assert_int_equal((uintptr_t)intern_alloc(&texts, 40000) % sizeof(void *),
                     0);
    intern_finish(&texts);
    assert_null(texts.slots);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_element_becomes_an_item),
        cmocka_unit_test(labels_lose_their_pattern),
        cmocka_unit_test(what_is_no_item_is_refused),
        cmocka_unit_test(wrong_types_of_members_count_as_missing),
        cmocka_unit_test(only_what_may_matter_is_kept),
        cmocka_unit_test(names_come_once),
        cmocka_unit_test(crowds_are_bounded),
        cmocka_unit_test(long_texts_are_bounded),
        cmocka_unit_test(a_large_house_costs_little),
        cmocka_unit_test(what_is_kept_of_a_list_is_bounded),
        cmocka_unit_test(equal_texts_have_equal_addresses),
    };

    return cmocka_run_group_tests_name("openhab_items", tests, NULL, NULL);
}
