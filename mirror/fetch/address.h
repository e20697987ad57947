/*
 * Who may be contacted. The address that is about to be connected is judged,
 * never a name: a name may mean something else the next time it is asked.
 */
#ifndef MIRROR_FETCH_ADDRESS_H
#define MIRROR_FETCH_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

enum address_class {
    ADDRESS_LOOPBACK,   /* 127/8, ::1 */
    ADDRESS_PRIVATE,    /* RFC 1918, fc00::/7, and RFC 6598's 100.64/10 */
    ADDRESS_LINK_LOCAL, /* 169.254/16, fe80::/10 */
    ADDRESS_GLOBAL,     /* global unicast */
    ADDRESS_RESERVED,   /* everything else: unspecified, multicast,
                           documentation, benchmarking, and every form that
                           carries one address inside another (mapped, 6to4,
                           Teredo, NAT64) */
};

/* The class of an AF_INET or AF_INET6 address; ADDRESS_RESERVED for any other
 * family. Follows IANA's special-purpose registries (RFC 6890). */
enum address_class
address_classify(const struct sockaddr *address);

/* Loopback, private or link-local. */
bool
address_is_home(const struct sockaddr *address);

struct address_prefix {
    int family; /* AF_INET or AF_INET6 */
    uint8_t bytes[16];
    unsigned bits;
};

enum { ADDRESS_PREFIXES_MAX = 16 };

/* What one peer may be. */
struct address_policy {
    bool home;  /* loopback, private and link-local are allowed */
    bool world; /* global unicast is allowed */
    struct address_prefix prefixes[ADDRESS_PREFIXES_MAX]; /* allowed besides */
    size_t prefix_count;
};

/* A hub: at home, or one of `public_list` ("203.0.113.7, 2001:db8::/32", may be
 * ""). Returns false, having logged why, for a list that does not parse. */
bool
address_policy_hub(struct address_policy *policy, const char *public_list);

/* A weather host: out in the world; a server of one's own, and then only at
 * home, if the URL's host is a literal home address, or a name behind plain
 * http, which nothing in the world is asked by. */
void
address_policy_weather(struct address_policy *policy, const char *url);

/* Whether a connection to `address` is what the policy allows. Any family but
 * AF_INET and AF_INET6 is not. */
bool
address_allowed(const struct address_policy *policy,
                const struct sockaddr *address);

/* Whether `url` is fit for `policy`: https, or http to a host that is a literal
 * home address or, where home is allowed, a name (its address is judged on
 * connecting). A literal address must also be one that `policy` allows. */
bool
address_url_allowed(const struct address_policy *policy, const char *url);

/* "127.0.0.1:8080", for logs. */
void
address_print(const struct sockaddr *address, char *text, size_t size);

#endif
