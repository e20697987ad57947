#include "common/working_set.h"

#include <link.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

/* The loader gives addresses as numbers. */
static char *
at(const struct dl_phdr_info *object, uintptr_t address) {
    address += object->dlpi_addr;
    return (char *)address; /* NOLINT(performance-no-int-to-ptr) */
}

static bool
relocates_code(const ElfW(Dyn) * entry) {
    while (
        entry->d_tag != DT_NULL && entry->d_tag != DT_TEXTREL &&
        (entry->d_tag != DT_FLAGS || (entry->d_un.d_val & DF_TEXTREL) == 0)) {
        entry++;
    }
    return entry->d_tag != DT_NULL;
}

/* An object whose code was relocated has no clean pages to come back to. */
static bool
has_written_code(const struct dl_phdr_info *object) {
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];

        if (segment->p_type == PT_DYNAMIC &&
            relocates_code((void *)at(object, segment->p_vaddr))) {
            return true;
        }
    }
    return false;
}

/* Only segments that are mapped without the right to write: what a relocation
 * wrote before it was protected (RELRO) lies in a writable one. */
static int
unmap_clean(struct dl_phdr_info *object, size_t size, void *arg) {
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);

    (void)size;
    (void)arg;
    if (has_written_code(object)) {
        return 0;
    }
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        uintptr_t begin = segment->p_vaddr & ~(page - 1);
        uintptr_t end = segment->p_vaddr + segment->p_filesz;

        if (segment->p_type == PT_LOAD && (segment->p_flags & PF_W) == 0) {
            end = (end + page - 1) & ~(page - 1);
            madvise(at(object, begin), end - begin, MADV_DONTNEED);
        }
    }
    return 0;
}

void
working_set_trim(void) {
    malloc_trim(0);
    dl_iterate_phdr(unmap_clean, NULL);
}
