#include "render/facts.h"

#include <stdlib.h>
#include <string.h>

#include "common/clock.h"
#include "common/log.h"
#include "common/xalloc.h"

#define NEVER_TRUE INT64_MIN

struct slot {
    unsigned kind;
    unsigned session; /* of the connection it came through */
    int64_t true_ms;  /* when it was last known to be true; NEVER_TRUE */
    void *record;     /* owned */
};

struct facts {
    struct slot slots[FACTS_MAX];
    size_t count;
    struct source_status sources[STATUS_SOURCES_MAX];
    size_t source_count;
    int64_t status_ms;     /* when they came */
    int64_t status_wall_s; /* the fetcher's wall time at that moment */
    unsigned session;      /* counts connections */
    bool connected;
    bool full_logged;
};

struct facts *
facts_create(void) {
    return xcalloc(1, sizeof(struct facts));
}

void
facts_destroy(struct facts *facts) {
    if (facts == NULL) {
        return;
    }
    for (size_t i = 0; i < facts->count; i++) {
        free(facts->slots[i].record);
    }
    free(facts);
}

const struct source_status *
facts_source(const struct facts *facts, size_t index) {
    return index < facts->source_count ? &facts->sources[index] : NULL;
}

const struct source_status *
facts_find_source(const struct facts *facts, const char *source) {
    for (size_t i = 0; i < facts->source_count; i++) {
        if (strcmp(facts->sources[i].source, source) == 0) {
            return &facts->sources[i];
        }
    }
    return NULL;
}

static const struct record_head *
slot_head(const struct slot *slot) {
    return slot->record;
}

static bool
slot_is_live(const struct facts *facts, const struct slot *slot) {
    const struct record_head *head = slot_head(slot);
    const struct source_status *source = facts_find_source(facts, head->source);

    return head->live == 1 && head->recalled == 0 && facts->connected &&
           slot->session == facts->session && source != NULL &&
           source->state == SOURCE_OK;
}

/* Its index, or FACTS_MAX. */
static size_t
find_slot(const struct facts *facts, unsigned kind, const char *name) {
    for (size_t i = 0; i < facts->count; i++) {
        const struct slot *slot = &facts->slots[i];

        if (slot->kind == kind && strcmp(slot_head(slot)->name, name) == 0) {
            return i;
        }
    }
    return FACTS_MAX;
}

/* What an earlier connection left behind and nobody said again. */
static struct slot *
find_leftover(struct facts *facts) {
    for (size_t i = 0; i < facts->count; i++) {
        if (facts->slots[i].session != facts->session) {
            return &facts->slots[i];
        }
    }
    return NULL;
}

static struct slot *
make_slot(struct facts *facts, unsigned kind) {
    struct slot *slot;

    if (facts->count < FACTS_MAX) {
        slot = &facts->slots[facts->count++];
    } else {
        slot = find_leftover(facts);
    }
    if (slot == NULL) {
        if (!facts->full_logged) {
            log_warning("facts: more than %d kinds and names; one is left out",
                        FACTS_MAX);
            facts->full_logged = true;
        }
        return NULL;
    }
    free(slot->record);
    slot->kind = kind;
    slot->record = xcalloc(1, record_kind_info(kind)->size);
    return slot;
}

/* Whether two records show the same. The head's times do not count as long as
 * the fact is live; of one that grows old they are what is shown. */
static bool
same_content(unsigned kind, const void *a, const void *b) {
    const struct record_head *head_a = a;
    const struct record_head *head_b = b;
    size_t skip = sizeof(struct record_head);

    return head_a->live == 1 && head_b->live == 1 &&
           strcmp(head_a->source, head_b->source) == 0 &&
           memcmp((const char *)a + skip, (const char *)b + skip,
                  record_kind_info(kind)->size - skip) == 0;
}

/* A fetcher that starts anew recalls what it wrote down minutes ago; what was
 * heard from a source since then is younger. */
static bool
knows_better(const struct slot *slot, const struct record_head *head,
             int64_t true_ms) {
    return head->recalled == 1 &&
           (slot_head(slot)->recalled == 0 || slot->true_ms >= true_ms);
}

static bool
put_fact(struct facts *facts, unsigned kind, const void *record,
         int64_t mono_ms) {
    const struct record_head *head = record;
    int64_t true_ms =
        head->age_s < 0 ? NEVER_TRUE : mono_ms - head->age_s * 1000;
    size_t at = find_slot(facts, kind, head->name);
    bool known = at < FACTS_MAX;
    struct slot *slot = known ? &facts->slots[at] : make_slot(facts, kind);
    bool same = known && slot_is_live(facts, slot) &&
                same_content(kind, slot->record, record);

    if (slot == NULL || (known && knows_better(slot, head, true_ms))) {
        return false;
    }
    memcpy(slot->record, record, record_kind_info(kind)->size);
    slot->session = facts->session;
    slot->true_ms = true_ms;
    return !(same && slot_is_live(facts, slot));
}

