/* The bare panel through what people do to it. */
#include "card_rig.h"

static const struct rect whole = {0, 0, WIDTH, HEIGHT};
static const struct rect one = {3, 5, 7, 9};
static const struct rect none = {0, 0, 0, 0};

/* What the screen said last, and whether it was opened. */
static void
assert_fails_with(struct rig *rig, const char *words) {
    assert_false(open_rig(rig));
    assert_non_null(strstr(rig->screen.said, words));
}

static void
each_failure_has_its_sentence_and_heals(void **state) {
    struct rig *rig = *state;

    card.first_card = DRM_CARDS_MAX;
    card.open_error = -ENOENT;
    assert_fails_with(rig, "no graphics card");
    assert_false(drm_card_exists(&fake_ops));
    card.open_error = -EACCES;
    assert_fails_with(rig, "group video");
    assert_true(drm_card_exists(&fake_ops));
    card.open_error = -EPERM; /* by the fence of the unit */
    assert_fails_with(rig, "group video");
    card.first_card = 0;
    resources.count_connectors = 0;
    assert_fails_with(rig, "no connectors");
    assert_false(drm_card_exists(&fake_ops));
    resources.count_connectors = 2;
    card.connectors[1].connection = DRM_MODE_DISCONNECTED;
    assert_fails_with(rig, "no display is connected");
    assert_true(drm_card_exists(&fake_ops));
    card.connectors[1].connection = DRM_MODE_CONNECTED;
    card.connectors[1].count_modes = 0;
    assert_fails_with(rig, "no usable mode");
    card.connectors[1].count_modes = 3;
    open_well(rig);
    assert_true(present(rig, whole, 0x112233));
    screen_worked(&rig->screen);
    assert_string_equal(rig->screen.said, "");
}

static void
what_cannot_tell_has_to_be_named(void **state) {
    struct rig *rig = *state;

    card.connectors[1].connection = DRM_MODE_UNKNOWNCONNECTION;
    assert_fails_with(rig, "no display is connected");
    snprintf(rig->settings.output, sizeof rig->settings.output, "HDMI-A-2");
    assert_true(open_rig(rig));
}

/* Opens and presents once, as the program does after a loss. */
static bool
try_once(struct rig *rig) {
    bool shown;

    screen_close(&rig->screen);
    canvas_finish(&rig->canvas);
    if (!open_rig(rig)) {
        return false;
    }
    assert_true(canvas_init(&rig->canvas, rig->screen.width, rig->screen.height,
                            rig->screen.depth));
    shown = present(rig, none, 0);
    if (shown) {
        screen_worked(&rig->screen);
    }
    return shown;
}

static void
a_refused_mode_gives_way_to_the_next(void **state) {
    struct rig *rig = *state;

    card.modes_refused = 1;
    assert_false(try_once(rig));
    assert_non_null(strstr(rig->screen.said, "mode"));
    assert_true(try_once(rig));
    assert_int_equal(card.width_set, 800);
    assert_string_equal(rig->screen.said, "");
    assert_true(
        rig->screen.type->check(&rig->screen, false)); /* and it stays */
}

static void
another_display_has_had_no_mode_refused(void **state) {
    struct rig *rig = *state;

    card.modes_refused = 1;
    assert_false(try_once(rig));
    assert_true(try_once(rig));
    assert_int_equal(card.width_set, 800);
    card.connectors[1].mmWidth = 320;
    card.connectors[1].mmHeight = 200;
    assert_false(rig->screen.type->check(&rig->screen, true));
    assert_true(try_once(rig));
    assert_int_equal(card.width_set, WIDTH);
}

static void
modes_that_are_all_refused_are_tried_again(void **state) {
    struct rig *rig = *state;

    card.modes_refused = 2;
    assert_false(try_once(rig));
    assert_false(try_once(rig));
    assert_false(try_once(rig)); /* 64x64 is no mode for us */
    assert_non_null(strstr(rig->screen.said, "every mode"));
    card.modes_refused = 1;
    assert_false(try_once(rig));
    assert_non_null(strstr(rig->screen.said, "every mode")); /* not said anew */
    assert_true(try_once(rig));
    assert_int_equal(card.width_set, 800);
}

