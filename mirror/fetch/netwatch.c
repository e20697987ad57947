#include "fetch/netwatch.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/log.h"
#include "common/xalloc.h"

enum { BURST_MS = 500, LINKS_MAX = 64 };

struct netwatch {
    struct loop *loop; /* borrowed */
    int fd;
    struct loop_timer burst;
    uint64_t running; /* a bit for each link that is up, by its index */
};

/* Wireless links speak up after every scan; only a change to "up" is news. */
static bool
link_came_up(struct netwatch *watch, const struct nlmsghdr *message) {
    const struct ifinfomsg *link = NLMSG_DATA(message);
    uint64_t bit;
    bool was_running;

    if (message->nlmsg_len < NLMSG_LENGTH(sizeof *link) ||
        link->ifi_index < 0 || link->ifi_index >= LINKS_MAX) {
        return false;
    }
    bit = UINT64_C(1) << link->ifi_index;
    was_running = (watch->running & bit) != 0;
    if ((link->ifi_flags & IFF_RUNNING) == 0) {
        watch->running &= ~bit;
        return false;
    }
    watch->running |= bit;
    return !was_running;
}

static bool
is_news(struct netwatch *watch, const struct nlmsghdr *message) {
    switch (message->nlmsg_type) {
    case RTM_NEWADDR:
    case RTM_NEWROUTE: return true;
    case RTM_NEWLINK: return link_came_up(watch, message);
    default: return false;
    }
}

static bool
read_news(struct netwatch *watch, const void *buffer, ssize_t size) {
    const struct nlmsghdr *message = buffer;
    size_t left = (size_t)size;
    bool news = false;

    while (NLMSG_OK(message, left)) {
        news |= is_news(watch, message);
        message = NLMSG_NEXT(message, left);
    }
    return news;
}

static void
serve_netlink(void *arg, int fd, short revents) {
    struct netwatch *watch = arg;
    _Alignas(struct nlmsghdr) char buffer[8192];
    struct sockaddr_nl from = {0};
    socklen_t from_size = sizeof from;
    bool news = false;
    ssize_t size;

    (void)revents;
    while ((size = recvfrom(fd, buffer, sizeof buffer, MSG_DONTWAIT,
                            (struct sockaddr *)&from, &from_size)) > 0) {
        news |= from.nl_pid == 0 && read_news(watch, buffer, size);
        from_size = sizeof from;
    }
    /* The kernel had more to say than there was room for. */
    news |= size < 0 && errno == ENOBUFS;
    if (news && !watch->burst.armed) {
        loop_set_timer(watch->loop, &watch->burst,
                       clock_monotonic_ms() + BURST_MS);
    }
}

struct netwatch *
netwatch_create(struct loop *loop, loop_timer_fn fn, void *arg) {
    struct sockaddr_nl address = {
        .nl_family = AF_NETLINK,
        .nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR |
                     RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE,
    };
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
                    NETLINK_ROUTE);
    struct netwatch *watch;

    if (fd < 0 ||
        bind(fd, (const struct sockaddr *)&address, sizeof address) < 0) {
        log_warning_errno("netwatch: netlink");
        if (fd >= 0) {
            close(fd);
        }
        return NULL;
    }
    watch = xcalloc(1, sizeof *watch);
    watch->loop = loop;
    watch->fd = fd;
    watch->burst.fn = fn;
    watch->burst.arg = arg;
    loop_add_fd(loop, fd, POLLIN, serve_netlink, watch);
    return watch;
}

void
netwatch_destroy(struct netwatch *watch) {
    if (watch == NULL) {
        return;
    }
    loop_remove_fd(watch->loop, watch->fd);
    loop_cancel_timer(watch->loop, &watch->burst);
    close(watch->fd);
    free(watch);
}
