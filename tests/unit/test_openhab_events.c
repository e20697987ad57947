#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "fetch/hubs/openhab_hub.h"

/* payload is JSON inside a JSON string: its quotes are escaped. */
#define EVENT(topic, payload, type)                                            \
    "{\"topic\":\"" topic "\",\"payload\":\"" payload "\",\"type\":\"" type    \
    "\"}"
#define STATUS(new, old)                                                       \
    "[{\\\"status\\\":\\\"" new "\\\",\\\"statusDetail\\\":\\\"NONE\\\"},"     \
                                "{\\\"status\\\":\\\"" old "\\\"}]"
#define LINK                                                                   \
    "{\\\"itemName\\\":\\\"Lamp\\\",\\\"channelUID\\\":"                       \
    "\\\"wiz:bulb:a1:color\\\"}"

static enum openhab_news
read_event(struct openhab_things *things, const char *data) {
    return openhab_events_read(things, data, strlen(data));
}

static void
events_ask_for_the_right_thing(void **state) {
    static const struct {
        const char *data;
        enum openhab_news news;
    } cases[] = {
        {EVENT("openhab/items/A/added", "{}", "ItemAddedEvent"),
         OPENHAB_NEWS_ITEMS},
        {EVENT("openhab/items/A/updated", "[{},{}]", "ItemUpdatedEvent"),
         OPENHAB_NEWS_ITEMS},
        {EVENT("openhab/items/A/removed", "{}", "ItemRemovedEvent"),
         OPENHAB_NEWS_REMOVED},
        {EVENT("openhab/system/startlevel", "{\\\"startlevel\\\":70}",
               "StartlevelEvent"),
         OPENHAB_NEWS_ITEMS},
        {EVENT("openhab/system/startlevel", "{\\\"startlevel\\\":69}",
               "StartlevelEvent"),
         OPENHAB_NEWS_NONE},
        {EVENT("openhab/system/startlevel", "{\\\"startlevel\\\":\\\"70\\\"}",
               "StartlevelEvent"),
         OPENHAB_NEWS_NONE},
        {EVENT("openhab/items/A/statechanged", "{}", "ItemStateChangedEvent"),
         OPENHAB_NEWS_NONE},
        {EVENT("openhab/things/a:b:c/statuschanged", "[]",
               "ThingStatusInfoChangedEvent"),
         OPENHAB_NEWS_NONE},
        {EVENT("openhab/things//statuschanged", STATUS("OFFLINE", "ONLINE"),
               "ThingStatusInfoChangedEvent"),
         OPENHAB_NEWS_NONE},
        {EVENT("a", STATUS("OFFLINE", "ONLINE"), "ThingStatusInfoChangedEvent"),
         OPENHAB_NEWS_NONE},
        {EVENT("else/things/a/statuschanged", STATUS("OFFLINE", "ONLINE"),
               "ThingStatusInfoChangedEvent"),
         OPENHAB_NEWS_NONE},
        {EVENT("openhab/links/x/added", "{\\\"itemName\\\":7}",
               "ItemChannelLinkAddedEvent"),
         OPENHAB_NEWS_NONE},
        {EVENT("a", "not json", "ItemLikeEvent"), OPENHAB_NEWS_NONE},
        {"{\"type\":\"ItemAddedEvent\",\"topic\":\"a\"}", OPENHAB_NEWS_NONE},
        {"{\"type\":7,\"topic\":\"a\",\"payload\":\"{}\"}", OPENHAB_NEWS_NONE},
        {"", OPENHAB_NEWS_NONE},
        {"[]", OPENHAB_NEWS_NONE},
        {"{", OPENHAB_NEWS_NONE},
    };
    struct openhab_things things = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(read_event(&things, cases[i].data), cases[i].news);
    }
    openhab_things_finish(&things);
}

