#include "render/lamp_colour.h"

#include <stddef.h>

/* Black body colours, CIE 1964 10 degree observer, from Mitchell Charity,
 * "What color is a blackbody?" (2001). */
static const struct {
    int32_t kelvin, rgb;
} white_points[] = {
    {1000, 0xff3800},  {2000, 0xff8912},  {2700, 0xffa757}, {3000, 0xffb46b},
    {4000, 0xffd1a3},  {5000, 0xffe4ce},  {6500, 0xfff9fd}, {8000, 0xe3e9ff},
    {10000, 0xccdbff}, {20000, 0xa8c5ff},
};
enum { WHITE_POINTS = sizeof white_points / sizeof *white_points };

static int32_t
mix(int32_t from, int32_t to, int32_t part, int32_t whole) {
    int32_t rgb = 0;

    for (int shift = 16; shift >= 0; shift -= 8) {
        int32_t a = from >> shift & 0xff, b = to >> shift & 0xff;

        rgb |= (a + (b - a) * part / whole) << shift;
    }
    return rgb;
}

static int32_t
white_rgb(int32_t kelvin) {
    if (kelvin < white_points[0].kelvin) {
        kelvin = white_points[0].kelvin;
    }
    for (size_t i = 1; i < WHITE_POINTS; i++) {
        if (kelvin <= white_points[i].kelvin) {
            return mix(white_points[i - 1].rgb, white_points[i].rgb,
                       kelvin - white_points[i - 1].kelvin,
                       white_points[i].kelvin - white_points[i - 1].kelvin);
        }
    }
    return white_points[WHITE_POINTS - 1].rgb;
}

/* The hue at full strength: how bright the lamp is says its bar. */
static int32_t
full_strength(int32_t rgb) {
    int32_t most = 0;
    int32_t full = 0;

    for (int shift = 16; shift >= 0; shift -= 8) {
        int32_t part = rgb >> shift & 0xff;

        most = part > most ? part : most;
    }
    if (most == 0) {
        return -1;
    }
    for (int shift = 16; shift >= 0; shift -= 8) {
        full |= ((rgb >> shift & 0xff) * 255 / most) << shift;
    }
    return full;
}

int32_t
lamp_colour(int32_t kelvin, int32_t rgb) {
    if (kelvin > 0) {
        return white_rgb(kelvin);
    }
    return rgb >= 0 ? full_strength(rgb) : -1;
}
