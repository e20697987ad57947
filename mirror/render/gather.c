#include "render/gather.h"

#include <stddef.h>

#include "common/clock.h"
#include "common/loop.h"
#include "render/fetcher.h"
#include "render/source_program.h"

struct gathering {
    struct facts *facts;
    const struct settings *settings;
    struct loop *loop;
    int64_t mono_ms;
};

static bool
has(const struct facts *facts, enum record_kind kind, const char *name,
    const char *source) {
    const struct source_status *status = facts_find_source(facts, source);
    const struct record_head *head = facts_get(facts, kind, name, 0).record;

    if (status == NULL || status->state == SOURCE_CONNECTING) {
        return false;
    }
    /* Of a source that is well a recalled record is not yet its word. */
    return status->state != SOURCE_OK || (head != NULL && head->recalled == 0);
}

bool
gather_complete(const struct facts *facts, const struct settings *settings) {
    if (settings->hub.present && !has(facts, RECORD_LIGHTS, "", "hub")) {
        return false;
    }
    if (settings->weather.present &&
        !has(facts, RECORD_WEATHER, "", "weather")) {
        return false;
    }
    if (settings->message.present && !has(facts, RECORD_MESSAGE, "", "hub")) {
        return false;
    }
    for (size_t i = 0; i < settings->todo_count; i++) {
        if (!has(facts, RECORD_TODO, settings->todos[i].name, "hub")) {
            return false;
        }
    }
    for (size_t i = 0; i < settings->values_count; i++) {
        if (!has(facts, RECORD_VALUES, settings->values[i].name, "hub")) {
            return false;
        }
    }
    return true;
}

static void
on_record(void *arg, unsigned kind, const void *record, bool connected) {
    struct gathering *gathering = arg;

    if (kind == 0) {
        facts_set_connected(gathering->facts, connected, gathering->mono_ms);
    } else {
        facts_put(gathering->facts, kind, record, gathering->mono_ms);
    }
    if (gather_complete(gathering->facts, gathering->settings)) {
        loop_stop(gathering->loop);
    }
}

static void
on_end(void *arg) {
    loop_stop(arg);
}

bool
gather_facts(struct facts *facts, const struct settings *settings,
             const char *config_path, int wait_ms, int64_t mono_ms) {
    struct gathering gathering = {
        .facts = facts,
        .settings = settings,
        .loop = loop_create(),
        .mono_ms = mono_ms,
    };
    struct loop_timer end = {.fn = on_end, .arg = gathering.loop};
    struct fetcher_options options = {
        .config_path = config_path,
        .fn = on_record,
        .arg = &gathering,
    };
    struct source_program program;
    struct fetcher *fetcher;
    bool ran;

    if (gathering.loop == NULL) {
        return false;
    }
    if (gather_complete(facts, settings)) { /* nothing is asked for */
        loop_destroy(gathering.loop);
        return true;
    }
    source_program_find(&program);
    options.program = program.path[0] != '\0' ? program.path : NULL;
    options.socket_path = program.socket;
    fetcher = fetcher_create(gathering.loop, &options);
    loop_set_timer(gathering.loop, &end, clock_monotonic_ms() + wait_ms);
    ran = loop_run(gathering.loop);
    fetcher_destroy(fetcher);
    loop_destroy(gathering.loop);
    return ran;
}
