/* Connecting, losing the connection, and connecting again. */
#include "fetch/hubs/openhab.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>

#include "common/clock.h"
#include "common/log.h"
#include "common/xalloc.h"
#include "fetch/hubs/openhab_hub.h"

static const char source_name[] = "hub";

struct http_ask
openhab_ask(struct openhab *hub, const char *url, http_done_fn done) {
    return (struct http_ask){
        .url = url,
        .token = hub->env.token,
        .ca_file = hub->env.settings->hub.ca_file,
        .policy = &hub->policy,
        .max_bytes = HTTP_REPLY_MAX,
        .timeout_ms = HTTP_TIMEOUT_MS,
        .done = done,
        .arg = hub,
    };
}

void
openhab_url(const struct openhab *hub, const char *path, char *url) {
    snprintf(url, OPENHAB_URL_MAX, "%s%s", hub->env.settings->hub.url, path);
}

/* Nothing is tried any more: the token is refused, or the address is one that
 * the policy forbids. Only another config helps. */
static void
halt(struct openhab *hub) {
    hub->halted = true;
    loop_cancel_timer(hub->env.loop, &hub->retry);
    loop_cancel_timer(hub->env.loop, &hub->refetch);
}

struct http_request *
openhab_start(struct openhab *hub, const struct http_ask *ask) {
    struct http_request *request = http_start(hub->env.http, ask);

    if (request == NULL) {
        halt(hub);
        outbox_status(hub->env.outbox, source_name, SOURCE_CONFIG,
                      "this address may not be asked");
    }
    return request;
}

struct http_request *
openhab_stream(struct openhab *hub, const char *path, http_data_fn data,
               http_done_fn done) {
    char url[OPENHAB_URL_MAX];
    struct http_ask ask;

    openhab_url(hub, path, url);
    ask = openhab_ask(hub, url, done);
    ask.accept = "text/event-stream";
    ask.max_bytes = 0;
    ask.timeout_ms = 0;
    ask.silence_ms = OPENHAB_SILENCE_MS;
    ask.data = data;
    return openhab_start(hub, &ask);
}

void
openhab_note_date(struct openhab *hub, const struct http_reply *reply) {
    if (reply->date_s != RECORD_NO_TIME) {
        hub->date_s = reply->date_s;
        hub->date_ms = clock_monotonic_ms();
    }
}

int64_t
openhab_wait_ms(struct backoff *backoff, enum source_state state) {
    uint32_t random = 0;

    /* Without it all waits have one length: no harm on a LAN. */
    (void)!getrandom(&random, sizeof random, GRND_NONBLOCK);
    return backoff_hub_ms(backoff, state, random);
}

static ino_t
find_ca_file(const struct openhab *hub) {
    const char *path = hub->env.settings->hub.ca_file;
    struct stat info;

    return path[0] != '\0' && stat(path, &info) == 0 ? info.st_ino : 0;
}

/* Landlock is about the very file: one that took its place can only be read
 * by a process that starts anew. */
static void
follow_ca_file(struct openhab *hub) {
    ino_t now = find_ca_file(hub);

    if (now != 0 && now != hub->ca_file) {
        log_info("hub: ca_file is another file now: starting anew");
        loop_stop(hub->env.loop);
    }
}

static void
cancel(struct http_request **request) {
    http_cancel(*request);
    *request = NULL;
}

static void
close_all(struct openhab *hub) {
    cancel(&hub->probe);
    cancel(&hub->post);
    openhab_list_cancel(hub);
    openhab_states_close(hub);
    openhab_events_close(hub);
    loop_cancel_timer(hub->env.loop, &hub->refetch);
}

void
openhab_lost(struct openhab *hub, enum source_state state, const char *detail) {
    int64_t wait_ms = openhab_wait_ms(&hub->backoff, state);

    close_all(hub);
    if (state == SOURCE_CERTIFICATE) {
        follow_ca_file(hub);
    }
    hub->was_lost = true;
    if (hub->halted) {
        return;
    }
    outbox_status(hub->env.outbox, source_name, state, detail);
    if (wait_ms == SCHEDULE_NEVER) {
        halt(hub);
        return;
    }
    loop_set_timer(hub->env.loop, &hub->retry, clock_monotonic_ms() + wait_ms);
}

/* While openHAB starts its web server answers 404, and a proxy before it 502
 * or 503. */
