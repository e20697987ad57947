/* What the running mirror does about its display, over one that is only a
 * table. */
#include "unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/log.h"
#include "render/app_private.h"

static struct {
    bool there, active;
    int checks, told, presents;
} display;

static bool
fake_check(struct screen *screen, bool told) {
    (void)screen;
    display.checks++;
    display.told += told;
    return display.there;
}

static void
fake_active(struct screen *screen, bool active) {
    (void)screen;
    display.active = active;
}

static bool
fake_power(struct screen *screen, bool on) {
    (void)screen;
    (void)on;
    return true;
}

static bool
fake_present(struct screen *screen, const struct canvas *canvas,
             pixman_region32_t *damage) {
    (void)screen;
    (void)canvas;
    (void)damage;
    display.presents++;
    return display.there;
}

static const struct screen_type fake_type = {
    .name = "fake",
    .present = fake_present,
    .check = fake_check,
    .set_active = fake_active,
    .set_power = fake_power,
};

struct rig {
    struct app app;
    int retries;
};

static void
on_retry(void *arg) {
    struct rig *rig = arg;

    rig->retries++;
}

static int
setup(void **state) {
    struct rig *rig = calloc(1, sizeof *rig);

    log_open("test", LOG_LEVEL_NONE);
    memset(&display, 0, sizeof display);
    if (rig == NULL) {
        return -1;
    }
    display.there = display.active = true;
    rig->app.loop = loop_create();
    rig->app.retry = (struct loop_timer){.fn = on_retry, .arg = rig};
    rig->app.watch =
        (struct loop_timer){.fn = app_on_screen_watch, .arg = &rig->app};
    rig->app.screen.type = &fake_type;
    rig->app.shown = true;
    pixman_region32_init(&rig->app.frame.damage);
    *state = rig;
    return rig->app.loop != NULL ? 0 : -1;
}

static int
teardown(void **state) {
    struct rig *rig = *state;

    pixman_region32_fini(&rig->app.frame.damage);
    loop_destroy(rig->app.loop);
    free(rig);
    return 0;
}

/* How often it would be opened again at once. */
static int
retries_now(struct rig *rig) {
    rig->retries = 0;
    assert_true(loop_turn(rig->app.loop, 0));
    assert_true(loop_turn(rig->app.loop, 0));
    return rig->retries;
}

static void
a_display_that_is_gone_is_opened_again(void **state) {
    struct rig *rig = *state;

    app_present(&rig->app);
    assert_true(rig->app.screen_shown);
    app_on_screen_watch(&rig->app);
    assert_int_equal(retries_now(rig), 0);
    display.there = false;
    app_on_screen_watch(&rig->app);
    assert_int_equal(retries_now(rig), 1);
    assert_int_equal(display.checks, 2);
    rig->app.screen.type = NULL; /* while there is none nobody looks */
    app_on_screen_watch(&rig->app);
    assert_int_equal(retries_now(rig), 0);
    assert_int_equal(display.checks, 2);
}

static void
a_plug_that_moves_is_looked_at_at_once(void **state) {
    struct rig *rig = *state;

    app_present(&rig->app);
    app_on_plug(&rig->app, SIGWINCH);
    assert_int_equal(display.told, 1);
    assert_int_equal(retries_now(rig), 0);
    display.there = false;
    app_on_plug(&rig->app, SIGWINCH);
    assert_int_equal(display.told, 2);
    assert_int_equal(retries_now(rig), 1);
    rig->app.screen.type = NULL; /* while one is waited for */
    loop_set_timer(rig->app.loop, &rig->app.retry, INT64_MAX - 1);
    assert_int_equal(retries_now(rig), 0);
    app_on_plug(&rig->app, SIGWINCH);
    assert_int_equal(retries_now(rig), 1);
    assert_int_equal(display.told, 2);
    app_on_plug(&rig->app, SIGWINCH); /* nobody waits, nothing is there */
    assert_int_equal(retries_now(rig), 0);
}

/* A television that wakes up looks unplugged for a while. */
static void
one_that_wakes_up_has_half_a_minute(void **state) {
    struct rig *rig = *state;
    int64_t now_ms = clock_monotonic_ms();

    rig->app.asleep = true;
    loop_set_timer(rig->app.loop, &rig->app.watch, now_ms + 1000);
    app_update_power(&rig->app);
    assert_false(rig->app.asleep);
    assert_int_equal(display.presents, 1);
    assert_true(rig->app.watch.armed);
    assert_true(rig->app.watch.due_ms >= now_ms + 30000);
}

