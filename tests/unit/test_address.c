#include "unit.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "common/log.h"
#include "fetch/address.h"

static struct sockaddr_storage
parse(const char *text) {
    struct sockaddr_storage address = {0};
    struct sockaddr_in *v4 = (struct sockaddr_in *)&address;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&address;

    if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(8080);
    } else {
        assert_int_equal(inet_pton(AF_INET6, text, &v6->sin6_addr), 1);
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(8080);
    }
    return address;
}

/* Each block with its first and last address and the neighbours outside. */
static const struct {
    const char *text;
    enum address_class class;
} classes[] = {
    {"0.0.0.0", ADDRESS_RESERVED},
    {"0.255.255.255", ADDRESS_RESERVED},
    {"1.0.0.0", ADDRESS_GLOBAL},
    {"9.255.255.255", ADDRESS_GLOBAL},
    {"10.0.0.0", ADDRESS_PRIVATE},
    {"10.255.255.255", ADDRESS_PRIVATE},
    {"11.0.0.0", ADDRESS_GLOBAL},
    {"100.63.255.255", ADDRESS_GLOBAL},
    {"100.64.0.0", ADDRESS_PRIVATE},
    {"100.127.255.255", ADDRESS_PRIVATE},
    {"100.128.0.0", ADDRESS_GLOBAL},
    {"126.255.255.255", ADDRESS_GLOBAL},
    {"127.0.0.0", ADDRESS_LOOPBACK},
    {"127.255.255.255", ADDRESS_LOOPBACK},
    {"128.0.0.0", ADDRESS_GLOBAL},
    {"169.253.255.255", ADDRESS_GLOBAL},
    {"169.254.0.0", ADDRESS_LINK_LOCAL},
    {"169.254.255.255", ADDRESS_LINK_LOCAL},
    {"169.255.0.0", ADDRESS_GLOBAL},
    {"172.15.255.255", ADDRESS_GLOBAL},
    {"172.16.0.0", ADDRESS_PRIVATE},
    {"172.31.255.255", ADDRESS_PRIVATE},
    {"172.32.0.0", ADDRESS_GLOBAL},
    {"191.255.255.255", ADDRESS_GLOBAL},
    {"192.0.0.0", ADDRESS_RESERVED},
    {"192.0.0.255", ADDRESS_RESERVED},
    {"192.0.1.0", ADDRESS_GLOBAL},
    {"192.0.2.0", ADDRESS_RESERVED},
    {"192.0.2.255", ADDRESS_RESERVED},
    {"192.0.3.0", ADDRESS_GLOBAL},
    {"192.88.98.255", ADDRESS_GLOBAL},
    {"192.88.99.1", ADDRESS_RESERVED},
    {"192.88.100.0", ADDRESS_GLOBAL},
    {"192.167.255.255", ADDRESS_GLOBAL},
    {"192.168.0.0", ADDRESS_PRIVATE},
    {"192.168.255.255", ADDRESS_PRIVATE},
    {"192.169.0.0", ADDRESS_GLOBAL},
    {"198.17.255.255", ADDRESS_GLOBAL},
    {"198.18.0.0", ADDRESS_RESERVED},
    {"198.19.255.255", ADDRESS_RESERVED},
    {"198.20.0.0", ADDRESS_GLOBAL},
    {"198.51.99.255", ADDRESS_GLOBAL},
    {"198.51.100.0", ADDRESS_RESERVED},
    {"198.51.100.255", ADDRESS_RESERVED},
    {"198.51.101.0", ADDRESS_GLOBAL},
    {"203.0.112.255", ADDRESS_GLOBAL},
    {"203.0.113.0", ADDRESS_RESERVED},
    {"203.0.113.255", ADDRESS_RESERVED},
    {"203.0.114.0", ADDRESS_GLOBAL},
    {"223.255.255.255", ADDRESS_GLOBAL},
    {"224.0.0.0", ADDRESS_RESERVED},
    {"239.255.255.255", ADDRESS_RESERVED},
    {"240.0.0.0", ADDRESS_RESERVED},
    {"255.255.255.255", ADDRESS_RESERVED},
    {"::", ADDRESS_RESERVED},
    {"::1", ADDRESS_LOOPBACK},
    {"::2", ADDRESS_RESERVED},
    {"::192.168.1.1", ADDRESS_RESERVED},      /* compatible */
    {"::ffff:192.168.1.1", ADDRESS_RESERVED}, /* mapped */
    {"::ffff:8.8.8.8", ADDRESS_RESERVED},
    {"::ffff:127.0.0.1", ADDRESS_RESERVED},
    {"64:ff9b::c0a8:101", ADDRESS_RESERVED}, /* NAT64 */
    {"64:ff9b:1::1", ADDRESS_RESERVED},      /* NAT64, local use */
    {"100::1", ADDRESS_RESERVED},            /* discard */
    {"1fff:ffff::", ADDRESS_RESERVED},
    {"2000::1", ADDRESS_GLOBAL},
    {"2001::1", ADDRESS_RESERVED}, /* Teredo */
    {"2001:0:ffff::1", ADDRESS_RESERVED},
    {"2001:2::1", ADDRESS_RESERVED},  /* benchmarking */
    {"2001:10::1", ADDRESS_RESERVED}, /* ORCHID */
    {"2001:1ff:ffff::1", ADDRESS_RESERVED},
    {"2001:200::1", ADDRESS_GLOBAL},
    {"2001:db7:ffff::1", ADDRESS_GLOBAL},
    {"2001:db8::1", ADDRESS_RESERVED},
    {"2001:db9::1", ADDRESS_GLOBAL},
    {"2001:ffff::1", ADDRESS_GLOBAL},
    {"2002:c0a8:101::1", ADDRESS_RESERVED}, /* 6to4 */
    {"2003::1", ADDRESS_GLOBAL},
    {"2a01:4f8::1", ADDRESS_GLOBAL},
    {"3ffe:ffff::1", ADDRESS_GLOBAL},
    {"3fff:fff::1", ADDRESS_RESERVED}, /* documentation */
    {"3fff:1000::1", ADDRESS_GLOBAL},
    {"4000::1", ADDRESS_RESERVED},
    {"5f00::1", ADDRESS_RESERVED}, /* segment routing */
    {"fbff::1", ADDRESS_RESERVED},
    {"fc00::1", ADDRESS_PRIVATE},
    {"fdff:ffff::1", ADDRESS_PRIVATE},
    {"fe00::1", ADDRESS_RESERVED},
    {"fe7f::1", ADDRESS_RESERVED},
    {"fe80::1", ADDRESS_LINK_LOCAL},
    {"febf:ffff::1", ADDRESS_LINK_LOCAL},
    {"fec0::1", ADDRESS_RESERVED}, /* site-local */
    {"ff02::1", ADDRESS_RESERVED},
};

