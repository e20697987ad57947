#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/clock.h"
#include "common/log.h"
#include "render/facts.h"

enum { T0 = 1000000 }; /* ms, somewhere */

static int
setup(void **state) {
    log_open("test", LOG_LEVEL_NONE);
    *state = facts_create();
    return 0;
}

static int
teardown(void **state) {
    facts_destroy(*state);
    return 0;
}

static bool
say(struct facts *facts, enum source_state source_state, int64_t good_age_s,
    int64_t now_ms) {
    struct record_status status = {.count = 2};

    record_head_init(&status.head, "mirror-fetch", "", 5000);
    memcpy(status.sources[0].source, "hub", 4);
    status.sources[0].state = (uint8_t)source_state;
    status.sources[0].good_age_s = good_age_s;
    memcpy(status.sources[1].source, "weather", 8);
    status.sources[1].state = SOURCE_OK;
    return facts_put(facts, RECORD_STATUS, &status, now_ms);
}

static bool
put_message(struct facts *facts, const char *text, int64_t age_s, bool live,
            int64_t now_ms) {
    struct record_message message = {.until_s = RECORD_NO_TIME};

    record_head_init(&message.head, "hub", "", 5000);
    message.head.age_s = age_s;
    message.head.live = live;
    snprintf(message.text, sizeof message.text, "%s", text);
    return facts_put(facts, RECORD_MESSAGE, &message, now_ms);
}

static bool
put_values(struct facts *facts, const char *name, int64_t now_ms) {
    struct record_values values = {0};

    record_head_init(&values.head, "hub", name, 5000);
    values.head.live = 1;
    return facts_put(facts, RECORD_VALUES, &values, now_ms);
}

static struct fact
message_at(struct facts *facts, int64_t now_ms) {
    return facts_get(facts, RECORD_MESSAGE, "", now_ms);
}

static void
nothing_is_known_at_first(void **state) {
    struct fact fact = message_at(*state, T0);

    assert_null(fact.record);
    assert_false(fact.live);
    assert_int_equal(fact.age_s, -1);
    assert_int_equal(fact_freshness(&fact, 10, 20), FACT_NONE);
    assert_int_equal(fact_changes_ms(&fact, 10, 20, T0), CLOCK_NEVER);
    assert_null(facts_source(*state, 0));
    assert_null(facts_find_source(*state, "hub"));
    assert_false(facts_connected(*state));
}

static void
a_live_fact_does_not_age(void **state) {
    struct facts *facts = *state;
    struct fact fact;

    facts_set_connected(facts, true, T0);
    assert_true(say(facts, SOURCE_OK, 0, T0));
    assert_true(put_message(facts, "hi", 0, true, T0));
    fact = message_at(facts, T0 + 86400000);
    assert_true(fact.live);
    assert_int_equal(fact.age_s, 0);
    assert_int_equal(fact.state, SOURCE_OK);
    assert_int_equal(fact_freshness(&fact, 10, 20), FACT_FRESH);
    assert_int_equal(fact_changes_ms(&fact, 10, 20, T0), CLOCK_NEVER);
}

/* The fact was true until the source was last good, wherever the status was
 * delayed. */
static void
it_ages_from_the_last_good_word_of_its_source(void **state) {
    struct facts *facts = *state;
    struct fact fact;

    facts_set_connected(facts, true, T0);
    say(facts, SOURCE_OK, 0, T0);
    put_message(facts, "hi", 0, true, T0);
    assert_true(say(facts, SOURCE_OFFLINE, 25, T0 + 100000));
    fact = message_at(facts, T0 + 105000);
    assert_false(fact.live);
    assert_int_equal(fact.age_s, 30);
    assert_int_equal(fact.state, SOURCE_OFFLINE);
    assert_true(say(facts, SOURCE_OK, 0, T0 + 200000));
    assert_true(message_at(facts, T0 + 200000).live);
}

static void
it_ages_from_the_loss_of_the_fetcher(void **state) {
    struct facts *facts = *state;
    struct fact fact;

    facts_set_connected(facts, true, T0);
    say(facts, SOURCE_OK, 0, T0);
    put_message(facts, "hi", 0, true, T0);
    facts_set_connected(facts, false, T0 + 60000);
    fact = message_at(facts, T0 + 67999);
    assert_false(fact.live);
    assert_int_equal(fact.age_s, 7);
    assert_int_equal(fact.state, SOURCE_OFFLINE);
    assert_int_equal(facts_find_source(facts, "hub")->since_s, 5060);
    assert_int_equal(facts_source(facts, 1)->state, SOURCE_OFFLINE);
}

