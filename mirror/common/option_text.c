#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "common/calendar.h"
#include "common/option_types.h"
#include "common/str.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS  "0123456789"

/* UTF-8 without control characters, C1 included. */
static bool
is_plain(const char *text) {
    size_t left = strlen(text);
    uint32_t code;

    while (left > 0) {
        size_t length = str_utf8_decode(text, left, &code);

        if (length == 0 || code < 0x20 || (code >= 0x7f && code < 0xa0)) {
            return false;
        }
        text += length;
        left -= length;
    }
    return true;
}

/* Copies what has passed its check, if the member has room for it. */
static bool
store(const struct option *option, const char *value, void *member,
      char why[OPTION_WHY_MAX]) {
    size_t length = strlen(value);

    if (length >= option->size) {
        return option_expected(why, value, "at most %zu bytes",
                               option->size - 1);
    }
    memset(member, 0, option->size);
    memcpy(member, value, length);
    return true;
}

bool
option_parse_text(const struct option *option, const char *value, void *member,
                  char why[OPTION_WHY_MAX]) {
    if (*value == '\0' || !is_plain(value)) {
        return option_expected(why, value,
                               "UTF-8 text without control characters");
    }
    return store(option, value, member, why);
}

static bool
made_of(const char *value, const char *allowed) {
    return *value != '\0' && strspn(value, allowed) == strlen(value);
}

bool
option_parse_name(const struct option *option, const char *value, void *member,
                  char why[OPTION_WHY_MAX]) {
    if (!made_of(value, LETTERS DIGITS "_-")) {
        return option_expected(why, value,
                               "a name of letters, digits, '_' and '-'");
    }
    return store(option, value, member, why);
}

static bool
is_item(const char *value) {
    return made_of(value, LETTERS DIGITS "_.");
}

bool
option_parse_item(const struct option *option, const char *value, void *member,
                  char why[OPTION_WHY_MAX]) {
    if (!is_item(value)) {
        return option_expected(why, value,
                               "an item name of letters, digits, '_' and '.'");
    }
    return store(option, value, member, why);
}

static bool
is_word(const char *value) {
    return *value != '\0' && is_plain(value);
}

/*
 * Checks every word of a list and stores them parted by single commas. The
 * list is shorter than what was typed, so it fits if that does.
 */
static bool
parse_list(const struct option *option, const char *value, void *member,
           bool (*good)(const char *), const char *what,
           char why[OPTION_WHY_MAX]) {
    size_t size = option->size;
    char *list = member;
    char word[OPTION_WORD_MAX + 1];
    const char *next = value;
    size_t used = 0;

    if (strlen(value) >= size) {
        return option_expected(why, value, "at most %zu bytes", size - 1);
    }
    while ((next = option_next_word(next, word, sizeof word)) != NULL) {
        if (!good(word) || strlen(word) >= OPTION_WORD_MAX) {
            return option_expected(why, word, "%s between commas", what);
        }
    }
    if (value[strspn(value, " \t")] == '\0' || str_ends_with(value, ",")) {
        return option_expected(why, "", "%s after the last comma", what);
    }
    memset(list, 0, size);
    next = value;
    while ((next = option_next_word(next, word, sizeof word)) != NULL) {
        used += (size_t)snprintf(list + used, size - used, "%s%s",
                                 used > 0 ? "," : "", word);
    }
    return true;
}

bool
option_parse_items(const struct option *option, const char *value, void *member,
                   char why[OPTION_WHY_MAX]) {
    return parse_list(option, value, member, is_item, "an item name", why);
}

bool
option_parse_words(const struct option *option, const char *value, void *member,
                   char why[OPTION_WHY_MAX]) {
    return parse_list(option, value, member, is_word, "a word", why);
}

/* "192.0.2.7", "2001:db8::/32". */
static bool
is_network(const char *value) {
    uint8_t bytes[sizeof(struct in6_addr)];
    char address[INET6_ADDRSTRLEN];
    size_t length = strcspn(value, "/");
    long bits = 1;
    bool v4;

    if (length >= sizeof address) {
        return false;
    }
    memcpy(address, value, length);
    address[length] = '\0';
    v4 = inet_pton(AF_INET, address, bytes) == 1;
    if (!v4 && inet_pton(AF_INET6, address, bytes) != 1) {
        return false;
    }
    return value[length] == '\0' || (str_to_long(value + length + 1, &bits) &&
                                     bits >= 1 && bits <= (v4 ? 32 : 128));
}

bool
option_parse_networks(const struct option *option, const char *value,
                      void *member, char why[OPTION_WHY_MAX]) {
    return parse_list(option, value, member, is_network,
                      "an address or a prefix such as 2001:db8::/32", why);
}

/* The end of "host[:port]" at `authority`, or NULL if it is none (RFC 3986
 * 3.2.2 and 3.2.3, without user information and percent signs). */
static const char *
authority_end(const char *authority) {
    const char *p = authority;
    size_t length;
    long port;
    char digits[6];

    if (*p == '[') {
        p++;
        length = strspn(p, DIGITS "abcdefABCDEF:.");
        if (length < 2 || p[length] != ']') {
            return NULL;
        }
        p += length + 1;
    } else {
        length = strspn(p, LETTERS DIGITS "-._");
        if (length == 0 || length > 253) {
            return NULL;
        }
        p += length;
    }
    if (*p != ':') {
        return p;
    }
    length = strspn(++p, DIGITS);
    if (length == 0 || length >= sizeof digits) {
        return NULL;
    }
    memcpy(digits, p, length);
    digits[length] = '\0';
    return str_to_long(digits, &port) && port >= 1 && port <= 65535 ? p + length
                                                                    : NULL;
}

bool
option_parse_url(const struct option *option, const char *value, void *member,
                 char why[OPTION_WHY_MAX]) {
    static const char path_bytes[] =
        LETTERS DIGITS "/-._~%!$&'()*+,;=:"; /* RFC 3986 3.3 */
    const char *end = NULL;
    size_t length = strlen(value);
    char url[1024];

    /* Not repeated: it may hold a password, and logs are read by more people
     * than configs are. */
    if (strchr(value, '@') != NULL) {
        snprintf(why, OPTION_WHY_MAX,
                 "expected a URL without user and password");
        return false;
    }
    if (str_starts_with(value, "http://")) {
        end = authority_end(value + strlen("http://"));
    } else if (str_starts_with(value, "https://")) {
        end = authority_end(value + strlen("https://"));
    }
    if (end == NULL || (*end != '\0' && *end != '/') ||
        strspn(end, path_bytes) != strlen(end) || length >= sizeof url) {
        return option_expected(
            why, value,
            "http:// or https://, a host, and neither blanks nor a query");
    }
    while (value[length - 1] == '/') {
        length--;
    }
    memcpy(url, value, length);
    url[length] = '\0';
    return store(option, url, member, why);
}

bool
option_parse_zone(const struct option *option, const char *value, void *member,
                  char why[OPTION_WHY_MAX]) {
    if (!calendar_zone_known(value)) {
        return option_expected(why, value, "a time zone such as Europe/Berlin");
    }
    return store(option, value, member, why);
}
