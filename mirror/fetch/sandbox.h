/*
 * What mirror-fetch gives up before the first byte from outside is read, so
 * that whoever takes it over by such bytes holds nothing but two connections:
 *
 * - system calls: an allow list with arguments (seccomp). No process, no
 *   program, no listening, no other kind of socket, no memory that is both
 *   written and executed, no file opened to change it. A call that is not on
 *   the list fails with ENOSYS, as on a kernel that does not have it: libraries
 *   know a way around that (glibc makes threads with clone() where clone3() is
 *   missing), so that the next libc costs us a function at worst and never the
 *   process.
 * - files (Landlock, kernel 5.13): reading what resolvers, TLS and time zones
 *   need, changing the cache alone. Where the kernel has none, as on Raspberry
 *   Pi's own, the log says so; seccomp and the unit of systemd remain.
 * - limits: no core file (it would hold the token), 256 descriptors, 96 MiB of
 *   data, files of 4 MiB. RLIMIT_NPROC counts all that the user runs and would
 *   stop the resolver's threads on a desktop: processes are refused by the
 *   list, threads counted by the unit's TasksMax=.
 * - its memory is out of reach for other processes of the same user.
 */
#ifndef MIRROR_FETCH_SANDBOX_H
#define MIRROR_FETCH_SANDBOX_H

#include <stdbool.h>

struct sandbox_options {
    const char *cache;   /* the directory it may change; NULL: none */
    const char *ca_file; /* a certificate it reads again; "": none */
};

/*
 * Call when config and token are read and the libraries are up, but before
 * anything of the cache or the network is. Loads what resolvers the system is
 * configured to use: afterwards no code can be loaded any more.
 *
 * Returns false, having logged why, if the system calls cannot be limited. In
 * builds with sanitizers or coverage, which need what it forbids, it does
 * nothing and logs that.
 */
bool
sandbox_apply(const struct sandbox_options *options);

#endif