/* A fetcher that starts again knows nothing of before: until it repeats the
 * fact, that stays as old as it is. */
static void
a_new_fetcher_does_not_make_old_facts_young(void **state) {
    struct facts *facts = *state;

    facts_set_connected(facts, true, T0);
    say(facts, SOURCE_OK, 0, T0);
    put_message(facts, "hi", 0, true, T0);
    facts_set_connected(facts, false, T0);
    facts_set_connected(facts, true, T0 + 50000);
    say(facts, SOURCE_OK, 0, T0 + 50000);
    assert_false(message_at(facts, T0 + 50000).live);
    assert_int_equal(message_at(facts, T0 + 50000).age_s, 50);
    assert_true(put_message(facts, "hi", 0, true, T0 + 51000));
    assert_true(message_at(facts, T0 + 51000).live);
}

static void
a_polled_fact_ages_from_its_packet(void **state) {
    struct facts *facts = *state;
    struct fact fact;

    facts_set_connected(facts, true, T0);
    say(facts, SOURCE_OK, 0, T0);
    put_message(facts, "hi", 120, false, T0);
    fact = message_at(facts, T0 + 1999);
    assert_false(fact.live);
    assert_int_equal(fact.age_s, 121);
    put_message(facts, "hi", -1, false, T0);
    fact = message_at(facts, T0);
    assert_int_equal(fact.age_s, -1);
    assert_int_equal(fact_freshness(&fact, 1, 2), FACT_STALE);
    assert_int_equal(fact_changes_ms(&fact, 1, 2, T0), CLOCK_NEVER);
}

/* What the cache remembers is a live record while the source still connects. */
static void
a_remembered_fact_has_its_age(void **state) {
    struct facts *facts = *state;

    facts_set_connected(facts, true, T0);
    say(facts, SOURCE_CONNECTING, -1, T0);
    put_message(facts, "hi", 3600, true, T0);
    assert_false(message_at(facts, T0).live);
    assert_int_equal(message_at(facts, T0 + 5000).age_s, 3605);
}

static void
freshness_on_both_sides_of_its_limits(void **state) {
    static const struct {
        int64_t age_s;
        enum freshness expected;
        int64_t changes_ms;
    } cases[] = {
        {0, FACT_FRESH, 11000}, {10, FACT_FRESH, 1000}, {11, FACT_STALE, 10000},
        {20, FACT_STALE, 1000}, {21, FACT_OLD, -1},     {100000, FACT_OLD, -1},
    };
    int anything = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct fact fact = {.record = &anything, .age_s = cases[i].age_s};
        int64_t changes_ms = fact_changes_ms(&fact, 10, 20, T0);

        assert_int_equal(fact_freshness(&fact, 10, 20), cases[i].expected);
        if (cases[i].changes_ms < 0) {
            assert_int_equal(changes_ms, CLOCK_NEVER);
            continue;
        }
        assert_int_equal(changes_ms, T0 + cases[i].changes_ms);
        fact.age_s += cases[i].changes_ms / 1000;
        assert_int_not_equal(fact_freshness(&fact, 10, 20), cases[i].expected);
    }
}

static void
only_what_can_be_seen_counts_as_change(void **state) {
    struct facts *facts = *state;
    struct record_heartbeat beat = {0};

    record_head_init(&beat.head, "mirror-fetch", "", 5000);
    facts_set_connected(facts, true, T0);
    assert_true(say(facts, SOURCE_OK, 0, T0));
    assert_false(say(facts, SOURCE_OK, 0, T0 + 1));
    assert_true(put_message(facts, "a", 0, true, T0));
    assert_false(put_message(facts, "a", 0, true, T0 + 1));
    assert_true(put_message(facts, "b", 0, true, T0 + 2));
    assert_false(facts_put(facts, RECORD_HEARTBEAT, &beat, T0));
    assert_true(put_message(facts, "b", 0, false, T0 + 3));
    assert_true(put_message(facts, "b", 9, false, T0 + 4));
    assert_true(say(facts, SOURCE_REFUSED, 0, T0 + 5));
    assert_false(say(facts, SOURCE_REFUSED, 1, T0 + 6));
}

