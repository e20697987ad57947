/*
 * The guest's initramfs in one page: loads the modules listed in /modules,
 * mounts the disk and hands over to its init. Debian's own initramfs does the
 * same under software emulation in half a minute.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { TRIES = 400, PAUSE_US = 25000 }; /* 10 s for the disk to appear */

static void
load(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0 ||
        (syscall(SYS_finit_module, fd, "", 0) != 0 && errno != EEXIST)) {
        fprintf(stderr, "init: %s: %s\n", path, strerror(errno));
    }
    if (fd >= 0) {
        close(fd);
    }
}

static void
load_all(void) {
    FILE *list = fopen("/modules", "r");
    char line[256];

    while (list != NULL && fgets(line, sizeof line, list) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        load(line);
    }
    if (list != NULL) {
        fclose(list);
    }
}

static int
mount_disk(void) {
    for (int i = 0; i < TRIES; i++) {
        if (mount("/dev/vda", "/disk", "ext4", MS_RDONLY, "") == 0) {
            return 0;
        }
        usleep(PAUSE_US);
    }
    return -1;
}

static int
hand_over(void) {
    if (mount("/dev", "/disk/dev", NULL, MS_MOVE, NULL) != 0 ||
        chdir("/disk") != 0 || mount(".", "/", NULL, MS_MOVE, NULL) != 0 ||
        chroot(".") != 0) {
        return -1;
    }
    return execl("/sbin/init", "init", (char *)NULL);
}

int
main(void) {
    mkdir("/dev", 0755);
    mkdir("/disk", 0755);
    mount("devtmpfs", "/dev", "devtmpfs", 0, "mode=0755");
    load_all();
    if (mount_disk() != 0 || hand_over() != 0) {
        perror("init");
    }
    return 1; /* the kernel panics, and says so on the serial console */
}
