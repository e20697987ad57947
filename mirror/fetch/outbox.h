/*
 * The writing end of the channel. Of each source only the newest record waits:
 * a slow reader costs no memory and never gets old news first. Under --print
 * the records go to standard output as JSON lines instead.
 */
#ifndef MIRROR_FETCH_OUTBOX_H
#define MIRROR_FETCH_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "common/loop.h"
#include "model/record.h"
#include "model/status.h"

struct outbox;

/* `fd` is the channel (borrowed), or -1 to print. `closed` is called from the
 * loop, once, when the reader is gone; nothing is sent from then on. Printing
 * needs no heartbeat and writes none. */
struct outbox *
outbox_create(struct loop *loop, int fd, loop_timer_fn closed, void *arg);

/* Accepts NULL. */
void
outbox_destroy(struct outbox *outbox);

/*
 * Sends a record now or as soon as there is room; copied. `record` must pass
 * record_check(): one that does not is our own mistake, logged and dropped. A
 * record equal to the last one of its kind and name, ages aside, is not sent
 * again unless it is a poll's (head.live is 0) or recalled. Ages are brought up to date
 * when it leaves.
 */
void
outbox_put(struct outbox *outbox, enum record_kind kind, const void *record);

/* Says how a source is doing; sends a status record when state or detail
 * changed, and logs a change of state. SOURCE_OK is a good word, also when it
 * is repeated: it resets the age of the last one. `detail` ("" for none) is
 * cleaned and copied. A source speaks here before it puts what came with the
 * word. */
void
outbox_status(struct outbox *outbox, const char *source,
              enum source_state state, const char *detail);

/* Calls `fn` each time a source has put a record that is news, before it is
 * sent; not for the status, nor for recalled records. */
void
outbox_watch(struct outbox *outbox, loop_timer_fn fn, void *arg);

/* `record` is borrowed for the call. `age_s` is how long ago it was last known
 * to be true: while its source is well, what it pushed is true now. -1:
 * unknown. */
typedef void (*outbox_record_fn)(void *arg, enum record_kind kind,
                                 const void *record, int64_t age_s);

/* Calls `fn` for the newest record of every kind and name but the status. It
 * may put a record of the same kind and name. */
void
outbox_each(struct outbox *outbox, outbox_record_fn fn, void *arg);

#endif
