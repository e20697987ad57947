/*
 * Words to the service manager (sd_notify(3)), by hand over $NOTIFY_SOCKET:
 * one datagram is not worth a library.
 */
#ifndef MIRROR_RENDER_NOTIFY_H
#define MIRROR_RENDER_NOTIFY_H

#include <stdbool.h>

/* Sends `state` ("READY=1"). False if nobody asked for it or nobody listens;
 * not an error. */
bool
notify_send(const char *state);

/* How often the manager wants "WATCHDOG=1", in ms: half of $WATCHDOG_USEC. 0
 * if it does not, or means another process ($WATCHDOG_PID). */
int
notify_watchdog_ms(void);

#endif
