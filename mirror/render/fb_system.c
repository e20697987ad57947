/* The system calls below the screen "fbdev". */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "render/fb_format.h"

int
fb_open_alone(const char *path) {
    int fd = open(path, O_RDWR | O_CLOEXEC);
    int error;

    if (fd < 0) {
        return -errno;
    }
    /* Let go when the descriptor closes, however the program ends. */
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
        return fd;
    }
    error = errno == EWOULDBLOCK ? -EBUSY : -errno;
    close(fd);
    return error;
}

static int
open_framebuffer(void) {
    return fb_open_alone("/dev/fb0");
}

static void
close_framebuffer(int fd) {
    close(fd);
}

static int
get_var(int fd, struct fb_var_screeninfo *ret_var) {
    return ioctl(fd, FBIOGET_VSCREENINFO, ret_var) < 0 ? -errno : 0;
}

static int
get_fix(int fd, struct fb_fix_screeninfo *ret_fix) {
    return ioctl(fd, FBIOGET_FSCREENINFO, ret_fix) < 0 ? -errno : 0;
}

static void *
map(int fd, size_t size) {
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

    return memory != MAP_FAILED ? memory : NULL;
}

static void
unmap(void *memory, size_t size) {
    munmap(memory, size);
}

static int
blank(int fd, bool on) {
    int level = on ? FB_BLANK_UNBLANK : FB_BLANK_POWERDOWN;

    return ioctl(fd, FBIOBLANK, level) < 0 ? -errno : 0;
}

const struct fb_ops fb_system_ops = {
    .open = open_framebuffer,
    .close = close_framebuffer,
    .get_var = get_var,
    .get_fix = get_fix,
    .map = map,
    .unmap = unmap,
    .blank = blank,
};
