/* The list comes from traces of whole runs with the libraries of Debian 12 and
 * 13 on amd64, and of Debian 12 on arm64 and armhf; tests/e2e/test_sandbox.py
 * takes them anew. Names that a processor does not have are passed over. */
#include "fetch/sandbox_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/syscall_filter.h"

/* As linux/in6.h has it, which cannot be included beside netinet/in.h. */
#ifndef IPV6_RECVERR
#define IPV6_RECVERR 25
#endif

static const int plain[] = {
    /* memory */
    SCMP_SYS(brk),
    SCMP_SYS(madvise),
    SCMP_SYS(mremap),
    SCMP_SYS(munmap),
    /* threads: the resolver's */
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(futex),
    SCMP_SYS(futex_time64),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(rseq),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_yield),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(sigreturn),
    /* time */
    SCMP_SYS(adjtimex), /* without privileges it only asks */
    SCMP_SYS(clock_adjtime),
    SCMP_SYS(clock_adjtime64),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_gettime64),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(clock_nanosleep_time64),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(nanosleep),
    SCMP_SYS(timerfd_settime),
    SCMP_SYS(timerfd_settime64),
    /* files */
    SCMP_SYS(_llseek),
    SCMP_SYS(access),
    SCMP_SYS(close),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(fstat),
    SCMP_SYS(fstat64),
    SCMP_SYS(fstatat64),
    SCMP_SYS(lseek),
    SCMP_SYS(newfstatat),
    SCMP_SYS(read),
    SCMP_SYS(statx),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    /* waiting */
    SCMP_SYS(eventfd2),
    SCMP_SYS(pipe2),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(ppoll_time64),
    /* connections */
    SCMP_SYS(connect),
    SCMP_SYS(getpeername),
    SCMP_SYS(getsockname),
    SCMP_SYS(getsockopt),
    SCMP_SYS(recv),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(send),
    SCMP_SYS(sendmmsg),
    SCMP_SYS(sendmsg),
    SCMP_SYS(sendto),
    SCMP_SYS(shutdown),
    /* the rest */
    SCMP_SYS(geteuid),
    SCMP_SYS(geteuid32),
    SCMP_SYS(getrandom),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
};

enum {
    /* What pthread_create() asks for and what a process would: fork(2) has
     * none of the former, a container one of the latter. */
    THREAD = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD,
    NEW_NAMESPACES = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS |
                     CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET,
    /* Whether a file is opened to be changed. O_TMPFILE without the
     * O_DIRECTORY that is in it. */
    CHANGE = O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY),
    SOCKET_TYPE = ~(SOCK_CLOEXEC | SOCK_NONBLOCK),
};

#define SOCKET_OF(family, type)                                                \
    {                                                                          \
        SCMP_SYS(socket), {                                                    \
            ARG_IS(0, family), ARG_HAS(1, SOCKET_TYPE, type)                   \
        }                                                                      \
    }
#define SETS(level, option)                                                    \
    {                                                                          \
        SCMP_SYS(setsockopt), {                                                \
            ARG_IS(1, level), ARG_IS(2, option)                                \
        }                                                                      \
    }

