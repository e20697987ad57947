#include "render/notify.h"

#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/log.h"
#include "common/str.h"

bool
notify_send(const char *state) {
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = path != NULL ? strlen(path) : 0;
    bool sent;
    int fd;

    if (length == 0 || length >= sizeof address.sun_path ||
        (path[0] != '/' && path[0] != '@')) {
        return false;
    }
    memcpy(address.sun_path, path, length);
    if (path[0] == '@') {
        address.sun_path[0] = '\0'; /* an abstract socket */
    }
    fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        log_warning_errno("notify: %s", state);
        return false;
    }
    length += offsetof(struct sockaddr_un, sun_path);
    sent = sendto(fd, state, strlen(state), MSG_NOSIGNAL | MSG_DONTWAIT,
                  (const struct sockaddr *)&address, (socklen_t)length) >= 0;
    close(fd);
    return sent;
}

int
notify_watchdog_ms(void) {
    const char *usec_text = getenv("WATCHDOG_USEC");
    const char *pid_text = getenv("WATCHDOG_PID");
    long usec;
    long pid;

    if (usec_text == NULL || !str_to_long(usec_text, &usec) || usec <= 0) {
        return 0;
    }
    if (pid_text != NULL &&
        (!str_to_long(pid_text, &pid) || pid != (long)getpid())) {
        return 0;
    }
    if (usec / 2000 > INT_MAX) {
        return INT_MAX;
    }
    return usec >= 2000 ? (int)(usec / 2000) : 1;
}