static void
a_display_that_is_pulled_is_noticed(void **state) {
    struct rig *rig = *state;
    const struct screen_type *type;

    open_well(rig);
    present(rig, whole, 0x010101);
    type = rig->screen.type;
    card.connectors[1].connection = DRM_MODE_DISCONNECTED;
    assert_true(type->check(&rig->screen, false)); /* the card is not asked */
    card.connectors_hash++;
    assert_false(type->check(&rig->screen, false));
    assert_false(try_once(rig));
    assert_non_null(strstr(rig->screen.said, "no display is connected"));
    card.connectors[1].connection = DRM_MODE_CONNECTED;
    card.connectors_hash++;
    assert_true(try_once(rig));
}

static void
another_connector_is_no_concern_of_ours(void **state) {
    struct rig *rig = *state;

    open_well(rig);
    present(rig, whole, 0x010101);
    card.connectors[0].connection = DRM_MODE_CONNECTED;
    card.connectors[0].count_modes = 3;
    card.connectors[0].modes = card.modes;
    card.connectors_hash++;
    assert_true(rig->screen.type->check(&rig->screen, false));
}

static void
another_display_is_noticed_by_its_mode(void **state) {
    struct rig *rig = *state;

    open_well(rig);
    present(rig, whole, 0x010101);
    card.modes[2].type = 0;
    card.modes[1].type = DRM_MODE_TYPE_PREFERRED;
    card.connectors_hash++;
    assert_false(rig->screen.type->check(&rig->screen, false));
    assert_true(try_once(rig));
    assert_int_equal(card.width_set, 800);
}

/* Pulled and plugged in again between two looks, so that the kernel's files
 * say what they said before. */
static void
another_display_of_the_same_mode_is_noticed_when_told(void **state) {
    struct rig *rig = *state;
    const struct screen_type *type;

    open_well(rig);
    present(rig, whole, 0x010101);
    type = rig->screen.type;
    assert_true(type->check(&rig->screen, true));
    card.connectors[1].mmWidth = 320;
    card.connectors[1].mmHeight = 200;
    assert_true(type->check(&rig->screen, false));
    assert_false(type->check(&rig->screen, true));
    assert_true(try_once(rig));
    assert_true(rig->screen.width_mm == 320 && rig->screen.height_mm == 200);
    card.connectors[1].connection = DRM_MODE_DISCONNECTED;
    assert_false(type->check(&rig->screen, true));
    assert_true(type->set_power(&rig->screen, false));
    assert_true(type->check(&rig->screen, true)); /* it may only sleep */
}

/* The kernel's files say nothing new until somebody asks the display. */
static void
another_display_is_noticed_by_who_was_away(void **state) {
    struct rig *rig = *state;
    const struct screen_type *type;

    open_well(rig);
    present(rig, whole, 0x010101);
    type = rig->screen.type;
    assert_true(type->set_power(&rig->screen, false));
    assert_true(type->check(&rig->screen, true));
    assert_true(type->check(&rig->screen, false));
    assert_true(type->set_power(&rig->screen, true));
    assert_true(type->check(&rig->screen, false)); /* the plug of the same */
    card.connectors[1].mmWidth = 320;
    assert_true(type->check(&rig->screen, false)); /* once was enough */
    type->set_active(&rig->screen, false);
    assert_true(type->check(&rig->screen, true));
    assert_true(type->check(&rig->screen, false));
    type->set_active(&rig->screen, true);
    assert_false(type->check(&rig->screen, false));
}

static void
another_terminal_gets_the_card(void **state) {
    struct rig *rig = *state;
    const struct screen_type *type;

    open_well(rig);
    present(rig, whole, 0x010101);
    present(rig, one, 0x111111);
    type = rig->screen.type;
    type->set_active(&rig->screen, false);
    assert_false(card.master);
    flip_arrives(rig); /* the one that was under way */
    assert_int_equal(rig->shown, 0);
    assert_true(present(rig, one, 0x222222)); /* remembered, not shown */
    assert_int_equal(card.flips, 1);
    card.connectors_hash++;
    assert_true(type->check(&rig->screen, false));
    type->set_active(&rig->screen, true);
    assert_true(card.master);
    assert_true(present(rig, none, 0));
    assert_int_equal(card.set_crtcs, 2);
    assert_panel_shows_canvas(rig);
}

static void
a_terminal_without_its_card_waits(void **state) {
    struct rig *rig = *state;

    open_well(rig);
    present(rig, whole, 0x010101);
    rig->screen.type->set_active(&rig->screen, false);
    card.master_error = -EBUSY;
    rig->screen.type->set_active(&rig->screen, true);
    assert_true(present(rig, one, 0x222222));
    assert_int_equal(card.set_crtcs, 1);
    card.master_error = 0;
    for (int i = 0; i < 100 && rig->exposed == 0; i++) {
        assert_true(loop_turn(rig->loop, 100));
    }
    assert_true(present(rig, none, 0));
    assert_int_equal(card.set_crtcs, 2);
}