static const struct syscall_rule by_argument[] = {
    /* Nothing runs that is not loaded yet. */
    {SCMP_SYS(mmap), {ARG_HAS(2, PROT_EXEC, 0)}},
    {SCMP_SYS(mmap2), {ARG_HAS(2, PROT_EXEC, 0)}},
    {SCMP_SYS(mprotect), {ARG_HAS(2, PROT_EXEC, 0)}},
    {SCMP_SYS(clone), {ARG_HAS(0, THREAD | NEW_NAMESPACES, THREAD)}},
    {SCMP_SYS(openat), {ARG_HAS(2, CHANGE, O_RDONLY)}},
    {SCMP_SYS(fcntl), {ARG_IS(1, F_GETFD)}},
    {SCMP_SYS(fcntl), {ARG_IS(1, F_SETFD)}},
    {SCMP_SYS(fcntl), {ARG_IS(1, F_GETFL)}},
    {SCMP_SYS(fcntl), {ARG_IS(1, F_SETFL)}},
    {SCMP_SYS(fcntl), {ARG_IS(1, F_DUPFD_CLOEXEC)}},
    {SCMP_SYS(fcntl64), {ARG_IS(1, F_GETFD)}},
    {SCMP_SYS(fcntl64), {ARG_IS(1, F_SETFD)}},
    {SCMP_SYS(fcntl64), {ARG_IS(1, F_GETFL)}},
    {SCMP_SYS(fcntl64), {ARG_IS(1, F_SETFL)}},
    {SCMP_SYS(fcntl64), {ARG_IS(1, F_DUPFD_CLOEXEC)}},
    {SCMP_SYS(ioctl), {ARG_IS(1, FIONREAD)}},
    {SCMP_SYS(ioctl), {ARG_IS(1, TCGETS)}},       /* isatty() */
    {SCMP_SYS(ioctl), {ARG_IS(1, SIOCGIFINDEX)}}, /* of fe80::1%eth0 */
    /* AF_UNIX: nscd, avahi and systemd-resolved are asked that way. */
    SOCKET_OF(AF_UNIX, SOCK_STREAM),
    SOCKET_OF(AF_UNIX, SOCK_DGRAM),
    SOCKET_OF(AF_INET, SOCK_STREAM),
    SOCKET_OF(AF_INET, SOCK_DGRAM),
    SOCKET_OF(AF_INET6, SOCK_STREAM),
    SOCKET_OF(AF_INET6, SOCK_DGRAM),
    {SCMP_SYS(socket),
     {ARG_IS(0, AF_NETLINK), ARG_HAS(1, SOCKET_TYPE, SOCK_RAW),
      ARG_IS(2, NETLINK_ROUTE)}},
    {SCMP_SYS(socketpair), {ARG_IS(0, AF_UNIX)}},
    /* A netlink address; those of the internet are longer. */
    {SCMP_SYS(bind), {ARG_IS(2, sizeof(struct sockaddr_nl))}},
    SETS(SOL_SOCKET, SO_KEEPALIVE),
    SETS(SOL_SOCKET, SO_RCVBUF),
    SETS(SOL_SOCKET, SO_SNDBUF),
    SETS(IPPROTO_TCP, TCP_KEEPCNT),
    SETS(IPPROTO_TCP, TCP_KEEPIDLE),
    SETS(IPPROTO_TCP, TCP_KEEPINTVL),
    SETS(IPPROTO_TCP, TCP_NODELAY),
    SETS(IPPROTO_TCP, TCP_USER_TIMEOUT),
    SETS(IPPROTO_IP, IP_RECVERR),
    SETS(IPPROTO_IPV6, IPV6_RECVERR),
};

enum {
    ANEW = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
};

/* A file comes anew, complete, and then takes the place of the old one. */
static const struct syscall_rule creates[] = {
    {SCMP_SYS(openat), {ARG_HAS(2, CHANGE | ANEW, ANEW)}},
};
static const int of_cache[] = {
    SCMP_SYS(flock),     SCMP_SYS(fsync),    SCMP_SYS(renameat),
    SCMP_SYS(renameat2), SCMP_SYS(unlinkat),
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

int
sandbox_limit_calls(bool writes) {
    /* abort() is a signal to itself; no other process gets one. */
    const struct syscall_rule to_itself = {SCMP_SYS(tgkill),
                                           {ARG_IS(0, getpid())}};
    const struct syscall_rules tables[] = {
        {SCMP_ACT_ALLOW, plain, COUNT(plain), by_argument, COUNT(by_argument)},
        {SCMP_ACT_ALLOW, NULL, 0, &to_itself, 1},
        {SCMP_ACT_ALLOW, of_cache, COUNT(of_cache), creates, COUNT(creates)},
    };

    return syscall_filter_apply(SCMP_ACT_ERRNO(ENOSYS), tables,
                                writes ? COUNT(tables) : COUNT(tables) - 1);
}
