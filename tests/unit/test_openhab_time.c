/* What openHAB takes long for, what happens to lamps while it is away, and when
 * it is asked again. Hours pass in moments. */
#include "unit.h"

#include "openhab_rig.h"

static void
expect_one_list(void) {
    run_for(hub.list_ms + MINUTE_MS);
    assert_int_equal(hub.state, SOURCE_OK);
    assert_int_equal(hub.lists, 2); /* and once when the streams are open */
    assert_int_equal(hub.lights.count, 1);
}

/* 1400 items took a hub on a Pi 6 to 30 s (openhab-core issues 1899, 2109). */
static void
a_hub_may_take_its_time(void **state) {
    static const int64_t times_ms[] = {0, 11000, 25000};

    (void)state;
    for (size_t i = 0; i < COUNT(times_ms); i++) {
        with_source(times_ms[i], expect_one_list);
    }
}

static void
expect_offline(void) {
    run_for(MINUTE_MS);
    assert_int_equal(hub.state, SOURCE_OFFLINE);
    assert_in_range(hub.lists, 1, 2);
}

static void
but_not_for_ever(void **state) {
    (void)state;
    with_source(10 * (int64_t)MINUTE_MS, expect_offline);
}

static void
lose_the_lamp(void) {
    run_for(5 * (int64_t)MINUTE_MS);
    assert_int_equal(hub.lights.lights[0].state, LIGHT_ON);
    run_for(2 * (int64_t)MINUTE_MS);
    assert_int_equal(hub.lights.lights[0].state, LIGHT_UNREACHABLE);
    assert_int_equal(hub.told, 2);
}

static void
a_silent_lamp_is_lost(void **state) {
    (void)state;
    with_source(0, lose_the_lamp);
}

static void
lose_the_hub(void) {
    run_for(MINUTE_MS);
    go_down();
    run_for(20 * (int64_t)MINUTE_MS);
    assert_int_equal(hub.state, SOURCE_OFFLINE);
    assert_int_equal(hub.lights.lights[0].state, LIGHT_ON);
    assert_int_equal(hub.told, 1);
    hub.down = false;
    run_for(MINUTE_MS);
    assert_int_equal(hub.state, SOURCE_OK);
    assert_int_equal(hub.lights.lights[0].state, LIGHT_UNREACHABLE);
}

/* While the hub is away nobody knows whether a lamp has spoken. */
static void
but_not_by_the_silence_of_its_hub(void **state) {
    (void)state;
    with_source(0, lose_the_hub);
}

static void
be_refused(void) {
    run_for(MINUTE_MS);
    hub.refusing = true;
    go_down();
    hub.down = false;
    run_for(MINUTE_MS);
    assert_int_equal(hub.state, SOURCE_REFUSED);
    hub.requests = 0;
    for (int i = 0; i < 24 * 60; i++) {
        openhab_source.wake(hub.source); /* a network that comes and goes */
        run_for(MINUTE_MS);
    }
    assert_int_equal(hub.state, SOURCE_REFUSED);
    assert_int_equal(hub.requests, 0);
}

/* Some hubs lock out who goes on with it: only another config helps. */
static void
a_refused_token_is_not_used_again(void **state) {
    (void)state;
    with_source(0, be_refused);
}

static void
begin_without_items(void) {
    hub.empty = true;
    run_for(MINUTE_MS);
    assert_int_equal(hub.told, 0);
    assert_int_equal(hub.state, SOURCE_OFFLINE);
    assert_in_range(hub.lists, 6, 18);
    hub.empty = false;
    run_for(MINUTE_MS / 2);
    assert_int_equal(hub.state, SOURCE_OK);
    assert_int_equal(hub.lights.count, 1);
    assert_int_equal(hub.told, 1);
}

/* After a power cut both start together, and openHAB has no items yet: what
 * the mirror remembers is worth more than that. */
static void
a_hub_that_starts_has_its_items_later(void **state) {
    (void)state;
    with_source(0, begin_without_items);
}

static void
never_have_items(void) {
    hub.empty = true;
    run_for(3 * (int64_t)MINUTE_MS);
    assert_int_equal(hub.state, SOURCE_OK);
    assert_int_equal(hub.told, 1);
    assert_int_equal(hub.lights.count, 0);
}

static void
or_never(void **state) {
    (void)state;
    with_source(0, never_have_items);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hub_may_take_its_time),
        cmocka_unit_test(but_not_for_ever),
        cmocka_unit_test(a_silent_lamp_is_lost),
        cmocka_unit_test(but_not_by_the_silence_of_its_hub),
        cmocka_unit_test(a_refused_token_is_not_used_again),
        cmocka_unit_test(a_hub_that_starts_has_its_items_later),
        cmocka_unit_test(or_never),
    };

    log_open("test", LOG_LEVEL_NONE);
    return cmocka_run_group_tests_name("openhab_time", tests, NULL, NULL);
}
