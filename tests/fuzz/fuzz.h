/*
 * What every fuzz target includes. libFuzzer brings its own main() (compile
 * with -DMIRROR_LIBFUZZER); without it the target replays the files it is
 * given, so that the seeds run with every test.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#ifndef MIRROR_LIBFUZZER
#include <stdio.h>
#include <stdlib.h>

static int
replay(const char *path) {
    static uint8_t data[1 << 20];
    FILE *file = fopen(path, "rb");
    size_t size;

    if (file == NULL) {
        perror(path);
        return EXIT_FAILURE;
    }
    size = fread(data, 1, sizeof data, file);
    fclose(file);
    return LLVMFuzzerTestOneInput(data, size);
}

int
main(int count, char **paths) {
    int result = EXIT_SUCCESS;

    for (int i = 1; i < count && result == EXIT_SUCCESS; i++) {
        result = replay(paths[i]);
    }
    return result;
}
#endif

#endif
