/* What the outbox holds, for whoever writes it down. */
#include <string.h>

#include "common/clock.h"
#include "fetch/outbox_private.h"

int64_t
outbox_seconds_since(int64_t then_ms) {
    int64_t passed_ms = clock_monotonic_ms() - then_ms;

    return passed_ms > 0 ? passed_ms / 1000 : 0;
}

uint32_t
outbox_find_status(const struct outbox *outbox, const char *source) {
    uint32_t i = 0;

    while (i < outbox->status.count &&
           strcmp(outbox->status.sources[i].source, source) != 0) {
        i++;
    }
    return i;
}

void
outbox_watch(struct outbox *outbox, loop_timer_fn fn, void *arg) {
    outbox->news = fn;
    outbox->news_arg = arg;
}

/* The good word of a source counts for all that it pushed. */
static int64_t
slot_age_s(const struct outbox *outbox, const struct slot *slot) {
    const struct record_head *head = slot->record;
    uint32_t at = outbox_find_status(outbox, head->source);
    int64_t age_s =
        head->age_s < 0 ? -1 : head->age_s + outbox_seconds_since(slot->put_ms);
    int64_t good_s;

    if (head->live == 0 || head->recalled == 1 || at == outbox->status.count ||
        !outbox->words[at].ever_good) {
        return age_s;
    }
    good_s = outbox->status.sources[at].state == SOURCE_OK
                 ? 0
                 : outbox_seconds_since(outbox->words[at].good_ms);
    return good_s < age_s ? good_s : age_s;
}

void
outbox_each(struct outbox *outbox, outbox_record_fn fn, void *arg) {
    for (size_t i = 0; i < outbox->count; i++) {
        const struct slot *slot = &outbox->slots[i];

        if (slot->kind != RECORD_STATUS) {
            fn(arg, slot->kind, slot->record, slot_age_s(outbox, slot));
        }
    }
}
