/* What the person who designs sees: overlays that leave nothing, moved time,
 * the next theme. */
#include "unit.h"

#include <SDL_keycode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "page_rig.h"

#include "common/log.h"
#include "render/app_private.h"
#include "render/named_file.h"
#include "render/screen_sdl_key.h"

enum { WIDTH = 640, HEIGHT = 400, PIXELS = WIDTH * HEIGHT };

#define NOW_MS (PAGE_RIG_NOW_S * 1000)

/* A window that keeps what it was shown. */
static struct {
    uint32_t shown[PIXELS];
    int presents;
} window;

static bool
present(struct screen *screen, const struct canvas *canvas,
        pixman_region32_t *damage) {
    int count;
    const pixman_box32_t *boxes = pixman_region32_rectangles(damage, &count);

    (void)screen;
    for (int i = 0; i < count; i++) {
        for (int y = boxes[i].y1; y < boxes[i].y2; y++) {
            memcpy(window.shown + y * WIDTH + boxes[i].x1,
                   canvas->pixels + y * WIDTH + boxes[i].x1,
                   (size_t)(boxes[i].x2 - boxes[i].x1) * 4);
        }
    }
    window.presents++;
    return true;
}

static const struct screen_type window_type = {
    .name = "window",
    .present = present,
};

struct rig {
    struct app app;
    struct app_options options;
    char config[32];
    uint32_t plain[PIXELS];
};

static int
setup(void **state) {
    struct rig *rig = calloc(1, sizeof *rig);
    struct app *app = &rig->app;
    char fonts[PATHS_MAX];
    static const char text[] = "[mirror]\ntheme = dark\nnight_theme = night\n"
                               "[widget clock]\nposition = top_left\n";
    int fd;

    log_open("test", LOG_LEVEL_NONE);
    setenv("TZ", "UTC", 1);
    memset(&window, 0, sizeof window);
    snprintf(rig->config, sizeof rig->config, "/tmp/mirror-design-XXXXXX");
    fd = mkstemp(rig->config);
    assert_int_equal(write(fd, text, sizeof text - 1), sizeof text - 1);
    close(fd);
    rig->options = (struct app_options){.window = true};
    *app = (struct app){
        .options = &rig->options,
        .loop = loop_create(),
        .facts = facts_create(),
        .notice_ms = CLOCK_NEVER,
        .drawn_ms = INT64_MIN / 2,
        .draw = {.fn = app_on_draw, .arg = app},
        .flash = {.fn = app_on_flash, .arg = app},
        .power = {.fn = app_on_power, .arg = app},
        .screen = {.type = &window_type, .width = WIDTH, .height = HEIGHT},
        .shown = true,
        .told_ready = true,
        .screen_shown = true,
    };
    design_init(&app->design);
    assert_true(paths_fonts(fonts) && page_load(&app->page, rig->config));
    app->text = text_create(fonts);
    assert_non_null(app->text);
    assert_true(frame_init(&app->frame, app->text, WIDTH, HEIGHT, DEPTH_32));
    app_fit_theme(app);
    app_on_draw(app);
    memcpy(rig->plain, window.shown, sizeof rig->plain);
    *state = rig;
    return 0;
}

static int
teardown(void **state) {
    struct rig *rig = *state;
    struct app *app = &rig->app;

    frame_finish(&app->frame);
    design_finish(&app->design);
    text_destroy(app->text);
    page_finish(&app->page);
    facts_destroy(app->facts);
    loop_destroy(app->loop);
    unlink(rig->config);
    free(rig);
    return 0;
}

static int
differing(const uint32_t *a, const uint32_t *b) {
    int count = 0;

    for (int i = 0; i < PIXELS; i++) {
        count += (a[i] & 0xffffff) != (b[i] & 0xffffff);
    }
    return count;
}

/* How many pixels of the window are none of the picture's. */
static int
overlaid(const struct rig *rig) {
    return differing(window.shown, rig->app.frame.canvas.pixels);
}

static void
the_grid_comes_and_goes(void **state) {
    struct rig *rig = *state;

    app_on_key(&rig->app, SCREEN_KEY_G);
    assert_true(overlaid(rig) > PIXELS / 50);
    /* It is not in the picture. */
    assert_int_equal(differing(rig->app.frame.canvas.pixels, rig->plain), 0);
    rig->app.dirty = true;
    app_on_draw(&rig->app); /* and stays over the next one */
    assert_true(overlaid(rig) > PIXELS / 50);
    app_on_key(&rig->app, SCREEN_KEY_G);
    assert_int_equal(overlaid(rig), 0);
}

