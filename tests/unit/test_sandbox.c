/* The sandbox of mirror-fetch and the deny list of mirror, each tried in a
 * process of its own, as there is no way back. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/probe.h"
#include "common/syscall_filter.h"
#include "fetch/landlock.h"
#include "fetch/sandbox.h"
#include "fetch/sandbox_calls.h"
#include "fetch/selftest.h"
#include "render/deny_list.h"

enum { REFUSED = 111 }; /* of a child: this system allows no filter */

/* Runs `fn` in a child; what it returns is its exit code. */
static int
in_child(int (*fn)(void)) {
    int status = 0;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        _exit(fn());
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void
skip_without_filter(void) {
    if (SYSCALL_FILTER_SANITIZED) {
        print_message("no sandbox in a build with sanitizers\n");
        skip();
    }
    if (prctl(PR_GET_SECCOMP) < 0) {
        print_message("this kernel, or emulator, has no seccomp\n");
        skip();
    }
}

/* What mirror-fetch gives up in one go, and not where its lines are counted. */
static void
skip_without_sandbox(void) {
    skip_without_filter();
    if (SYSCALL_FILTER_COUNTED) {
        print_message("no sandbox in a build with coverage\n");
        skip();
    }
}

/* One call and what it has to end with: 0 for success. */
#define EXPECT(call, error)                                                    \
    do {                                                                       \
        errno = 0;                                                             \
        if (((call) < 0 ? errno : 0) != (error)) {                             \
            fprintf(stderr, "# %s: %s\n", #call, strerror(errno));             \
            return 1;                                                          \
        }                                                                      \
    } while (0)

static int
open_flags(int flags) {
    return open("/dev/null", flags, 0600);
}

static int
allowed_and_not(void) {
    int fd = open("/dev/null", O_RDONLY);
    char byte = 0;
    struct {
        int domain, type, protocol, error;
    } sockets[] = {
        {AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, 0},
        {AF_INET6, SOCK_DGRAM, 0, 0},
        {AF_UNIX, SOCK_STREAM, 0, 0},
        {AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0, 0},
        {AF_NETLINK, SOCK_RAW, 9, ENOSYS}, /* NETLINK_AUDIT */
        {AF_INET, SOCK_RAW, 1, ENOSYS},
        {AF_UNIX, SOCK_SEQPACKET, 0, ENOSYS},
        {AF_PACKET, SOCK_RAW, 0, ENOSYS},
        {AF_VSOCK, SOCK_STREAM, 0, ENOSYS},
        {AF_ALG, SOCK_SEQPACKET, 0, ENOSYS},
    };
    struct {
        int flags, error;
    } files[] = {
        {O_RDONLY | O_CLOEXEC, 0},
        {O_RDONLY | O_NONBLOCK | O_NOFOLLOW, 0},
        {O_WRONLY, ENOSYS},
        {O_RDWR, ENOSYS},
        {O_RDONLY | O_CREAT, ENOSYS},
        {O_RDONLY | O_TRUNC, ENOSYS},
        {O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, ENOSYS},
    };

    if (sandbox_limit_calls(false) != 0) {
        return REFUSED;
    }
    for (size_t i = 0; i < COUNT(sockets); i++) {
        int made;

        EXPECT(made = socket(sockets[i].domain, sockets[i].type,
                             sockets[i].protocol),
               sockets[i].error);
        close(made);
    }
    for (size_t i = 0; i < COUNT(files); i++) {
        int opened;

        EXPECT(opened = open_flags(files[i].flags), files[i].error);
        close(opened);
    }
    EXPECT(read(fd, &byte, sizeof byte), 0);
    EXPECT(fcntl(fd, F_GETFL), 0);
    EXPECT(fcntl(fd, F_DUPFD_CLOEXEC, 0), 0);
    EXPECT(fcntl(fd, F_SETOWN, 1), ENOSYS);
    EXPECT(ioctl(fd, TIOCSTI, &byte), ENOSYS);
    EXPECT(fsync(fd), ENOSYS);
    EXPECT(unlinkat(fd, "x", 0), ENOSYS);
    EXPECT(kill(getpid(), 0), ENOSYS);
    EXPECT(setsockopt(fd, SOL_SOCKET, SO_ATTACH_BPF, &(int){0}, sizeof(int)),
           ENOSYS);
    return 0;
}

static void
calls_are_judged_by_their_arguments(void **state) {
    (void)state;
    skip_without_filter();
    assert_int_equal(in_child(allowed_and_not), 0);
}

static int
map(int protection) {
    void *page =
        mmap(NULL, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return page == MAP_FAILED ? -1 : munmap(page, 4096);
}

static int
memory(void) {
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (sandbox_limit_calls(false) != 0) {
        return REFUSED;
    }
    EXPECT(map(PROT_READ | PROT_WRITE), 0);
    EXPECT(map(PROT_READ | PROT_EXEC), ENOSYS);
    EXPECT(map(PROT_READ | PROT_WRITE | PROT_EXEC), ENOSYS);
    EXPECT(mprotect(page, 4096, PROT_READ), 0);
    EXPECT(mprotect(page, 4096, PROT_READ | PROT_EXEC), ENOSYS);
    return 0;
}

static void
nothing_new_can_be_run(void **state) {
    (void)state;
    skip_without_filter();
    assert_int_equal(in_child(memory), 0);
}

static void *
answer(void *arg) {
    return arg;
}

static int
threads_and_processes(void) {
    pthread_t thread;
    void *answered = NULL;
    int asked = 0;

    if (sandbox_limit_calls(false) != 0) {
        return REFUSED;
    }
    if (pthread_create(&thread, NULL, answer, &asked) != 0 ||
        pthread_join(thread, &answered) != 0 || answered != &asked) {
        return 2;
    }
    EXPECT((int)fork(), ENOSYS);
    EXPECT(syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL), ENOSYS);
    /* As a thread, but in a user namespace of its own. */
    EXPECT(syscall(SYS_clone,
                   CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND |
                       CLONE_THREAD | CLONE_NEWUSER,
                   NULL, NULL, NULL, NULL),
           ENOSYS);
    EXPECT(syscall(SYS_clone3, NULL, 0), ENOSYS);
    return 0;
}

static void
threads_but_no_processes(void **state) {
    (void)state;
    skip_without_filter();
    assert_int_equal(in_child(threads_and_processes), 0);
}

static char folder[] = "/tmp/mirror-sandbox-XXXXXX";

static int
cache_is_written(void) {
    struct sandbox_options options = {folder, ""};
    int anew = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    int directory;
    int fd;

    if (!sandbox_apply(&options)) {
        return REFUSED;
    }
    EXPECT(directory = open(folder, O_RDONLY | O_DIRECTORY), 0);
    EXPECT(fd = openat(directory, "new", anew, 0600), 0);
    EXPECT(write(fd, "x", 1), 0);
    EXPECT(fsync(fd), 0);
    EXPECT(renameat(directory, "new", directory, "good"), 0);
    EXPECT(openat(directory, "good", O_RDONLY), 0);
    EXPECT(openat(directory, "good", O_WRONLY | O_TRUNC), ENOSYS);
    EXPECT(openat(directory, "good", O_WRONLY | O_APPEND), ENOSYS);
    EXPECT(mkdirat(directory, "folder", 0700), ENOSYS);
    EXPECT(symlinkat("/etc", directory, "link"), ENOSYS);
    EXPECT(fchmod(fd, 0777), ENOSYS);
    if (landlock_version() > 0) {
        EXPECT(open("/tmp/mirror-stray", anew, 0600), EACCES);
        EXPECT(open("/etc/shadow", O_RDONLY), EACCES);
        EXPECT(open("/", O_RDONLY | O_DIRECTORY), EACCES);
    }
    EXPECT(open("/usr/share/zoneinfo", O_RDONLY | O_DIRECTORY), 0);
    EXPECT(unlinkat(directory, "good", 0), 0);
    return 0;
}

static void
the_cache_alone_is_written(void **state) {
    (void)state;
    skip_without_sandbox();
    assert_non_null(mkdtemp(folder));
    assert_int_equal(in_child(cache_is_written), 0);
    assert_int_equal(rmdir(folder), 0);
}

static int
many_descriptors(void) {
    struct sandbox_options options = {NULL, ""};

    if (!sandbox_apply(&options)) {
        return REFUSED;
    }
    EXPECT(prctl(PR_SET_DUMPABLE, 1), ENOSYS);
    for (int made = 0; made < 256; made++) {
        if (fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0) < 0) {
            return errno == EMFILE ? 0 : 2;
        }
    }
    return 3;
}

static void
descriptors_are_counted(void **state) {
    (void)state;
    skip_without_sandbox();
    assert_int_equal(in_child(many_descriptors), 0);
}

static int
fetch_selftest(void) {
    struct sandbox_options options = {NULL, ""};

    return sandbox_apply(&options) ? !selftest_run() : REFUSED;
}

static void
both_selftests_find_everything_denied(void **state) {
    (void)state;
    skip_without_sandbox();
    assert_int_equal(in_child(fetch_selftest), 0);
    assert_int_equal(in_child(deny_list_selftest), 0);
}

static int
selftest_without_sandbox(void) {
    return selftest_run();
}

static int
probes_without_list(void) {
    return (int)probe_all(stdout, probes_common, probes_common_count);
}

static void
a_selftest_without_a_sandbox_fails(void **state) {
    (void)state;
    assert_int_equal(in_child(selftest_without_sandbox), 0);
    assert_int_not_equal(in_child(probes_without_list), 0);
}

static int
drawing(void) {
    if (!deny_list_apply(true)) {
        return REFUSED;
    }
    EXPECT(socket(AF_UNIX, SOCK_STREAM, 0), 0);
    for (int family = AF_INET; family < 64; family++) {
        EXPECT(socket(family, SOCK_STREAM, 0), EPERM);
    }
    EXPECT(open("/dev/null", O_RDWR), 0);
    EXPECT(execve("/bin/true", (char *[]){NULL}, (char *[]){NULL}), EPERM);
    /* What a driver of a desktop may need. */
    EXPECT(map(PROT_READ | PROT_WRITE | PROT_EXEC), 0);
    return 0;
}

static void
the_list_of_mirror_denies_networks(void **state) {
    (void)state;
    skip_without_filter();
    assert_int_equal(in_child(drawing), 0);
}

static int
wrong_table(void) {
    struct syscall_rule wrong = {-1, {{0}}};
    struct syscall_rules tables[] = {
        {SCMP_ACT_ERRNO(EPERM), NULL, 0, &wrong, 1},
    };

    /* Nothing is changed by a table that cannot be. */
    if (syscall_filter_apply(SCMP_ACT_ALLOW, tables, 1) == 0) {
        return 1;
    }
    EXPECT(getpid(), 0);
    return prctl(PR_GET_SECCOMP);
}

static void
a_wrong_table_changes_nothing(void **state) {
    (void)state;
    skip_without_filter();
    assert_int_equal(in_child(wrong_table), 0);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_are_judged_by_their_arguments),
        cmocka_unit_test(nothing_new_can_be_run),
        cmocka_unit_test(threads_but_no_processes),
        cmocka_unit_test(the_cache_alone_is_written),
        cmocka_unit_test(descriptors_are_counted),
        cmocka_unit_test(both_selftests_find_everything_denied),
        cmocka_unit_test(a_selftest_without_a_sandbox_fails),
        cmocka_unit_test(the_list_of_mirror_denies_networks),
        cmocka_unit_test(a_wrong_table_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
