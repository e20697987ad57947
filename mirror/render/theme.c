#include "render/theme.h"

#include <string.h>

#include "render/named_file.h"
#include "render/theme_contrast.h"

enum {
    BASE_DEPTH_MAX = 4,
    THEME_NAME_MAX = 64,
};

static const struct theme_file dark = {
    .size_arcmin = {[ROLE_HERO] = 40,
                    [ROLE_TITLE] = 20,
                    [ROLE_BODY] = 12,
                    [ROLE_LABEL] = 9,
                    [ROLE_CREDIT] = 8},
    .face = {[ROLE_HERO] = TEXT_LIGHT,
             [ROLE_TITLE] = TEXT_LIGHT,
             [ROLE_BODY] = TEXT_REGULAR,
             [ROLE_LABEL] = TEXT_REGULAR,
             [ROLE_CREDIT] = TEXT_REGULAR},
    .colour = {[COLOUR_BRIGHT] = 0xffffff,
               [COLOUR_NORMAL] = 0xdcdcdc,
               [COLOUR_DIM] = 0x9c9c9c,
               [COLOUR_FAINT] = 0x4c4c4c,
               [COLOUR_ACCENT] = 0x8fd3ff,
               [COLOUR_COLD] = 0x6db3f2,
               [COLOUR_WARM] = 0xffb35c,
               [COLOUR_WARNING] = 0xffc94d,
               [COLOUR_ALARM] = 0xff6152,
               [COLOUR_BACKGROUND] = 0x000000},
    .margin_arcmin = 20,
    .gap_arcmin = 16,
    .leading = 1,
    .lamp_colours = true,
};

#define THEME_SIZE(key, role, about)                                           \
    {                                                                          \
        key, OPTION_REAL, OPTION_AT(struct theme_file, size_arcmin[role]),     \
            .min = 1, .max = 600, .fallback = "10", .help = about              \
    }
#define THEME_FACE(key, role)                                                  \
    {                                                                          \
        key, OPTION_CHOICE, OPTION_AT(struct theme_file, face[role]),          \
            .choices = "light|regular|bold", .fallback = "regular",            \
            .help = "light is regular where it would be too thin"              \
    }
#define THEME_COLOUR(key, which, about)                                        \
    {                                                                          \
        key, OPTION_COLOUR, OPTION_AT(struct theme_file, colour[which]),       \
            .fallback = "#ffffff", .help = about                               \
    }

static const struct option size_options[] = {
    THEME_SIZE("hero", ROLE_HERO, "the time; the temperature"),
    THEME_SIZE("title", ROLE_TITLE, "a message; a weather warning"),
    THEME_SIZE("body", ROLE_BODY, "rows of lists, rain, high and low"),
    THEME_SIZE("label", ROLE_LABEL, "headings, ages, what names another text"),
    THEME_SIZE("credit", ROLE_CREDIT, "credit lines"),
    {"margin", OPTION_REAL, OPTION_AT(struct theme_file, margin_arcmin),
     .max = 600, .fallback = "20", .help = "around the picture"},
    {"gap", OPTION_REAL, OPTION_AT(struct theme_file, gap_arcmin), .max = 600,
     .fallback = "16", .help = "between widgets"},
    {0},
};

static const struct option face_options[] = {
    THEME_FACE("hero", ROLE_HERO),     THEME_FACE("title", ROLE_TITLE),
    THEME_FACE("body", ROLE_BODY),     THEME_FACE("label", ROLE_LABEL),
    THEME_FACE("credit", ROLE_CREDIT), {0},
};

