/* Whether a colour can be told from what it stands on. */
#ifndef MIRROR_RENDER_THEME_CONTRAST_H
#define MIRROR_RENDER_THEME_CONTRAST_H

#include <stdint.h>

/* The contrast ratio of two colours, 0xrrggbb: 1 for the same to 21 for black
 * and white, in any order (WCAG 2.2, "contrast ratio"). */
double
theme_contrast(uint32_t a, uint32_t b);

#endif
