#include "fetch/hubs/openhab_format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/calendar.h"
#include "common/str.h"

/* One conversion, taken apart: %[1$][flags][width][.precision]conversion. */
struct conversion {
    bool left, zeros, plus, grouped;
    int width;
    int precision; /* -1: none given */
    char letter;   /* 'd', 'f', 's', 'S', 't', '%', 'n', 'u' for %unit% */
    char time;     /* behind 't' */
};

struct writer {
    char *text;
    size_t size, used;
    bool full;
};

static void
put(struct writer *writer, const char *bytes, size_t size) {
    if (writer->full || writer->used + size >= writer->size) {
        writer->full = true;
        return;
    }
    memcpy(writer->text + writer->used, bytes, size);
    writer->used += size;
    writer->text[writer->used] = '\0';
}

static const char *
read_flags(const char *at, struct conversion *conversion) {
    for (;; at++) {
        switch (*at) {
        case '-': conversion->left = true; break;
        case '0': conversion->zeros = true; break;
        case '+': conversion->plus = true; break;
        case ',': conversion->grouped = true; break;
        default: return at;
        }
    }
}

/* A decimal number of at most `most`; NULL if it is more. */
static const char *
read_number(const char *at, int most, int *ret_number) {
    int number = 0;

    for (; *at >= '0' && *at <= '9'; at++) {
        number = number * 10 + (*at - '0');
        if (number > most) {
            return NULL;
        }
    }
    *ret_number = number;
    return at;
}

/* Reads what stands behind '%'; NULL for what cannot be followed. */
static const char *
read_conversion(const char *at, struct conversion *conversion) {
    *conversion = (struct conversion){.precision = -1};
    if (str_starts_with(at, "unit%")) {
        conversion->letter = 'u';
        return at + strlen("unit%");
    }
    if (str_starts_with(at, "1$")) {
        at += 2;
    }
    at = read_flags(at, conversion);
    at = read_number(at, OPENHAB_WIDTH_MAX, &conversion->width);
    if (at != NULL && *at == '.') {
        at = read_number(at + 1, OPENHAB_DECIMALS_MAX, &conversion->precision);
    }
    if (at == NULL || *at == '\0' || strchr("dfsSt%n", *at) == NULL) {
        return NULL;
    }
    conversion->letter = *at++;
    if (conversion->letter == 't') {
        conversion->time = *at;
        return *at == '\0' ? NULL : at + 1;
    }
    return at;
}

/* "-0.0" is no number that anybody wants to read. */
static bool
all_zero(const char *digits) {
    return strspn(digits, "0.") == strlen(digits);
}

/* Digits with commas every three before the point, where Java's ',' asks. */
static void
put_digits(struct writer *writer, const struct conversion *conversion,
           const char *digits) {
    size_t whole = strcspn(digits, ".");

    for (size_t i = 0; digits[i] != '\0'; i++) {
        if (conversion->grouped && i > 0 && i < whole && (whole - i) % 3 == 0) {
            put(writer, ",", 1);
        }
        put(writer, digits + i, 1);
    }
}

/* Characters, not bytes: a width counts those. */
static int
length_of(const char *text) {
    int length = 0;

    for (; *text != '\0'; text++) {
        length += ((unsigned char)*text & 0xc0) != 0x80;
    }
    return length;
}

static void
put_padding(struct writer *writer, char with, int count) {
    for (; count > 0; count--) {
        put(writer, &with, 1);
    }
}

static void
put_padded(struct writer *writer, const struct conversion *conversion,
           const char *sign, const char *text) {
    int missing = conversion->width - length_of(text) - (int)strlen(sign);

    if (!conversion->left && !conversion->zeros) {
        put_padding(writer, ' ', missing);
    }
    put(writer, sign, strlen(sign));
    if (!conversion->left && conversion->zeros) {
        put_padding(writer, '0', missing);
    }
    put(writer, text, strlen(text));
    if (conversion->left) {
        put_padding(writer, ' ', missing);
    }
}

/* Half away from zero, as Java's Formatter rounds (HALF_UP); snprintf() alone
 * would round an exact half to even. */
static double
round_half_up(double number, int decimals) {
    double scale = pow(10, decimals);
    double scaled = number * scale;

    return fabs(scaled) < 1e15 ? round(scaled) / scale : number;
}

static bool
put_number(struct writer *writer, const struct conversion *conversion,
           const struct hub_value *value) {
    char digits[400]; /* 309 digits of the largest double, and decimals */
    char grouped[600];
    struct writer group = {grouped, sizeof grouped, 0, false};
    int decimals = conversion->letter == 'd' ? 0 : conversion->precision;
    const char *sign = conversion->plus ? "+" : "";

    if (isnan(value->number)) {
        return false;
    }
    decimals = decimals < 0 ? 6 : decimals; /* Java's and C's default for %f */
    snprintf(digits, sizeof digits, "%.*f", decimals,
             round_half_up(fabs(value->number), decimals));
    if (value->number < 0 && !all_zero(digits)) {
        sign = "-";
    }
    put_digits(&group, conversion, digits);
    put_padded(writer, conversion, sign, grouped);
    return true;
}

