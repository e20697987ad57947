#include "render/console.h"

#include <linux/kd.h>
#include <linux/major.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "common/log.h"

/* What the kernel sends when it wants to switch, and when it has. */
enum { RELEASE_SIGNAL = SIGUSR1, ACQUIRE_SIGNAL = SIGUSR2, GO_AHEAD = 1 };

static int
terminal_number(int fd) {
    struct stat info;

    if (fstat(fd, &info) != 0 || !S_ISCHR(info.st_mode) ||
        major(info.st_rdev) != TTY_MAJOR ||
        minor(info.st_rdev) > MAX_NR_CONSOLES) {
        return 0;
    }
    return (int)minor(info.st_rdev);
}

static int
control_terminal(int fd, unsigned long request, uintptr_t argument) {
    return ioctl(fd, request, argument);
}

const struct console_ops console_system_ops = {
    .number = terminal_number,
    .control = control_terminal,
};

static bool
set(const struct console *console, unsigned long request, uintptr_t argument) {
    return console->ops->control(STDIN_FILENO, request, argument) == 0;
}

static void
on_release(void *arg, int number) {
    struct console *console = arg;

    (void)number;
    if (!console->taken) {
        return;
    }
    console->fn(console->arg, false);
    /* It refuses where it has not asked: then somebody else sent the signal. */
    if (set(console, VT_RELDISP, GO_AHEAD)) {
        console->seen = false;
    } else if (console->seen) {
        console->fn(console->arg, true);
    }
}

static void
on_acquire(void *arg, int number) {
    struct console *console = arg;

    (void)number;
    if (console->taken) {
        set(console, VT_RELDISP, VT_ACKACQ);
        console->seen = true;
        console->fn(console->arg, true);
    }
}

static bool
listen_to(struct console *console) {
    if (!console->listening) {
        console->listening =
            loop_add_signal(console->loop, RELEASE_SIGNAL, on_release,
                            console) &&
            loop_add_signal(console->loop, ACQUIRE_SIGNAL, on_acquire, console);
    }
    return console->listening;
}

static bool
read_state(struct console *console, bool *ret_seen) {
    struct vt_stat state;

    if (!set(console, VT_GETSTATE, (uintptr_t)&state)) {
        return false;
    }
    *ret_seen = state.v_active == console->ops->number(STDIN_FILENO);
    return true;
}

static void
switch_by_itself(const struct console *console) {
    struct vt_mode mode = {.mode = VT_AUTO};

    set(console, VT_SETMODE, (uintptr_t)&mode);
}

/* First who decides about switching: the kernel ignores the keys on a terminal
 * with graphics that nobody would hand over. */
static bool
set_graphics(struct console *console) {
    struct vt_mode asks = {
        .mode = VT_PROCESS,
        .relsig = RELEASE_SIGNAL,
        .acqsig = ACQUIRE_SIGNAL,
    };

    if (!set(console, VT_SETMODE, (uintptr_t)&asks)) {
        return false;
    }
    if (!set(console, KDSETMODE, KD_GRAPHICS)) {
        switch_by_itself(console);
        return false;
    }
    return true;
}

void
console_take(struct console *console) {
    bool seen;

    if (console->taken || console->ops->number(STDIN_FILENO) == 0 ||
        !listen_to(console)) {
        return;
    }
    if (!read_state(console, &seen) || !set_graphics(console)) {
        log_warning_errno("console: text may appear on the panel");
        return;
    }
    console->taken = true;
    console->seen = seen;
    if (!seen) {
        console->fn(console->arg, false);
    }
}

void
console_release(struct console *console) {
    if (!console->taken) {
        return;
    }
    console->taken = false;
    set(console, KDSETMODE, KD_TEXT);
    switch_by_itself(console);
}
