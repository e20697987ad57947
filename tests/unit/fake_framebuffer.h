/* A framebuffer that exists only here. For test_screen_fbdev.c alone. */
#ifndef TESTS_UNIT_FAKE_FRAMEBUFFER_H
#define TESTS_UNIT_FAKE_FRAMEBUFFER_H

#include "unit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "render/screen_fbdev.h"

enum { WIDTH = 200, HEIGHT = 180, MEMORY = 512 * 1024, FD = 42 };

/* The calls carry no argument for it, so it is the one global of this test. */
static struct {
    struct fb_var_screeninfo var;
    struct fb_fix_screeninfo fix;
    int open_error, get_error, blank_error;
    bool no_memory, blanked;
    int opened, mapped;
    unsigned char memory[MEMORY];
} device;

static int
fake_open(void) {
    if (device.open_error != 0) {
        return device.open_error;
    }
    device.opened++;
    return FD;
}

static void
fake_close(int fd) {
    assert_int_equal(fd, FD);
    device.opened--;
}

static int
fake_var(int fd, struct fb_var_screeninfo *ret_var) {
    assert_int_equal(fd, FD);
    *ret_var = device.var;
    return device.get_error;
}

static int
fake_fix(int fd, struct fb_fix_screeninfo *ret_fix) {
    assert_int_equal(fd, FD);
    *ret_fix = device.fix;
    return 0;
}

static void *
fake_map(int fd, size_t size) {
    assert_int_equal(fd, FD);
    assert_true(size <= device.fix.smem_len);
    if (device.no_memory) {
        errno = ENOMEM;
        return NULL;
    }
    device.mapped++;
    return device.memory;
}

static void
fake_unmap(void *memory, size_t size) {
    assert_ptr_equal(memory, device.memory);
    assert_true(size <= device.fix.smem_len);
    device.mapped--;
}

static int
fake_blank(int fd, bool on) {
    assert_int_equal(fd, FD);
    if (device.blank_error == 0) {
        device.blanked = !on;
    }
    return device.blank_error;
}

static const struct fb_ops fake_ops = {
    .open = fake_open,
    .close = fake_close,
    .get_var = fake_var,
    .get_fix = fake_fix,
    .map = fake_map,
    .unmap = fake_unmap,
    .blank = fake_blank,
};

#endif
