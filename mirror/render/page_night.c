/* When the night theme holds. */
#include "common/calendar.h"
#include "common/sun.h"
#include "render/hours.h"
#include "render/page.h"

#include <math.h>

/* The sun of today and of its two neighbours: a date of the place need not be
 * one of the calendar on the wall. */
static bool
is_dark(const struct mirror_settings *mirror, int64_t wall_ms,
        int64_t *ret_wait_ms) {
    int64_t day = calendar_days(calendar_at(wall_ms / 1000, NULL).date);
    bool dark = true;

    for (int64_t i = day - 1; i <= day + 1; i++) {
        struct sun_day sun = sun_day(calendar_from_days(i), mirror->location[0],
                                     mirror->location[1]);
        int64_t edges_ms[] = {sun.rise_s * 1000, sun.set_s * 1000};

        if (sun.kind != SUN_RISES) {
            dark = false;
            continue;
        }
        dark = dark && (wall_ms < edges_ms[0] || wall_ms >= edges_ms[1]);
        for (int edge = 0; edge < 2; edge++) {
            int64_t wait_ms = edges_ms[edge] - wall_ms;

            if (wait_ms > 0 && wait_ms < *ret_wait_ms) {
                *ret_wait_ms = wait_ms;
            }
        }
    }
    return dark;
}

bool
page_is_night(const struct page *page, const struct moment *now,
              int64_t *ret_wait_ms) {
    const struct mirror_settings *mirror = &page->settings.mirror;

    *ret_wait_ms = CLOCK_NEVER;
    if (mirror->night_theme[0] == '\0') {
        return false;
    }
    if (mirror->night.from_min != mirror->night.to_min) {
        return hours_hold(&mirror->night, now->wall_ms, ret_wait_ms) &&
               now->wall_known;
    }
    if (isnan(mirror->location[0])) {
        return false;
    }
    *ret_wait_ms = HOURS_LOOK_MS;
    return is_dark(mirror, now->wall_ms, ret_wait_ms) && now->wall_known;
}

const struct theme_file *
page_theme(const struct page *page, bool night) {
    return night && page->settings.mirror.night_theme[0] != '\0'
               ? &page->night_theme
               : &page->theme;
}
