/* What the files of text.h share. */
#ifndef MIRROR_RENDER_TEXT_PRIVATE_H
#define MIRROR_RENDER_TEXT_PRIVATE_H

#include "render/text_line.h"

enum {
    TEXT_BUCKETS = 1024,
    WRAP_ENTRIES = 128,  /* a page asks for each paragraph in several widths */
    WRAP_LINES_MAX = 32, /* of a paragraph */
    METRICS_KEPT = 32,
};

/* A paragraph that was cut into lines before. */
struct wrap_entry {
    char *source; /* owned; NULL: a free place */
    size_t source_size;
    struct text_style style;
    int max_width;
    size_t max_lines;
    char *lines; /* owned: `count` texts, each with its NUL */
    size_t count;
    enum text_base base;
    uint64_t used;
};

/* Widgets ask for the measures of a handful of fonts all the time. */
struct kept_metrics {
    struct text_style style; /* size_px 0: a free place */
    struct text_metrics metrics;
};

struct text {
    struct fonts *fonts;
    struct text_line *buckets[TEXT_BUCKETS];
    struct text_line *newest, *oldest; /* of those that nobody holds */
    size_t idle_bytes;
    struct text_counters counters;
    struct wrap_entry wraps[WRAP_ENTRIES];
    struct kept_metrics metrics[METRICS_KEPT];
    uint64_t clock;
};

/* As text_get(), of `size` bytes, in a paragraph that runs as `base` says. */
struct text_line *
text_lookup(struct text *text, const char *utf8, size_t size,
            struct text_style style, int max_width, enum text_base base);

/* The style with its size within the bounds of text.h. */
struct text_style
text_clamp_style(struct text_style style);

/* Frees what text_wrap() keeps. */
void
text_wrap_forget(struct text *text);

#endif
