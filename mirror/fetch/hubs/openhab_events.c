/* The second stream: what the tracker does not tell. Things that go offline,
 * and items that come, go or change their labels. Without it the mirror goes
 * on, so its loss does not lose the hub. */
#include <string.h>

#include "common/clock.h"
#include "common/str.h"
#include "fetch/hubs/openhab_hub.h"

/* Topic patterns; '*' stands for any characters, '/' included. */
static const char path[] = "/rest/events?topics="
                           "openhab/things/*/statuschanged,"
                           "openhab/items/*/added,"
                           "openhab/items/*/removed,"
                           "openhab/items/*/updated,"
                           "openhab/links/*/added,"
                           "openhab/links/*/removed,"
                           "openhab/system/startlevel";

/* From this level on the user interface runs; 100 may never come. */
enum { STARTLEVEL_READY = 70 };

static const char thing_topic[] = "openhab/things/";

/* payload: [new, old]; the uid stands between the topic's second and last
 * slash. */
static enum openhab_news
read_thing(struct openhab_things *things, const char *topic,
           const cJSON *payload) {
    const char *status = json_text(cJSON_GetArrayItem(payload, 0), "status");
    char uid[THINGS_UID_MAX];
    size_t size;

    if (!str_starts_with(topic, thing_topic) || status == NULL) {
        return OPENHAB_NEWS_NONE;
    }
    topic += sizeof thing_topic - 1;
    size = strcspn(topic, "/");
    if (size == 0 || size >= sizeof uid) {
        return OPENHAB_NEWS_NONE;
    }
    memcpy(uid, topic, size);
    uid[size] = '\0';
    return openhab_things_status(things, uid, strcmp(status, "OFFLINE") == 0)
               ? OPENHAB_NEWS_THINGS
               : OPENHAB_NEWS_NONE;
}

static enum openhab_news
read_link(struct openhab_things *things, const cJSON *payload, bool linked) {
    const char *item = json_text(payload, "itemName");
    const char *channel = json_text(payload, "channelUID");

    if (item == NULL || channel == NULL) {
        return OPENHAB_NEWS_NONE;
    }
    openhab_things_link(things, item, channel, linked);
    return OPENHAB_NEWS_THINGS;
}

static enum openhab_news
read_payload(struct openhab_things *things, const char *type, const char *topic,
             const cJSON *payload) {
    if (strcmp(type, "ItemAddedEvent") == 0 ||
        strcmp(type, "ItemUpdatedEvent") == 0) {
        return OPENHAB_NEWS_ITEMS;
    }
    if (strcmp(type, "ItemRemovedEvent") == 0) {
        return OPENHAB_NEWS_REMOVED;
    }
    if (strcmp(type, "StartlevelEvent") == 0) {
        return json_int(payload, "startlevel", STARTLEVEL_READY, 1000, -1) > 0
                   ? OPENHAB_NEWS_ITEMS
                   : OPENHAB_NEWS_NONE;
    }
    if (strcmp(type, "ThingStatusInfoChangedEvent") == 0) {
        return read_thing(things, topic, payload);
    }
    if (strcmp(type, "ItemChannelLinkAddedEvent") == 0) {
        return read_link(things, payload, true);
    }
    if (strcmp(type, "ItemChannelLinkRemovedEvent") == 0) {
        return read_link(things, payload, false);
    }
    return OPENHAB_NEWS_NONE;
}

/* The payload is JSON inside a string: it is parsed by itself. */
enum openhab_news
openhab_events_read(struct openhab_things *things, const char *data,
                    size_t size) {
    const char *why;
    cJSON *root = json_parse(data, size, &why);
    const char *type = json_text(root, "type");
    const char *topic = json_text(root, "topic");
    const char *text = json_text(root, "payload");
    enum openhab_news news = OPENHAB_NEWS_NONE;

    if (type != NULL && topic != NULL && text != NULL) {
        cJSON *payload = json_parse(text, strlen(text), &why);

        news = read_payload(things, type, topic, payload);
        cJSON_Delete(payload);
    }
    cJSON_Delete(root);
    return news;
}

/* What happened between the list and this stream's opening was not heard. */
static void
first_word(struct openhab *hub) {
    hub->events_fresh = false;
    backoff_reset(&hub->events_backoff);
    openhab_list_soon(hub, false);
}

static bool
take_event(void *arg, const char *name, char *data, size_t size) {
    struct openhab *hub = arg;

    if (hub->events_fresh) {
        first_word(hub);
    }
    if (strcmp(name, "message") != 0) {
        return true;
    }
    switch (openhab_events_read(&hub->things, data, size)) {
    case OPENHAB_NEWS_REMOVED: hub->removed = true; /* fall through */
    case OPENHAB_NEWS_ITEMS: openhab_list_soon(hub, true); break;
    case OPENHAB_NEWS_THINGS:
        if (openhab_states_hold(hub)) {
            openhab_publish(hub, OPENHAB_USE_LIGHTS);
        }
        break;
    case OPENHAB_NEWS_NONE: break;
    }
    return true;
}

static bool
take_bytes(void *arg, const char *bytes, size_t size) {
    struct openhab *hub = arg;

    return sse_feed(&hub->events_sse, bytes, size);
}

static void
reopen(void *arg) {
    openhab_events_open(arg);
}

/* Whoever is offline is not known any more: the word that one is back would
 * have been missed. */
static void
stream_done(void *arg, const struct http_reply *reply) {
    struct openhab *hub = arg;
    int64_t wait_ms = openhab_wait_ms(&hub->events_backoff, reply->state);

    hub->events = NULL;
    openhab_note_date(hub, reply);
    openhab_events_close(hub);
    if (wait_ms != SCHEDULE_NEVER) {
        hub->events_retry.fn = reopen;
        hub->events_retry.arg = hub;
        loop_set_timer(hub->env.loop, &hub->events_retry,
                       clock_monotonic_ms() + wait_ms);
    }
}

void
openhab_events_open(struct openhab *hub) {
    openhab_events_close(hub);
    hub->events_fresh = true;
    sse_init(&hub->events_sse, OPENHAB_EVENT_MAX, take_event, hub);
    hub->events = openhab_stream(hub, path, take_bytes, stream_done);
}

void
openhab_events_close(struct openhab *hub) {
    http_cancel(hub->events);
    hub->events = NULL;
    sse_finish(&hub->events_sse);
    openhab_things_forget(&hub->things);
    loop_cancel_timer(hub->env.loop, &hub->events_retry);
}
