#include "fetch/http_result.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/str.h"
#include "fetch/http_date.h"

enum { RETRY_AFTER_MAX_S = 7 * 24 * 3600 };

enum source_state
http_status_state(long status, bool conditional, char detail[HTTP_DETAIL_MAX]) {
    if (status == 200 || (status == 304 && conditional)) {
        return SOURCE_OK;
    }
    if (status >= 300 && status < 400 && status != 304) {
        snprintf(detail, HTTP_DETAIL_MAX, "redirects to elsewhere (status %ld)",
                 status);
        return SOURCE_BAD_REPLY;
    }
    snprintf(detail, HTTP_DETAIL_MAX, "status %ld", status);
    switch (status) {
    case 401:
    case 403: return SOURCE_REFUSED;
    case 400:
    case 404:
    case 410: return SOURCE_CONFIG;
    case 429: return SOURCE_LIMIT;
    default: return SOURCE_BAD_REPLY;
    }
}

/* Since curl 8.6.0 as CURLE_TOO_LARGE; what Debian 12 builds meets it in 13,
 * whose libcurl has a bound of its own for the headers of a reply. */
#define TOO_LARGE ((CURLcode)100)

struct meaning {
    CURLcode code;
    enum source_state state;
    const char *detail;
};

/* What is not listed is the peer talking nonsense. */
static const struct meaning meanings[] = {
    {CURLE_UNSUPPORTED_PROTOCOL, SOURCE_BAD_REPLY, "the answer is no HTTP"},
    {CURLE_COULDNT_RESOLVE_HOST, SOURCE_OFFLINE, "name not found"},
    {CURLE_COULDNT_CONNECT, SOURCE_OFFLINE, "no connection"},
    {CURLE_OPERATION_TIMEDOUT, SOURCE_OFFLINE, "no answer in time"},
    {CURLE_PARTIAL_FILE, SOURCE_OFFLINE, "the answer broke off"},
    {CURLE_RECV_ERROR, SOURCE_OFFLINE, "the connection broke off"},
    {CURLE_SEND_ERROR, SOURCE_OFFLINE, "the connection broke off"},
    {CURLE_GOT_NOTHING, SOURCE_OFFLINE, "closed without an answer"},
    {CURLE_OUT_OF_MEMORY, SOURCE_LIMIT, "out of memory"},
    {CURLE_FILESIZE_EXCEEDED, SOURCE_TOO_BIG, "the answer is too big"},
    {TOO_LARGE, SOURCE_TOO_BIG, "too many headers"},
    {CURLE_SSL_CONNECT_ERROR, SOURCE_CERTIFICATE, "no TLS handshake"},
    {CURLE_PEER_FAILED_VERIFICATION, SOURCE_CERTIFICATE,
     "certificate not trusted"},
    {CURLE_SSL_CACERT_BADFILE, SOURCE_CERTIFICATE,
     "certificate file not readable"},
    {CURLE_SSL_CERTPROBLEM, SOURCE_CERTIFICATE, "certificate problem"},
    {CURLE_SSL_CIPHER, SOURCE_CERTIFICATE, "no common TLS cipher"},
    {CURLE_SSL_ISSUER_ERROR, SOURCE_CERTIFICATE, "certificate not trusted"},
};

/* The words of the system where they say more than libcurl's code. */
static const char *
connect_detail(long os_error, const char *otherwise) {
    switch (os_error) {
    case ECONNREFUSED: return "connection refused";
    case ENETUNREACH: return "no network";
    case EHOSTUNREACH: return "no route to the host";
    case ETIMEDOUT: return "no answer in time";
    case EMFILE:
    case ENFILE: return "no descriptors left";
    default: return otherwise;
    }
}

static struct meaning
find_meaning(CURLcode code, long os_error) {
    struct meaning found = {code, SOURCE_BAD_REPLY, "not understood"};

    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++) {
        if (meanings[i].code == code) {
            found = meanings[i];
        }
    }
    if (code == CURLE_COULDNT_CONNECT) {
        found.detail = connect_detail(os_error, found.detail);
    }
    if (code == CURLE_SSL_CONNECT_ERROR && os_error == ECONNRESET) {
        found.state = SOURCE_OFFLINE;
        found.detail = "the connection broke off";
    }
    return found;
}

enum source_state
http_curl_state(CURLcode code, long os_error, bool wall_known,
                char detail[HTTP_DETAIL_MAX]) {
    struct meaning found = find_meaning(code, os_error);

    if (code == CURLE_PEER_FAILED_VERIFICATION && !wall_known) {
        found.state = SOURCE_NO_CLOCK;
        found.detail = "certificate cannot be judged: the clock is not set";
    }
    if (found.state == SOURCE_BAD_REPLY) {
        snprintf(detail, HTTP_DETAIL_MAX, "%s (%d)", found.detail, (int)code);
    } else {
        str_copy(detail, HTTP_DETAIL_MAX, found.detail);
    }
    return found.state;
}

int
http_retry_after(const char *value, int64_t now_s) {
    int64_t wait_s;
    long seconds;

    if (value[0] == '\0') {
        return -1;
    }
    if (strspn(value, "0123456789") == strlen(value)) {
        wait_s = str_to_long(value, &seconds) ? seconds : RETRY_AFTER_MAX_S;
    } else {
        int64_t date_s;

        if (!http_date_parse(value, &date_s)) {
            return -1;
        }
        wait_s = date_s - now_s;
    }
    if (wait_s < 0) {
        return 0;
    }
    return wait_s < RETRY_AFTER_MAX_S ? (int)wait_s : RETRY_AFTER_MAX_S;
}

bool
http_type_fits(const char *type, const char *accept) {
    size_t length = strlen(accept);

    return strncasecmp(type, accept, length) == 0 &&
           (type[length] == '\0' || type[length] == ';' ||
            type[length] == ' ' || type[length] == '\t');
}

bool
http_header_ok(const char *value) {
    for (; *value != '\0'; value++) {
        unsigned char byte = (unsigned char)*value;

        if (byte < 0x20 || byte >= 0x7f) {
            return false;
        }
    }
    return true;
}
