#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "fetch/hubs/openhab_hub.h"
#include "openhab_sample.h"

static const char house[] =
    "[{'name':'Lamp','type':'Dimmer','label':'Lamp','metadata':"
    "{'semantics':{'value':'Equipment_Lightbulb'}}},"
    "{'name':'Todo','type':'Group'},"
    "{'name':'T1','type':'Switch','label':'b','groupNames':['Todo']},"
    "{'name':'T2','type':'Switch','label':'a','groupNames':['Sub']},"
    "{'name':'Sub','type':'Group','groupNames':['Todo']},"
    "{'name':'N','type':'Number','groupNames':['Todo']},"
    "{'name':'List','type':'String'},"
    "{'name':'Msg','type':'String'},"
    "{'name':'Temp','type':'Number:Temperature','stateDescription':"
    "{'pattern':'%.1f °C','options':[{'value':'7 °C','label':'7!'}]}},"
    "{'name':'Rest','type':'String'}]";

static struct settings
make_settings(void) {
    struct settings settings = {0};

    settings.hub.present = true;
    settings.message.present = true;
    snprintf(settings.message.item, sizeof settings.message.item, "Msg");
    settings.todo_count = 2;
    snprintf(settings.todos[0].item, sizeof settings.todos[0].item, "Todo");
    snprintf(settings.todos[1].item, sizeof settings.todos[1].item, "List");
    settings.values_count = 1;
    snprintf(settings.values[0].items, sizeof settings.values[0].items,
             "Temp,Nothing");
    return settings;
}

static void
build(struct openhab_model *model, const char *list,
      const struct settings *settings) {
    struct sample sample = {0};

    openhab_wants_init(&sample.wants, settings);
    sample_load(&sample, list);
    openhab_model_build(model, &sample.items, settings);
    openhab_wants_finish(&sample.wants);
    sample_finish(&sample);
}

static void
only_what_is_shown_is_followed(void **state) {
    struct settings settings = make_settings();
    struct openhab_model model;
    char *names;

    (void)state;
    build(&model, house, &settings);
    names = openhab_model_names(&model);
    assert_string_equal(names,
                        "[\"Lamp\",\"List\",\"Msg\",\"T1\",\"T2\",\"Temp\"]");
    free(names);
    assert_int_equal(model.wished, model.count);
    assert_string_equal(model.missing, "Nothing");
    assert_int_equal(model.light_count, 1);
    assert_string_equal(model.lights[0].name, "Lamp");
    assert_ptr_equal(model.message, openhab_model_find(&model, "Msg"));
    assert_int_equal(model.todos[0].switch_count, 2);
    assert_string_equal(model.todos[0].switches[0]->id, "T2");
    assert_null(model.todos[0].text);
    assert_ptr_equal(model.todos[1].text, openhab_model_find(&model, "List"));
    assert_null(openhab_model_find(&model, "Rest"));
    openhab_model_finish(&model);
    assert_null(model.items);
}

static void
no_items_make_an_empty_model(void **state) {
    struct settings settings = make_settings();
    struct openhab_model model;
    char *names;

    (void)state;
    build(&model, "[]", &settings);
    names = openhab_model_names(&model);
    assert_string_equal(names, "[]");
    free(names);
    assert_string_equal(model.missing, "Msg");
    assert_true(openhab_model_fresh(&model));
    openhab_model_finish(&model);
}

static uint32_t
feed(struct openhab_model *model, const char *text) {
    char *json = xstrdup(text);
    uint32_t uses = 0;

    for (char *at = json; *at != '\0'; at++) {
        *at = (char)(*at == '\'' ? '"' : *at);
    }
    assert_true(openhab_states_read(model, json, strlen(json), &uses));
    free(json);
    return uses;
}

static void
states_find_their_items(void **state) {
    static const struct {
        const char *event;
        uint32_t uses;
    } cases[] = {
        {"{'Lamp':{'state':'40','type':'Percent'}}", OPENHAB_USE_LIGHTS},
        {"{'Msg':{'state':'a'},'T1':{'state':'ON'}}",
         OPENHAB_USE_MESSAGE | OPENHAB_USE_TODO(0)},
        {"{'List':{'state':'a'}}", OPENHAB_USE_TODO(1)},
        {"{'Temp':{'state':'7 °C','displayState':'7,0 °C'}}",
         OPENHAB_USE_VALUES(0)},
        {"{'Rest':{'state':'a'}}", 0},
        {"{'Lamp':{'state':7},'Msg':'x','T1':{},'Temp':null}", 0},
        {"{}", 0},
    };
    struct settings settings = make_settings();
    struct openhab_model model;

    (void)state;
    build(&model, house, &settings);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(feed(&model, cases[i].event), cases[i].uses);
    }
    assert_true(openhab_model_find(&model, "Lamp")->value.number == 40);
    assert_string_equal(openhab_model_find(&model, "Temp")->shown, "7,0 °C");
    feed(&model, "{'Temp':{'state':'7 °C'}}");
    assert_string_equal(openhab_model_find(&model, "Temp")->shown, "7!");
    feed(&model, "{'Temp':{'state':'8.26 °C'}}");
    assert_string_equal(openhab_model_find(&model, "Temp")->shown, "8.3 °C");
    openhab_model_finish(&model);
}

