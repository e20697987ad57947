/*
 * What mirror gives up where somebody else starts mirror-fetch for it: sockets
 * but those in the file system, programs, other processes' memory, doors into
 * the kernel. A list of what is denied (seccomp), as what drivers of displays
 * need is not for us to know. The unit of systemd denies the same and more;
 * this holds without it.
 *
 * A mirror that starts mirror-fetch by itself cannot have it: rules hold for
 * children, too.
 */
#ifndef MIRROR_RENDER_DENY_LIST_H
#define MIRROR_RENDER_DENY_LIST_H

#include <stdbool.h>

/* From now on. Without `window` memory is also never both written and executed;
 * drivers of desktops compile what they draw. Returns false, having logged
 * why, if the kernel refuses: the picture matters more. In builds with
 * sanitizers nothing is denied, which is logged. */
bool
deny_list_apply(bool window);

/* --selftest: applies the list, tries what it denies and prints a line about
 * each. Returns an exit code. */
int
deny_list_selftest(void);

#endif