/* In the order of enum theme_colour. */
static const struct option colour_options[] = {
    THEME_COLOUR("bright", COLOUR_BRIGHT, "what one came to see"),
    THEME_COLOUR("normal", COLOUR_NORMAL, "most text"),
    THEME_COLOUR("dim", COLOUR_DIM, "second in rank, and what is stale"),
    THEME_COLOUR("faint", COLOUR_FAINT, "rules, empty parts of a bar"),
    THEME_COLOUR("accent", COLOUR_ACCENT, "the one emphasis"),
    THEME_COLOUR("cold", COLOUR_COLD, "cold end of a scale; rain"),
    THEME_COLOUR("warm", COLOUR_WARM, "warm end of a scale"),
    THEME_COLOUR("warning", COLOUR_WARNING, "needs a look"),
    THEME_COLOUR("alarm", COLOUR_ALARM, "needs a hand"),
    THEME_COLOUR("background", COLOUR_BACKGROUND, "black is the mirror"),
    {0},
};

/* Of [theme] itself. */
struct theme_head {
    char base[THEME_NAME_MAX]; /* "": the built-in theme */
    double leading;
    bool lamp_colours;
};

static const struct option head_options[] = {
    {"base", OPTION_TEXT, OPTION_AT(struct theme_head, base), .fallback = "",
     .help = "the theme this one starts from"},
    {"leading", OPTION_REAL, OPTION_AT(struct theme_head, leading), .min = 0.8,
     .max = 3, .fallback = "1", .help = "line pitch by the font's height"},
    {"lamp_colours", OPTION_BOOL, OPTION_AT(struct theme_head, lamp_colours),
     .fallback = "yes", .help = "lamps in the colour of their light"},
    {0},
};

void
theme_default(struct theme_file *ret_file) {
    *ret_file = dark;
}

static const struct option *
section_options(const struct config_section *section) {
    static const struct {
        const char *kind;
        const struct option *options;
    } tables[] = {
        {"sizes", size_options},
        {"faces", face_options},
        {"colours", colour_options},
    };

    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        if (strcmp(section->kind, tables[i].kind) == 0) {
            return tables[i].options;
        }
    }
    return NULL;
}

/* Everything but [theme], which was read before. */
static bool
apply_sections(struct config *config, struct theme_file *file) {
    bool good = true;

    for (size_t i = 0; i < config->section_count; i++) {
        const struct config_section *section = &config->sections[i];
        const struct option *options = section_options(section);

        if (strcmp(section->kind, "theme") == 0 && section->name[0] == '\0') {
            continue;
        }
        if (options == NULL || section->name[0] != '\0') {
            config_fail(config, section->line, section, NULL,
                        "expected [theme], [sizes], [faces] or [colours]");
            good = false;
            continue;
        }
        good = config_apply_over(config, section, options, file) && good;
    }
    return good;
}

static bool
load_path(struct theme_file *file, const char *theme_dir, const char *path,
          struct config *errors, int depth);

static const struct config_entry *
find_entry(const struct config_section *section, const char *key) {
    for (size_t i = 0; section != NULL && i < section->entry_count; i++) {
        if (strcmp(section->entries[i].key, key) == 0) {
            return &section->entries[i];
        }
    }
    return NULL;
}

static bool
load_base(struct config *config, struct theme_file *file, const char *theme_dir,
          struct config *errors, int depth) {
    const struct config_section *section = config_find(config, "theme", "");
    const struct config_entry *base = find_entry(section, "base");
    char path[PATHS_MAX];

    if (base == NULL) {
        return true;
    }
    if (depth == BASE_DEPTH_MAX) {
        config_fail(config, base->line, section, base->key,
                    "themes may stand on one another %d deep", BASE_DEPTH_MAX);
        return false;
    }
    if (strchr(base->value, '/') != NULL) {
        return load_path(file, theme_dir, base->value, errors, depth + 1);
    }
    return named_file_find(path, theme_dir, base->value, config, "theme",
                           "base") &&
           load_path(file, theme_dir, path, errors, depth + 1);
}

/* What must be told from the background: eyes that are used to the dark see a
 * contrast of 2.2 (the theme night), and nobody one that is much lower. */
static const double contrast_least = 2;

static bool
is_text_colour(int colour) {
    return colour != COLOUR_FAINT && colour != COLOUR_BACKGROUND;
}

static bool
is_readable(const struct theme_file *file, uint32_t rgb) {
    return theme_contrast(rgb, file->colour[COLOUR_BACKGROUND]) >=
           contrast_least;
}

