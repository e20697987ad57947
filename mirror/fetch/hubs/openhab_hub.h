/*
 * One openHAB and the connections to it: private to openhab*.c.
 *
 * openhab.c connects: version once, list of items, streams; and again after a
 * loss. openhab_list.c keeps the model, openhab_states.c the states of what
 * the model follows, openhab_events.c hears that either should be asked for
 * anew, openhab_publish.c makes records.
 *
 * None of these may tear the connections down from inside a stream's event:
 * an event that ends its stream returns false, and the stream's end does it.
 */
#ifndef MIRROR_FETCH_HUBS_OPENHAB_HUB_H
#define MIRROR_FETCH_HUBS_OPENHAB_HUB_H

#include <sys/types.h>

#include "fetch/hubs/openhab_model.h"
#include "fetch/hubs/openhab_things.h"
#include "fetch/json.h"
#include "fetch/schedule.h"
#include "fetch/source.h"
#include "fetch/sse.h"

enum {
    OPENHAB_SILENCE_MS = 25000,      /* alive comes every 10 s */
    OPENHAB_ANSWER_MS = 15000,       /* from the POST to its states */
    OPENHAB_SETTLE_MS = 2000,        /* changes of items come in crowds */
    OPENHAB_LIST_GAP_MS = 5000,      /* between two lists, at least */
    OPENHAB_LIST_GAP_MAX_MS = 60000, /* while it fails: doubled, to this */
    OPENHAB_LIST_PATIENCE = 2,       /* failures in a row until it is told */
    OPENHAB_GRACE_MS = 120000,       /* a hub that starts has few items */
    OPENHAB_EVENT_MAX = 1024 * 1024, /* bytes of an event that is no state */
    OPENHAB_ID_MAX = 65,             /* of a tracker's connection */
    OPENHAB_URL_MAX = SETTINGS_URL_MAX + 320,
};

/* A list of items on its way. */
struct openhab_fetch {
    struct http_request *request; /* owned */
    struct openhab_items items;
    struct json_list list;
};

struct openhab {
    struct source_env env;
    struct address_policy policy;
    struct openhab_wants wants;

    /* openhab.c */
    struct http_request *probe, *post; /* owned */
    struct loop_timer retry;           /* connects again */
    struct backoff backoff;
    ino_t ca_file; /* which file it was at the start; 0: none */

    /* openhab_list.c */
    struct openhab_fetch fetch;
    struct openhab_model model;
    size_t list_count;      /* items of the list behind the model */
    size_t skipped;         /* of that list */
    int64_t list_ms;        /* when the last list ended */
    unsigned list_failures; /* in a row, while the streams run */
    int64_t grace_end_ms;   /* until then a shorter list is not believed */
    struct loop_timer refetch;
    char modified[64]; /* Last-Modified of the list, "" if not to be used */

    /* openhab_states.c */
    struct http_request *states; /* owned */
    struct sse states_sse;
    struct loop_timer answer;
    uint32_t changed;        /* uses of the states that came with this read */
    char id[OPENHAB_ID_MAX]; /* of the tracker's connection; "" before it */

    /* What holds, in the order of the files above. */
    bool halted; /* refused, or can never work: nothing is tried any more */
    bool version_known;
    bool has_model;
    bool refetch_whole; /* the next list is wanted even if unchanged */
    bool was_lost;      /* or never there: no list has come since */
    bool removed;       /* the hub itself said that an item is gone */
    bool awaiting;      /* the states of the last POST have not come: */
    bool posted;        /* it was answered, */
    bool heard;         /* and some states came after it */
    bool events_fresh;  /* nothing has come on the event stream */

    /* openhab_events.c */
    struct backoff events_backoff;
    struct http_request *events; /* owned */
    struct sse events_sse;
    struct loop_timer events_retry;
    struct openhab_things things;