static void
what_is_no_object_of_states_is_refused(void **state) {
    static const char *const bad[] = {"",     "[]",   "7", "{", "{\"a\":{}} x",
                                      "null", "ready"};
    struct settings settings = make_settings();
    struct openhab_model model;
    uint32_t uses = 7;

    (void)state;
    build(&model, house, &settings);
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_false(
            openhab_states_read(&model, bad[i], strlen(bad[i]), &uses));
        assert_int_equal(uses, 7);
    }
    openhab_model_finish(&model);
}

static void
states_are_bounded(void **state) {
    static const struct {
        const char *name;
        size_t max;
    } cases[] = {{"Msg", OPENHAB_STATE_MAX}, {"List", OPENHAB_LIST_MAX}};
    struct settings settings = make_settings();
    struct openhab_model model;
    char *text = xcalloc(1, OPENHAB_LIST_MAX + 2);

    (void)state;
    memset(text, 'x', OPENHAB_LIST_MAX + 1);
    build(&model, house, &settings);
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (size_t size = cases[i].max; size <= cases[i].max + 1; size++) {
            text[size] = '\0';
            openhab_model_state(&model, cases[i].name, text, NULL);
            text[size] = 'x';
            assert_int_equal(
                strlen(openhab_model_find(&model, cases[i].name)->value.text),
                cases[i].max);
        }
    }
    openhab_model_finish(&model);
    free(text);
}

/* A new list does not make a lamp unknown for the moment until its state is
 * sent again; a new connection makes it a memory. */
static void
states_outlive_a_new_list(void **state) {
    static const char later[] =
        "[{'name':'Lamp','type':'Dimmer','metadata':{'semantics':{'value':"
        "'Equipment_Lightbulb'}}},{'name':'New','type':'Dimmer','metadata':"
        "{'semantics':{'value':'Equipment_Lightbulb'}}},"
        "{'name':'Msg','type':'Number'},{'name':'Temp','type':'Number'}]";
    struct settings settings = make_settings();
    struct openhab_model old;
    struct openhab_model model;

    (void)state;
    build(&old, house, &settings);
    feed(&old, "{'Lamp':{'state':'40'},'Temp':{'state':'7 °C',"
               "'displayState':'warm'},'Msg':{'state':'hi'}}");
    build(&model, later, &settings);
    openhab_model_carry(&model, &old);
    openhab_model_finish(&old);
    assert_true(openhab_model_find(&model, "Lamp")->value.on);
    assert_string_equal(openhab_model_find(&model, "Temp")->shown, "warm");
    assert_int_equal(openhab_model_find(&model, "Msg")->value.type,
                     HUB_VALUE_NONE);
    assert_false(openhab_model_fresh(&model));
    feed(&model, "{'New':{'state':'0'},'Msg':{'state':'1'}}");
    assert_true(openhab_model_fresh(&model));
    openhab_model_age(&model);
    assert_false(openhab_model_fresh(&model));
    assert_true(openhab_model_find(&model, "Lamp")->value.on);
    openhab_model_finish(&model);
}

/* 500 items are followed: what the config names before any lamp, and lamps
 * that are not followed are not shown. */
static void
following_is_bounded(void **state) {
    struct settings settings = make_settings();

    (void)state;
    for (size_t lamps = OPENHAB_TRACKED_MAX - 2; lamps <= OPENHAB_TRACKED_MAX;
         lamps++) {
        struct openhab_model model;
        size_t size = 256 + lamps * 128;
        char *text = xcalloc(1, size);
        size_t used = (size_t)snprintf(
            text, size,
            "[{'name':'Msg','type':'String'},{'name':'Temp','type':'Number'}");

        for (size_t i = 0; i < lamps; i++) {
            used += (size_t)snprintf(
                text + used, size - used,
                ",{'name':'L%zu','type':'Dimmer','metadata':{'semantics':"
                "{'value':'Equipment_Lightbulb'}}}",
                i);
        }
        snprintf(text + used, size - used, "]");
        build(&model, text, &settings);
        assert_int_equal(model.wished, lamps + 2);
        assert_int_equal(model.count, OPENHAB_TRACKED_MAX);
        assert_int_equal(model.light_count, OPENHAB_TRACKED_MAX - 2);
        assert_non_null(model.message);
        assert_non_null(openhab_model_find(&model, "Temp"));
        openhab_model_finish(&model);
        free(text);
    }
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_is_shown_is_followed),
        cmocka_unit_test(no_items_make_an_empty_model),
        cmocka_unit_test(states_find_their_items),
        cmocka_unit_test(what_is_no_object_of_states_is_refused),
        cmocka_unit_test(states_are_bounded),
        cmocka_unit_test(states_outlive_a_new_list),
        cmocka_unit_test(following_is_bounded),
    };

    return cmocka_run_group_tests_name("openhab_model", tests, NULL, NULL);
}