static void
classes_follow_the_registries(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(classes); i++) {
        struct sockaddr_storage address = parse(classes[i].text);

        if (address_classify((struct sockaddr *)&address) != classes[i].class) {
            fail_msg("%s is not of class %d", classes[i].text,
                     classes[i].class);
        }
    }
}

static void
other_families_are_reserved(void **state) {
    struct sockaddr address = {.sa_family = AF_UNIX};
    struct address_policy policy = {.home = true, .world = true};

    (void)state;
    assert_int_equal(address_classify(&address), ADDRESS_RESERVED);
    assert_false(address_allowed(&policy, &address));
}

static void
hub_is_at_home_or_on_the_list(void **state) {
    static const struct {
        const char *text;
        bool allowed;
    } cases[] = {
        {"192.168.1.10", true},
        {"127.0.0.1", true},
        {"169.254.3.4", true},
        {"fd00::1", true},
        {"fe80::1", true},
        {"::1", true},
        {"8.8.8.8", false},
        {"2a01:4f8::1", false},
        {"0.0.0.0", false},
        {"255.255.255.255", false},
        {"::ffff:192.168.1.10", false},
        {"203.0.113.6", false},
        {"203.0.113.7", true},
        {"203.0.113.8", false},
        {"2001:db7:ffff::1", false},
        {"2001:db8::1", true},
        {"2001:db8:ffff::1", true},
        {"2001:db9::1", false},
        {"198.51.99.255", false},
        {"198.51.100.0", true},
        {"198.51.101.255", true},
        {"198.51.102.0", false},
    };
    struct address_policy policy;

    (void)state;
    assert_true(address_policy_hub(
        &policy, "203.0.113.7, 2001:db8::/32,198.51.100.0/23"));
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sockaddr_storage address = parse(cases[i].text);

        if (address_allowed(&policy, (struct sockaddr *)&address) !=
            cases[i].allowed) {
            fail_msg("%s", cases[i].text);
        }
    }
}

static void
lists_that_do_not_parse(void **state) {
    static const char *const bad[] = {
        "example.com",  "203.0.113.7/33", "203.0.113.7/0",
        "203.0.113.7/", "2001:db8::/129", "203.0.113",
        "1.2.3.4,x",    "1.2.3.4/8 9",    "[2001:db8::1]",
    };
    static const char *const good[] = {"", "1.2.3.4/1", "1.2.3.4/32", "::/1",
                                       "2001:db8::1/128"};
    struct address_policy policy;

    (void)state;
    log_open("", LOG_LEVEL_NONE);
    for (size_t i = 0; i < COUNT(bad); i++) {
        if (address_policy_hub(&policy, bad[i])) {
            fail_msg("'%s' was taken", bad[i]);
        }
    }
    for (size_t i = 0; i < COUNT(good); i++) {
        if (!address_policy_hub(&policy, good[i])) {
            fail_msg("'%s' was refused", good[i]);
        }
    }
}