void
openhab_lost_reply(struct openhab *hub, const struct http_reply *reply) {
    char detail[RECORD_TEXT_MAX];

    if (reply->status != 404 && reply->status < 500) {
        openhab_lost(hub, reply->state, reply->detail);
        return;
    }
    snprintf(detail, sizeof detail, "openHAB does not answer there (%s)",
             reply->detail);
    openhab_lost(hub, SOURCE_OFFLINE, detail);
}

static void
log_version(const char *body, size_t size) {
    char shown[LOG_TEXT_MAX];
    const char *why;
    cJSON *root = json_parse(body, size, &why);
    const char *version =
        json_text(json_member(root, "runtimeInfo"), "version");

    log_info(
        "hub: openHAB %s",
        log_escape(shown, version != NULL ? version : "without a version"));
    cJSON_Delete(root);
}

/* The version is for the log alone, so a server without this page is asked for
 * its items all the same. */
static void
probe_done(void *arg, const struct http_reply *reply) {
    struct openhab *hub = arg;

    hub->probe = NULL;
    openhab_note_date(hub, reply);
    if (reply->state == SOURCE_OK) {
        hub->version_known = true;
        log_version(reply->body, reply->size);
    } else if (reply->status != 404) {
        openhab_lost_reply(hub, reply);
        return;
    }
    openhab_list_start(hub, false);
}

static void
connect_hub(struct openhab *hub) {
    char url[OPENHAB_URL_MAX];
    struct http_ask ask;

    if (hub->version_known) {
        openhab_list_start(hub, false);
        return;
    }
    openhab_url(hub, "/rest/", url);
    ask = openhab_ask(hub, url, probe_done);
    ask.accept = "application/json";
    hub->probe = openhab_start(hub, &ask);
}

static void
retry(void *arg) {
    connect_hub(arg);
}

void
openhab_listed(struct openhab *hub) {
    if (hub->states == NULL) {
        openhab_states_open(hub);
    } else {
        openhab_states_post(hub);
    }
    if (hub->events == NULL && !hub->events_retry.armed && !hub->halted) {
        openhab_events_open(hub);
    }
}

void
openhab_well(struct openhab *hub) {
    char detail[RECORD_TEXT_MAX];

    backoff_reset(&hub->backoff);
    openhab_publish_detail(hub, detail, sizeof detail);
    outbox_status(hub->env.outbox, source_name, SOURCE_OK, detail);
}

static bool
wanted(const struct settings *settings) {
    return settings->hub.present && settings->hub.type == HUB_OPENHAB;
}

static void
destroy(void *source) {
    struct openhab *hub = source;

    if (hub == NULL) {
        return;
    }
    close_all(hub);
    loop_cancel_timer(hub->env.loop, &hub->retry);
    loop_cancel_timer(hub->env.loop, &hub->silent);
    openhab_model_finish(&hub->model);
    openhab_things_finish(&hub->things);
    openhab_wants_finish(&hub->wants);
    free(hub);
}

static void *
create(const struct source_env *env) {
    struct openhab *hub = xcalloc(1, sizeof *hub);

    hub->env = *env;
    hub->date_s = RECORD_NO_TIME;
    hub->ca_file = find_ca_file(hub);
    hub->was_lost = true;
    hub->retry = (struct loop_timer){.fn = retry, .arg = hub};
    openhab_wants_init(&hub->wants, env->settings);
    if (!address_policy_hub(&hub->policy,
                            env->settings->hub.allow_public_hub)) {
        outbox_status(env->outbox, source_name, SOURCE_CONFIG,
                      "allow_public_hub is no list of addresses");
        destroy(hub);
        return NULL;
    }
    outbox_status(env->outbox, source_name, SOURCE_CONNECTING, "");
    connect_hub(hub);
    return hub;
}

/* A network or a clock came: what waits for it tries now, and silent lamps are
 * judged by the new time. */
static void
wake(void *source) {
    struct openhab *hub = source;

    if (hub->retry.armed) {
        backoff_reset(&hub->backoff);
        loop_set_timer(hub->env.loop, &hub->retry, clock_monotonic_ms());
    } else if (openhab_states_hold(hub)) {
        openhab_publish(hub, OPENHAB_USE_LIGHTS);
    }
}

const struct source_type openhab_source = {
    .name = source_name,
    .wanted = wanted,
    .create = create,
    .destroy = destroy,
    .wake = wake,
};