/* A background on which a colour of the base vanishes is taken back. */
static bool
mend_background(struct config *config, const struct config_section *section,
                struct theme_file *file, const struct theme_file *base) {
    const char *key = colour_options[COLOUR_BACKGROUND].name;
    const struct config_entry *entry = find_entry(section, key);

    for (int i = 0; entry != NULL && i < COLOUR_BACKGROUND; i++) {
        const char *name = colour_options[i].name;

        if (!is_text_colour(i) || find_entry(section, name) != NULL ||
            is_readable(file, file->colour[i])) {
            continue;
        }
        config_fail(
            config, entry->line, section, key,
            "'%s' cannot be read on it: expected a contrast of %.0f "
            "or more, got %.1f",
            name, contrast_least,
            theme_contrast(file->colour[i], file->colour[COLOUR_BACKGROUND]));
        file->colour[COLOUR_BACKGROUND] = base->colour[COLOUR_BACKGROUND];
        return false;
    }
    return true;
}

/* Instead of a colour that nobody could read: the base's, black or white. */
static uint32_t
readable_colour(const struct theme_file *file, uint32_t base) {
    if (is_readable(file, base)) {
        return base;
    }
    return is_readable(file, 0xffffff) ? 0xffffff : 0x000000;
}

/* Complains of the colours of this file that cannot be read, and replaces
 * them. Those of its base were judged before. */
static bool
mend_colours(struct config *config, struct theme_file *file,
             const struct theme_file *base) {
    const struct config_section *section = config_find(config, "colours", "");
    bool good = mend_background(config, section, file, base);

    for (int i = 0; i < COLOUR_END; i++) {
        const char *key = colour_options[i].name;
        const struct config_entry *entry = find_entry(section, key);
        uint32_t rgb = file->colour[i];

        if (entry == NULL || !is_text_colour(i) || is_readable(file, rgb)) {
            continue;
        }
        config_fail(
            config, entry->line, section, key,
            "cannot be read on the background: expected a contrast of %.0f or "
            "more, got %.1f",
            contrast_least,
            theme_contrast(rgb, file->colour[COLOUR_BACKGROUND]));
        file->colour[i] = readable_colour(file, base->colour[i]);
        good = false;
    }
    return good;
}

/* The base first, then what this file says. */
static bool
apply_theme(struct config *config, struct theme_file *file,
            const char *theme_dir, struct config *errors, int depth) {
    bool good = load_base(config, file, theme_dir, errors, depth);
    struct theme_file base = *file;
    struct theme_head head = {.leading = file->leading,
                              .lamp_colours = file->lamp_colours};

    good = config_apply_over(config, config_find(config, "theme", ""),
                             head_options, &head) &&
           good;
    file->leading = head.leading;
    file->lamp_colours = head.lamp_colours;
    good = apply_sections(config, file) && good;
    return mend_colours(config, file, &base) && good;
}

static bool
load_path(struct theme_file *file, const char *theme_dir, const char *path,
          struct config *errors, int depth) {
    struct config config;
    bool good = config_load(&config, path);

    if (good) {
        good = config.error_count == 0;
        good = apply_theme(&config, file, theme_dir, errors, depth) && good;
    }
    config_take_errors(errors, &config);
    config_finish(&config);
    return good;
}

bool
theme_load_for(struct theme_file *ret_file, const char *theme_dir,
               const char *key, const char *name, struct config *errors) {
    char path[PATHS_MAX];

    theme_default(ret_file);
    if (strchr(name, '/') != NULL) {
        return load_path(ret_file, theme_dir, name, errors, 1);
    }
    return named_file_find(path, theme_dir, name, errors, "mirror", key) &&
           load_path(ret_file, theme_dir, path, errors, 1);
}

bool
theme_load(struct theme_file *ret_file, const char *theme_dir, const char *name,
           struct config *errors) {
    return theme_load_for(ret_file, theme_dir, "theme", name, errors);
}
