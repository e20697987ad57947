/*
 * What a program at rest keeps in memory. Starting runs code that never runs
 * again: the set-up of TLS, of the window system, of thirty libraries. The
 * kernel keeps those pages mapped until memory is short, and on a small
 * machine that is the moment one does not want to wait for.
 */
#ifndef MIRROR_COMMON_WORKING_SET_H
#define MIRROR_COMMON_WORKING_SET_H

/*
 * Gives free heap back, and unmaps the pages of program and libraries that
 * cannot have been written to: their code and their constants. The files stay
 * in the page cache, so what is needed again comes back by a minor fault, 16
 * pages at a time. Measured with Debian 12's libcurl: mirror-fetch at rest has
 * 2.8 MB instead of 6.8. Never fails; where it cannot help it does nothing.
 */
void
working_set_trim(void);

#endif