static void
the_damage_is_marked_for_a_while(void **state) {
    struct rig *rig = *state;

    app_on_key(&rig->app, SCREEN_KEY_D);
    assert_int_equal(overlaid(rig), 0); /* nothing was composed since */
    app_on_key(&rig->app, SCREEN_KEY_UP);
    app_on_draw(&rig->app);
    assert_true(overlaid(rig) > 0);
    assert_true(rig->app.flash.armed);
    app_on_flash(&rig->app);
    assert_int_equal(overlaid(rig), 0);
    app_on_key(&rig->app, SCREEN_KEY_DOWN);
    app_on_draw(&rig->app);
    assert_true(overlaid(rig) > 0);
    app_on_key(&rig->app, SCREEN_KEY_D);
    assert_int_equal(overlaid(rig), 0);
    app_on_key(&rig->app, SCREEN_KEY_UP); /* off: nothing is marked */
    app_on_draw(&rig->app);
    assert_int_equal(overlaid(rig), 0);
}

static void
keys_move_the_shown_time(void **state) {
    static const struct {
        enum screen_key key;
        int64_t travel_ms;
    } cases[] = {
        {SCREEN_KEY_RIGHT, DESIGN_HOUR_MS},
        {SCREEN_KEY_UP, DESIGN_HOUR_MS + DESIGN_DAY_MS},
        {SCREEN_KEY_LEFT, DESIGN_DAY_MS},
        {SCREEN_KEY_DOWN, 0},
        {SCREEN_KEY_LEFT, -DESIGN_HOUR_MS},
        {SCREEN_KEY_HOME, 0},
    };
    struct rig *rig = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct moment now = clock_now();

        app_on_key(&rig->app, cases[i].key);
        assert_int_equal(rig->app.design.travel_ms, cases[i].travel_ms);
        assert_in_range(app_now(&rig->app).wall_ms - now.wall_ms -
                            cases[i].travel_ms,
                        0, 60000);
        app_on_draw(&rig->app);
        /* It says so, and wakes for the picture's next minute, not ours. */
        assert_int_equal(rig->app.notice_ms != CLOCK_NEVER,
                         cases[i].travel_ms != 0);
        assert_in_range(rig->app.next_ms - app_now(&rig->app).wall_ms, 0,
                        60000);
    }
}

/* The night of the shown time, half an hour from the real one. */
static void
the_shown_time_has_its_night(void **state) {
    static const struct {
        enum screen_key key;
        bool night;
    } cases[] = {
        {SCREEN_KEY_LEFT, false}, {SCREEN_KEY_HOME, false},
        {SCREEN_KEY_RIGHT, true}, {SCREEN_KEY_DOWN, true},
        {SCREEN_KEY_LEFT, false}, {SCREEN_KEY_RIGHT, true},
        {SCREEN_KEY_HOME, false},
    };
    struct rig *rig = *state;
    int minute = (int)(clock_now().wall_ms / 60000 % 1440);
    struct option_hours night = {(minute + 30) % 1440, (minute + 90) % 1440};

    rig->app.page.settings.mirror.night = night;
    for (size_t i = 0; i < COUNT(cases); i++) {
        app_on_key(&rig->app, cases[i].key);
        app_on_draw(&rig->app);
        assert_int_equal(rig->app.night, cases[i].night);
        assert_true(rig->app.power.armed);
    }
}

static void
a_mirror_without_window_has_no_keys(void **state) {
    struct rig *rig = *state;

    rig->options.window = false;
    for (int key = SCREEN_KEY_G; key <= SCREEN_KEY_HOME; key++) {
        window.presents = 0;
        app_on_key(&rig->app, (enum screen_key)key);
        assert_int_equal(window.presents, 0);
        assert_false(rig->app.dirty);
        assert_false(design_draws(&rig->app.design));
        assert_int_equal(rig->app.design.travel_ms, 0);
    }
}

static void
the_next_theme_is_all_over_the_picture(void **state) {
    struct rig *rig = *state;
    const char *theme = rig->app.page.settings.mirror.theme;

    app_on_key(&rig->app, SCREEN_KEY_T);
    assert_string_equal(theme, "large");
    app_on_draw(&rig->app);
    assert_true(differing(window.shown, rig->plain) > 0);
    assert_int_equal(overlaid(rig), 0);
    for (int i = 0; i < 20 && strcmp(theme, "dark") != 0; i++) {
        app_on_key(&rig->app, SCREEN_KEY_T);
    }
    assert_string_equal(theme, "dark"); /* the last, the first, and on */
    rig->app.design.said_until_ms = 0;
    app_on_draw(&rig->app);
    assert_int_equal(overlaid(rig), 0);
}