static void
things_go_offline_and_come_back(void **state) {
    static const char offline[] =
        EVENT("openhab/things/wiz:bulb:a1/statuschanged",
              STATUS("OFFLINE", "ONLINE"), "ThingStatusInfoChangedEvent");
    static const char online[] =
        EVENT("openhab/things/wiz:bulb:a1/statuschanged",
              STATUS("ONLINE", "OFFLINE"), "ThingStatusInfoChangedEvent");
    struct openhab_things things = {0};

    (void)state;
    assert_int_equal(read_event(&things, online), OPENHAB_NEWS_NONE);
    assert_int_equal(read_event(&things, offline), OPENHAB_NEWS_THINGS);
    assert_int_equal(read_event(&things, offline), OPENHAB_NEWS_NONE);
    assert_true(openhab_things_offline(&things, "wiz:bulb:a1"));
    assert_false(openhab_things_offline(&things, "wiz:bulb:a"));
    assert_false(openhab_things_offline(&things, ""));
    assert_int_equal(read_event(&things, online), OPENHAB_NEWS_THINGS);
    assert_false(openhab_things_offline(&things, "wiz:bulb:a1"));

    read_event(&things, offline);
    openhab_things_forget(&things);
    assert_false(openhab_things_offline(&things, "wiz:bulb:a1"));
    openhab_things_finish(&things);
}

static void
links_tell_whose_item_it_is(void **state) {
    struct openhab_things things = {0};

    (void)state;
    assert_string_equal(openhab_things_of(&things, "Lamp"), "");
    assert_int_equal(read_event(&things, EVENT("openhab/links/x/added", LINK,
                                               "ItemChannelLinkAddedEvent")),
                     OPENHAB_NEWS_THINGS);
    assert_string_equal(openhab_things_of(&things, "Lamp"), "wiz:bulb:a1");
    openhab_things_link(&things, "Lamp", "wiz:fan:b2:light#dimmer", true);
    assert_string_equal(openhab_things_of(&things, "Lamp"), "wiz:fan:b2");
    openhab_things_link(&things, "Lamp", "nothing", true);
    assert_string_equal(openhab_things_of(&things, "Lamp"), "wiz:fan:b2");
    assert_int_equal(read_event(&things, EVENT("openhab/links/x/removed", LINK,
                                               "ItemChannelLinkRemovedEvent")),
                     OPENHAB_NEWS_THINGS);
    assert_string_equal(openhab_things_of(&things, "Lamp"), "");
    openhab_things_finish(&things);
}

static void
memory_of_things_is_bounded(void **state) {
    struct openhab_things things = {0};
    char uid[THINGS_UID_MAX + 2];

    (void)state;
    memset(uid, 'x', sizeof uid);
    uid[THINGS_UID_MAX] = '\0';
    assert_false(openhab_things_status(&things, uid, true));
    uid[THINGS_UID_MAX - 1] = '\0';
    assert_true(openhab_things_status(&things, uid, true));
    openhab_things_forget(&things);
    for (int i = 0; i <= THINGS_MAX; i++) {
        char channel[32];

        snprintf(uid, sizeof uid, "a:b:%d", i);
        snprintf(channel, sizeof channel, "a:b:%d:c", i);
        assert_int_equal(openhab_things_status(&things, uid, true),
                         i < THINGS_MAX);
        openhab_things_link(&things, uid, channel, true);
        assert_string_equal(openhab_things_of(&things, uid),
                            i < THINGS_MAX ? uid : "");
    }
    openhab_things_finish(&things);
    assert_int_equal(things.offline_count, 0);
    assert_int_equal(things.link_count, 0);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_ask_for_the_right_thing),
        cmocka_unit_test(things_go_offline_and_come_back),
        cmocka_unit_test(links_tell_whose_item_it_is),
        cmocka_unit_test(memory_of_things_is_bounded),
    };

    return cmocka_run_group_tests_name("openhab_events", tests, NULL, NULL);
}
