#include "fetch/sandbox.h"

#include <errno.h>
#include <netdb.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/log.h"
#include "common/syscall_filter.h"
#include "fetch/landlock.h"
#include "fetch/sandbox_calls.h"

enum {
    MIB = 1024 * 1024,
    DATA_MAX = 96 * MIB, /* over the 64 of our own bounds; as the unit has it */
    FILE_MAX = 4 * MIB,  /* the cache has 2 */
    FILES_MAX = 256,
};

/* Never raises one. */
static void
limit(int what, rlim_t most) {
    struct rlimit now;

    if (getrlimit(what, &now) == 0) {
        now.rlim_cur = now.rlim_cur < most ? now.rlim_cur : most;
        now.rlim_max = now.rlim_max < most ? now.rlim_max : most;
        if (setrlimit(what, &now) == 0) {
            return;
        }
    }
    log_warning_errno("sandbox: limit %d", what);
}

/* A log in a file may grow beyond what the cache may. */
static bool
writes_to_file(int fd) {
    struct stat state;

    return fstat(fd, &state) == 0 && S_ISREG(state.st_mode);
}

static void
limit_resources(void) {
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_DATA, DATA_MAX);
    limit(RLIMIT_NOFILE, FILES_MAX);
    if (!writes_to_file(STDOUT_FILENO) && !writes_to_file(STDERR_FILENO)) {
        limit(RLIMIT_FSIZE, FILE_MAX);
    }
}

/* Resolver files and certificates are replaced by new ones while we run (DHCP,
 * updates), so that a rule has to be about the directory they are in. What is
 * secret below /etc and /run is not for our user; if that is root, file modes
 * mean nothing, and only the very files are allowed. */
static int
fence_files(const struct sandbox_options *options) {
    bool root = geteuid() == 0;
    const struct landlock_path paths[] = {
        {"/etc/gai.conf", false},
        {"/etc/host.conf", false},
        {"/etc/hosts", false},
        {"/etc/localtime", false},
        {"/etc/nsswitch.conf", false},
        {"/etc/resolv.conf", false},
        {"/etc/services", false},
        {"/etc/ssl/certs", false},
        {"/etc/ssl/openssl.cnf", false},
        {"/run/NetworkManager", false},
        {"/run/resolvconf", false},
        {"/run/systemd/resolve", false},
        {"/usr/lib/ssl", false},
        {"/usr/local/share/ca-certificates", false},
        {"/usr/share/ca-certificates", false},
        {"/usr/share/zoneinfo", false},
        {"/dev/null", true},
        {options->ca_file, false},
        {options->cache != NULL ? options->cache : "", true},
        {root ? "" : "/etc", false},
        {root ? "" : "/run", false},
    };

    return landlock_apply(paths, sizeof paths / sizeof *paths);
}

static bool
apply(const struct sandbox_options *options) {
    int error;

    /* Goes through the services of nsswitch.conf, and with that loads their
     * libraries, but asks none of them. */
    sethostent(0);
    endhostent();
    limit_resources();
    if (prctl(PR_SET_DUMPABLE, 0) != 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        log_error_errno("sandbox: prctl");
        return false;
    }
    error = fence_files(options);
    if (error == ENOSYS || error == EOPNOTSUPP) {
        log_info("sandbox: Landlock unavailable: going on without");
    } else if (error != 0) {
        log_warning("sandbox: Landlock: %s", strerror(error));
    }
    error = sandbox_limit_calls(options->cache != NULL);
    if (error != 0) {
        log_error("sandbox: seccomp: %s", strerror(error));
    }
    return error == 0;
}

bool
sandbox_apply(const struct sandbox_options *options) {
    if (SYSCALL_FILTER_SANITIZED || SYSCALL_FILTER_COUNTED) {
        log_info("sandbox: none in a build with sanitizers or coverage");
        return true;
    }
    return apply(options);
}