static void
a_display_sleeps_and_wakes_up_with_the_new_picture(void **state) {
    struct rig *rig = *state;
    const struct screen_type *type;

    open_well(rig);
    present(rig, whole, 0x010101);
    assert_true(card.awake);
    present(rig, one, 0x111111);
    type = rig->screen.type;
    assert_true(type->set_power(&rig->screen, false));
    assert_false(card.awake);
    assert_true(present(rig, one, 0x222222));
    assert_int_equal(card.set_crtcs, 1);
    card.connectors[1].connection = DRM_MODE_DISCONNECTED;
    card.connectors_hash++;
    assert_true(
        type->check(&rig->screen, false)); /* a television that sleeps */
    assert_true(type->set_power(&rig->screen, true));
    assert_false(card.awake); /* not before there is a picture */
    assert_true(present(rig, none, 0));
    assert_true(card.awake);
    assert_int_equal(card.set_crtcs, 2);
    assert_panel_shows_canvas(rig);
}

static void
asleep_through_another_terminal(void **state) {
    struct rig *rig = *state;
    const struct screen_type *type;

    open_well(rig);
    present(rig, whole, 0x010101);
    type = rig->screen.type;
    assert_true(type->set_power(&rig->screen, false));
    type->set_active(&rig->screen, false);
    card.awake = true; /* by whoever has the card now */
    type->set_active(&rig->screen, true);
    assert_false(card.awake);
    type->set_active(&rig->screen, false);
    assert_true(type->set_power(&rig->screen, true));
    assert_true(type->set_power(&rig->screen, false)); /* not ours to do */
    card.dpms_error = -EINVAL;
    type->set_active(&rig->screen, true);
    assert_false(type->set_power(&rig->screen, false));
}

/* A folder as the kernel has it, with one connector. */
static void
write_file(const char *folder, const char *name, const char *text) {
    char path[128];
    FILE *file;

    snprintf(path, sizeof path, "%s/card0-HDMI-A-1/%s", folder, name);
    file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void
the_kernels_files_are_one_number(void **state) {
    char folder[] = "/tmp/mirror-drm-XXXXXX";
    char path[128];
    uint32_t before, after;

    (void)state;
    assert_int_equal(drm_connectors_hash("/nowhere"), 0);
    assert_non_null(mkdtemp(folder));
    assert_int_equal(drm_connectors_hash(folder), 0);
    snprintf(path, sizeof path, "%s/card0", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(drm_connectors_hash(folder), 0); /* no connector */
    rmdir(path);
    snprintf(path, sizeof path, "%s/card0-HDMI-A-1", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    before = drm_connectors_hash(folder);
    write_file(folder, "status", "connected\n");
    write_file(folder, "modes", "1920x1080\n");
    after = drm_connectors_hash(folder);
    assert_int_not_equal(after, before);
    assert_int_equal(drm_connectors_hash(folder), after);
    write_file(folder, "modes", "1280x720\n");
    assert_int_not_equal(drm_connectors_hash(folder), after);
    write_file(folder, "modes", "1920x1080\n");
    write_file(folder, "status", "disconnected\n");
    assert_int_not_equal(drm_connectors_hash(folder), after);
    snprintf(path, sizeof path, "rm -r %s", folder);
    assert_int_equal(system(path), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void) {
    const struct CMUnitTest tests[] = {
        TEST(each_failure_has_its_sentence_and_heals),
        TEST(what_cannot_tell_has_to_be_named),
        TEST(a_refused_mode_gives_way_to_the_next),
        TEST(another_display_has_had_no_mode_refused),
        TEST(modes_that_are_all_refused_are_tried_again),
        TEST(a_display_that_is_pulled_is_noticed),
        TEST(another_connector_is_no_concern_of_ours),
        TEST(another_display_is_noticed_by_its_mode),
        TEST(another_display_of_the_same_mode_is_noticed_when_told),
        TEST(another_display_is_noticed_by_who_was_away),
        TEST(another_terminal_gets_the_card),
        TEST(a_terminal_without_its_card_waits),
        TEST(a_display_sleeps_and_wakes_up_with_the_new_picture),
        TEST(asleep_through_another_terminal),
        cmocka_unit_test(the_kernels_files_are_one_number),
    };

    return cmocka_run_group_tests_name("screen_drm_keep", tests, NULL, NULL);
}
