#include "fetch/address.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "common/log.h"
#include "common/option.h"
#include "common/str.h"

struct block {
    uint8_t bytes[16];
    unsigned bits;
    enum address_class class;
};

/* IANA IPv4 Special-Purpose Address Registry, and the multicast and reserved
 * space above 224/3. What is not listed is global unicast. */
static const struct block blocks_v4[] = {
    {{0}, 8, ADDRESS_RESERVED},             /* this network */
    {{10}, 8, ADDRESS_PRIVATE},             /* RFC 1918 */
    {{100, 64}, 10, ADDRESS_PRIVATE},       /* RFC 6598, shared */
    {{127}, 8, ADDRESS_LOOPBACK},           /* RFC 1122 */
    {{169, 254}, 16, ADDRESS_LINK_LOCAL},   /* RFC 3927 */
    {{172, 16}, 12, ADDRESS_PRIVATE},       /* RFC 1918 */
    {{192, 0, 0}, 24, ADDRESS_RESERVED},    /* protocol assignments */
    {{192, 0, 2}, 24, ADDRESS_RESERVED},    /* documentation */
    {{192, 88, 99}, 24, ADDRESS_RESERVED},  /* 6to4 relays, RFC 7526 */
    {{192, 168}, 16, ADDRESS_PRIVATE},      /* RFC 1918 */
    {{198, 18}, 15, ADDRESS_RESERVED},      /* benchmarking */
    {{198, 51, 100}, 24, ADDRESS_RESERVED}, /* documentation */
    {{203, 0, 113}, 24, ADDRESS_RESERVED},  /* documentation */
    {{224}, 3, ADDRESS_RESERVED},           /* multicast, class E */
    {{0}, 0, ADDRESS_GLOBAL},
};

/* IANA IPv6 Special-Purpose Address Registry. Global unicast is only what IANA
 * gives out, 2000::/3; so the mapped (::ffff/96), compatible, NAT64 (64:ff9b),
 * discard, site-local, segment-routing and multicast blocks need no row. */
static const struct block blocks_v6[] = {
    {{[15] = 1}, 128, ADDRESS_LOOPBACK},
    {{0xfc}, 7, ADDRESS_PRIVATE},                     /* RFC 4193 */
    {{0xfe, 0x80}, 10, ADDRESS_LINK_LOCAL},           /* RFC 4291 */
    {{0x20, 0x01, 0x00}, 23, ADDRESS_RESERVED},       /* with Teredo, ORCHID */
    {{0x20, 0x01, 0x0d, 0xb8}, 32, ADDRESS_RESERVED}, /* documentation */
    {{0x20, 0x02}, 16, ADDRESS_RESERVED},             /* 6to4, RFC 3056 */
    {{0x3f, 0xff}, 20, ADDRESS_RESERVED},             /* documentation */
    {{0x20}, 3, ADDRESS_GLOBAL},
    {{0}, 0, ADDRESS_RESERVED},
};

static bool
in_prefix(const uint8_t *address, const uint8_t *prefix, unsigned bits) {
    unsigned whole = bits / 8;
    unsigned rest = bits % 8;

    if (memcmp(address, prefix, whole) != 0) {
        return false;
    }
    return rest == 0 || ((address[whole] ^ prefix[whole]) >> (8 - rest)) == 0;
}

/* Both tables close with a row that fits everything. */
static enum address_class
look_up(const struct block *blocks, const uint8_t *address) {
    while (!in_prefix(address, blocks->bytes, blocks->bits)) {
        blocks++;
    }
    return blocks->class;
}

/* The address in network order, or NULL for a family we do not speak. */
static const uint8_t *
address_bytes(const struct sockaddr *address) {
    switch (address->sa_family) {
    case AF_INET:
        return (const uint8_t *)&(
                   (const struct sockaddr_in *)(const void *)address)
            ->sin_addr;
    case AF_INET6:
        return ((const struct sockaddr_in6 *)(const void *)address)
            ->sin6_addr.s6_addr;
    default: return NULL;
    }
}

enum address_class
address_classify(const struct sockaddr *address) {
    const uint8_t *bytes = address_bytes(address);

    if (bytes == NULL) {
        return ADDRESS_RESERVED;
    }
    return look_up(address->sa_family == AF_INET ? blocks_v4 : blocks_v6,
                   bytes);
}

bool
address_is_home(const struct sockaddr *address) {
    enum address_class class = address_classify(address);

    return class == ADDRESS_LOOPBACK || class == ADDRESS_PRIVATE ||
           class == ADDRESS_LINK_LOCAL;
}

static bool
parse_prefix(const char *text, struct address_prefix *ret_prefix) {
    struct address_prefix prefix = {.family = AF_INET, .bits = 32};
    char address[INET6_ADDRSTRLEN];
    const char *slash = strchr(text, '/');
    size_t length = slash != NULL ? (size_t)(slash - text) : strlen(text);
    long bits;

    if (length >= sizeof address) {
        return false;
    }
    memcpy(address, text, length);
    address[length] = '\0';
    if (inet_pton(AF_INET, address, prefix.bytes) != 1) {
        prefix.family = AF_INET6;
        prefix.bits = 128;
        if (inet_pton(AF_INET6, address, prefix.bytes) != 1) {
            return false;
        }
    }
    if (slash != NULL) {
        if (!str_to_long(slash + 1, &bits) || bits < 1 ||
            bits > (long)prefix.bits) {
            return false;
        }
        prefix.bits = (unsigned)bits;
    }
    *ret_prefix = prefix;
    return true;
}