/* Pushed facts of a source were true for as long as it was good. */
static void
stamp_live(struct facts *facts, const char *source, int64_t good_ms) {
    for (size_t i = 0; i < facts->count; i++) {
        struct slot *slot = &facts->slots[i];
        const struct record_head *head = slot_head(slot);

        if (head->live == 1 && head->recalled == 0 &&
            slot->session == facts->session &&
            strcmp(head->source, source) == 0 && slot->true_ms < good_ms) {
            slot->true_ms = good_ms;
        }
    }
}

static bool
same_sources(const struct facts *facts, const struct record_status *status) {
    if (facts->source_count != status->count) {
        return false;
    }
    for (size_t i = 0; i < status->count; i++) {
        const struct source_status *a = &facts->sources[i];
        const struct source_status *b = &status->sources[i];

        if (a->state != b->state || strcmp(a->source, b->source) != 0 ||
            strcmp(a->detail, b->detail) != 0) {
            return false;
        }
    }
    return true;
}

static bool
put_status(struct facts *facts, const struct record_status *status,
           int64_t mono_ms) {
    bool same = same_sources(facts, status);

    for (size_t i = 0; i < status->count; i++) {
        const struct source_status *source = &status->sources[i];

        if (source->good_age_s >= 0) {
            stamp_live(facts, source->source,
                       mono_ms - source->good_age_s * 1000);
        }
    }
    memcpy(facts->sources, status->sources, sizeof facts->sources);
    facts->source_count = status->count;
    facts->status_ms = mono_ms;
    facts->status_wall_s = status->head.taken_s;
    return !same;
}

bool
facts_put(struct facts *facts, enum record_kind kind, const void *record,
          int64_t mono_ms) {
    switch (kind) {
    case RECORD_STATUS: return put_status(facts, record, mono_ms);
    case RECORD_HEARTBEAT: return false;
    default: return put_fact(facts, kind, record, mono_ms);
    }
}

static void
lose_source(struct facts *facts, struct source_status *source,
            int64_t mono_ms) {
    int64_t passed_s = (mono_ms - facts->status_ms) / 1000;

    if (source->state == SOURCE_OK) {
        stamp_live(facts, source->source, mono_ms);
        source->good_age_s = 0;
    } else if (source->good_age_s >= 0) {
        source->good_age_s += passed_s;
    }
    source->state = SOURCE_OFFLINE;
    source->since_s = facts->status_wall_s + passed_s;
    source->since_age_s = 0;
}

void
facts_set_connected(struct facts *facts, bool connected, int64_t mono_ms) {
    if (connected == facts->connected) {
        return;
    }
    facts->connected = connected;
    if (connected) {
        facts->session++;
        return;
    }
    for (size_t i = 0; i < facts->source_count; i++) {
        lose_source(facts, &facts->sources[i], mono_ms);
    }
    facts->status_wall_s += (mono_ms - facts->status_ms) / 1000;
    facts->status_ms = mono_ms;
}

bool
facts_connected(const struct facts *facts) {
    return facts->connected;
}

static int64_t
slot_age_s(const struct slot *slot, int64_t mono_ms) {
    if (slot->true_ms == NEVER_TRUE) {
        return -1;
    }
    return mono_ms > slot->true_ms ? (mono_ms - slot->true_ms) / 1000 : 0;
}

struct fact
facts_get(const struct facts *facts, enum record_kind kind, const char *name,
          int64_t mono_ms) {
    size_t at = find_slot(facts, kind, name);
    const struct slot *slot;
    struct fact fact = {.age_s = -1, .state = SOURCE_CONNECTING};
    const struct source_status *source;

    if (at == FACTS_MAX) {
        return fact;
    }
    slot = &facts->slots[at];
    source = facts_find_source(facts, slot_head(slot)->source);
    if (source != NULL) {
        fact.state = source->state;
    }
    fact.record = slot->record;
    fact.live = slot_is_live(facts, slot);
    fact.memory = slot_head(slot)->live == 1 && slot_head(slot)->recalled == 1;
    fact.age_s = fact.live ? 0 : slot_age_s(slot, mono_ms);
    return fact;
}

enum freshness
fact_freshness(const struct fact *fact, int64_t stale_s, int64_t old_s) {
    if (fact->record == NULL) {
        return FACT_NONE;
    }
    if (fact->live) {
        return FACT_FRESH;
    }
    if (fact->age_s < 0) {
        return FACT_STALE;
    }
    if (fact->age_s <= stale_s && !fact->memory) {
        return FACT_FRESH;
    }
    return fact->age_s <= old_s ? FACT_STALE : FACT_OLD;
}

int64_t
fact_changes_ms(const struct fact *fact, int64_t stale_s, int64_t old_s,
                int64_t mono_ms) {
    int64_t limit_s;

    if (fact->record == NULL || fact->live || fact->age_s < 0) {
        return CLOCK_NEVER;
    }
    limit_s = fact->age_s <= stale_s && !fact->memory ? stale_s : old_s;
    if (fact->age_s > limit_s || limit_s > INT64_MAX / 4000) {
        return CLOCK_NEVER;
    }
    /* Ages are whole seconds: by then the next one has begun for certain. */
    return mono_ms + (limit_s - fact->age_s + 1) * 1000;
}
