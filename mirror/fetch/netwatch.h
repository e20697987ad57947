/* Tells when the network may have come back: the kernel's own word of a new
 * address, a new route or a link that came up (rtnetlink(7)). */
#ifndef MIRROR_FETCH_NETWATCH_H
#define MIRROR_FETCH_NETWATCH_H

#include "common/loop.h"

struct netwatch;

/* Calls `fn` from the loop, half a second after the first of a burst of news.
 * NULL, having logged why, where the kernel does not tell. */
struct netwatch *
netwatch_create(struct loop *loop, loop_timer_fn fn, void *arg);

/* Accepts NULL. */
void
netwatch_destroy(struct netwatch *watch);

#endif