bool
address_policy_hub(struct address_policy *policy, const char *public_list) {
    char word[INET6_ADDRSTRLEN + 8];
    char shown[LOG_TEXT_MAX];

    *policy = (struct address_policy){.home = true};
    while ((public_list = option_next_word(public_list, word, sizeof word)) !=
           NULL) {
        const char *text = str_trim(word);

        if (policy->prefix_count == ADDRESS_PREFIXES_MAX) {
            log_error("address: more than %d public addresses of a hub",
                      ADDRESS_PREFIXES_MAX);
            return false;
        }
        if (!parse_prefix(text, &policy->prefixes[policy->prefix_count])) {
            log_error("address: no address or prefix: '%s'",
                      log_escape(shown, text));
            return false;
        }
        policy->prefix_count++;
    }
    return true;
}

/* Whether `host`, as libcurl's parser gives it, is a literal address. */
static bool
parse_literal(const char *host, struct sockaddr_storage *ret_address) {
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    char text[INET6_ADDRSTRLEN];
    size_t length = strlen(host);

    if (inet_pton(AF_INET, host, &v4.sin_addr) == 1) {
        memcpy(ret_address, &v4, sizeof v4);
        return true;
    }
    if (host[0] != '[' || length < 3 || length - 2 >= sizeof text) {
        return false;
    }
    memcpy(text, host + 1, length - 2);
    text[length - 2] = '\0';
    if (inet_pton(AF_INET6, text, &v6.sin6_addr) != 1) {
        return false;
    }
    memcpy(ret_address, &v6, sizeof v6);
    return true;
}

struct url_parts {
    bool https;
    bool literal; /* the host is an address */
    struct sockaddr_storage address;
};

/* By libcurl's own parser: another one could read another host out of the same
 * text. It also writes "0x7f.1" and the like as the address they mean. */
static bool
take_apart(const char *url, struct url_parts *ret_parts) {
    CURLU *parsed = curl_url();
    char *scheme = NULL;
    char *host = NULL;
    bool good =
        parsed != NULL &&
        curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK &&
        curl_url_get(parsed, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
        curl_url_get(parsed, CURLUPART_HOST, &host, 0) == CURLUE_OK;

    if (good) {
        ret_parts->https = strcmp(scheme, "https") == 0;
        good = ret_parts->https || strcmp(scheme, "http") == 0;
        ret_parts->literal = parse_literal(host, &ret_parts->address);
    }
    curl_free(scheme);
    curl_free(host);
    curl_url_cleanup(parsed);
    return good;
}

void
address_policy_weather(struct address_policy *policy, const char *url) {
    struct url_parts parts = {0};
    bool good = take_apart(url, &parts);
    bool home = good && !parts.https;

    if (good && parts.literal) {
        home = address_is_home((const struct sockaddr *)&parts.address);
    }
    *policy = (struct address_policy){.home = home, .world = !home};
}

bool
address_allowed(const struct address_policy *policy,
                const struct sockaddr *address) {
    const uint8_t *bytes = address_bytes(address);

    if (bytes == NULL) {
        return false;
    }
    for (size_t i = 0; i < policy->prefix_count; i++) {
        const struct address_prefix *prefix = &policy->prefixes[i];

        if (prefix->family == address->sa_family &&
            in_prefix(bytes, prefix->bytes, prefix->bits)) {
            return true;
        }
    }
    if (address_is_home(address)) {
        return policy->home;
    }
    return policy->world && address_classify(address) == ADDRESS_GLOBAL;
}

bool
address_url_allowed(const struct address_policy *policy, const char *url) {
    struct url_parts parts = {0};
    const struct sockaddr *address = (const struct sockaddr *)&parts.address;

    if (!take_apart(url, &parts)) {
        return false;
    }
    if (!parts.literal) {
        return parts.https || policy->home;
    }
    return address_allowed(policy, address) &&
           (parts.https || address_is_home(address));
}

void
address_print(const struct sockaddr *address, char *text, size_t size) {
    const uint8_t *bytes = address_bytes(address);
    char host[INET6_ADDRSTRLEN];

    if (bytes == NULL ||
        inet_ntop(address->sa_family, bytes, host, sizeof host) == NULL) {
        snprintf(text, size, "address family %d", address->sa_family);
    } else if (address->sa_family == AF_INET) {
        const struct sockaddr_in *v4 = (const void *)address;

        snprintf(text, size, "%s:%u", host, ntohs(v4->sin_port));
    } else {
        const struct sockaddr_in6 *v6 = (const void *)address;

        snprintf(text, size, "[%s]:%u", host, ntohs(v6->sin6_port));
    }
}
