#include "render/notice.h"

#include <stdio.h>
#include <string.h>

#include "common/clock.h"
#include "common/str.h"

static const char *
config_text(struct notice *notice, const struct page *page, int line) {
    char number[16];
    struct lang_arg args[] = {{"n", number}, {NULL, NULL}};

    if (line <= 0) {
        return lang_text(page->lang, LANG_NOTICE_CONFIG);
    }
    snprintf(number, sizeof number, "%d", line);
    return lang_format(page->lang, LANG_NOTICE_CONFIG_LINE, args, notice->text,
                       sizeof notice->text);
}

static const char *
missing_text(struct notice *notice, const struct page *page) {
    struct lang_arg args[] = {{"path", page->config.path}, {NULL, NULL}};

    return lang_format(page->lang, LANG_NOTICE_NO_CONFIG, args, notice->text,
                       sizeof notice->text);
}

/* The widget of a source that is only away shows the age of what it has; of
 * the hub many widgets live, so that one is named. */
static bool
is_trouble(const struct source_status *source) {
    switch (source->state) {
    case SOURCE_OK:
    case SOURCE_CONNECTING: return false;
    case SOURCE_OFFLINE: return strcmp(source->source, "hub") == 0;
    default: return true;
    }
}

static bool
wants_sources(const struct settings *settings) {
    return settings->hub.present || settings->weather.present ||
           settings->todo_count > 0 || settings->message.present ||
           settings->values_count > 0;
}

/* The first trouble there is; SOURCE_OK: none. The fetcher's own has no
 * source. */
static unsigned
find_trouble(const struct page *page, const struct facts *facts,
             const char **ret_source) {
    const struct source_status *source;

    *ret_source = "";
    if (!wants_sources(&page->settings)) {
        return SOURCE_OK;
    }
    if (!facts_connected(facts)) {
        return SOURCE_OFFLINE;
    }
    for (size_t i = 0; (source = facts_source(facts, i)) != NULL; i++) {
        if (is_trouble(source)) {
            *ret_source = source->source;
            return source->state;
        }
    }
    return SOURCE_OK;
}

static const char *
source_word(const struct page *page, const char *source) {
    if (strcmp(source, "hub") == 0 || strcmp(source, "hub-items") == 0) {
        return lang_text(page->lang, LANG_SOURCE_HUB);
    }
    if (strcmp(source, "weather") == 0) {
        return lang_text(page->lang, LANG_SOURCE_WEATHER);
    }
    return source;
}

static const char *
trouble_text(struct notice *notice, const struct page *page) {
    static const enum lang_key keys[SOURCE_STATE_END] = {
        [SOURCE_OFFLINE] = LANG_NOTICE_OFFLINE,
        [SOURCE_REFUSED] = LANG_NOTICE_REFUSED,
        [SOURCE_CERTIFICATE] = LANG_NOTICE_CERTIFICATE,
        [SOURCE_NO_CLOCK] = LANG_NOTICE_NO_CLOCK,
        [SOURCE_BAD_REPLY] = LANG_NOTICE_BAD_REPLY,
        [SOURCE_TOO_BIG] = LANG_NOTICE_TOO_BIG,
        [SOURCE_LIMIT] = LANG_NOTICE_LIMIT,
        [SOURCE_CONFIG] = LANG_NOTICE_SOURCE_CONFIG,
    };
    struct lang_arg args[] = {{"source", source_word(page, notice->source)},
                              {NULL, NULL}};

    if (notice->source[0] == '\0') {
        return lang_text(page->lang, LANG_NOTICE_FETCHER);
    }
    return lang_format(page->lang, keys[notice->state], args, notice->text,
                       sizeof notice->text);
}

static bool
machine_is_bad(const struct machine *machine) {
    return machine != NULL && (machine->low_power.on || machine->hot.on);
}

static const char *
machine_text(const struct machine *machine, const struct page *page) {
    return lang_text(page->lang, machine->low_power.on ? LANG_NOTICE_LOW_POWER
                                                       : LANG_NOTICE_HOT);
}

/* Block letters have no other language. */
static const char *
fonts_text(const struct text *fonts, const struct page *page) {
    if (fonts == NULL || text_broken_font(fonts) == NULL) {
        return NULL;
    }
    return text_is_block(fonts) ? "fonts missing: install mirror again"
                                : lang_text(page->lang, LANG_NOTICE_FONTS);
}

const char *
notice_text(struct notice *notice, const struct page *page,
            const struct facts *facts, int config_line, int64_t mono_ms,
            int64_t *ret_ms) {
    const char *source;
    unsigned state = find_trouble(page, facts, &source);

    *ret_ms = CLOCK_NEVER;
    if (notice->state != state || strcmp(notice->source, source) != 0) {
        notice->state = state;
        notice->since_ms = mono_ms;
        str_copy(notice->source, sizeof notice->source, source);
    }
    if (config_line != 0) {
        return config_text(notice, page, config_line);
    }
    if (page->missing) {
        return missing_text(notice, page);
    }
    if (machine_is_bad(notice->machine)) {
        return machine_text(notice->machine, page);
    }
    if (state == SOURCE_OK) {
        return fonts_text(notice->fonts, page);
    }
    if (state == SOURCE_OFFLINE &&
        mono_ms - notice->since_ms < NOTICE_PATIENCE_MS) {
        *ret_ms = notice->since_ms + NOTICE_PATIENCE_MS;
        return fonts_text(notice->fonts, page);
    }
    return trouble_text(notice, page);
}
