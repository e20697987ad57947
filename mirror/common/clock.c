#include "common/clock.h"

#include <time.h>

static const int64_t wall_plausible_ms = 1704067200000; /* 2024-01-01 */

static int64_t
read_ms(clockid_t id) {
    struct timespec now = {0};

    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t
clock_monotonic_ms(void) {
    return read_ms(CLOCK_BOOTTIME);
}

struct moment
clock_now(void) {
    struct moment now = {
        .wall_ms = read_ms(CLOCK_REALTIME),
        .mono_ms = clock_monotonic_ms(),
    };

    now.wall_known = now.wall_ms >= wall_plausible_ms;
    return now;
}
