#include "unit.h"

#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/working_set.h"

/* proc(5): the second number of statm. */
static size_t
resident_pages(void) {
    FILE *file = fopen("/proc/self/statm", "r");
    char line[128];
    char *end;

    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    fclose(file);
    strtoul(line, &end, 10);
    return strtoul(end, NULL, 10);
}

struct touched {
    size_t pages;
    uint64_t sum;
};

/* Reads a byte of every page that cannot be written to. */
static int
touch(struct dl_phdr_info *object, size_t size, void *arg) {
    struct touched *touched = arg;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);

    (void)size;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        const volatile unsigned char *bytes =
            (const unsigned char *)(object->dlpi_addr + segment->p_vaddr);

        if (segment->p_type != PT_LOAD || (segment->p_flags & PF_W) != 0) {
            continue;
        }
        for (size_t at = 0; at < segment->p_filesz; at += page) {
            touched->sum = touched->sum * 31 + bytes[at];
            touched->pages++;
        }
    }
    return 0;
}

static void
what_was_read_once_goes(void **state) {
    struct touched before = {0};
    struct touched again = {0};
    size_t full;

    (void)state;
    dl_iterate_phdr(touch, &before);
    full = resident_pages();
    working_set_trim();
    /* What goes on running is back at once, with its neighbours. An emulator
     * (tests/run.py) takes such advice for anonymous memory only. */
    if (getenv("MIRROR_RUN") == NULL) {
        assert_true(resident_pages() + before.pages / 2 < full);
    }
    dl_iterate_phdr(touch, &again);
    assert_int_equal(again.pages, before.pages);
    assert_true(again.sum == before.sum);
}

static const char *const constants[] = {"relocated", "by the loader"};
static int written = 1;

static void
what_was_written_stays(void **state) {
    char *heap = strdup("heap");

    (void)state;
    written = 2;
    working_set_trim();
    assert_int_equal(written, 2);
    assert_string_equal(constants[1], "by the loader");
    assert_string_equal(heap, "heap");
    free(heap);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_read_once_goes),
        cmocka_unit_test(what_was_written_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