static void
list_is_bounded(void **state) {
    char list[ADDRESS_PREFIXES_MAX * 8 + 16] = "1.2.3.4";
    struct address_policy policy;

    (void)state;
    log_open("", LOG_LEVEL_NONE);
    for (int i = 1; i < ADDRESS_PREFIXES_MAX; i++) {
        memcpy(list + strlen(list), ",1.2.3.4", 9);
    }
    assert_true(address_policy_hub(&policy, list));
    memcpy(list + strlen(list), ",1.2.3.4", 9);
    assert_false(address_policy_hub(&policy, list));
}

static void
weather_is_out_in_the_world_or_at_home(void **state) {
    static const struct {
        const char *url;
        const char *address;
        bool allowed;
    } cases[] = {
        {"", "94.130.142.35", true},
        {"https://api.open-meteo.com", "94.130.142.35", true},
        {"https://api.open-meteo.com", "2a01:4f8::1", true},
        {"https://api.open-meteo.com", "192.168.1.1", false},
        {"https://api.open-meteo.com", "127.0.0.1", false},
        {"https://api.open-meteo.com", "100.64.0.1", false},
        {"https://api.open-meteo.com", "::ffff:8.8.8.8", false},
        {"https://api.open-meteo.com", "64:ff9b::808:808", false},
        {"http://192.168.1.20:8080", "192.168.1.20", true},
        {"http://192.168.1.20:8080", "94.130.142.35", false},
        {"http://[fd00::20]:8080", "fd00::20", true},
        {"http://[fd00::20]:8080", "2a01:4f8::1", false},
        {"http://127.1", "127.0.0.1", true},
        {"http://8.8.8.8", "8.8.8.8", true},
        {"http://8.8.8.8", "192.168.1.1", false},
        {"http://localhost:8080", "127.0.0.1", true},
        {"http://hub.lan:8080", "192.168.1.20", true},
        {"http://hub.lan:8080", "94.130.142.35", false},
        {"https://hub.lan:8080", "192.168.1.20", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sockaddr_storage address = parse(cases[i].address);
        struct address_policy policy;

        address_policy_weather(&policy, cases[i].url);
        if (address_allowed(&policy, (struct sockaddr *)&address) !=
            cases[i].allowed) {
            fail_msg("%s at %s", cases[i].url, cases[i].address);
        }
    }
}

static void
urls_fit_their_policy(void **state) {
    static const struct {
        const char *url;
        bool hub, weather;
    } cases[] = {
        {"https://api.open-meteo.com", true, true},
        {"http://api.open-meteo.com", true, true}, /* if that is at home */
        {"http://openhab.local:8080", true, true},
        {"http://192.168.1.10:8080", true, true},
        {"https://192.168.1.10:8443", true, true},
        {"http://[fd00::1]:8080/rest", true, true},
        {"http://[::1]:8080", true, true},
        {"http://8.8.8.8", false, false},
        {"https://8.8.8.8", false, true},
        {"https://203.0.113.7", true, false}, /* on the hub's list */
        {"http://203.0.113.7", false, false}, /* but plain text stays here */
        {"http://0x7f000001:8080", true, true},
        {"http://0.0.0.0:8080", false, false},
        {"http://[::ffff:192.168.1.1]", false, false},
        {"file:///etc/passwd", false, false},
        {"ftp://192.168.1.10", false, false},
        {"gopher://192.168.1.10", false, false},
        {"http://", false, false},
        {"192.168.1.10", false, false},
        {"", false, false},
        {"http://192.168.1.10\r\nHost: x", false, false},
    };
    struct address_policy hub;

    (void)state;
    assert_true(address_policy_hub(&hub, "203.0.113.7"));
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct address_policy weather;

        address_policy_weather(&weather, cases[i].url);
        if (address_url_allowed(&hub, cases[i].url) != cases[i].hub ||
            address_url_allowed(&weather, cases[i].url) != cases[i].weather) {
            fail_msg("'%s'", cases[i].url);
        }
    }
}

static void
addresses_print_with_port(void **state) {
    struct sockaddr_storage v4 = parse("127.0.0.1");
    struct sockaddr_storage v6 = parse("fd00::1");
    char text[64];

    (void)state;
    address_print((struct sockaddr *)&v4, text, sizeof text);
    assert_string_equal(text, "127.0.0.1:8080");
    address_print((struct sockaddr *)&v6, text, sizeof text);
    assert_string_equal(text, "[fd00::1]:8080");
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_follow_the_registries),
        cmocka_unit_test(other_families_are_reserved),
        cmocka_unit_test(hub_is_at_home_or_on_the_list),
        cmocka_unit_test(lists_that_do_not_parse),
        cmocka_unit_test(list_is_bounded),
        cmocka_unit_test(weather_is_out_in_the_world_or_at_home),
        cmocka_unit_test(urls_fit_their_policy),
        cmocka_unit_test(addresses_print_with_port),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
