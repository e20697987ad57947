#include "render/deny_list.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "common/log.h"
#include "common/probe.h"
#include "common/syscall_filter.h"
#include "render/usage.h"

static const int denied[] = {
    /* being contacted */
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(listen),
    /* programs, and a root of their own */
    SCMP_SYS(chroot),
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(pivot_root),
    SCMP_SYS(setns),
    SCMP_SYS(unshare),
    /* other processes */
    SCMP_SYS(kcmp),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(process_madvise),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(ptrace),
    /* file systems */
    SCMP_SYS(fsconfig),
    SCMP_SYS(fsmount),
    SCMP_SYS(fsopen),
    SCMP_SYS(fspick),
    SCMP_SYS(mount),
    SCMP_SYS(mount_setattr),
    SCMP_SYS(move_mount),
    SCMP_SYS(name_to_handle_at),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(open_tree),
    SCMP_SYS(quotactl),
    SCMP_SYS(swapoff),
    SCMP_SYS(swapon),
    SCMP_SYS(umount2),
    /* the kernel */
    SCMP_SYS(acct),
    SCMP_SYS(add_key),
    SCMP_SYS(bpf),
    SCMP_SYS(clock_settime),
    SCMP_SYS(clock_settime64),
    SCMP_SYS(delete_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(init_module),
    SCMP_SYS(io_uring_enter),
    SCMP_SYS(io_uring_register),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(kexec_file_load),
    SCMP_SYS(kexec_load),
    SCMP_SYS(keyctl),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(personality),
    SCMP_SYS(reboot),
    SCMP_SYS(request_key),
    SCMP_SYS(sethostname),
    SCMP_SYS(settimeofday),
    SCMP_SYS(syslog),
    SCMP_SYS(userfaultfd),
};

/* AF_UNIX is 1; all others (there are 46) have a higher bit. */
static const struct syscall_rule sockets[] = {
    {SCMP_SYS(socket), {ARG_HAS(0, 2, 2)}},
    {SCMP_SYS(socket), {ARG_HAS(0, 4, 4)}},
    {SCMP_SYS(socket), {ARG_HAS(0, 8, 8)}},
    {SCMP_SYS(socket), {ARG_HAS(0, 16, 16)}},
    {SCMP_SYS(socket), {ARG_HAS(0, 32, 32)}},
};

enum { WRITE_EXEC = PROT_WRITE | PROT_EXEC };

static const struct syscall_rule code[] = {
    {SCMP_SYS(mmap), {ARG_HAS(2, WRITE_EXEC, WRITE_EXEC)}},
    {SCMP_SYS(mmap2), {ARG_HAS(2, WRITE_EXEC, WRITE_EXEC)}},
    {SCMP_SYS(mprotect), {ARG_HAS(2, PROT_EXEC, PROT_EXEC)}},
    {SCMP_SYS(pkey_mprotect), {ARG_HAS(2, PROT_EXEC, PROT_EXEC)}},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

bool
deny_list_apply(bool window) {
    const struct syscall_rules tables[] = {
        {SCMP_ACT_ERRNO(EPERM), denied, COUNT(denied), sockets, COUNT(sockets)},
        {SCMP_ACT_ERRNO(EPERM), NULL, 0, code, COUNT(code)},
    };
    int error;

    if (SYSCALL_FILTER_SANITIZED) {
        log_info("sandbox: none in a build with sanitizers");
        return true;
    }
    error = syscall_filter_apply(SCMP_ACT_ALLOW, tables,
                                 window ? COUNT(tables) - 1 : COUNT(tables));
    if (error != 0) {
        log_warning("sandbox: seccomp: %s", strerror(error));
    }
    return error == 0;
}

static long
open_internet_socket(void) {
    return probe_socket(AF_INET, SOCK_STREAM);
}

static long
open_internet6_socket(void) {
    return probe_socket(AF_INET6, SOCK_DGRAM);
}

static long
open_netlink_socket(void) {
    return probe_socket(AF_NETLINK, SOCK_RAW);
}

static long
open_packet_socket(void) {
    return probe_socket(AF_PACKET, SOCK_DGRAM);
}

static long
listen_for_others(void) {
    return listen(-1, 1);
}

int
deny_list_selftest(void) {
    static const struct probe probes[] = {
        {"internet sockets", open_internet_socket},
        {"internet sockets, IPv6", open_internet6_socket},
        {"the network's state", open_netlink_socket},
        {"packet sockets", open_packet_socket},
        {"listening", listen_for_others},
    };
    size_t count = COUNT(probes);
    size_t not_denied;

    if (!deny_list_apply(false)) {
        return EXIT_SYSTEM;
    }
    not_denied = probe_all(stdout, probes, count) +
                 probe_all(stdout, probes_common, probes_common_count);
    probe_sum_up(stdout, count + probes_common_count, not_denied);
    return not_denied == 0 ? EXIT_STOPPED : 1;
}