static void
time_stays_in_this_century(void **state) {
    static const struct {
        int64_t wall_ms, by_ms, travel_ms;
    } cases[] = {
        {946684800000, -1, 0},
        {946684800001, -1, -1},
        {4102444799999, 1, 0},
        {4102444799998, 1, 1},
        {NOW_MS, INT64_C(4000000000000), 0},
        {NOW_MS, DESIGN_DAY_MS, DESIGN_DAY_MS},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct moment now = {.wall_ms = cases[i].wall_ms};
        struct design design;

        design_init(&design);
        design_travel(&design, cases[i].by_ms, &now);
        assert_int_equal(design.travel_ms, cases[i].travel_ms);
        design_finish(&design);
    }
}

static void
the_notice_says_which_time_is_shown(void **state) {
    struct moment now = {.wall_ms = NOW_MS, .mono_ms = 50000};
    struct moment shown;
    char text[DESIGN_TEXT_MAX];
    struct design design;
    int64_t next_ms;

    (void)state;
    setenv("TZ", "UTC", 1);
    design_init(&design);
    assert_null(design_notice(&design, &now, text, &next_ms));
    assert_true(next_ms == CLOCK_NEVER);
    design_travel(&design, -DESIGN_DAY_MS, &now);
    shown = design_moment(&design, now);
    assert_string_equal(design_notice(&design, &shown, text, &next_ms),
                        "2026-06-08 07:12");
    assert_int_equal(next_ms, 80000); /* it is 07:12:30 */
    design_say(&design, "night", now.mono_ms);
    assert_string_equal(design_notice(&design, &shown, text, &next_ms),
                        "night");
    assert_int_equal(next_ms, 50000 + DESIGN_SAID_MS);
    shown.mono_ms += DESIGN_SAID_MS;
    assert_string_equal(design_notice(&design, &shown, text, &next_ms),
                        "2026-06-08 07:12");
    design_finish(&design);
}

static void
names_follow_each_other(void **state) {
    static const char *const files[] = {"b.ini", "a.ini", "c.ini", "x.txt"};
    static const struct {
        const char *name, *next;
    } cases[] = {
        {"a", "b"},           {"b", "c"},  {"c", "a"},  {"", "a"},
        {"/my/own.ini", "a"}, {"aa", "b"}, {"zz", "a"},
    };
    char folder[] = "/tmp/mirror-names-XXXXXX", path[64];
    char next[NAMED_FILE_MAX];

    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_false(named_file_next(folder, "a", next));
    for (size_t i = 0; i < COUNT(files); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        fclose(fopen(path, "w"));
    }
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_true(named_file_next(folder, cases[i].name, next));
        assert_string_equal(next, cases[i].next);
    }
    for (size_t i = 0; i < COUNT(files); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        unlink(path);
    }
    rmdir(folder);
    assert_false(named_file_next(folder, "a", next));
}

static void
keys_of_the_desktop_are_not_ours(void **state) {
    static const struct {
        SDL_Keysym sym;
        bool ours;
        enum screen_key key;
    } cases[] = {
        {{.sym = SDLK_g}, true, SCREEN_KEY_G},
        {{.sym = SDLK_g, .mod = KMOD_NUM | KMOD_CAPS}, true, SCREEN_KEY_G},
        {{.sym = SDLK_g, .mod = KMOD_LCTRL}, false, 0},
        {{.sym = SDLK_d, .mod = KMOD_RALT}, false, 0},
        {{.sym = SDLK_d, .mod = KMOD_LGUI}, false, 0},
        {{.sym = SDLK_d}, true, SCREEN_KEY_D},
        {{.sym = SDLK_t}, true, SCREEN_KEY_T},
        {{.sym = SDLK_LEFT}, true, SCREEN_KEY_LEFT},
        {{.sym = SDLK_RIGHT}, true, SCREEN_KEY_RIGHT},
        {{.sym = SDLK_UP}, true, SCREEN_KEY_UP},
        {{.sym = SDLK_DOWN}, true, SCREEN_KEY_DOWN},
        {{.sym = SDLK_HOME}, true, SCREEN_KEY_HOME},
        {{.sym = SDLK_x}, false, 0},
        {{.sym = SDLK_UNKNOWN}, false, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum screen_key key = SCREEN_KEY_HOME;

        assert_int_equal(screen_sdl_key(&cases[i].sym, &key), cases[i].ours);
        if (cases[i].ours) {
            assert_int_equal(key, cases[i].key);
        }
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_grid_comes_and_goes),
        TEST(the_damage_is_marked_for_a_while),
        TEST(keys_move_the_shown_time),
        TEST(the_shown_time_has_its_night),
        TEST(a_mirror_without_window_has_no_keys),
        TEST(the_next_theme_is_all_over_the_picture),
        cmocka_unit_test(time_stays_in_this_century),
        cmocka_unit_test(the_notice_says_which_time_is_shown),
        cmocka_unit_test(names_follow_each_other),
        cmocka_unit_test(keys_of_the_desktop_are_not_ours),
    };

    return cmocka_run_group_tests_name("design", tests, NULL, NULL);
}
