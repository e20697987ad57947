#include "render/doctor.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/clock.h"
#include "common/log.h"
#include "render/doctor_private.h"
#include "render/gather.h"
#include "render/machine.h"
#include "render/text.h"

enum { LISTEN_MS = 12 * 1000 };

static void
print(struct doctor *doctor, bool good, const char *what, const char *fmt,
      va_list args) PRINTF_LIKE(4, 0);

static void
print(struct doctor *doctor, bool good, const char *what, const char *fmt,
      va_list args) {
    fprintf(doctor->out, "%-4s %s: ", good ? "ok" : "BAD", what);
    vfprintf(doctor->out, fmt, args);
    fputc('\n', doctor->out);
    fflush(doctor->out);
    doctor->good = doctor->good && good;
}

void
doctor_praise(struct doctor *doctor, const char *what, const char *fmt, ...) {
    va_list args;

    va_start(args, fmt);
    print(doctor, true, what, fmt, args);
    va_end(args);
}

void
doctor_blame(struct doctor *doctor, const char *what, const char *fmt, ...) {
    va_list args;

    va_start(args, fmt);
    print(doctor, false, what, fmt, args);
    va_end(args);
}

static void
judge_config(struct doctor *doctor, const struct page *page) {
    if (page->missing) {
        doctor_blame(doctor, "config",
                     "no such file: %s; write it, mirror.conf(5) says how",
                     doctor->config_path);
    } else if (page->config.error_count > 0) {
        doctor_blame(doctor, "config", "%zu mistakes; first %s",
                     page->config.error_count, page->config.errors[0]);
    } else {
        doctor_praise(doctor, "config", "%s", doctor->config_path);
        doctor_praise(doctor, "theme", "%s", page->settings.mirror.theme);
    }
}

/* A letter of each fallback font, and where to get it. A font of a single
 * language is asked for only by that. */
static void
judge_fallbacks(struct doctor *doctor, struct text *text,
                const char *language) {
    static const struct {
        const char *sample, *of, *package;
        const char *language; /* NULL: any */
    } fallbacks[] = {
        {"\u05d0", "Hebrew and other scripts", "fonts-noto-core", NULL},
        {"\u4e2d", "Chinese, Japanese", "fonts-droid-fallback", NULL},
        {"\ud55c", "Korean", "fonts-nanum", "ko"},
        {"\U0001f600", "emoji", "fonts-noto-color-emoji", NULL},
    };
    struct text_style style = {.face = TEXT_REGULAR, .size_px = 24};

    for (size_t i = 0; i < sizeof fallbacks / sizeof *fallbacks; i++) {
        uint64_t before = text_counters(text).missing_glyphs;

        if (fallbacks[i].language != NULL &&
            strcmp(fallbacks[i].language, language) != 0) {
            continue;
        }
        text_get(text, fallbacks[i].sample, style, INT32_MAX);
        if (text_counters(text).missing_glyphs > before) {
            doctor_blame(doctor, "fonts", "none for %s; apt-get install %s",
                         fallbacks[i].of, fallbacks[i].package);
        } else {
            doctor_praise(doctor, "fonts", "%s", fallbacks[i].of);
        }
    }
}

static void
judge_fonts(struct doctor *doctor, const char *language) {
    struct text *text = text_open();
    const char *broken = text != NULL ? text_broken_font(text) : "SDL_ttf";

    if (broken != NULL) {
        doctor_blame(doctor, "fonts",
                     "%s is missing or damaged; install mirror again", broken);
    } else {
        doctor_praise(doctor, "fonts", "our own");
    }
    if (text != NULL) {
        judge_fallbacks(doctor, text, language);
    }
    text_destroy(text);
}

static void
judge_clock(struct doctor *doctor) {
    if (clock_now().wall_known) {
        doctor_praise(doctor, "clock", "set");
    } else {
        doctor_blame(doctor, "clock",
                     "not set; timedatectl set-ntp true, or a clock chip");
    }
}

static const char *
remedy(unsigned state) {
    switch (state) {
    case SOURCE_OFFLINE: return "is it on, and is the address right?";
    case SOURCE_REFUSED: return "make a new token for it";
    case SOURCE_CERTIFICATE: return "give its certificate as ca_file";
    case SOURCE_NO_CLOCK: return "set the clock";
    case SOURCE_CONFIG: return "what the config asks for does not exist";
    case SOURCE_CONNECTING: return "no answer yet";
    default: return "see the log of mirror-fetch";
    }
}

static void
judge_source(struct doctor *doctor, const struct facts *facts,
             const char *name) {
    const struct source_status *source = facts_find_source(facts, name);
    char detail[LOG_TEXT_MAX];

    if (source == NULL) {
        doctor_blame(doctor, name,
                     "mirror-fetch says nothing; is it installed?");
    } else if (source->state == SOURCE_OK) {
        doctor_praise(doctor, name, "answers");
    } else {
        doctor_blame(doctor, name, "%s%s%s; %s",
                     source_state_name(source->state),
                     source->detail[0] != '\0' ? ", " : "",
                     log_escape(detail, source->detail), remedy(source->state));
    }
}

/* The mirror opens no network socket, also not here: it listens to what
 * mirror-fetch has to say. */
static void
judge_sources(struct doctor *doctor, const struct settings *settings) {
    struct facts *facts = facts_create();

    if (gather_facts(facts, settings, doctor->config_path, LISTEN_MS,
                     clock_monotonic_ms())) {
        if (settings->hub.present) {
            judge_source(doctor, facts, "hub");
        }
        if (settings->weather.present) {
            judge_source(doctor, facts, "weather");
        }
    }
    facts_destroy(facts);
}

int
doctor_run(const char *config_path) {
    struct doctor doctor = {stdout, config_path, true};
    struct page page;

    if (!page_load(&page, config_path)) {
        doctor_blame(&doctor, "data files",
                     "no words; install mirror again, or set MIRROR_DATA");
    }
    judge_config(&doctor, &page);
    doctor_judge_display(&doctor, &page.settings.screen);
    doctor_judge_machine(&doctor, MACHINE_FOLDER);
    judge_fonts(&doctor, page.settings.mirror.language);
    judge_clock(&doctor);
    doctor_judge_token(&doctor, &page.settings.hub);
    doctor_judge_sandbox(&doctor);
    judge_sources(&doctor, &page.settings);
    page_finish(&page);
    return doctor.good ? 0 : 1;
}
