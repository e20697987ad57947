/* The virtual terminal over one that exists only here. */
#include "unit.h"

#include <errno.h>
#include <linux/kd.h>
#include <linux/vt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/log.h"
#include "render/console.h"

enum { NUMBER = 1 };

/* The calls carry no argument for it, so it is the one global of this test. */
static struct {
    int number;
    int mode;
    struct vt_mode switching;
    unsigned short seen;
    unsigned long refused; /* this request fails */
    int answer;            /* of VT_RELDISP */
} terminal;

static int
fake_number(int fd) {
    assert_int_equal(fd, STDIN_FILENO);
    return terminal.number;
}

static int
fake_control(int fd, unsigned long request, uintptr_t argument) {
    assert_int_equal(fd, STDIN_FILENO);
    if (request == terminal.refused) {
        errno = EPERM;
        return -1;
    }
    switch (request) {
    case KDSETMODE: terminal.mode = (int)argument; break;
    case VT_SETMODE: terminal.switching = *(struct vt_mode *)argument; break;
    case VT_GETSTATE:
        *(struct vt_stat *)argument =
            (struct vt_stat){.v_active = terminal.seen};
        break;
    case VT_RELDISP: terminal.answer = (int)argument; break;
    default: fail();
    }
    return 0;
}

static const struct console_ops fake_ops = {fake_number, fake_control};

struct rig {
    struct console console;
    int shown, hidden;
    int answer_before; /* when told to let go */
};

static void
on_console(void *arg, bool active) {
    struct rig *rig = arg;

    rig->shown += active;
    rig->hidden += !active;
    rig->answer_before = terminal.answer;
}

static int
setup(void **state) {
    struct rig *rig = calloc(1, sizeof *rig);

    log_open("test", LOG_LEVEL_NONE);
    memset(&terminal, 0, sizeof terminal);
    terminal.number = terminal.seen = NUMBER;
    terminal.mode = KD_TEXT;
    terminal.switching.mode = VT_AUTO;
    terminal.answer = -1;
    if (rig == NULL) {
        return -1;
    }
    rig->console.ops = &fake_ops;
    rig->console.fn = on_console;
    rig->console.arg = rig;
    rig->console.loop = loop_create();
    *state = rig;
    return rig->console.loop != NULL ? 0 : -1;
}

static int
teardown(void **state) {
    struct rig *rig = *state;

    loop_destroy(rig->console.loop);
    free(rig);
    return 0;
}

static void
the_kernel_sends(struct rig *rig, int number) {
    assert_int_equal(kill(getpid(), number), 0);
    assert_true(loop_turn(rig->console.loop, 0));
}

static void
taken_and_given_back(void **state) {
    struct rig *rig = *state;

    console_take(&rig->console);
    assert_int_equal(terminal.mode, KD_GRAPHICS);
    assert_int_equal(terminal.switching.mode, VT_PROCESS);
    assert_int_equal(rig->hidden, 0);
    console_take(&rig->console); /* once is enough */
    console_release(&rig->console);
    assert_int_equal(terminal.mode, KD_TEXT);
    assert_int_equal(terminal.switching.mode, VT_AUTO);
    terminal.mode = KD_GRAPHICS; /* somebody else's by now */
    console_release(&rig->console);
    assert_int_equal(terminal.mode, KD_GRAPHICS);
}

static void
what_a_crash_left_is_not_restored(void **state) {
    struct rig *rig = *state;

    terminal.mode = KD_GRAPHICS;
    terminal.switching.mode = VT_PROCESS;
    console_take(&rig->console);
    console_release(&rig->console);
    assert_int_equal(terminal.mode, KD_TEXT);
    assert_int_equal(terminal.switching.mode, VT_AUTO);
}

static void
switched_away_and_back(void **state) {
    struct rig *rig = *state;

    console_take(&rig->console);
    the_kernel_sends(rig, terminal.switching.relsig);
    assert_int_equal(rig->hidden, 1);
    assert_int_equal(rig->answer_before, -1); /* not before we let go */
    assert_int_equal(terminal.answer, 1);
    the_kernel_sends(rig, terminal.switching.acqsig);
    assert_int_equal(rig->shown, 1);
    assert_int_equal(rig->answer_before, VT_ACKACQ);
    console_release(&rig->console);
    terminal.answer = -1;
    the_kernel_sends(rig, SIGUSR1); /* late, and without effect */
    assert_int_equal(terminal.answer, -1);
    assert_int_equal(rig->hidden, 1);
}

/* A signal that the kernel did not send: it has nothing to be told. */
static void
a_stray_signal_takes_nothing_away(void **state) {
    struct rig *rig = *state;

    console_take(&rig->console);
    terminal.refused = VT_RELDISP;
    the_kernel_sends(rig, SIGUSR1);
    assert_int_equal(rig->hidden, 1);
    assert_int_equal(rig->shown, 1);
    terminal.refused = 0;
    the_kernel_sends(rig, terminal.switching.relsig);
    terminal.refused = VT_RELDISP;
    the_kernel_sends(rig, SIGUSR1);
    assert_int_equal(rig->shown, 1);
}

static void
started_behind_another_one(void **state) {
    struct rig *rig = *state;

    terminal.seen = NUMBER + 1;
    console_take(&rig->console);
    assert_int_equal(rig->hidden, 1);
    assert_int_equal(terminal.mode, KD_GRAPHICS);
}

static void
what_is_not_ours_is_left_alone(void **state) {
    static const unsigned long refused[] = {VT_GETSTATE, VT_SETMODE, KDSETMODE};
    struct rig *rig = *state;

    terminal.number = 0; /* a pipe, or a terminal emulator */
    console_take(&rig->console);
    assert_int_equal(terminal.mode, KD_TEXT);
    terminal.number = NUMBER;
    for (size_t i = 0; i < COUNT(refused); i++) {
        terminal.refused = refused[i];
        console_take(&rig->console);
        assert_int_equal(terminal.mode, KD_TEXT);
        assert_int_equal(terminal.switching.mode, VT_AUTO);
    }
    terminal.refused = 0;
    console_take(&rig->console);
    assert_int_equal(terminal.mode, KD_GRAPHICS);
}

static void
no_file_is_a_terminal(void **state) {
    int fds[2];

    (void)state;
    assert_int_equal(pipe(fds), 0);
    assert_int_equal(console_system_ops.number(fds[0]), 0);
    assert_int_equal(console_system_ops.number(-1), 0);
    assert_int_equal(console_system_ops.control(fds[0], VT_RELDISP, VT_ACKACQ),
                     -1);
    close(fds[0]);
    close(fds[1]);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void) {
    const struct CMUnitTest tests[] = {
        TEST(taken_and_given_back),
        TEST(what_a_crash_left_is_not_restored),
        TEST(switched_away_and_back),
        TEST(a_stray_signal_takes_nothing_away),
        TEST(started_behind_another_one),
        TEST(what_is_not_ours_is_left_alone),
        cmocka_unit_test(no_file_is_a_terminal),
    };

    return cmocka_run_group_tests_name("console", tests, NULL, NULL);
}
