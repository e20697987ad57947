/* Without memory a program ends at once, with the code of its manual. */
#include "unit.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/xalloc.h"

#ifdef __SANITIZE_ADDRESS__
const char *
__asan_default_options(void);

/* Or it ends the program itself before malloc() can return NULL. */
const char *
__asan_default_options(void) {
    return "allocator_may_return_null=1";
}
#endif

/* The exit code of a child that runs `act`; 0 if that returns. */
static int
code_of(void (*act)(void)) {
    pid_t pid = fork();
    int status;

    assert_true(pid >= 0);
    if (pid == 0) {
        act();
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* More than malloc() ever gives. Of 32 bits, it gives 2 GB less one where 4 are
 * there; of 64, valgrind calls what is beyond PTRDIFF_MAX a fault of its own. */
#define TOO_MUCH ((size_t)PTRDIFF_MAX + (PTRDIFF_MAX == INT32_MAX))

static void
too_much(void) {
    xmalloc(TOO_MUCH);
}

static void
too_many(void) {
    xcalloc(TOO_MUCH, 1);
}

static void
product_overflows(void) {
    xrealloc(NULL, SIZE_MAX / 2, 3);
}

static void
too_much_more(void) {
    xresize(xmalloc(1), TOO_MUCH);
}

static void
hidden_failure(void) {
    errno = ENOMEM;
    xalloc_check();
}

static void
other_failure(void) {
    errno = ENOENT;
    xalloc_check();
}

/* As under some emulators: memory is there, but not behind the heap's end,
 * which can move a little and not as far as malloc() may want it to. */
static void
heap_is_hemmed_in(void) {
    const intptr_t page = sysconf(_SC_PAGESIZE), room = 16 * page;
    intptr_t wall = ((intptr_t)sbrk(0) + room) & -page;

    assert_true(mmap((void *)wall, (size_t)page, PROT_NONE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1,
                     0) == (void *)wall);
    assert_true((intptr_t)sbrk(page) != -1);
    errno = ENOMEM;
    xalloc_check();
}

static void
no_memory_ends_the_program(void **state) {
    (void)state;
    assert_int_equal(code_of(too_much), XALLOC_EXIT);
    assert_int_equal(code_of(too_many), XALLOC_EXIT);
    assert_int_equal(code_of(product_overflows), XALLOC_EXIT);
    assert_int_equal(code_of(too_much_more), XALLOC_EXIT);
    assert_int_equal(code_of(other_failure), 0);
    assert_int_equal(code_of(heap_is_hemmed_in), 0);
    if (getenv("MIRROR_RUN") == NULL) { /* an emulator's heap may be so */
        assert_int_equal(code_of(hidden_failure), XALLOC_EXIT);
    }
}

static void
what_there_is_is_given(void **state) {
    char *text = xstrndup("kitchen", 4);
    int *numbers = xcalloc(2, sizeof *numbers);

    (void)state;
    assert_string_equal(text, "kitc");
    assert_int_equal(numbers[0] + numbers[1], 0);
    numbers = xrealloc(numbers, 3, sizeof *numbers);
    assert_int_equal(numbers[1], 0);
    free(xmalloc(0));
    free(xcalloc(0, 0));
    free(xresize(NULL, 0));
    free(numbers);
    free(text);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_memory_ends_the_program),
        cmocka_unit_test(what_there_is_is_given),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