static void
facts_are_told_apart_by_name_and_bounded(void **state) {
    struct facts *facts = *state;
    char name[RECORD_NAME_MAX];

    facts_set_connected(facts, true, T0);
    for (int i = 0; i < FACTS_MAX; i++) {
        snprintf(name, sizeof name, "n%d", i);
        assert_true(put_values(facts, name, T0));
    }
    assert_false(put_values(facts, "one-too-many", T0));
    assert_null(facts_get(facts, RECORD_VALUES, "one-too-many", T0).record);
    assert_non_null(facts_get(facts, RECORD_VALUES, "n0", T0).record);
    assert_null(facts_get(facts, RECORD_TODO, "n0", T0).record);

    /* What nobody repeats in the next connection makes room. */
    facts_set_connected(facts, false, T0);
    facts_set_connected(facts, true, T0);
    put_values(facts, "n1", T0);
    assert_true(put_values(facts, "one-too-many", T0));
    assert_non_null(facts_get(facts, RECORD_VALUES, "one-too-many", T0).record);
    assert_non_null(facts_get(facts, RECORD_VALUES, "n1", T0).record);
    assert_null(facts_get(facts, RECORD_VALUES, "n0", T0).record);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

static bool
recall(struct facts *facts, const char *text, int64_t age_s, bool live,
       int64_t now_ms) {
    struct record_message message = {.until_s = RECORD_NO_TIME};

    record_head_init(&message.head, "hub", "", 5000);
    message.head.age_s = age_s;
    message.head.live = live;
    message.head.recalled = 1;
    snprintf(message.text, sizeof message.text, "%s", text);
    return facts_put(facts, RECORD_MESSAGE, &message, now_ms);
}

/* Of a source that pushes, the cache knows no more than that it was so. */
static void
a_recalled_fact_is_not_live_nor_fresh(void **state) {
    struct facts *facts = *state;
    struct fact fact;

    facts_set_connected(facts, true, T0);
    assert_true(recall(facts, "hi", 5, true, T0));
    say(facts, SOURCE_OK, 0, T0 + 1000); /* but it has not said so yet */
    fact = message_at(facts, T0 + 1000);
    assert_false(fact.live);
    assert_int_equal(fact.age_s, 6);
    assert_int_equal(fact_freshness(&fact, 10, 20), FACT_STALE);
    assert_int_equal(fact_changes_ms(&fact, 10, 20, T0 + 1000),
                     T0 + 1000 + 15000);
    fact = message_at(facts, T0 + 17000);
    assert_int_equal(fact_freshness(&fact, 10, 20), FACT_OLD);
    assert_true(put_message(facts, "hi", 0, true, T0 + 17000));
    fact = message_at(facts, T0 + 17000);
    assert_int_equal(fact_freshness(&fact, 10, 20), FACT_FRESH);
}

/* A forecast of ten minutes ago is what anybody has. */
static void
a_recalled_poll_is_as_fresh_as_its_age(void **state) {
    struct facts *facts = *state;
    struct fact fact;

    facts_set_connected(facts, true, T0);
    recall(facts, "hi", 5, false, T0);
    fact = message_at(facts, T0);
    assert_int_equal(fact_freshness(&fact, 10, 20), FACT_FRESH);
}

static void
a_recalled_fact_takes_no_better_ones_place(void **state) {
    static const struct {
        bool before_recalled;
        int64_t before_s, after_s;
        bool taken;
    } cases[] = {
        {false, 100, 5, false}, /* the fetcher was started anew */
        {false, 100, -1, false}, {false, -1, 5, false}, {true, 100, 5, true},
        {true, 5, 100, false},   {true, 5, -1, false},  {true, -1, 5, true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct facts *facts = facts_create();
        const struct record_message *held;

        facts_set_connected(facts, true, T0);
        if (cases[i].before_recalled) {
            recall(facts, "before", cases[i].before_s, true, T0);
        } else {
            put_message(facts, "before", cases[i].before_s, true, T0);
        }
        assert_int_equal(recall(facts, "after", cases[i].after_s, true, T0),
                         cases[i].taken);
        held = message_at(facts, T0).record;
        assert_string_equal(held->text, cases[i].taken ? "after" : "before");
        facts_destroy(facts);
    }
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_known_at_first),
        TEST(a_live_fact_does_not_age),
        TEST(it_ages_from_the_last_good_word_of_its_source),
        TEST(it_ages_from_the_loss_of_the_fetcher),
        TEST(a_new_fetcher_does_not_make_old_facts_young),
        TEST(a_polled_fact_ages_from_its_packet),
        TEST(a_remembered_fact_has_its_age),
        TEST(freshness_on_both_sides_of_its_limits),
        TEST(only_what_can_be_seen_counts_as_change),
        TEST(facts_are_told_apart_by_name_and_bounded),
        cmocka_unit_test_setup_teardown(a_recalled_fact_is_not_live_nor_fresh,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_recalled_poll_is_as_fresh_as_its_age,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_recalled_fact_takes_no_better_ones_place, setup, teardown),
    };

    return cmocka_run_group_tests_name("facts", tests, NULL, NULL);
}
