#include "fetch/environment.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/xalloc.h"

static char *
keep(const char *name) {
    const char *value = getenv(name);

    return value != NULL ? xstrdup(value) : NULL;
}

static void
give(const char *name, char *value) {
    if (value != NULL) {
        setenv(name, value, 1);
        free(value);
    }
}

void
environment_clean(void) {
    char *zone = keep("TZ");
    char *credentials = keep("CREDENTIALS_DIRECTORY");
    char *state = keep("STATE_DIRECTORY");

    clearenv();
    setenv("LC_ALL", "C.UTF-8", 1);
    /* resolv.conf(5): a silent name server costs 4 s, not 10. */
    setenv("RES_OPTIONS", "timeout:2 attempts:2 single-request-reopen", 1);
    give("TZ", zone);
    give("CREDENTIALS_DIRECTORY", credentials);
    give("STATE_DIRECTORY", state);
    /* The resolver's thread would reserve an arena of its own. */
    mallopt(M_ARENA_MAX, 1);
}

void
environment_open_standard(void) {
    int fd;

    do {
        fd = open("/dev/null", O_RDWR);
    } while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0) {
        close(fd);
    }
}

void
environment_close_from(unsigned first) {
    close_range(first, ~0U, 0);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGUSR1, SIG_IGN);
    signal(SIGUSR2, SIG_IGN);
}

bool
environment_is_channel(int fd) {
    int type = 0;
    socklen_t size = sizeof type;

    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 &&
           type == SOCK_SEQPACKET;
}