static bool
put_text(struct writer *writer, const struct conversion *conversion,
         const struct hub_value *value) {
    /* A precision would cut the text; nobody asks that of a state. */
    if (conversion->precision >= 0) {
        return false;
    }
    put_padded(writer, conversion, "", value->text);
    return true;
}

/* The letters of java.util.Formatter's dates that need no language. */
static bool
time_text(char letter, const struct calendar *at, char *text, size_t size) {
    int twelve = at->hour % 12 == 0 ? 12 : at->hour % 12;
    int year = at->date.year;
    int month = at->date.month;
    int day = at->date.day;

    switch (letter) {
    case 'H': snprintf(text, size, "%02d", at->hour); break;
    case 'k': snprintf(text, size, "%d", at->hour); break;
    case 'I': snprintf(text, size, "%02d", twelve); break;
    case 'l': snprintf(text, size, "%d", twelve); break;
    case 'M': snprintf(text, size, "%02d", at->minute); break;
    case 'S': snprintf(text, size, "%02d", at->second); break;
    case 'p': snprintf(text, size, "%s", at->hour < 12 ? "am" : "pm"); break;
    case 'Y': snprintf(text, size, "%04d", year); break;
    case 'y': snprintf(text, size, "%02d", year % 100); break;
    case 'm': snprintf(text, size, "%02d", month); break;
    case 'd': snprintf(text, size, "%02d", day); break;
    case 'e': snprintf(text, size, "%d", day); break;
    case 'F': snprintf(text, size, "%04d-%02d-%02d", year, month, day); break;
    case 'D':
        snprintf(text, size, "%02d/%02d/%02d", month, day, year % 100);
        break;
    case 'R': snprintf(text, size, "%02d:%02d", at->hour, at->minute); break;
    case 'T':
        snprintf(text, size, "%02d:%02d:%02d", at->hour, at->minute,
                 at->second);
        break;
    default: return false;
    }
    return true;
}

static bool
put_time(struct writer *writer, const struct conversion *conversion,
         const struct hub_value *value) {
    struct calendar at;
    char text[32];

    if (value->type != HUB_VALUE_TIME) {
        return false;
    }
    at = calendar_at(value->time_s, NULL);
    if (!time_text(conversion->time, &at, text, sizeof text)) {
        return false;
    }
    put_padded(writer, conversion, "", text);
    return true;
}

static bool
put_conversion(struct writer *writer, const struct conversion *conversion,
               const struct hub_value *value) {
    switch (conversion->letter) {
    case '%': put(writer, "%", 1); return true;
    case 'n': put(writer, "\n", 1); return true;
    case 'u': put(writer, value->unit, strlen(value->unit)); return true;
    case 's':
    case 'S': return put_text(writer, conversion, value);
    case 't': return put_time(writer, conversion, value);
    default: return put_number(writer, conversion, value);
    }
}

/* "MAP(de.map):%s": only the server can do that. */
static bool
is_transformation(const char *pattern) {
    size_t word = strspn(pattern, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz0123456789_");

    return word > 0 && pattern[word] == '(' && strstr(pattern, "):") != NULL;
}

bool
openhab_format(const char *pattern, const struct hub_value *value, char *text,
               size_t size) {
    char result[RECORD_TEXT_MAX];
    struct writer writer = {result, sizeof result, 0, false};

    if (strlen(pattern) > OPENHAB_PATTERN_MAX || is_transformation(pattern)) {
        return false;
    }
    result[0] = '\0';
    while (*pattern != '\0') {
        size_t plain = strcspn(pattern, "%");
        struct conversion conversion;

        put(&writer, pattern, plain);
        pattern += plain;
        if (*pattern == '\0') {
            break;
        }
        pattern = read_conversion(pattern + 1, &conversion);
        if (pattern == NULL || !put_conversion(&writer, &conversion, value)) {
            return false;
        }
    }
    if (writer.full || writer.used >= size) {
        return false;
    }
    memcpy(text, result, writer.used + 1);
    return true;
}

static const char *
option_label(const char *options, const char *state) {
    while (options != NULL && *options != '\0') {
        const char *label = options + strlen(options) + 1;

        if (strcmp(options, state) == 0) {
            return label;
        }
        options = label + strlen(label) + 1;
    }
    return NULL;
}

void
openhab_show(const struct hub_value *value, const char *display,
             const char *options, const char *pattern, char *text,
             size_t size) {
    const char *shown = display;
    char formatted[RECORD_TEXT_MAX];
    const char *trimmed;

    text[0] = '\0';
    if (shown == NULL && value->type == HUB_VALUE_NONE) {
        return;
    }
    if (shown == NULL) {
        shown = option_label(options, value->text);
    }
    if (shown == NULL && pattern[0] != '\0' &&
        openhab_format(pattern, value, formatted, sizeof formatted)) {
        shown = formatted;
    }
    shown = shown != NULL ? shown : value->text;
    str_clean(text, size, shown, strlen(shown));
    trimmed = str_trim(text);
    memmove(text, trimmed, strlen(trimmed) + 1);
}
