/* Font files that are cut off, damaged or not there. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/log.h"
#include "render/text.h"
#include "render/text_font_file.h"

enum { ROOM = 2 * 1024 * 1024 };

static const char *const names[] = {
    "Roboto-Light.ttf",
    "Roboto-Regular.ttf",
    "Roboto-Bold.ttf",
    "mirror-icons.ttf",
};

static size_t
read_font(const char *name, char bytes[ROOM]) {
    char path[256];
    FILE *file;
    size_t size;

    snprintf(path, sizeof path, "fonts/%s", name);
    file = fopen(path, "rb");
    assert_non_null(file);
    size = fread(bytes, 1, ROOM, file);
    fclose(file);
    assert_in_range(size, 1000, ROOM - 1);
    return size;
}

static void
write_font(const char *folder, const char *name, const char *bytes,
           size_t size) {
    char path[256];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

/* Our fonts in `folder`, those of `cut` with the end missing. */
static void
fill(const char *folder, unsigned cut, char *bytes) {
    for (size_t i = 0; i < COUNT(names); i++) {
        size_t size = read_font(names[i], bytes);

        write_font(folder, names[i], bytes,
                   (cut >> i & 1) != 0 ? size - 64 : size);
    }
}

static void
empty(const char *folder) {
    char path[256];

    for (size_t i = 0; i < COUNT(names); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

/* The width of a word with these files cut; -1 if there is no font at all. */
static int
width_with(unsigned cut, enum text_face face) {
    char folder[] = "/tmp/mirror-fonts-XXXXXX";
    char *bytes = malloc(ROOM);
    struct text *text;
    int width = -1;

    assert_non_null(bytes);
    assert_non_null(mkdtemp(folder));
    fill(folder, cut, bytes);
    text = text_create(folder);
    if (text != NULL) {
        width = text_get(text, "Kitchen", (struct text_style){face, 40}, 1000)
                    ->width;
    }
    text_destroy(text);
    empty(folder);
    free(bytes);
    return width;
}

static void
another_weight_takes_its_place(void **state) {
    int regular = width_with(0, TEXT_REGULAR);

    (void)state;
    assert_true(regular > 0);
    assert_int_equal(width_with(1 << TEXT_LIGHT, TEXT_REGULAR), regular);
    assert_int_equal(width_with(1 << TEXT_LIGHT | 1 << TEXT_BOLD, TEXT_LIGHT),
                     regular);
    assert_int_equal(width_with(1 << TEXT_ICON, TEXT_REGULAR), regular);
    /* Whatever the system has; else block letters. */
    assert_true(width_with(1 << TEXT_LIGHT | 1 << TEXT_REGULAR | 1 << TEXT_BOLD,
                           TEXT_LIGHT) > 0);
    assert_true(width_with(1 << TEXT_ICON, TEXT_ICON) > 0);
}

static void
what_is_broken_is_named(void **state) {
    char folder[] = "/tmp/mirror-fonts-XXXXXX";
    char *bytes = malloc(ROOM);

    (void)state;
    assert_non_null(bytes);
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i <= COUNT(names); i++) {
        struct text *text;

        fill(folder, 1U << i, bytes); /* of the last, none is cut */
        text = text_create(folder);
        assert_non_null(text);
        if (i < COUNT(names)) {
            assert_string_equal(text_broken_font(text), names[i]);
        } else {
            assert_null(text_broken_font(text));
        }
        assert_false(text_is_block(text));
        text_destroy(text);
    }
    empty(folder);
    free(bytes);
}

/* The error of a file of these bytes; 0 if it is a font. */
static int
error_of(const char *bytes, size_t size) {
    char folder[] = "/tmp/mirror-fonts-XXXXXX";
    char path[64];
    struct font_file file = {0};
    int error;

    assert_non_null(mkdtemp(folder));
    write_font(folder, names[0], bytes, size);
    snprintf(path, sizeof path, "%s/%s", folder, names[0]);
    error = font_file_map(&file, path) ? 0 : errno;
    assert_int_equal(file.bytes != NULL, error == 0);
    font_file_unmap(&file);
    empty(folder);
    return error;
}

static void
cut_files_are_found(void **state) {
    char *bytes = malloc(ROOM);
    size_t size = read_font(names[0], bytes);
    static const size_t kept[] = {1, 11, 12, 40, 300, 1000};

    (void)state;
    assert_int_equal(error_of(bytes, size), 0);
    assert_int_equal(error_of(bytes, 0), EINVAL);
    for (size_t i = 0; i < COUNT(kept); i++) {
        assert_int_equal(error_of(bytes, kept[i]), EBADMSG);
    }
    assert_int_equal(error_of(bytes, size - 64), EBADMSG);
    memset(bytes + 12 + 8, 0xff,
           8); /* where the first table is, and how long */
    assert_int_equal(error_of(bytes, size), EBADMSG);
    free(bytes);
}

static void
what_is_no_file_is_said(void **state) {
    struct font_file file = {0};

    (void)state;
    assert_false(font_file_map(&file, "fonts"));
    assert_int_equal(errno, EINVAL);
    assert_false(font_file_map(&file, "fonts/none.ttf"));
    assert_int_equal(errno, ENOENT);
    font_file_unmap(&file);
}

int
main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_weight_takes_its_place),
        cmocka_unit_test(what_is_broken_is_named),
        cmocka_unit_test(cut_files_are_found),
        cmocka_unit_test(what_is_no_file_is_said),
    };

    log_open("test", LOG_LEVEL_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
