#include "render/hours.h"

#include "common/calendar.h"
#include "common/clock.h"

enum { MINUTE_MS = 60 * 1000, DAY_MIN = 24 * 60 };

static int64_t
ms_until(int edge_min, int now_min, int64_t into_minute_ms) {
    int minutes = (edge_min - now_min + DAY_MIN) % DAY_MIN;

    return (minutes > 0 ? minutes : DAY_MIN) * (int64_t)MINUTE_MS -
           into_minute_ms;
}

bool
hours_hold(const struct option_hours *hours, int64_t wall_ms,
           int64_t *ret_wait_ms) {
    struct calendar now = calendar_at(wall_ms / 1000, NULL);
    int now_min = now.hour * 60 + now.minute;
    int64_t into_ms = wall_ms % 1000 + now.second * 1000;
    int64_t from_ms = ms_until(hours->from_min, now_min, into_ms);
    int64_t to_ms = ms_until(hours->to_min, now_min, into_ms);

    *ret_wait_ms = from_ms < to_ms ? from_ms : to_ms;
    if (*ret_wait_ms > HOURS_LOOK_MS) {
        *ret_wait_ms = HOURS_LOOK_MS;
    }
    if (hours->from_min == hours->to_min) {
        *ret_wait_ms = CLOCK_NEVER;
        return true;
    }
    if (hours->from_min < hours->to_min) {
        return now_min >= hours->from_min && now_min < hours->to_min;
    }
    return now_min >= hours->from_min || now_min < hours->to_min;
}