/* At a boot the rule that lets us write it may run after we wanted to. */
static void
a_backlight_that_comes_later_is_dark_at_night(void **state) {
    struct rig *rig = *state;
    char folder[] = "/tmp/mirror-lamp-XXXXXX", lamp[64], path[96];
    FILE *file;

    assert_non_null(mkdtemp(folder));
    snprintf(lamp, sizeof lamp, "%s/panel", folder);
    snprintf(path, sizeof path, "%s/bl_power", lamp);
    assert_int_equal(mkdir(lamp, 0700), 0);
    file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    rig->app.screen.backlights = folder;
    app_on_plug(&rig->app, SIGWINCH);
    file = fopen(path, "re");
    assert_int_equal(fgetc(file), EOF); /* it is day */
    fclose(file);
    rig->app.asleep = true;
    app_on_plug(&rig->app, SIGWINCH);
    file = fopen(path, "re");
    assert_int_equal(fgetc(file), '4');
    fclose(file);
    unlink(path);
    rmdir(lamp);
    rmdir(folder);
}

static void
a_window_is_not_asked_about_plugs(void **state) {
    struct rig *rig = *state;

    rig->app.screen.type = &screen_sdl;
    app_on_plug(&rig->app, SIGWINCH); /* its terminal was resized */
    assert_int_equal(retries_now(rig), 0);
    rig->app.screen.type = &fake_type;
}

static void
one_that_never_worked_is_not_hurried(void **state) {
    struct rig *rig = *state;

    display.there = false;
    for (int i = 0; i < 10; i++) {
        app_present(&rig->app);
        assert_int_equal(retries_now(rig), 0);
    }
    assert_true(rig->app.retry.armed);
    rig->app.screen.refused_modes = 1; /* there is another one to try */
    app_present(&rig->app);
    assert_int_equal(retries_now(rig), 1);
    rig->app.screen.refused_modes = 0;
    rig->app.screen.refused_16 = true; /* but it has 32 already */
    app_present(&rig->app);
    assert_int_equal(retries_now(rig), 0);
    rig->app.screen.depth = DEPTH_16; /* there is 32 to try */
    app_present(&rig->app);
    assert_int_equal(retries_now(rig), 1);
    app_change_screen(&rig->app); /* somebody wants it */
    assert_int_equal(retries_now(rig), 1);
}

/* Each second may draw, and fail. */
static void
a_try_that_is_due_is_not_put_off(void **state) {
    struct rig *rig = *state;
    int64_t due_ms = clock_monotonic_ms() + 2000;

    display.there = false;
    loop_set_timer(rig->app.loop, &rig->app.retry, due_ms);
    app_present(&rig->app);
    assert_int_equal(rig->app.retry.due_ms, due_ms);
    rig->app.screen_shown = true;
    app_present(&rig->app);
    assert_int_equal(retries_now(rig), 1);
}

/* Of another output no mode has been refused yet. */
static void
a_screen_that_is_wanted_starts_anew(void **state) {
    struct rig *rig = *state;

    rig->app.screen.refused_modes = 2;
    app_change_screen(&rig->app);
    assert_int_equal(rig->app.screen.refused_modes, 0);
    assert_int_equal(retries_now(rig), 1);
}

static void
another_terminal_and_back(void **state) {
    struct rig *rig = *state;

    app_on_console(&rig->app, false);
    assert_true(rig->app.away);
    assert_false(display.active);
    assert_int_equal(display.presents, 0);
    app_on_console(&rig->app, true);
    assert_true(display.active);
    assert_int_equal(display.presents, 1); /* the picture of now */
    assert_int_equal(display.checks, 1);
    app_on_console(&rig->app, false);
    display.there = false; /* pulled by who was there */
    app_on_console(&rig->app, true);
    assert_int_equal(display.presents, 1);
    assert_true(rig->app.retry.armed);
    rig->app.screen.type = NULL;
    app_on_console(&rig->app, false); /* remembered for the next one */
    assert_true(rig->app.away);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_display_that_is_gone_is_opened_again),
        TEST(a_plug_that_moves_is_looked_at_at_once),
        TEST(one_that_wakes_up_has_half_a_minute),
        TEST(a_backlight_that_comes_later_is_dark_at_night),
        TEST(a_window_is_not_asked_about_plugs),
        TEST(one_that_never_worked_is_not_hurried),
        TEST(a_try_that_is_due_is_not_put_off),
        TEST(a_screen_that_is_wanted_starts_anew),
        TEST(another_terminal_and_back),
    };

    return cmocka_run_group_tests_name("app_screen", tests, NULL, NULL);
}
