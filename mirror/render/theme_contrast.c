#include "render/theme_contrast.h"

#include <math.h>

/* Of the 8 bits of a channel, what of the light it stands for. */
static double
linear(uint32_t channel) {
    double part = (channel & 0xff) / 255.0;

    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

/* WCAG 2.2, "relative luminance". */
static double
luminance(uint32_t rgb) {
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) +
           0.0722 * linear(rgb);
}

double
theme_contrast(uint32_t a, uint32_t b) {
    double one = luminance(a), other = luminance(b);

    return (fmax(one, other) + 0.05) / (fmin(one, other) + 0.05);
}
