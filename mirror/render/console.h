/*
 * The virtual terminal below a bare panel. While it is ours the kernel draws
 * neither text nor a cursor on it, and asks before it shows another one, so
 * that Ctrl-Alt-F2 gives a login to the person who debugs.
 */
#ifndef MIRROR_RENDER_CONSOLE_H
#define MIRROR_RENDER_CONSOLE_H

#include <linux/vt.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/loop.h"

/* The system calls, so that tests need no terminal. */
struct console_ops {
    int (*number)(int fd); /* of the virtual terminal; 0: it is none */
    int (*control)(int fd, unsigned long request, uintptr_t argument); /* ioctl;
                                                         0 or -1 and errno */
};

extern const struct console_ops console_system_ops;

/* Another terminal is about to be seen (false): let go of the display before
 * returning; or ours is seen again. */
typedef void (*console_fn)(void *arg, bool active);

/* Zeroed: none was taken. The owner sets the first four. */
struct console {
    const struct console_ops *ops;
    struct loop *loop;
    console_fn fn;
    void *arg;
    bool listening; /* private from here on */
    bool taken;
    bool seen; /* ours, and no other */
};

/*
 * Takes the terminal on standard input, if it is a virtual one and ours to
 * control; systemd gives a unit its own by TTYPath=. `fn` is called at once if
 * another one is seen. Without one, or when it is taken already, nothing
 * happens.
 */
void
console_take(struct console *console);

/* Back to text and to switching by itself, whatever was found: that may be
 * what one that was killed had left behind. */
void
console_release(struct console *console);

#endif
