/* Names while the wall clock steps. libcurl keeps what it looked up, and counts
 * its age by time(): here both are the test's. */
#include "unit.h"

#include <dlfcn.h>
#include <netdb.h>
#include <time.h>

#include "server.h"

#define NAME "hub.test"

static struct {
    const char *address; /* what NAME is now */
    int lookups;
    int64_t step_s;
} world;

/* In front of the C library's, for libcurl too. */
int
getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
            struct addrinfo **ret_list) {
    int (*real)(const char *, const char *, const struct addrinfo *,
                struct addrinfo **) =
        (int (*)(const char *, const char *, const struct addrinfo *,
                 struct addrinfo **))dlsym(RTLD_NEXT, "getaddrinfo");

    if (name != NULL && strcmp(name, NAME) == 0) {
        world.lookups++;
        name = world.address;
    }
    return real(name, service, hints, ret_list);
}

time_t
time(time_t *ret_s) {
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    now.tv_sec += (time_t)world.step_s;
    if (ret_s != NULL) {
        *ret_s = now.tv_sec;
    }
    return now.tv_sec;
}

/* The hub has moved, and the clock is set: by years, either way, or not. */
static void
a_moved_hub_is_found_whatever_the_clock_does(void **state) {
    static const int64_t steps_s[] = {-3 * 365 * INT64_C(86400), -1, 0, 1,
                                      56 * 365 * INT64_C(86400)};

    (void)state;
    for (size_t i = 0; i < COUNT(steps_s); i++) {
        struct server server = {0};
        struct asker asker;

        world.step_s = 0;
        asker_init(&asker);
        server_start(&server, server_say,
                     OK_JSON "Content-Length: 2\r\n\r\n[]");
        world.lookups = 0;
        world.address = "127.0.0.2"; /* where nobody is */
        assert_non_null(asker_start(&asker, "http://" NAME, server.port));
        asker_wait(&asker);
        assert_int_equal(asker.state, SOURCE_OFFLINE);
        assert_int_equal(server.connects, 0);
        world.address = "127.0.0.1";
        world.step_s = steps_s[i];
        assert_non_null(asker_start(&asker, "http://" NAME, server.port));
        asker_wait(&asker);
        asker_expect(&asker, SOURCE_OK, "");
        assert_int_equal(server.connects, 1);
        assert_int_equal(world.lookups, 2);
        server_stop(&server);
        asker_finish(&asker);
    }
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_moved_hub_is_found_whatever_the_clock_does),
    };

    return cmocka_run_group_tests_name("http_clock", tests, NULL, NULL);
}
