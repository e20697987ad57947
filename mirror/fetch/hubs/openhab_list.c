/* The list of items, and the model that is chosen from it. */
#include <limits.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/clock.h"
#include "common/log.h"
#include "common/str.h"
#include "fetch/http_date.h"
#include "fetch/hubs/openhab_hub.h"

/* Of its own in the status: while its streams run the hub itself is well. */
static const char list_name[] = "hub-items";

static bool
take_element(void *arg, const cJSON *element) {
    struct openhab *hub = arg;

    if (!openhab_items_add(&hub->fetch.items, &hub->wants, element)) {
        hub->fetch.list.skipped++;
    }
    return true;
}

static bool
take_bytes(void *arg, const char *bytes, size_t size) {
    struct openhab *hub = arg;

    return json_list_feed(&hub->fetch.list, bytes, size);
}

/* A long list's memory goes back to the system, for the months until the
 * next. */
static void
clear_fetch(struct openhab *hub) {
    bool large = openhab_items_bytes(&hub->fetch.items) > 256 * 1024;

    openhab_items_finish(&hub->fetch.items);
    json_list_finish(&hub->fetch.list);
    if (large) {
        malloc_trim(0);
    }
}

void
openhab_list_cancel(struct openhab *hub) {
    http_cancel(hub->fetch.request);
    hub->fetch.request = NULL;
    clear_fetch(hub);
}

/* One second's change may hide behind a date of whole seconds: a date that is
 * not older than the reply proves nothing (RFC 9110, 8.8.2.2). */
static void
keep_modified(struct openhab *hub, const struct http_reply *reply) {
    int64_t modified_s;

    hub->modified[0] = '\0';
    if (http_date_parse(reply->last_modified, &modified_s) &&
        reply->date_s != RECORD_NO_TIME && modified_s + 2 <= reply->date_s &&
        strlen(reply->last_modified) < sizeof hub->modified) {
        str_copy(hub->modified, sizeof hub->modified, reply->last_modified);
    }
}

/* A hub that has just started answers with few items, or none. */
static bool
is_too_short(const struct openhab *hub) {
    size_t least = hub->has_model ? hub->list_count : 1;

    return !hub->removed && hub->fetch.items.seen < least &&
           clock_monotonic_ms() < hub->grace_end_ms;
}

static void
log_model(const struct openhab *hub, const struct openhab_model *model) {
    if (!hub->has_model || hub->list_count != hub->fetch.items.seen ||
        hub->model.count != model->count ||
        hub->model.light_count != model->light_count) {
        log_info("hub: %zu items, %zu of them followed, %zu lamps",
                 hub->fetch.items.seen, model->count, model->light_count);
    }
}

static void
log_skipped(struct openhab *hub) {
    if (hub->fetch.list.skipped != hub->skipped) {
        hub->skipped = hub->fetch.list.skipped;
        log_warning("hub: %zu items of the list could not be read",
                    hub->skipped);
    }
}

static void
adopt(struct openhab *hub, const struct http_reply *reply) {
    struct openhab_model model;

    openhab_items_seal(&hub->fetch.items);
    openhab_model_build(&model, &hub->fetch.items, hub->env.settings);
    openhab_model_carry(&model, &hub->model);
    log_model(hub, &model);
    log_skipped(hub);
    openhab_model_finish(&hub->model);
    hub->model = model;
    hub->has_model = true;
    hub->list_count = hub->fetch.items.seen;
    keep_modified(hub, reply);
}

/* The first list, or the first since a loss: for a while the hub may still be
 * starting. */
static void
begin_grace(struct openhab *hub) {
    if (hub->was_lost) {
        hub->was_lost = false;
        hub->removed = false;
        hub->grace_end_ms = clock_monotonic_ms() + OPENHAB_GRACE_MS;
    }
}

/* The hub is there, so it is not its absence that is told. */
static void
say_list_old(struct openhab *hub, const struct http_reply *reply) {
    char detail[RECORD_TEXT_MAX];

    snprintf(detail, sizeof detail, "the list of items is an old one: %s",
             reply->detail);
    outbox_status(hub->env.outbox, list_name,
                  reply->state == SOURCE_OFFLINE ? SOURCE_BAD_REPLY
                                                 : reply->state,
                  detail);
}

