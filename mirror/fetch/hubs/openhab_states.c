/* The state tracker: a stream of the states of exactly the items that were
 * posted to it (SseResource.java, /rest/events/states). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/clock.h"
#include "fetch/hubs/openhab_hub.h"

static void
read_item(struct openhab_model *model, const cJSON *item, uint32_t *uses) {
    const char *state = json_text(item, "state");

    if (item->string != NULL && state != NULL) {
        *uses |= openhab_model_state(model, item->string, state,
                                     json_text(item, "displayState"));
    }
}

bool
openhab_states_read(struct openhab_model *model, const char *data, size_t size,
                    uint32_t *ret_uses) {
    const char *why;
    cJSON *root = json_parse(data, size, &why);
    const cJSON *item;
    bool good = cJSON_IsObject(root);
    uint32_t uses = 0;

    if (good) {
        cJSON_ArrayForEach(item, root) {
            read_item(model, item, &uses);
        }
        *ret_uses = uses;
    }
    cJSON_Delete(root);
    return good;
}

/* A bare id, no JSON: what is sent back in a path has to be harmless. */
static bool
take_id(struct openhab *hub, const char *data, size_t size) {
    if (size == 0 || size >= sizeof hub->id ||
        strspn(data, "0123456789abcdefghijklmnopqrstuvwxyz"
                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_") != size) {
        return false;
    }
    memcpy(hub->id, data, size + 1);
    openhab_states_post(hub);
    return true;
}

bool
openhab_states_hold(const struct openhab *hub) {
    return hub->id[0] != '\0' && !hub->awaiting;
}

/* Records go out once the states of all items are there, or at least those
 * that the hub has: not with lamps that seem unknown for a moment. */
static void
settle(struct openhab *hub) {
    if ((hub->posted && hub->heard) || openhab_model_fresh(&hub->model)) {
        hub->awaiting = false;
        loop_cancel_timer(hub->env.loop, &hub->answer);
        openhab_well(hub);
        openhab_publish(hub, OPENHAB_USE_ALL);
    }
}

static void
states_came(struct openhab *hub, uint32_t uses) {
    hub->heard = true;
    if (hub->awaiting) {
        settle(hub);
    } else {
        hub->changed |= uses;
    }
}

static bool
take_event(void *arg, const char *name, char *data, size_t size) {
    struct openhab *hub = arg;
    uint32_t uses;

    if (strcmp(name, "ready") == 0) {
        return take_id(hub, data, size);
    }
    if (strcmp(name, "alive") == 0 && openhab_states_hold(hub)) {
        openhab_well(hub);
    }
    if (strcmp(name, "message") != 0) {
        return true;
    }
    if (!openhab_states_read(&hub->model, data, size, &uses)) {
        return false;
    }
    states_came(hub, uses);
    return true;
}

/* Events that arrive together make one record: a hub that sends thousands a
 * second costs as many records as there are reads. */
static bool
take_bytes(void *arg, const char *bytes, size_t size) {
    struct openhab *hub = arg;
    bool good;

    hub->changed = 0;
    good = sse_feed(&hub->states_sse, bytes, size);
    if (hub->changed != 0) {
        openhab_publish(hub, hub->changed);
    }
    return good;
}

static void
stream_done(void *arg, const struct http_reply *reply) {
    struct openhab *hub = arg;

    hub->states = NULL;
    openhab_note_date(hub, reply);
    openhab_lost_reply(hub, reply);
}

void
openhab_states_open(struct openhab *hub) {
    openhab_states_close(hub);
    hub->awaiting = true;
    openhab_model_age(&hub->model);
    sse_init(&hub->states_sse, SSE_EVENT_MAX, take_event, hub);
    hub->states =
        openhab_stream(hub, "/rest/events/states", take_bytes, stream_done);
}

void
openhab_states_close(struct openhab *hub) {
    http_cancel(hub->states);
    hub->states = NULL;
    sse_finish(&hub->states_sse);
    hub->id[0] = '\0';
    loop_cancel_timer(hub->env.loop, &hub->answer);
}

static void
no_answer(void *arg) {
    openhab_lost(arg, SOURCE_OFFLINE, "the hub sends no states");
}

/* 404: the tracker does not know the connection any more, so the hub has
 * restarted or closed it. */
static void
post_done(void *arg, const struct http_reply *reply) {
    struct openhab *hub = arg;

    hub->post = NULL;
    openhab_note_date(hub, reply);
    if (reply->state != SOURCE_OK) {
        openhab_lost_reply(hub, reply);
        return;
    }
    hub->posted = true;
    if (hub->awaiting) {
        settle(hub);
    }
}

void
openhab_states_post(struct openhab *hub) {
    char path[32 + OPENHAB_ID_MAX];
    char url[OPENHAB_URL_MAX];
    struct http_ask ask;
    char *names;

    if (hub->id[0] == '\0') {
        return;
    }
    snprintf(path, sizeof path, "/rest/events/states/%s", hub->id);
    openhab_url(hub, path, url);
    names = openhab_model_names(&hub->model);
    ask = openhab_ask(hub, url, post_done);
    ask.body = names;
    ask.content_type = "application/json";
    hub->posted = false;
    hub->heard = false;
    hub->awaiting = true;
    hub->answer.fn = no_answer;
    hub->answer.arg = hub;
    loop_set_timer(hub->env.loop, &hub->answer,
                   clock_monotonic_ms() + OPENHAB_ANSWER_MS);
    http_cancel(hub->post);
    hub->post = openhab_start(hub, &ask);
    free(names);
}
