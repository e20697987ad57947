#include "fetch/hubs/colour.h"

#include <math.h>

static int32_t
pack(double red, double green, double blue) {
    return (int32_t)lround(red * 255) << 16 |
           (int32_t)lround(green * 255) << 8 | (int32_t)lround(blue * 255);
}

/* One part of HSV with V = 1, in the form without sectors:
 * 1 - S * max(0, min(k, 4 - k, 1)), k = (n + H / 60) mod 6. */
static double
hue_part(int n, double hue_deg, double saturation) {
    double k = fmod(n + hue_deg / 60, 6);
    double ramp = fmin(fmin(k, 4 - k), 1);

    return 1 - saturation * fmax(0, ramp);
}

int32_t
colour_from_hue(double hue_deg, double saturation_pct) {
    double saturation = saturation_pct / 100;

    return pack(hue_part(5, hue_deg, saturation),
                hue_part(3, hue_deg, saturation),
                hue_part(1, hue_deg, saturation));
}

/* CIE 1931 x of a black body and y on its curve: the cubic fits of Kim et al.,
 * US patent 7,024,034 (2006), good from 1667 K to 25000 K. */
static void
black_body(double kelvin, double *ret_x, double *ret_y) {
    double u = 1e3 / kelvin;
    double x, y;

    if (kelvin <= 4000) {
        x = ((-0.2661239 * u - 0.2343589) * u + 0.8776956) * u + 0.179910;
    } else {
        x = ((-3.0258469 * u + 2.1070379) * u + 0.2226347) * u + 0.240390;
    }
    if (kelvin <= 2222) {
        y = ((-1.1063814 * x - 1.34811020) * x + 2.18555832) * x - 0.20219683;
    } else if (kelvin <= 4000) {
        y = ((-0.9549476 * x - 1.37418593) * x + 2.09137015) * x - 0.16748867;
    } else {
        y = ((3.0817580 * x - 5.87338670) * x + 3.75112997) * x - 0.37001483;
    }
    *ret_x = x;
    *ret_y = y;
}

/* The transfer function of IEC 61966-2-1 (sRGB). */
static double
encode(double linear) {
    return linear <= 0.0031308 ? 12.92 * linear
                               : 1.055 * pow(linear, 1 / 2.4) - 0.055;
}

int32_t
colour_from_kelvin(double kelvin) {
    double x, y, big_x, big_z, red, green, blue, most;

    black_body(fmin(fmax(kelvin, 1667), 25000), &x, &y);
    big_x = x / y;
    big_z = (1 - x - y) / y;
    /* XYZ (Y = 1) to linear sRGB, IEC 61966-2-1. */
    red = fmax(0, 3.2406 * big_x - 1.5372 - 0.4986 * big_z);
    green = fmax(0, -0.9689 * big_x + 1.8758 + 0.0415 * big_z);
    blue = fmax(0, 0.0557 * big_x - 0.2040 + 1.0570 * big_z);
    most = fmax(red, fmax(green, blue));
    return pack(encode(red / most), encode(green / most), encode(blue / most));
}

bool
colour_may_be_white(double hue_deg, double saturation_pct) {
    return saturation_pct <= 35 || (hue_deg >= 10 && hue_deg <= 60);
}