/* While streams run a list that fails is only asked for again: what is on
 * screen is true, though a lamp may be missing or have its old name. One that
 * fails for long is told, apart from the hub itself. */
static void
list_failed(struct openhab *hub, const struct http_reply *reply) {
    if (hub->states == NULL || reply->state == SOURCE_REFUSED) {
        openhab_lost_reply(hub, reply);
        return;
    }
    if (hub->list_failures < UINT_MAX) {
        hub->list_failures++;
    }
    if (hub->list_failures >= OPENHAB_LIST_PATIENCE) {
        say_list_old(hub, reply);
    }
    openhab_list_soon(hub, true);
}

/* What an earlier run remembered stays, rather than a house without lamps. */
static void
wait_for_items(struct openhab *hub) {
    openhab_lost(hub, SOURCE_OFFLINE, "the hub has no items yet");
    hub->was_lost = false; /* its grace has begun */
}

static void
list_came(struct openhab *hub, const struct http_reply *reply) {
    if (hub->list_failures >= OPENHAB_LIST_PATIENCE) {
        outbox_status(hub->env.outbox, list_name, SOURCE_OK, "");
    }
    hub->list_failures = 0;
    begin_grace(hub);
    if (reply->status == 200 && is_too_short(hub)) {
        if (!hub->has_model) {
            wait_for_items(hub);
            return;
        }
        openhab_list_soon(hub, true);
    } else if (reply->status == 200) {
        adopt(hub, reply);
    }
    openhab_listed(hub);
}

static void
list_done(void *arg, const struct http_reply *reply) {
    struct openhab *hub = arg;
    struct http_reply judged = *reply;

    hub->fetch.request = NULL;
    hub->list_ms = clock_monotonic_ms();
    openhab_note_date(hub, reply);
    if (reply->status == 200 && reply->state == SOURCE_OK &&
        !json_list_complete(&hub->fetch.list)) {
        judged.state = SOURCE_BAD_REPLY;
        judged.detail = "the list of items broke off";
    } else if (hub->fetch.list.why != NULL) {
        judged.detail = hub->fetch.list.why;
    }
    if (judged.state != SOURCE_OK) {
        list_failed(hub, &judged);
    } else {
        list_came(hub, reply);
    }
    clear_fetch(hub);
}

void
openhab_list_start(struct openhab *hub, bool whole) {
    char url[OPENHAB_URL_MAX];
    struct http_ask ask;

    openhab_list_cancel(hub);
    openhab_url(
        hub, "/rest/items?staticDataOnly=true&metadata=semantics,mirror", url);
    ask = openhab_ask(hub, url, list_done);
    ask.accept = "application/json";
    ask.max_bytes = HTTP_LIST_MAX;
    ask.patient = true; /* hubs think long before a list */
    ask.modified_since = whole || !hub->has_model ? "" : hub->modified;
    ask.data = take_bytes;
    hub->refetch_whole = false;
    json_list_init(&hub->fetch.list, take_element, hub);
    hub->fetch.request = openhab_start(hub, &ask);
}

/* Never two at a time, and the hub gets a rest between two. */
static void
refetch(void *arg) {
    struct openhab *hub = arg;

    if (hub->fetch.request != NULL) {
        openhab_list_soon(hub, hub->refetch_whole);
    } else if (hub->states != NULL) {
        openhab_list_start(hub, hub->refetch_whole);
    }
}

static int64_t
gap_ms(const struct openhab *hub) {
    int64_t gap = OPENHAB_LIST_GAP_MS;

    for (unsigned i = 1;
         i < hub->list_failures && gap < OPENHAB_LIST_GAP_MAX_MS; i++) {
        gap *= 2;
    }
    return gap < OPENHAB_LIST_GAP_MAX_MS ? gap : OPENHAB_LIST_GAP_MAX_MS;
}

void
openhab_list_soon(struct openhab *hub, bool whole) {
    int64_t due_ms = clock_monotonic_ms() + OPENHAB_SETTLE_MS;

    hub->refetch_whole = hub->refetch_whole || whole;
    if (hub->refetch.armed) {
        return;
    }
    if (due_ms < hub->list_ms + gap_ms(hub)) {
        due_ms = hub->list_ms + gap_ms(hub);
    }
    hub->refetch.fn = refetch;
    hub->refetch.arg = hub;
    loop_set_timer(hub->env.loop, &hub->refetch, due_ms);
}