    /* openhab_publish.c */
    struct loop_timer silent; /* when the next lamp's silence is too long */
    int64_t date_s;           /* the hub's clock ... */
    int64_t date_ms;          /* ... at this monotonic time */
};

/* openhab.c: an ask with what all requests to this hub have in common. */
struct http_ask
openhab_ask(struct openhab *hub, const char *url, http_done_fn done);

/* Base URL and `path` in one; `url` holds OPENHAB_URL_MAX bytes. */
void
openhab_url(const struct openhab *hub, const char *path, char *url);

/* Starts it; one that never can start halts the hub and gives NULL. */
struct http_request *
openhab_start(struct openhab *hub, const struct http_ask *ask);

/* The same for a stream of events, which ends by `done` when it falls silent. */
struct http_request *
openhab_stream(struct openhab *hub, const char *path, http_data_fn data,
               http_done_fn done);

/* Keeps the hub's notion of time from any reply. */
void
openhab_note_date(struct openhab *hub, const struct http_reply *reply);

/* A connection was lost or refused: closes all others, says so, and tries
 * again later. Not from inside an event. */
void
openhab_lost(struct openhab *hub, enum source_state state, const char *detail);

/* The same for a reply; a web server whose openHAB is still starting counts
 * as offline. */
void
openhab_lost_reply(struct openhab *hub, const struct http_reply *reply);

/* Milliseconds until the next try at a stream. */
int64_t
openhab_wait_ms(struct backoff *backoff, enum source_state state);

/* The list arrived for the first time since a loss: opens the streams. */
void
openhab_listed(struct openhab *hub);

/* States have come: all is well. */
void
openhab_well(struct openhab *hub);

/* openhab_list.c: asks for the list; only if it changed, unless `whole`. */
void
openhab_list_start(struct openhab *hub, bool whole);
/* Drops a list that is on its way, and what came of it. */
void
openhab_list_cancel(struct openhab *hub);

/* Asks for it soon, once for a crowd of reasons. */
void
openhab_list_soon(struct openhab *hub, bool whole);

/* openhab_states.c: opens the tracker's stream, closing the one there was;
 * nothing known counts as fresh until its states come. */
void
openhab_states_open(struct openhab *hub);

/* Closes it, if it is open. Not from inside its events. */
void
openhab_states_close(struct openhab *hub);

/* Whether all the states that are known hold now: they have come, and their
 * stream is open. */
bool
openhab_states_hold(const struct openhab *hub);

/* Tells the tracker what to follow; does nothing before it is ready. */
void
openhab_states_post(struct openhab *hub);

/* One event's data; public for the fuzzer. `data` is NUL-terminated. Returns
 * the uses of all items in it, or false for what is no object of states. */
bool
openhab_states_read(struct openhab_model *model, const char *data, size_t size,
                    uint32_t *ret_uses);

/* openhab_events.c: opens the second stream, closing the one there was; one
 * that ends is opened again by itself. */
void
openhab_events_open(struct openhab *hub);

/* Closes it for good, and forgets who was offline. Not from inside its
 * events. */
void
openhab_events_close(struct openhab *hub);

/* What a bus event asks for. */
enum openhab_news {
    OPENHAB_NEWS_NONE,
    OPENHAB_NEWS_ITEMS,   /* items came, went or changed */
    OPENHAB_NEWS_REMOVED, /* one of them went */
    OPENHAB_NEWS_THINGS,  /* a thing went offline or came back */
};

/* Reads one event's data; public for the fuzzer. What cannot be read is no
 * news: the bus carries much that is not for us. */
enum openhab_news
openhab_events_read(struct openhab_things *things, const char *data,
                    size_t size);

/* openhab_publish.c: puts the records of these uses. */
void
openhab_publish(struct openhab *hub, uint32_t uses);

/* How the status reads while all is well: limits and what is missing. */
void
openhab_publish_detail(const struct openhab *hub, char *text, size_t size);

#endif
