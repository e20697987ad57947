#include "common/probe.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PAGE = 4096 };

/* Each fails for another reason, or does no harm, where nothing forbids it. */

static long
start_program(void) {
    char *const nothing[] = {NULL};

    return execve("/nonexistent/program", nothing, nothing);
}

static long
start_open_program(void) {
    char *const nothing[] = {NULL};

    return syscall(SYS_execveat, -1, "program", nothing, nothing, 0);
}

static long
trace_process(void) {
    return ptrace(PTRACE_PEEKDATA, -1, NULL, NULL);
}

static long
read_process(void) {
    char from = 'x';
    char to = '\0';
    struct iovec local = {&to, 1};
    struct iovec remote = {&from, 1};

    return process_vm_readv(getpid(), &local, 1, &remote, 1, 0);
}

static long
mount_something(void) {
    return mount("none", "/nonexistent", "tmpfs", 0, NULL);
}

static long
load_module(void) {
    return syscall(SYS_finit_module, -1, "", 0);
}

static long
load_kernel_program(void) {
    return syscall(SYS_bpf, -1, NULL, 0);
}

static long
open_ring(void) {
    return syscall(SYS_io_uring_setup, 0, NULL);
}

static long
search_keys(void) {
    return syscall(SYS_keyctl, -1, 0, 0, 0, 0);
}

static long
map_written_and_run(void) {
    void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (page == MAP_FAILED) {
        return -1;
    }
    return munmap(page, PAGE);
}

static long
run_written(void) {
    void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    long answer;
    int error;

    if (page == MAP_FAILED) {
        return 0;
    }
    answer = mprotect(page, PAGE, PROT_READ | PROT_EXEC);
    error = errno;
    munmap(page, PAGE);
    errno = error;
    return answer;
}

const struct probe probes_common[] = {
    {"starting a program", start_program},
    {"starting an open program", start_open_program},
    {"tracing a process", trace_process},
    {"reading a process's memory", read_process},
    {"mounting a file system", mount_something},
    {"loading a kernel module", load_module},
    {"loading a program into the kernel", load_kernel_program},
    {"system calls by a ring", open_ring},
    {"the kernel's keys", search_keys},
    {"memory to write and run", map_written_and_run},
    {"running what was written", run_written},
};
const size_t probes_common_count = sizeof probes_common / sizeof *probes_common;

long
probe_socket(int family, int type) {
    int fd = socket(family, type | SOCK_CLOEXEC, 0);

    return fd < 0 ? -1 : close(fd);
}

static bool
is_denied(const struct probe *probe) {
    return probe->attempt() < 0 &&
           (errno == EPERM || errno == EACCES || errno == ENOSYS);
}

size_t
probe_all(FILE *out, const struct probe *probes, size_t count) {
    size_t not_denied = 0;

    for (size_t i = 0; i < count; i++) {
        bool denied = is_denied(&probes[i]);

        not_denied += !denied;
        fprintf(out, "%s %s\n", denied ? "denied" : "OPEN  ", probes[i].what);
    }
    return not_denied;
}

void
probe_sum_up(FILE *out, size_t tried, size_t not_denied) {
    fprintf(out, "sandbox: %zu of %zu denied\n", tried - not_denied, tried);
}
